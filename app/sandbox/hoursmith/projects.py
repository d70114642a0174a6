"""What can be worked on: projects and their tasks, to be read."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .lists import contains, is_so, matches, page

PROJECT_SORTS = frozenset({"createdAt", "id", "name", "status", "updatedAt"})
TASK_SORTS = frozenset({"createdAt", "id", "name", "priority", "status", "updatedAt"})
PROJECT_STATES = ("ACTIVE", "COMPLETED", "ARCHIVED")
TASK_STATES = ("TODO", "IN_PROGRESS", "DONE")


def list_projects(call: Call) -> dict[str, Any]:
    _check_state(call, PROJECT_STATES)
    found = [
        wire.project(call.organisation, project, for_member=call.member)
        for project in call.organisation.projects_of(call.member)
        if contains(call.query, project.name)
        and matches(call.query, "status", project.status)
        and matches(call.query, "clientId", project.client_id)
        and call.query.get("clientName", "").casefold() in project.client_name.casefold()
    ]
    return page(found, call.query, PROJECT_SORTS)


def read_project(call: Call) -> dict[str, Any]:
    project = call.organisation.project(call.path["id"], call.member)
    return {"data": wire.project(call.organisation, project, for_member=call.member)}


def list_tasks(call: Call) -> dict[str, Any]:
    _check_state(call, TASK_STATES)
    found = [
        wire.task(call.organisation, task)
        for task in call.organisation.tasks_of(call.member)
        if contains(call.query, task.name)
        and matches(call.query, "status", task.status)
        and matches(call.query, "priority", task.priority)
        and matches(call.query, "projectId", task.project_id)
        and is_so(call.query, "billable", task.billable)
        and (not call.query.get("assigneeId") or call.query["assigneeId"] in task.assignees)
    ]
    return page(found, call.query, TASK_SORTS)


def read_task(call: Call) -> dict[str, Any]:
    for task in call.organisation.tasks_of(call.member):
        if task.id == call.path["id"]:
            return {"data": wire.task(call.organisation, task)}
    raise refusals.not_found("Task")


def _check_state(call: Call, states: tuple[str, ...]) -> None:
    """In capitals; one of the guides' examples has it in small letters, which is a choice to refuse."""
    if call.query.get("status", states[0]) not in states:
        raise refusals.invalid(status=f"must be one of {', '.join(states)}")
