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
from .consent import consent_routes
from .control import controls
from .dispatch import endpoint, unknown_route
from .operations import OPERATIONS
from .page import LOOK, recorded
from .voice import voice
from .workspace import Workspace


def create_app(workspace: Workspace, clock: Clock | None = None) -> Starlette:
    """The base URL is ``…/api/v2``; a clock given here becomes the workspace's own."""
    if clock is not None:
        workspace.clock = clock
    routes = [Route(known.path, endpoint(workspace, known), methods=[known.method]) for known in OPERATIONS]
    # The last route also takes wrong methods on known paths: ClickUp answers both in the same way.
    everything = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    api = Router([*routes, Route("/{rest:path}", unknown_route, methods=everything)], redirect_slashes=False)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        workspace.faults.close()

    return Starlette(
        routes=[
            *consent_routes(workspace),
            Mount("/api/v2", app=Gate(api, workspace, voice(workspace))),
            *control_routes(workspace, controls(workspace)),
            *page_routes(workspace, LOOK, lambda: recorded(workspace)),
        ],
        lifespan=lifespan,
    )
