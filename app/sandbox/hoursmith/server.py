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
from .dispatch import endpoint
from .operations import OPERATIONS
from .organisation import Organisation
from .page import LOOK, recorded
from .voice import voice

EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(organisation: Organisation, clock: Clock | None = None) -> Starlette:
    """The base URL is ``…/api/v1``; a clock given here becomes the organisation's own."""
    if clock is not None:
        organisation.clock = clock
    routes = [Route(known.path, endpoint(organisation, known), methods=[known.method]) for known in OPERATIONS]
    unknown = Route("/{rest:path}", endpoint(organisation, None), methods=EVERY_METHOD)
    api = Router([*routes, unknown], redirect_slashes=False)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        organisation.faults.close()

    return Starlette(
        routes=[
            Mount("/api/v1", app=Gate(api, organisation, voice(organisation))),
            *control_routes(organisation, controls(organisation)),
            *page_routes(organisation, LOOK, lambda: recorded(organisation)),
        ],
        lifespan=lifespan,
    )
