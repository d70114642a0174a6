"""The table of every call that this ClickUp answers; a call that is not here is answered with a page of HTML."""

from __future__ import annotations

from . import changes, creation, entries, identity, labels, legacy, places, tasks, timers
from .call import CUSTOM, Handler, Operation

TEAM = "/team/{team_id}"
TIME = f"{TEAM}/time_entries"
TASK_TIME = "/task/{task_id}/time"

CREATE = {
    "description": "str",
    "tags": "coloured tags",
    "start": "int",
    "stop": "int",
    "end": "int",
    "duration": "int",
    "billable": "bool",
    "assignee": "int",
    "tid": "str",
}
START = {"description": "str", "tags": "tags", "tid": "str", "billable": "bool"}
CHANGE = {
    "description": "str",
    "tags": "coloured tags",
    "tag_action": "str",
    "start": "int",
    "end": "int",
    "tid": "str",
    "billable": "bool",
    "duration": "int",
}
INTERVAL = {"start": "int", "end": "int", "time": "int"}
ADD_TAGS = {"time_entry_ids": "ids", "tags": "coloured tags"}
REMOVE_TAGS = {"time_entry_ids": "ids", "tags": "tags"}
RENAME = {"name": "str", "new_name": "str", "tag_bg": "str", "tag_fg": "str"}
SIGN_IN = {"client_id": "str", "client_secret": "str", "code": "str"}

DATES = frozenset({"start_date", "end_date"})
PERIOD = DATES | {"assignee", "is_billable", *entries.LOCATIONS} | entries.INCLUDES | CUSTOM
ARCHIVED = frozenset({"archived"})


def _get(path: str, handler: Handler, query: frozenset[str] = frozenset()) -> Operation:
    return Operation("GET", path, handler, query)


def _send(
    method: str, path: str, handler: Handler, body: dict[str, str], *required: str, query: frozenset[str] = frozenset()
) -> Operation:
    return Operation(method, path, handler, query, body, frozenset(required))


# Fixed paths stand before /{timer_id}, which would swallow them.
OPERATIONS: tuple[Operation, ...] = (
    Operation("POST", "/oauth/token", identity.make_token, frozenset(), SIGN_IN, frozenset(SIGN_IN), is_public=True),
    _get("/user", identity.read_user),
    _get("/team", identity.list_workspaces),
    _get(f"{TEAM}/plan", identity.read_plan),
    _get(f"{TEAM}/space", places.list_spaces, ARCHIVED),
    _get("/space/{space_id}", places.read_space),
    _get("/space/{space_id}/folder", places.list_folders, ARCHIVED),
    _get("/space/{space_id}/list", places.list_folderless_lists, ARCHIVED),
    _get("/folder/{folder_id}", places.read_folder, frozenset({"include_subfolders"})),
    _get("/folder/{folder_id}/list", places.list_lists, ARCHIVED),
    _get("/list/{list_id}", places.read_list),
    _get(f"{TEAM}/task", tasks.list_tasks, tasks.FILTERS),
    _get("/task/{task_id}", tasks.read_task, tasks.ONE),
    _get(TIME, entries.list_entries, PERIOD),
    _send("POST", TIME, creation.create_entry, CREATE, "start", query=CUSTOM),
    _get(f"{TIME}/current", timers.read_current, frozenset({"assignee"})),
    _send("POST", f"{TIME}/start", timers.start_timer, START, query=CUSTOM),
    Operation("POST", f"{TIME}/stop", timers.stop_timer),
    _get(f"{TIME}/tags", labels.list_labels),
    _send("POST", f"{TIME}/tags", labels.add_labels, ADD_TAGS, *ADD_TAGS),
    _send("DELETE", f"{TIME}/tags", labels.remove_labels, REMOVE_TAGS, *REMOVE_TAGS),
    _send("PUT", f"{TIME}/tags", labels.rename_label, RENAME, *RENAME),
    _get(f"{TIME}/{{timer_id}}", entries.read_entry, entries.INCLUDES),
    _send("PUT", f"{TIME}/{{timer_id}}", changes.change_entry, CHANGE, query=CUSTOM),
    Operation("DELETE", f"{TIME}/{{timer_id}}", entries.delete_entries),
    _get(f"{TIME}/{{timer_id}}/history", entries.read_history),
    _get(TASK_TIME, legacy.list_intervals, CUSTOM),
    _send("POST", TASK_TIME, legacy.add_interval, INTERVAL, query=CUSTOM),
    _send("PUT", f"{TASK_TIME}/{{interval_id}}", legacy.change_interval, INTERVAL, query=CUSTOM),
    Operation("DELETE", f"{TASK_TIME}/{{interval_id}}", legacy.delete_interval, CUSTOM),
)
