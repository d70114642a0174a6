"""The older calls for time on one task, still served and still naming things their own way."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .model import Entry


def list_intervals(call: Call) -> dict[str, Any]:
    """Everybody's, also for people who are not admins, grouped by person (reported). Running timers are left out."""
    task = call.task(call.path["task_id"])
    by_person: dict[int, list[Entry]] = {}
    for entry in call.workspace.listed():
        if entry.task_id == task.id and not entry.is_running:
            by_person.setdefault(entry.user_id, []).append(entry)
    return {"data": [_person(call, user_id, entries) for user_id, entries in by_person.items()]}


def _person(call: Call, user_id: int, entries: list[Entry]) -> dict[str, Any]:
    return {
        "user": wire.user(call.workspace.users[user_id]),
        "time": sum(entry.duration or 0 for entry in entries),
        "intervals": [
            {
                "id": entry.id,
                "start": None if entry.start is None else str(entry.start),
                "end": None if entry.end is None else str(entry.end),
                "time": str(entry.duration),
                "source": entry.source,
                "date_added": str(entry.at),
            }
            for entry in entries
        ],
    }


def add_interval(call: Call) -> dict[str, Any]:
    """Total time, or start and end; the id is all that comes back."""
    task = call.task(call.path["task_id"])
    start, duration = _length(call)
    entry = call.workspace.record(user_id=call.user.id, start=start, duration=duration, task_id=task.id)
    return {"id": entry.id}


def change_interval(call: Call) -> dict[str, Any]:
    entry = _interval(call)
    entry.start, entry.duration = _length(call)
    entry.end = None if entry.start is None else entry.start + entry.duration
    return {}


def delete_interval(call: Call) -> dict[str, Any]:
    del call.workspace.entries[_interval(call).id]
    return {}


def _length(call: Call) -> tuple[int | None, int]:
    """Start (null for a duration alone) and duration. Which of the two wins when both are there is a choice: the range.

    The document's own example ends before it starts; such a range leaves only its total time.
    """
    start, end, total = (call.body.get(name) for name in ("start", "end", "time"))
    if start is not None and end is not None and end >= start:
        return start, end - start
    if total is None:
        raise refusals.malformed("time")
    return None, total


def _interval(call: Call) -> Entry:
    """Own ones, and everybody's for owners and admins; a foreign one refuses like a time entry, which is a choice."""
    task = call.task(call.path["task_id"])
    entry = call.workspace.entries.get(call.path["interval_id"])
    if entry is None or entry.task_id != task.id:
        raise refusals.entry_not_found()
    if entry.user_id != call.user.id and not call.user.may_name_anyone:
        raise refusals.no_access()
    if entry.is_locked:
        raise refusals.no_access(call.workspace.choices.locked)
    return entry
