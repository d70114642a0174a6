"""A furnished ClickUp on a Friday afternoon, and its people."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from clickup_desk import ADA, BO, CY, Direct, Watch, served
from starlette.applications import Starlette

from app.sandbox.clickup import TOKENS, Workspace, create_app, seed


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
def person(app: Starlette) -> Callable[[int], Direct]:
    return lambda user_id: Direct(app, TOKENS[user_id])


@pytest.fixture
def ada(person: Callable[[int], Direct]) -> Direct:
    return person(ADA)


@pytest.fixture
def bo(person: Callable[[int], Direct]) -> Direct:
    return person(BO)


@pytest.fixture
def cy(person: Callable[[int], Direct]) -> Direct:
    return person(CY)


@pytest.fixture
def oauth(app: Starlette, workspace: Workspace) -> Direct:
    """Ada again, signed in through OAuth."""
    return Direct(app, f"Bearer {workspace.grant(ADA)}")


@pytest.fixture
def control(app: Starlette) -> Direct:
    return Direct(app, None, base="/sandbox")


@pytest.fixture
async def wire(app: Starlette) -> AsyncIterator[aiohttp.ClientSession]:
    """Ada over a real socket: paths are relative to /api/v2/."""
    async with (
        served(app) as url,
        aiohttp.ClientSession(f"{url}/api/v2/", headers={"Authorization": TOKENS[ADA]}) as session,
    ):
        yield session


@pytest.fixture
def noon(workspace: Workspace) -> int:
    """Today at noon in UTC, with a millisecond part like real ones."""
    return workspace.now - 7_380_000


@pytest.fixture
def vendor_calls(vendor_contracts: Path) -> set[tuple[str, str]]:
    """Method and path of every call in ClickUp's own document, with nameless parameters."""
    document = json.loads((vendor_contracts / "clickup-v2.json").read_text())
    return {
        (method.upper(), re.sub(r"{\w+}", "{}", path).removeprefix("/v2"))
        for path, methods in document["paths"].items()
        for method in methods.keys() & {"get", "post", "put", "delete"}
    }
