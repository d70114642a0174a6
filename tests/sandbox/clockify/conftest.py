"""A furnished Clockify on a Friday afternoon, and its people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from clockify_desk import Direct, Watch, served
from starlette.applications import Starlette

from app.sandbox.clockify import TOKENS, Workspace, create_app, seed


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(watch: Watch) -> Workspace:
    return seed(watch)


@pytest.fixture
def app(workspace: Workspace) -> Starlette:
    return create_app(workspace)


@pytest.fixture
def person(app: Starlette) -> Callable[[str], Direct]:
    return lambda name: Direct(app, TOKENS[name], "/api/v1", header="x-api-key")


@pytest.fixture
def ada(person: Callable[[str], Direct]) -> Direct:
    """An admin in Berlin."""
    return person("Ada")


@pytest.fixture
def bo(person: Callable[[str], Direct]) -> Direct:
    """A member in Berlin."""
    return person("Bo")


@pytest.fixture
def cy(person: Callable[[str], Direct]) -> Direct:
    """A member in New York."""
    return person("Cy")


@pytest.fixture
def di(person: Callable[[str], Direct]) -> Direct:
    """The owner."""
    return person("Di")


@pytest.fixture
def control(app: Starlette) -> Direct:
    return Direct(app, None, base="/sandbox")


@pytest.fixture
async def wire(app: Starlette) -> AsyncIterator[aiohttp.ClientSession]:
    """Ada over a real socket: paths are relative to /api/v1/."""
    async with (
        served(app) as url,
        aiohttp.ClientSession(f"{url}/api/v1/", headers={"X-Api-Key": TOKENS["Ada"]}) as session,
    ):
        yield session
