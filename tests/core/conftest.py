"""How hard hypothesis looks: the same examples every time, more when HYPOTHESIS_PROFILE=thorough and fewer when it is brief."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.canaries import look_through

from .fakes import ADA, Desk
from .office import Office

_CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much]
settings.register_profile("repeatable", max_examples=120, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("brief", max_examples=15, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(f"sqlite:///{tmp_path}/timer.db", "a-key-for-tests-that-is-long-enough-to-be-taken")
    yield store
    await store.close()
    look_through(tmp_path)


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    return Desk(store)


@pytest.fixture
async def office(desk: Desk) -> Office:
    office = Office(desk)
    await office.employs(ADA)
    return office
