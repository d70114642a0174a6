"""What Clockify has recorded, as the page of records wants to read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..backend.clock import now_iso
from ..backend.page import Look
from .model import Entry
from .times import write_moment
from .workspace import Workspace

LOOK = Look(
    "Clockify",
    "Project / task",
    "No project",
    Path(__file__).parent / "look.css",
    locked="What has been recorded so far is locked, though not for owners and admins.",
)


def recorded(workspace: Workspace) -> dict[str, Any]:
    """Times are ISO-8601 UTC; the page puts them into each person's zone."""
    people = [{"id": user.id, "name": user.name, "timezone": user.timezone} for user in workspace.users.values()]
    newest_first = sorted(workspace.entries.values(), key=lambda entry: entry.start, reverse=True)
    return {
        "workspace": workspace.name,
        "now": now_iso(workspace.clock),
        "people": people,
        "entries": [_entry(workspace, entry) for entry in newest_first[:500]],
    }


def _entry(workspace: Workspace, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "person": entry.user_id,
        "start": write_moment(entry.start),
        "end": None if entry.end is None else write_moment(entry.end),
        "seconds": int(entry.elapsed(workspace.now).total_seconds()),
        "running": entry.is_running,
        "task": _task(workspace, entry),
        "description": entry.description,
        "tags": [workspace.tags[tag_id].name for tag_id in entry.tag_ids or []],
        "billable": entry.billable,
        "source": entry.source,
        "locked": entry.is_approved or workspace.is_before_lock(entry.start),
    }


def _task(workspace: Workspace, entry: Entry) -> dict[str, str] | None:
    """The project stands where ClickUp's page has the task's id."""
    project, task = workspace.projects.get(entry.project_id or ""), workspace.tasks.get(entry.task_id or "")
    return {"id": project.name, "name": task.name if task else "", "color": project.color} if project else None
