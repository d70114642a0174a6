"""A wire of one's own to the app, and a stage on which one token speaks for everybody."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from app.core.model import Role
from tests.slack.speaking import ACME, DI, speaks_for
from tests.slack.wire import Wire, wired
from tests.stage import Stage, raised


@pytest.fixture
async def wire(stage: Stage) -> AsyncIterator[Wire]:
    async with wired(stage) as wire:
        yield wire


@pytest.fixture
async def shared() -> AsyncIterator[Stage]:
    """The workspace-wide token is Di's, and speaks for Ada, an admin, and Bo: this app keeps their timers."""
    async with raised(clickup_token=SecretStr(DI), clickup_workspace_id=ACME) as stage:
        await speaks_for(stage, "U0ADA", "183", Role.ADMIN)
        await speaks_for(stage, "U0BO", "184", Role.MEMBER)
        yield stage
