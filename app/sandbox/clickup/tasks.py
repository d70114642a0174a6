"""Tasks: one by its id, and a workspace's filtered list in pages of a hundred."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import refusals, wire
from .call import CUSTOM, Call
from .model import Task

PAGE = 100
DATES = {"due_date": "due", "date_created": "created", "date_updated": "updated", "date_done": "done"}
ORDERS: dict[str, Callable[[Task], Any]] = {
    "id": lambda task: task.id,
    "created": lambda task: (task.created, task.id),
    "updated": lambda task: (task.updated, task.id),
    "due_date": lambda task: (task.due or 0, task.id),
}
LISTS = ("space_ids[]", "project_ids[]", "list_ids[]", "statuses[]", "assignees[]", "tags[]", "custom_items[]")
FILTERS = frozenset(
    {"page", "order_by", "reverse", "subtasks", "include_closed", "custom_fields", "parent"}
    | {"include_markdown_description", *LISTS}
    | {f"{name}_{side}" for name in DATES for side in ("gt", "lt")}
)
ONE = CUSTOM | {"include_subtasks", "include_markdown_description", "custom_fields"}


def read_task(call: Call) -> dict[str, Any]:
    task = call.task(call.path["task_id"])
    answer = _task(call, task, call.workspace.time_spent(task.id))
    if call.is_true("include_subtasks"):
        children = (child for child in call.workspace.tasks.values() if child.parent == task.id)
        answer["subtasks"] = [_task(call, child, call.workspace.time_spent(child.id)) for child in children]
    return answer


def list_tasks(call: Call) -> dict[str, Any]:
    """Newest first unless ``reverse``; closed ones and subtasks only when asked for; there is no search by text."""
    page = call.one("page") or "0"
    order = ORDERS.get(call.one("order_by") or "created")
    if not page.isdigit() or order is None:
        raise refusals.malformed("page or order_by")
    found = [task for task in call.workspace.tasks.values() if _is_wanted(call, task)]
    found.sort(key=order, reverse=not call.is_true("reverse"))
    first = int(page) * PAGE
    shown = found[first : first + PAGE]
    spent = dict.fromkeys((task.id for task in shown), 0)
    for entry in call.workspace.entries.values():
        if entry.task_id in spent:
            spent[entry.task_id] += entry.duration or 0
    return {"tasks": [_task(call, task, spent[task.id]) for task in shown], "last_page": first + PAGE >= len(found)}


def _is_wanted(call: Call, task: Task) -> bool:
    folder = task.place.folder.id if task.place.folder else wire.hidden_folder(task.place.id)
    checks = {
        "space_ids[]": {task.place.space.id},
        "project_ids[]": {folder},
        "list_ids[]": {task.place.id},
        "statuses[]": {task.status.name},
        "assignees[]": {str(user_id) for user_id in task.assignees},
        "tags[]": set(task.tags),
    }
    return (
        call.workspace.can_see(call.user, task)
        and (task.status.kind != "closed" or call.is_true("include_closed"))
        and (task.parent is None or call.is_true("subtasks"))
        and call.one("parent") in (None, task.parent)
        and all(not call.query.get(name) or has & set(call.query[name]) for name, has in checks.items())
        and all(_is_in_time(call, name, getattr(task, field)) for name, field in DATES.items())
    )


def _is_in_time(call: Call, name: str, ms: int | None) -> bool:
    after, before = call.one(f"{name}_gt"), call.one(f"{name}_lt")
    if after is None and before is None:
        return True
    return ms is not None and (after is None or ms > int(after)) and (before is None or ms < int(before))


def _task(call: Call, task: Task, spent: int) -> dict[str, Any]:
    """Measured: time_spent is a number though the document says string, space holds its id alone, many are null."""
    place, folder = task.place, task.place.folder
    where = {"id": folder.id, "name": folder.name, "hidden": False, "access": True} if folder else None
    where = where or {"id": wire.hidden_folder(place.id), "name": "hidden", "hidden": True, "access": True}
    people = call.workspace.users
    return {
        "id": task.id,
        "custom_id": task.custom_id,
        "custom_item_id": 0,
        "name": task.name,
        "text_content": "",
        "description": "",
        "status": wire.status(task.status) | {"id": f"st{place.id}_{task.status.order}"},
        "orderindex": f"{task.created}.00000000000000000000",
        "date_created": str(task.created),
        "date_updated": str(task.updated),
        "date_closed": None if task.done is None else str(task.done),
        "date_done": None if task.done is None else str(task.done),
        "archived": False,
        "creator": wire.user(people[task.creator]),
        "assignees": [wire.user(people[user_id]) for user_id in task.assignees if user_id in people],
        "watchers": [],
        "checklists": [],
        "tags": [{"name": name, "tag_fg": "#ffffff", "tag_bg": "#7b68ee", "creator": 186} for name in task.tags],
        "parent": task.parent,
        "priority": None,
        "due_date": None if task.due is None else str(task.due),
        "start_date": None,
        "points": None,
        "time_estimate": None,
        "time_spent": spent,
        "custom_fields": [],
        "dependencies": [],
        "linked_tasks": [],
        "team_id": call.workspace.id,
        "url": f"https://app.clickup.com/t/{task.id}",
        "permission_level": "create",
        "list": {"id": place.id, "name": place.name, "access": True},
        "project": where,
        "folder": where,
        "space": {"id": place.space.id},
    }
