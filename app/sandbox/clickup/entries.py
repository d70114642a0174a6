"""The time entries' endpoints: list, read, delete, history."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .model import Entry, Task

MONTH = 30 * 24 * 3_600_000
LOCATIONS = ("space_id", "folder_id", "list_id", "task_id")

INCLUDES = frozenset(
    {"include_task_tags", "include_location_names", "include_approval_history", "include_approval_details"}
)


def list_entries(call: Call) -> dict[str, Any]:
    """In the order in which they were recorded, which is a choice: the real order is nowhere written down."""
    chosen = [name for name in LOCATIONS if call.one(name)]
    if len(chosen) > 1:
        raise refusals.too_many_locations()
    start, end = _window(call)
    people = _people(call, is_task_given=chosen == ["task_id"])
    is_there = _location(call, chosen[0]) if chosen else None
    names, task_tags = call.is_true("include_location_names"), call.is_true("include_task_tags")
    found = [
        wire.listed(call.workspace, entry, names=names, task_tags=task_tags)
        for entry in call.workspace.listed()
        if entry.start is not None
        and start < entry.start < end  # measured: both bounds are exclusive
        and (people is None or entry.user_id in people)
        and (is_there is None or is_there(call.workspace.tasks.get(entry.task_id or "")))
        and call.one("is_billable") in (None, str(entry.billable).lower())
        and _is_visible(call, entry)
    ]
    return {"data": found}


def _window(call: Call) -> tuple[int, int]:
    """The last 30 days when nothing is said; the upper bound includes this very millisecond."""
    bounds = []
    for name, default in (("start_date", call.now - MONTH), ("end_date", call.now + 1)):
        text = call.one(name)
        if text is not None and not text.lstrip("-").isdigit():
            raise refusals.bad_date()
        bounds.append(default if text is None else int(text))
    return bounds[0], bounds[1]


def _people(call: Call, *, is_task_given: bool) -> set[int] | None:
    """None means everybody: measured for task_id without assignee, also for people who are not admins."""
    text = call.one("assignee")
    if text is None:
        return None if is_task_given else {call.user.id}
    if call.token.is_oauth and "," in text:
        raise refusals.no_access()  # measured: with OAuth a list of ids is refused even to admins
    people = {call.member(part.strip()).id for part in text.split(",")}
    if people != {call.user.id} and not call.user.may_name_anyone:
        raise refusals.no_access()
    return people


def _location(call: Call, name: str) -> Any:
    text = call.one(name) or ""
    if name == "task_id":
        wanted = call.task(text)
        return lambda task: task is wanted
    if not text.isdigit():
        raise refusals.location_malformed()

    def is_there(task: Task | None) -> bool:
        return bool(task) and text in wire.location(task, names=False)[name]

    return is_there


def _is_visible(call: Call, entry: Entry) -> bool:
    task = call.workspace.tasks.get(entry.task_id or "")
    return entry.user_id == call.user.id or task is None or call.workspace.can_see(call.user, task)


def entry_of(call: Call, entry_id: str) -> Entry:
    """The entry, if this person may touch it."""
    if not entry_id.isdigit():
        raise refusals.malformed("Time entry id")
    entry = call.workspace.entries.get(entry_id)
    if entry is None:
        is_404 = call.workspace.choices.missing_entry == 404
        raise refusals.entry_not_found() if is_404 else refusals.not_found_as_401()
    if entry.user_id != call.user.id and not call.user.may_name_anyone:
        raise refusals.no_access()
    return entry


def unlocked(call: Call, entry_id: str) -> Entry:
    """How a locked entry refuses is not recorded; a choice: as if there were no access."""
    entry = entry_of(call, entry_id)
    if entry.is_locked:
        raise refusals.no_access(call.workspace.choices.locked)
    return entry


def read_entry(call: Call) -> dict[str, Any]:
    names, task_tags = call.is_true("include_location_names"), call.is_true("include_task_tags")
    shape = wire.single(call.workspace, entry_of(call, call.path["timer_id"]), names=names, task_tags=task_tags)
    return {"data": [shape] if call.workspace.choices.single == "list" else shape}


def delete_entries(call: Call) -> dict[str, Any]:
    """Several ids with commas; all or nothing, which is a choice. Recorded: the answer is always a list."""
    gone = [unlocked(call, entry_id) for entry_id in call.path["timer_id"].split(",")]
    answer = {"data": [wire.deleted(call.workspace, entry) for entry in gone]}
    for entry in gone:
        call.workspace.entries.pop(entry.id, None)
    return answer


def read_history(call: Call) -> dict[str, Any]:
    """The shape is undocumented; one line per changed field is a choice."""
    return {"data": entry_of(call, call.path["timer_id"]).history}
