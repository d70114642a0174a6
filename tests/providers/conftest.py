"""One ClickUp on loopback, and adapters of several people who speak to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from app.core.model import Account, AssigneePermission, Role, Secret
from app.providers import Connections, Site
from app.providers.clickup import ClickUp
from app.providers.http import Http, Patience
from providers.clickup_server import Server, running
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
