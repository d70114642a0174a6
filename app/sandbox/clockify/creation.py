"""Creating a time entry, which without an end is starting the timer."""

from __future__ import annotations

from typing import Any

from . import refusals, rules, timers, wire
from .call import Call
from .model import User


def create_entry(call: Call) -> dict[str, Any]:
    """For the key's own person; a ``userId`` in the body is ignored like any unknown field."""
    return _create(call, call.user, is_plain=True)


def create_entry_for(call: Call) -> dict[str, Any]:
    """For the person in the path: oneself, or anybody for owners and admins whose plan allows it."""
    person = call.person()
    if person is not call.user and not call.workspace.has_time_for_others:
        raise refusals.access_denied()
    return _create(call, person, is_plain=False)


def _create(call: Call, person: User, *, is_plain: bool) -> dict[str, Any]:
    """Overlaps, future dates and exact duplicates are accepted (probed), and an Idempotency-Key changes nothing."""
    body = call.body
    start, end = body.get("start", call.now), body.get("end")
    if end is not None and "start" not in body:
        raise refusals.end_alone()
    # Probed: with a force timer the plain route refuses everybody, and before it looks at the lock.
    if end is not None and rules.is_stopwatch_only(call) and (is_plain or not call.user.is_admin):
        raise refusals.manual_tracking_disabled(call.workspace.name)
    rules.check_lock(call, start)
    project = rules.check_things(call)
    fields = {
        "project_id": body.get("projectId") or None,
        "task_id": body.get("taskId") or None,
        "tag_ids": body.get("tagIds"),
        "description": body.get("description", ""),
    }
    if end is None:
        timers.make_room(call, person, start)
    else:
        rules.check_order(start, end)
        rules.check_required(call, **fields)
    billable, kind = rules.billable(call, project), body.get("type", "REGULAR")
    entry = call.workspace.record(user_id=person.id, start=start, end=end, billable=billable, type=kind, **fields)
    return wire.entry(call.workspace, entry)
