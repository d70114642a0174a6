"""The time entries' endpoints: list, read, create, change, delete, and what runs in Hoursmith's own app."""

from __future__ import annotations

from datetime import date
from typing import Any

from . import refusals, wire
from .bodies import read_duration
from .call import Call
from .lists import contains, is_between, is_so, is_within, matches, page
from .model import Entry, Project

SORTS = frozenset({"createdAt", "durationSeconds", "entryDate", "id", "updatedAt"})


def list_entries(call: Call) -> dict[str, Any]:
    """``userId`` is for those who see everything; members are pinned to themselves, whatever they ask."""
    query, member = call.query, call.member
    whose = query.get("userId") if member.sees_everything else member.user_id
    found = [
        wire.entry(call.organisation, entry)
        for entry in call.organisation.listed()
        if whose in (None, "", entry.user_id)
        and matches(query, "projectId", entry.project_id)
        and matches(query, "taskId", entry.task_id)
        and is_so(query, "billable", entry.billable)
        and is_between(query, "entryDate", entry.day)
        and is_between(query, "createdAt", entry.created.date())
        and is_within(query, "durationSeconds", entry.seconds)
        and contains(query, entry.note)
    ]
    return page(found, query, SORTS)


def read_running(call: Call) -> dict[str, Any]:
    """Only what was started in the app; there is no call that starts or stops."""
    mine = (entry for entry in call.organisation.entries.values() if entry.user_id == call.member.user_id)
    found = next((entry for entry in mine if entry.is_running), None)
    return {"data": wire.entry(call.organisation, found) if found else None}


def read_entry(call: Call) -> dict[str, Any]:
    return {"data": wire.entry(call.organisation, call.organisation.entry(call.path["id"], call.member))}


def create_entry(call: Call) -> dict[str, Any]:
    """For the token's owner. Left out, ``billable`` means true in Hoursmith's app, and so here unless chosen otherwise."""
    body = call.body
    _check_all_there(call)
    project = _project(call)
    entry = call.organisation.record(
        user_id=call.member.user_id,
        project_id=project.id,
        task_id=_task(call, project),
        day=date.fromisoformat(body["entryDate"]),
        seconds=_seconds(call),
        billable=body.get("billable", call.organisation.choices.omitted_billable),
        note=body.get("note") or None,
    )
    return {"data": wire.entry(call.organisation, entry)}


def change_entry(call: Call) -> dict[str, Any]:
    entry, body = _unlocked(call), call.body
    if call.organisation.choices.patch == "full":
        _check_all_there(call)
    if "userId" in body:
        _reassign(call, entry)
    if "projectId" in body:
        project = _project(call)
        entry.task_id = entry.task_id if project.id == entry.project_id else None
        entry.project_id = project.id
    if "taskId" in body:
        entry.task_id = _task(call, call.organisation.projects[entry.project_id])
    if "entryDate" in body:
        entry.day = date.fromisoformat(body["entryDate"])
    entry.seconds = _seconds(call) or entry.seconds
    entry.billable = body.get("billable", entry.billable)
    entry.note = (body["note"] or None) if "note" in body else entry.note
    entry.updated = call.organisation.now
    return {"data": wire.entry(call.organisation, entry)}


def delete_entry(call: Call) -> dict[str, Any] | None:
    entry = _unlocked(call)
    del call.organisation.entries[entry.id]
    if call.organisation.choices.deleted == "nothing":
        return None
    return {"data": wire.entry(call.organisation, entry) | {"deletedAt": wire.moment(call.organisation.now)}}


def _unlocked(call: Call) -> Entry:
    entry = call.organisation.entry(call.path["id"], call.member)
    if entry.invoice_id is not None:
        raise refusals.locked()
    return entry


def _check_all_there(call: Call) -> None:
    missing = {name: "required" for name in ("projectId", "entryDate") if name not in call.body}
    if not {"durationSeconds", "duration"} & call.body.keys():
        missing["durationSeconds"] = "required"
    if missing:
        raise refusals.invalid(**missing)


def _project(call: Call) -> Project:
    project = call.organisation.project(call.body["projectId"], call.member)
    if project.status == "ARCHIVED":
        raise refusals.invalid(projectId="is archived")
    return project


def _task(call: Call, project: Project) -> str | None:
    task_id = call.body.get("taskId")
    if not task_id:
        return None
    if all(task.id != task_id for task in call.organisation.tasks_of(call.member)):
        raise refusals.not_found("Task")
    if call.organisation.tasks[task_id].project_id != project.id:
        raise refusals.invalid(taskId="belongs to another project")
    return str(task_id)


def _seconds(call: Call) -> int:
    """With both, durationSeconds wins; 0 with neither."""
    return int(call.body.get("durationSeconds") or read_duration(call.body.get("duration", "")))


def _reassign(call: Call, entry: Entry) -> None:
    user_id = call.body["userId"]
    if user_id != entry.user_id and not call.member.may_reassign:
        raise refusals.forbidden_scope("Only Owners and Admins can reassign time entries.")
    if user_id not in call.organisation.members:
        raise refusals.invalid(userId="is not a member")
    entry.user_id = user_id
