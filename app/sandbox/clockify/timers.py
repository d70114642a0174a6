"""Stopping the running timer, and what becomes of it when another one is started."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from . import refusals, rules, wire
from .call import Call, Listing
from .listing import page_of
from .model import Entry, User


def stop_timer(call: Call) -> dict[str, Any]:
    person = call.person()
    running = call.workspace.running(person.id)
    if not running:
        raise refusals.nothing_runs(call.workspace.id, person.id)
    _stop(call, running[0], call.body["end"])
    return wire.entry(call.workspace, running[0])


def _stop(call: Call, entry: Entry, end: datetime) -> None:
    """Probed: a timer that lacks what the workspace requires goes on until a PUT has given it that."""
    rules.check_lock(call, entry.start)
    rules.check_order(entry.start, end)
    rules.check_required(
        call,
        project_id=entry.project_id,
        task_id=entry.task_id,
        tag_ids=entry.tag_ids,
        description=entry.description,
    )
    entry.end = end


def make_room(call: Call, person: User, start: datetime) -> None:
    """For a new timer; whether a POST alone stops the old one is reported and not proven, see Choices."""
    running, choice = call.workspace.running(person.id), call.workspace.choices.start_while_running
    if not running or choice == "both":
        return
    if choice == "refused":
        raise refusals.rule_broken("Time entry is already running")
    for entry in running:
        _stop(call, entry, max(start, entry.start + timedelta(seconds=1)))


def list_running(call: Call) -> Listing:
    """Everybody's for owners and admins, else one's own unless all may see all; ten on a page."""
    sees_all = call.user.is_admin or not call.workspace.settings["onlyAdminsSeeAllTimeEntries"]
    running = [entry for entry in call.workspace.entries.values() if entry.is_running]
    seen = [entry for entry in running if sees_all or entry.user_id == call.user.id]
    return page_of(call, seen, lambda entry: wire.entry(call.workspace, entry), size=10)
