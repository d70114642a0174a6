"""ClickUp's own view of what it has recorded, for people who want to see that an entry has really arrived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .model import Entry, to_datetime
from .workspace import Workspace

HERE = Path(__file__).parent
FILES = {"/": "record.html", "/record.css": "record.css", "/record.js": "record.js"}


def page_routes(workspace: Workspace) -> list[BaseRoute]:
    async def record(_: Request) -> Response:
        return JSONResponse(recorded(workspace), headers={"cache-control": "no-store"})

    return [*(_file(path, name) for path, name in FILES.items()), Route("/sandbox/record", record)]


def _file(path: str, name: str) -> Route:
    async def send(_: Request) -> Response:
        return FileResponse(HERE / name, headers={"cache-control": "no-store"})

    return Route(path, send)


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
