"""Spaces, folders and lists: where tasks live, none of it in pages."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .model import Folder, Space, TaskList


def list_spaces(call: Call) -> dict[str, Any]:
    return {"spaces": [_space(call, space) for space in call.workspace.spaces.values() if _has_any(call, space)]}


def read_space(call: Call) -> dict[str, Any]:
    return _space(call, _found(call, call.workspace.spaces, "space_id"))


def list_folders(call: Call) -> dict[str, Any]:
    space = _found(call, call.workspace.spaces, "space_id")
    return {"folders": [_folder(call, folder) for folder in call.workspace.folders.values() if folder.space is space]}


def read_folder(call: Call) -> dict[str, Any]:
    return _folder(call, _found(call, call.workspace.folders, "folder_id"))


def list_folderless_lists(call: Call) -> dict[str, Any]:
    space = _found(call, call.workspace.spaces, "space_id")
    places = call.workspace.lists.values()
    return {"lists": [_list(call, place) for place in places if place.space is space and place.folder is None]}


def list_lists(call: Call) -> dict[str, Any]:
    folder = _found(call, call.workspace.folders, "folder_id")
    return {"lists": [_list(call, place) for place in call.workspace.lists.values() if place.folder is folder]}


def read_list(call: Call) -> dict[str, Any]:
    return _list(call, _found(call, call.workspace.lists, "list_id"))


def _found(call: Call, things: dict[str, Any], name: str) -> Any:
    """A malformed id is INPUT_003; a missing or foreign one is the 401 that also means a dead token."""
    key = call.path[name]
    if not key.isdigit():
        raise refusals.malformed(name)
    thing = things.get(key)
    if thing is None or not _has_any(call, thing):
        raise refusals.not_found_as_401()
    return thing


def _has_any(call: Call, thing: Space | Folder | TaskList) -> bool:
    """Guests see a place when something in it has been shared with them; only tasks are."""
    if call.user.role != "guest":
        return True
    seen = (task.place for task in call.workspace.tasks.values() if call.user.id in task.shared_with)
    return any(thing in (place, place.folder, place.space) for place in seen)


def _space(call: Call, space: Space) -> dict[str, Any]:
    return {
        "id": space.id,
        "name": space.name,
        "private": False,
        "color": None,
        "avatar": None,
        "archived": False,
        "statuses": [wire.status(status) for status in call.workspace.statuses],
        "multiple_assignees": True,
        "features": {"time_tracking": {"enabled": True, "harvest": False, "rollup": False}, "tags": {"enabled": True}},
    }


def _folder(call: Call, folder: Folder) -> dict[str, Any]:
    places = [place for place in call.workspace.lists.values() if place.folder is folder]
    return {
        "id": folder.id,
        "name": folder.name,
        "orderindex": 0,
        "override_statuses": False,
        "hidden": False,
        "space": {"id": folder.space.id, "name": folder.space.name},
        "task_count": str(sum(task.place in places for task in call.workspace.tasks.values())),
        "archived": False,
        "lists": [_list(call, place) for place in places],
    }


def _list(call: Call, place: TaskList) -> dict[str, Any]:
    """A folderless list names a hidden folder of its own."""
    folder = place.folder
    hidden = {"id": wire.hidden_folder(place.id), "name": "hidden", "hidden": True, "access": True}
    return {
        "id": place.id,
        "name": place.name,
        "orderindex": 0,
        "status": None,
        "priority": None,
        "assignee": None,
        "task_count": sum(task.place is place for task in call.workspace.tasks.values()),
        "due_date": None,
        "start_date": None,
        "folder": {"id": folder.id, "name": folder.name, "hidden": False, "access": True} if folder else hidden,
        "space": {"id": place.space.id, "name": place.space.name, "access": True},
        "archived": False,
    }
