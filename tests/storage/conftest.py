"""A store on every engine, each time on a new database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from people import tables
from racers import KEY, Racer, new_racer

from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.canaries import LISTENER, look_through


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/timer.db"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(database_url, KEY)
    yield store
    for table in await tables(store):
        LISTENER.listen(str(await store.engine.read(f"select * from {table}")), f"the table {table}")
    await store.close()
    look_through(tmp_path)


@pytest.fixture(scope="session")
def racers() -> Iterator[list[Racer]]:
    racers = [new_racer() for _ in range(6)]
    yield racers
    for racer in racers:
        racer.leave()
