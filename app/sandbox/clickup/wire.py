"""Time entries as they look on the wire, where every call has its own idea of what is a number and what is a string."""

from __future__ import annotations

from typing import Any

from .model import Entry, Label, Status, Task, User
from .workspace import Workspace

Json = dict[str, Any]


def user(person: User) -> Json:
    """A user id is the one id that is a number."""
    return {
        "id": person.id,
        "username": person.name,
        "email": person.email,
        "color": person.color,
        "initials": person.name[:2].upper(),
        "profilePicture": None,
    }


def status(state: Status) -> Json:
    return {"status": state.name, "color": state.color, "type": state.kind, "orderindex": state.order}


def label(tag: Label) -> Json:
    """Recorded traffic: an object, although the official document says string."""
    return {"name": tag.name, "tag_fg": tag.fg, "tag_bg": tag.bg, "creator": tag.creator}


def task(item: Task) -> Json:
    return {
        "id": item.id,
        "custom_id": item.custom_id,
        "name": item.name,
        "status": status(item.status),
        "custom_type": None,
    }


def created(workspace: Workspace, entry: Entry) -> Json:
    """Recorded traffic: start, duration and at are numbers, end is a string; no source; the user has a timezone."""
    person = workspace.users[entry.user_id]
    shape = _common(workspace, entry, location={}) | {"is_locked": entry.is_locked}
    shape["user"] = user(person) | {"timezone": person.timezone}
    shape |= {"start": entry.start, "duration": _duration(workspace, entry), "at": entry.at}
    return shape if entry.end is None else shape | {"end": str(entry.end)}


def started(workspace: Workspace, entry: Entry) -> Json:
    """Recorded traffic: start is a number, end is absent, duration is minus the time elapsed (-417, -562 ms)."""
    duration = -max(417, entry.elapsed(workspace.now))
    shape = _common(workspace, entry, location={}) | {"is_locked": entry.is_locked}
    return shape | {"start": entry.start, "duration": duration, "at": entry.at}


def stopped(workspace: Workspace, entry: Entry) -> Json:
    """Recorded traffic: start is a string, end and duration are numbers."""
    shape = _common(workspace, entry, location={}) | {"is_locked": entry.is_locked, "approval_id": None}
    shape |= {"start": str(entry.start), "end": entry.end, "duration": entry.duration, "at": entry.at}
    return shape | {"source": "api_automatic"}


def listed(workspace: Workspace, entry: Entry, *, names: bool = False, task_tags: bool = False) -> Json:
    """Everything is a string. Without a task, ``task`` is "0", as some clients met it; a running one has no end."""
    item = workspace.tasks.get(entry.task_id or "")
    shape = _strings(workspace, entry, location=location(item, names=names)) | {"source": entry.source}
    shape |= {"task_url": f"https://app.clickup.com/t/{item.id}" if item else None}
    shape |= {"task_tags": [{"name": name} for name in item.tags] if item and task_tags else []}
    return shape if item else shape | {"task": "0"}


def single(workspace: Workspace, entry: Entry, *, names: bool = False, task_tags: bool = False) -> Json:
    """As in a list, but ``task`` is null when there is none and a running entry's end is "0"."""
    shape = listed(workspace, entry, names=names, task_tags=task_tags)
    if not entry.task_id:
        shape["task"] = None
    return shape | {"end": "0"} if entry.is_running else shape


def deleted(workspace: Workspace, entry: Entry) -> Json:
    """Recorded traffic: strings again, source "api", and the approval's field."""
    item = workspace.tasks.get(entry.task_id or "")
    shape = _strings(workspace, entry, location=location(item, names=False))
    return shape | {"source": "api", "is_locked": entry.is_locked, "approval_id": None}


def _duration(workspace: Workspace, entry: Entry) -> int:
    return entry.duration if entry.duration is not None else -entry.elapsed(workspace.now)


def _strings(workspace: Workspace, entry: Entry, *, location: Json) -> Json:
    shape = _common(workspace, entry, location=location)
    shape |= {"start": str(entry.start), "duration": str(_duration(workspace, entry)), "at": str(entry.at)}
    return shape if entry.end is None else shape | {"end": str(entry.end)}


def _common(workspace: Workspace, entry: Entry, *, location: Json) -> Json:
    """``task`` is left out when there is none, as the official document says it."""
    shape: Json = {
        "id": entry.id,
        "wid": workspace.id,
        "user": user(workspace.users[entry.user_id]),
        "billable": entry.billable,
        "description": entry.description,
        "tags": [label(tag) for tag in entry.labels],
        "task_location": location,
    }
    item = workspace.tasks.get(entry.task_id or "")
    return shape | {"task": task(item)} if item else shape


def location(item: Task | None, *, names: bool) -> Json:
    """Strings, although the official document says number. A folderless list sits in a hidden folder of its own."""
    if item is None:
        return {}
    place, folder = item.place, item.place.folder
    ids: Json = {"list_id": place.id, "folder_id": hidden_folder(place.id), "space_id": place.space.id}
    if folder is not None:
        ids["folder_id"] = folder.id
    if not names:
        return ids
    folder_name = folder.name if folder else "hidden"
    return ids | {"list_name": place.name, "folder_name": folder_name, "space_name": place.space.name}


def hidden_folder(list_id: str) -> str:
    return f"9{list_id}"
