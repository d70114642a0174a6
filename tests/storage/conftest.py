"""A store on every engine, each time on a new database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from racers import KEY, Racer, new_racer

from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.canaries import look_through


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder}/timer.db"


ENGINES = {"sqlite": sqlite_url}


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return ENGINES[request.param](tmp_path)


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(database_url, KEY)
    yield store
    await store.close()
    look_through(tmp_path)


@pytest.fixture(scope="session")
def racers() -> Iterator[list[Racer]]:
    racers = [new_racer() for _ in range(6)]
    yield racers
    for racer in racers:
        racer.leave()
