"""The table of every call that this Hoursmith answers."""

from __future__ import annotations

from . import entries, identity, projects
from .call import Operation
from .lists import PAGING

CREATE = {
    "projectId": "text",
    "taskId": "text or null",
    "entryDate": "day",
    "durationSeconds": "seconds",
    "duration": "duration",
    "billable": "bool",
    "note": "text or null",
}
CHANGE = CREATE | {"userId": "text"}

CREATED = frozenset({"createdAtFrom", "createdAtTo"})
OF_ENTRIES = frozenset({"projectId", "taskId", "userId", "billable", "entryDateFrom", "entryDateTo"})
LENGTHS = frozenset({"durationSecondsMin", "durationSecondsMax"})
OF_PROJECTS = frozenset({"clientName", "clientId", "status"})
OF_TASKS = frozenset({"projectId", "assigneeId", "status", "priority", "billable"})

# The fixed path stands before /{id}, which would swallow it.
OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/me", identity.read_me),
    Operation("GET", "/organization", identity.read_organisation),
    Operation("GET", "/members", identity.list_members, PAGING | {"role"}),
    Operation("GET", "/projects", projects.list_projects, PAGING | OF_PROJECTS),
    Operation("GET", "/projects/{id}", projects.read_project),
    Operation("GET", "/tasks", projects.list_tasks, PAGING | OF_TASKS),
    Operation("GET", "/tasks/{id}", projects.read_task),
    Operation("GET", "/time-entries", entries.list_entries, PAGING | OF_ENTRIES | CREATED | LENGTHS),
    Operation("POST", "/time-entries", entries.create_entry, body=CREATE),
    Operation("GET", "/time-entries/running", entries.read_running),
    Operation("GET", "/time-entries/{id}", entries.read_entry),
    Operation("PATCH", "/time-entries/{id}", entries.change_entry, body=CHANGE),
    Operation("DELETE", "/time-entries/{id}", entries.delete_entry),
)
