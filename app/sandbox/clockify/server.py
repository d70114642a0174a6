"""Puts the API, the controls and the page of records into one application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Mount, Route, Router

from ..backend.clock import Clock
from ..backend.control import control_routes
from ..backend.gate import Gate
from ..backend.page import page_routes
from .control import controls
from .dispatch import endpoint, unknown
from .operations import OPERATIONS
from .page import LOOK, recorded
from .voice import voice
from .workspace import Workspace


def create_app(workspace: Workspace, clock: Clock | None = None) -> Starlette:
    """The base URL is ``…/api/v1``; a clock given here becomes the workspace's own."""
    if clock is not None:
        workspace.clock = clock
    routes = [Route(known.path, endpoint(workspace, known), methods=[known.method]) for known in OPERATIONS]
    everything = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    rest = Route("/{rest:path}", unknown(workspace, OPERATIONS), methods=everything)
    api = Router([*routes, rest], redirect_slashes=False)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        workspace.faults.close()

    return Starlette(
        routes=[
            Mount("/api/v1", app=Gate(api, workspace, voice())),
            *control_routes(workspace, controls(workspace)),
            *page_routes(workspace, LOOK, lambda: recorded(workspace)),
        ],
        lifespan=lifespan,
    )
