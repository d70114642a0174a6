"""One ClickUp on loopback, and adapters of several people who speak to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from app.core.model import Account, AssigneePermission, Role, Secret
from app.providers import Connections, Site
from app.providers.clickup import ClickUp
from app.providers.clockify import Clockify
from app.providers.freshness import Shelf
from app.providers.hoursmith import Hoursmith
from app.providers.http import Http, Patience
from providers.clickup_server import Server, running
from providers.clockify_server import adas, connected
from providers.hoursmith_server import Office, say_yes
from providers.recorded import ADA, WORKSPACE

TOKEN = Secret("pk_183_CANARYCANARYCANARY")
OAUTH = Secret("183_oauthCANARY")


@dataclass(slots=True)
class Watch:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 3, 4, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **much: float) -> None:
        self.at += timedelta(**much)


def account(user_id: str = ADA, credential: Secret | None = TOKEN, **changes: str) -> Account:
    return Account(
        team="T1",
        user="U1",
        provider="clickup",
        workspace_id=changes.get("workspace_id", WORKSPACE),
        user_id=user_id,
        role=Role.OWNER,
        assignee_permission=AssigneePermission(changes.get("permission", "anyone")),
        credential=credential,
    )


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http(Patience(read=0.4, total=1))
    yield client
    await client.aclose()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Every request that reaches it must have a contract, in every test."""
    async with running() as server:
        yield server
        assert server.faults == []


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def connections(http: Http, watch: Watch, server: Server) -> Connections:
    return Connections(http, watch, {"clickup": Site(server.url, Secret("pk_shared_CANARY"), WORKSPACE)})


@pytest.fixture
async def clickup(connections: Connections) -> ClickUp:
    """Ada's, with her own personal token."""
    return cast(ClickUp, await connections.provider(account()))


@pytest.fixture
async def clockify_server() -> AsyncIterator[Server]:
    """Every request that reaches it must have a contract, in every test."""
    async with running("clockify", "/api/v1") as server:
        yield server
        assert server.faults == []


@pytest.fixture
async def clockify(http: Http, watch: Watch, clockify_server: Server) -> Clockify:
    """Ada's, who owns the workspace, with her own key."""
    return await connected(http, watch, clockify_server, adas())


@pytest.fixture
async def hoursmith_server() -> AsyncIterator[Server]:
    """It says yes to everything until a test tells it otherwise."""
    async with running("hoursmith", "/api/v1") as server:
        say_yes(server)
        yield server
        assert server.faults == []


@pytest.fixture
def office(http: Http, watch: Watch, hoursmith_server: Server) -> Office:
    return Office(http, watch, hoursmith_server.url, Shelf())


@pytest.fixture
def hoursmith(office: Office) -> Hoursmith:
    """Ada's, an admin in Berlin."""
    return office.desk()
