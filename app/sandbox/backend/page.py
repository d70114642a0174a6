"""A back end's own view of what it has recorded, for people who want to see that an entry has really arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .mood import mood
from .workspace import Workspace

HERE = Path(__file__).parent
FRESH = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Look:
    """``subject`` heads the column of what was worked on; ``css`` has the service's colours and its mark.

    ``idle`` is said where no timer runs, ``locked`` of the mood in which what has been recorded is locked.
    """

    service: str
    subject: str
    nothing: str
    css: Path
    idle: str = "No timer is running."
    locked: str = "What has been recorded so far is locked."


def page_routes(workspace: Workspace, look: Look, record: Callable[[], dict[str, Any]]) -> list[BaseRoute]:
    """``record`` answers what record.js reads; times in it are ISO-8601 UTC, the page knows each person's zone."""
    words = {
        "service": look.service,
        "subject": look.subject,
        "nothing": look.nothing,
        "idle": look.idle,
        "locked": look.locked,
    }
    page = Template((HERE / "record.html").read_text()).substitute({name: escape(text) for name, text in words.items()})

    async def send_page(_: Request) -> Response:
        return HTMLResponse(page, headers=FRESH)

    async def send_record(_: Request) -> Response:
        return JSONResponse({**record(), "mood": mood(workspace)}, headers=FRESH)

    files = [HERE / "record.css", HERE / "record.js", HERE / "mood.js"]
    return [
        Route("/", send_page),
        Route("/sandbox/record", send_record),
        _file("/look.css", look.css),
        *(_file(f"/{path.name}", path) for path in files),
    ]


def _file(address: str, path: Path) -> Route:
    async def send(_: Request) -> Response:
        return FileResponse(path, headers=FRESH)

    return Route(address, send)
