"""Start, stop and the running timer: one per person, always the token's own."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .creation import record, use_advanced


def start_timer(call: Call) -> dict[str, Any]:
    """Starts now, for the token's owner. Recorded: what ran before is stopped, and the answer does not say so."""
    task = call.task(call.body["tid"]) if call.body.get("tid") else None
    use_advanced(call, has_task=task is not None)
    entry = record(call, call.user, task, start=call.now, duration=None)
    return {"data": wire.started(call.workspace, entry)}


def stop_timer(call: Call) -> dict[str, Any]:
    """With nothing running the answer is undocumented: 200 with null, or a refusal, as the workspace has chosen."""
    entry = call.workspace.stop(call.user.id)
    if entry is not None:
        return {"data": wire.stopped(call.workspace, entry)}
    if call.workspace.choices.stop_with_nothing == "refused":
        raise refusals.nothing_runs()
    return {"data": None}


def read_current(call: Call) -> dict[str, Any]:
    """Measured: an OAuth token may not name an assignee here, not even its own."""
    person = call.user
    if (text := call.one("assignee")) is not None:
        if call.token.is_oauth:
            raise refusals.oauth_may_not_name_assignee()
        person = call.member(text)
    if person is not call.user and not call.user.may_name_anyone:
        raise refusals.no_access()
    entry = call.workspace.running(person.id)
    nothing: dict[str, Any] = {"null": None, "object": {}, "list": []}
    if entry is None:
        return {"data": nothing[call.workspace.choices.nothing_running]}
    return {"data": wire.single(call.workspace, entry)}
