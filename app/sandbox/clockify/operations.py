"""The table of every call that this Clockify answers; what is not here is 404 or 405 with code 3000."""

from __future__ import annotations

from . import changes, creation, entries, identity, projects, tags, tasks, timers
from .call import Handler, Operation
from .listing import PAGES

HERE = "/workspaces/{workspaceId}"
PROJECTS = f"{HERE}/projects"
TASKS = f"{PROJECTS}/{{projectId}}/tasks"
TIME = f"{HERE}/time-entries"
OWN_TIME = f"{HERE}/user/{{userId}}/time-entries"

ENTRY = {
    "start": "time",
    "end": "time",
    "description": "str",
    "billable": "bool",
    "projectId": "str",
    "taskId": "str",
    "tagIds": "ids",
    "type": "kind",
    "customFields": "list",
    "customAttributes": "list",
}
STOP = {"end": "time"}
HYDRATED = frozenset({"hydrated", "consider-duration-format"})


def _get(path: str, handler: Handler, query: frozenset[str] = frozenset()) -> Operation:
    return Operation("GET", path, handler, query)


def _post(path: str, handler: Handler, body: dict[str, str], query: frozenset[str] = frozenset()) -> Operation:
    return Operation("POST", path, handler, query, body, 201)


def _send(method: str, path: str, handler: Handler, body: dict[str, str], *required: str) -> Operation:
    return Operation(method, path, handler, frozenset(), body, 200, frozenset(required))


OPERATIONS: tuple[Operation, ...] = (
    _get("/user", identity.read_user, frozenset({"include-memberships"})),
    _get("/workspaces", identity.list_workspaces, frozenset({"roles"})),
    _get(HERE, identity.read_workspace),
    _get(f"{HERE}/users", identity.list_users, identity.USERS),
    _get(PROJECTS, projects.list_projects, projects.FILTERS),
    _post(PROJECTS, projects.create_project, projects.CREATE),
    _get(f"{PROJECTS}/{{projectId}}", projects.read_project, frozenset({"hydrated"})),
    _get(TASKS, tasks.list_tasks, tasks.FILTERS),
    _post(TASKS, tasks.create_task, tasks.CREATE, frozenset({"contains-assignee"})),
    _get(f"{TASKS}/{{taskId}}", tasks.read_task),
    _get(f"{HERE}/tags", tags.list_tags, tags.FILTERS),
    _post(f"{HERE}/tags", tags.create_tag, tags.CREATE),
    _get(f"{HERE}/tags/{{tagId}}", tags.read_tag),
    _post(TIME, creation.create_entry, ENTRY),
    _get(f"{TIME}/status/in-progress", timers.list_running, PAGES),
    _get(f"{TIME}/{{timeEntryId}}", entries.read_entry, HYDRATED),
    _send("PUT", f"{TIME}/{{timeEntryId}}", changes.replace_entry, ENTRY, "start"),
    Operation("DELETE", f"{TIME}/{{timeEntryId}}", entries.delete_entry, status=204),
    _get(OWN_TIME, entries.list_entries, entries.FILTERS),
    _post(OWN_TIME, creation.create_entry_for, ENTRY, frozenset({"from-entry"})),
    _send("PATCH", OWN_TIME, timers.stop_timer, STOP, "end"),
)
