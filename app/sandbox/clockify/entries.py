"""The time entries' endpoints: list, read, delete."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import refusals, rules, wire
from .call import Call, Listing
from .listing import PAGES, page_of
from .model import Entry
from .times import as_wall_clock

FILTERS = PAGES | {"description", "start", "end", "project", "task", "tags", "hydrated", "in-progress"}
FILTERS |= {"project-required", "task-required", "get-week-before"}


def list_entries(call: Call) -> Listing:
    """Newest first, the running one among them."""
    person = call.workspace.member(call.path["userId"])
    sees_all = call.user.is_admin or not call.workspace.settings["onlyAdminsSeeAllTimeEntries"]
    if person is not call.user and not sees_all:
        raise refusals.access_denied()
    start, end = _bound(call, "start"), _bound(call, "end")
    is_windowed = start is not None or end is not None
    found = [
        entry
        for entry in call.workspace.entries.values()
        if entry.user_id == person.id
        and call.workspace.is_listed(entry, windowed=is_windowed)
        and (start is None or start <= entry.start)
        and (end is None or entry.start <= end)
        and _is_wanted(call, entry)
    ]
    found.sort(key=lambda entry: (entry.start, entry.id), reverse=True)
    hydrated = call.truth("hydrated") or False
    return page_of(call, found, lambda entry: wire.listed(call.workspace, entry, hydrated=hydrated))


def _bound(call: Call, name: str) -> datetime | None:
    """Probed: read as UTC first, then its digits as the wall clock of the account; both ends count, by choice."""
    moment = call.moment(name)
    return None if moment is None else as_wall_clock(moment, call.user.timezone)


def _is_wanted(call: Call, entry: Entry) -> bool:
    tags = set(call.all("tags"))
    return (
        (call.one("description") or "").lower() in entry.description.lower()
        and call.one("project") in (None, entry.project_id)
        and call.one("task") in (None, entry.task_id)
        and (not tags or bool(tags & set(entry.tag_ids or [])))
        and (entry.is_running or not call.truth("in-progress"))
        and (bool(entry.project_id) or not call.truth("project-required"))
        and (bool(entry.task_id) or not call.truth("task-required"))
    )


def entry_of(call: Call) -> Entry:
    """Probed: a missing one is 400; how somebody else's refuses a member is a choice."""
    entry = call.workspace.entries.get(call.path["timeEntryId"])
    if entry is None:
        raise refusals.foreign("Time entry")
    if entry.user_id != call.user.id and not call.user.is_admin:
        raise refusals.access_denied()
    return entry


def unlocked(call: Call) -> Entry:
    """Probed: an approved entry refuses everybody, a lock by date members only."""
    entry = entry_of(call)
    if entry.is_approved:
        raise refusals.approved()
    rules.check_lock(call, entry.start)
    return entry


def read_entry(call: Call) -> dict[str, Any]:
    return wire.listed(call.workspace, entry_of(call), hydrated=call.truth("hydrated") or False)


def delete_entry(call: Call) -> None:
    del call.workspace.entries[unlocked(call).id]
