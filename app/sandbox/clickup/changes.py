"""PUT on a time entry, the call that ignores half of what it is told."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .creation import use_advanced
from .entries import unlocked
from .model import Entry

USABLE = frozenset({"description", "billable", "tid", "start", "end", "duration"})


def change_entry(call: Call) -> dict[str, Any]:
    """Measured: ``tags`` are ignored, and a body with nothing else is refused as empty."""
    entry = unlocked(call, call.path["timer_id"])
    body = call.body
    if not USABLE & body.keys():
        raise refusals.nothing_to_change()
    if ("start" in body) != ("end" in body):
        call.workspace.complaints.append("PUT time_entries was sent one of start and end; it takes them together.")
        raise refusals.malformed("start and end")  # that both are needed is documented, the code is a choice
    if body.get("tags"):
        call.workspace.complaints.append("PUT time_entries was sent tags, which it ignores.")
    changed = _wanted(call, entry)
    use_advanced(call, has_task=changed["task_id"] is not None)
    for name, after in changed.items():
        _set(call, entry, name, after)
    entry.at = call.now
    is_told = call.workspace.choices.put_answer == "entry"
    return {"data": wire.single(call.workspace, entry)} if is_told else {}


def _wanted(call: Call, entry: Entry) -> dict[str, Any]:
    """The entry's fields as they shall be. An empty ``tid`` takes the task away, which is a choice."""
    body = call.body
    start, end, duration = entry.start, entry.end, entry.duration
    if "start" in body:
        start, end = body["start"], body["end"]
        duration = body["end"] - body["start"]
    elif "duration" in body:
        duration = body["duration"]
        end = None if start is None else start + body["duration"]
    task_id = entry.task_id
    if "tid" in body:
        task_id = call.task(body["tid"]).id if body["tid"] else None
    if duration is not None and duration <= 0:
        call.workspace.complaints.append(f"PUT time_entries was sent a length of {duration} ms.")
    return {
        "start": start,
        "end": end,
        "duration": duration,
        "task_id": task_id,
        "description": body.get("description", entry.description),
        "billable": body.get("billable", entry.billable),
    }


def _set(call: Call, entry: Entry, name: str, after: Any) -> None:
    before = getattr(entry, name)
    if before == after:
        return
    setattr(entry, name, after)
    entry.history.append(
        {"field": name, "before": before, "after": after, "date": str(call.now), "user": wire.user(call.user)}
    )
