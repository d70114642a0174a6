"""A wire of one's own to the app."""

from collections.abc import AsyncIterator

import pytest

from tests.slack.wire import Wire, wired
from tests.stage import Stage


@pytest.fixture
async def wire(stage: Stage) -> AsyncIterator[Wire]:
    async with wired(stage) as wire:
        yield wire
