"""What every folder of tests may lean on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.person import Person
from tests.stage import Stage, raised

pytest_plugins = ["tests.listening", "tests.postgres"]


@pytest.fixture(scope="session")
def vendor_contracts() -> Path:
    """vendor contracts, when present"""
    folder = Path(__file__).parents[2] / "shared" / "contracts"
    if not folder.is_dir():
        pytest.skip("vendor contracts are not here")
    return folder


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The app between a local Slack and a local ClickUp, on Wed 4 Mar 2026, 10:17 in Berlin."""
    async with raised() as stage:
        yield stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """An admin."""
    return await stage.person("Ada")
