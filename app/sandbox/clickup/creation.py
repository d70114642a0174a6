"""Creating a time entry, with the rights and the plan's limits that starting a timer shares."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .model import Entry, Label, Task, User


def create_entry(call: Call) -> dict[str, Any]:
    body = call.body
    person = _assignee(call)
    start = body["start"]
    end = body.get("end", body.get("stop"))
    if end is None and "duration" not in body:
        raise refusals.malformed("duration")
    duration = end - start if end is not None else body["duration"]  # with both, duration is ignored
    if duration <= 0:
        call.workspace.complaints.append(f"POST time_entries was sent a length of {duration} ms.")
    task = call.task(body["tid"]) if body.get("tid") else None
    if task is not None and not call.workspace.can_see(person, task):
        raise refusals.assignee_cannot_see_task()
    use_advanced(call, has_task=task is not None, is_for_another=person is not call.user)
    # A negative duration makes a running timer, as the document notes.
    entry = record(call, person, task, start=start, duration=duration if duration >= 0 else None)
    return {"data": wire.created(call.workspace, entry)}


def _assignee(call: Call) -> User:
    if "assignee" not in call.body:
        return call.user
    person = call.member(str(call.body["assignee"]))
    if person is not call.user and not call.user.may_name_anyone:
        raise refusals.no_access(call.workspace.choices.foreign_assignee)
    return person


def use_advanced(call: Call, *, has_task: bool, is_for_another: bool = False) -> None:
    """Description, tags, billable, no task and another's time are what smaller plans count."""
    body, left = call.body, call.workspace.advanced_uses_left
    is_plain = has_task and not is_for_another
    if left is None or (is_plain and not any(body.get(name) for name in ("description", "tags", "billable"))):
        return
    if left <= 0:
        raise refusals.plan_limit_reached()
    call.workspace.advanced_uses_left = left - 1


def record(call: Call, person: User, task: Task | None, *, start: int, duration: int | None) -> Entry:
    """Overlaps and exact duplicates are accepted (recorded: two equal calls made two ids)."""
    return call.workspace.record(
        user_id=person.id,
        start=start,
        duration=duration,
        task_id=task.id if task else None,
        description=call.body.get("description", ""),
        labels=labels_of(call),
        billable=call.body.get("billable", False),  # reported: left out means non-billable
    )


def labels_of(call: Call) -> list[Label]:
    tags = call.body.get("tags", [])
    return [call.workspace.label(tag["name"], call.user.id, fg=tag.get("tag_fg"), bg=tag.get("tag_bg")) for tag in tags]
