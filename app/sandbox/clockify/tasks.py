"""Tasks, which live under a project only: there is no search over all of them."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call, Listing
from .listing import NAMES, named, page_of
from .model import Task

FILTERS = NAMES | {"is-active"}
CREATE = {
    "name": "str",
    "assigneeIds": "ids",
    "assigneeId": "str",
    "userGroupIds": "ids",
    "estimate": "str",
    "budgetEstimate": "int",
    "status": "status",
    "billable": "bool",
    "id": "str",
}


def list_tasks(call: Call) -> Listing:
    """Finished ones too, unless ``is-active`` says otherwise."""
    project = call.workspace.project(call.path["projectId"], call.user)
    active = call.truth("is-active")
    tasks = (task for task in call.workspace.tasks.values() if task.project_id == project.id)
    found = [task for task in tasks if active in (None, task.status == "ACTIVE")]
    return page_of(call, named(call, found), wire.task)


def read_task(call: Call) -> dict[str, Any]:
    project = call.workspace.project(call.path["projectId"], call.user)
    task = call.workspace.tasks.get(call.path["taskId"])
    if task is None or task.project_id != project.id:
        raise refusals.foreign("Task", "Project")
    return wire.task(task)


def create_task(call: Call) -> dict[str, Any]:
    workspace, body = call.workspace, call.body
    project = workspace.project(call.path["projectId"], call.user)
    if workspace.settings["onlyAdminsCreateTask"] and not call.user.is_admin:
        raise refusals.access_denied()
    name = body.get("name", "").strip()
    if not 1 <= len(name) <= 1000:
        raise refusals.rule_broken("Task name has to be between 1 and 1000 characters long")
    siblings = (task for task in workspace.tasks.values() if task.project_id == project.id)
    if any(task.name.lower() == name.lower() for task in siblings):
        raise refusals.rule_broken(f"Task with name '{name}' already exists")
    task = Task(workspace.new_id(), name, project.id, body.get("status", "ACTIVE"))
    task.assignees, task.billable = list(body.get("assigneeIds", [])), body.get("billable", project.billable)
    workspace.tasks[task.id] = task
    return wire.task(task)
