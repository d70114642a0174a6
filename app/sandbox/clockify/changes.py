"""PUT on a time entry, which replaces all of it: what is not sent is gone."""

from __future__ import annotations

from typing import Any

from . import refusals, rules, wire
from .call import Call
from .entries import unlocked


def replace_entry(call: Call) -> dict[str, Any]:
    """Probed: description, project, task and tags that are left out are cleared."""
    entry, body = unlocked(call), call.body
    start, end = body["start"], body.get("end")
    if end is None and call.workspace.choices.put_without_end == "kept":
        end = entry.end
    rules.check_lock(call, start)
    # Seen in the vendor's own extension, which expects this refusal when times are edited; for whom is a choice.
    is_moved = end is not None and (start, end) != (entry.start, entry.end)
    if is_moved and rules.is_stopwatch_only(call) and not call.user.is_admin:
        raise refusals.manual_tracking_disabled(call.workspace.name)
    project = rules.check_things(call)
    fields = {
        "project_id": body.get("projectId") or None,
        "task_id": body.get("taskId") or None,
        "tag_ids": body.get("tagIds"),
        "description": body.get("description", ""),
    }
    if end is not None:
        rules.check_order(start, end)
        rules.check_required(call, **fields)
    fields |= {"start": start, "end": end, "billable": rules.billable(call, project)}
    for name, value in {**fields, "type": body.get("type", "REGULAR")}.items():
        setattr(entry, name, value)
    return wire.entry(call.workspace, entry)
