"""What ClickUp has recorded, as the page of records wants to read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..backend.page import Look
from .model import Entry, to_datetime
from .workspace import Workspace

LOOK = Look("ClickUp", "Task", "No task", Path(__file__).parent / "look.css")


def recorded(workspace: Workspace) -> dict[str, Any]:
    """Times are ISO-8601 UTC; the page puts them into each person's zone."""
    people = [{"id": user.id, "name": user.name, "timezone": user.timezone} for user in workspace.users.values()]
    entries = (entry for entry in workspace.entries.values() if entry.start is not None)
    newest_first = sorted(entries, key=lambda entry: entry.start or 0, reverse=True)
    return {
        "workspace": workspace.name,
        "now": to_datetime(workspace.now).isoformat(),
        "people": people,
        "entries": [_entry(workspace, entry) for entry in newest_first[:500]],
    }


def _entry(workspace: Workspace, entry: Entry) -> dict[str, Any]:
    task = workspace.tasks.get(entry.task_id or "")
    return {
        "id": entry.id,
        "person": entry.user_id,
        "start": to_datetime(entry.start or 0).isoformat(),
        "end": None if entry.end is None else to_datetime(entry.end).isoformat(),
        "seconds": entry.elapsed(workspace.now) // 1000,
        "running": entry.is_running,
        "task": {"id": task.custom_id or task.id, "name": task.name} if task else None,
        "description": entry.description,
        "tags": [label.name for label in entry.labels],
        "billable": entry.billable,
        "source": entry.source,
        "locked": entry.is_locked,
    }
