"""An older database in the place of a newer one is noticed, and nothing else is taken for one."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from people import NINE, ada, bo
from racers import KEY, Racer, race

from app.storage.engine import Engine, Execute, StorageUnusable
from app.storage.generation import Generation, beside
from app.storage.migrations import MIGRATIONS, bring_up_to_date
from app.storage.opening import migrate, open_store
from app.storage.sqlite import open_sqlite
from app.storage.store import SqlStore, utc_now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "timer.db"


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(f"sqlite:///{path}", KEY)
    yield store
    await store.close()


async def is_put_back(path: Path) -> bool:
    async with opened(path) as store:
        return await store.put_back_as_of() is not None


async def test_a_database_that_only_stops_and_starts_is_what_it_was(path: Path):
    for _ in range(3):
        assert not await is_put_back(path)


async def test_an_older_copy_in_its_place_is_noticed_and_says_of_when_it_is(path: Path):
    async with opened(path) as store:
        await store.generation.turn(NINE)
        shutil.copy(path, path.with_name("copy.db"))
        await store.link(ada())
        await store.generation.turn(NINE + timedelta(minutes=1))
        await store.generation.turn(NINE + timedelta(minutes=2))
    shutil.copy(path.with_name("copy.db"), path)
    async with opened(path) as store:
        assert await store.put_back_as_of() == NINE


async def test_it_says_so_until_somebody_has_looked(path: Path):
    async with opened(path):
        shutil.copy(path, path.with_name("copy.db"))
    assert not await is_put_back(path)
    shutil.copy(path.with_name("copy.db"), path)
    assert await is_put_back(path)
    assert await is_put_back(path)
    async with opened(path) as store:
        await store.generation.reconciled()
        assert await store.put_back_as_of() is None
    assert not await is_put_back(path)


async def test_a_database_that_came_without_the_file_beside_it_is_noticed(path: Path):
    async with opened(path):
        pass
    beside(path).unlink()
    assert await is_put_back(path)


@pytest.mark.parametrize("written", ["", "{}", '{"lineage": "another", "number": 1}', '{"lineage": 1'])
async def test_a_file_beside_it_that_belongs_to_another_is_noticed(path: Path, written: str):
    assert not await is_put_back(path)
    beside(path).write_text(written)
    assert await is_put_back(path)


async def test_a_backup_from_before_there_were_generations_is_noticed(path: Path):
    engine = await open_sqlite(str(path))
    await bring_up_to_date(engine, NINE, MIGRATIONS[:5])
    await engine.close()
    shutil.copy(path, path.with_name("old.db"))
    assert not await is_put_back(path)
    shutil.copy(path.with_name("old.db"), path)
    assert await is_put_back(path)


async def test_a_whole_disk_that_was_put_back_is_taken_at_its_owners_word(path: Path):
    async with opened(path) as store:
        await store.generation.declare_put_back(NINE)
    async with opened(path) as store:
        assert await store.put_back_as_of() == NINE


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-1), timedelta(days=400)], ids=str)
async def test_a_clock_that_jumps_is_not_taken_for_it(path: Path, jump: timedelta):
    async with opened(path) as store:
        await store.generation.turn(NINE)
        await store.generation.turn(NINE + jump)
    assert not await is_put_back(path)


async def test_processes_that_start_together_are_not_taken_for_it(path: Path, racers: list[Racer]):
    for start in range(8):
        one = path.with_name(f"{start}.db")
        race(racers, "update", f"sqlite:///{one}")
        assert not await is_put_back(one)


@dataclass(frozen=True)
class PowerCut:
    """An engine whose power fails after everything was said and before it is committed."""

    engine: Engine

    async def write_alone(self, work: Callable[[Execute], Any]) -> Any:
        def cut(execute: Execute) -> None:
            work(execute)
            raise ConnectionError("no power")

        return await self.engine.write_alone(cut)


@pytest.mark.parametrize("turns", range(4))
async def test_a_crash_in_the_middle_of_a_turn_is_not_taken_for_it(path: Path, turns: int):
    engine = await open_sqlite(str(path))
    await bring_up_to_date(engine, NINE)
    for _ in range(turns):
        await Generation(engine, beside(path)).turn(NINE)
    with pytest.raises(ConnectionError):
        await Generation(PowerCut(engine), beside(path)).turn(NINE)  # type: ignore[arg-type]
    await engine.close()
    assert not await is_put_back(path)


async def test_a_crash_in_the_middle_of_noticing_forgets_nothing(path: Path):
    assert not await is_put_back(path)
    shutil.copy(path, path.with_name("copy.db"))
    assert not await is_put_back(path)
    shutil.copy(path.with_name("copy.db"), path)
    engine = await open_sqlite(str(path))
    with pytest.raises(ConnectionError):
        await Generation(PowerCut(engine), beside(path)).turn(NINE)  # type: ignore[arg-type]
    await engine.close()
    assert await is_put_back(path)


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "missing"])
async def test_a_database_that_is_gone_is_never_begun_anew(path: Path, is_empty: bool):
    async with opened(path) as store:
        await store.link(bo())
    path.unlink()
    if is_empty:
        path.touch()
    with pytest.raises(StorageUnusable, match=f"{path} is gone, and .* tells that there was one.*app restore FILE"):
        await migrate(f"sqlite:///{path}")
    assert path.exists() == is_empty
    assert not is_empty or path.stat().st_size == 0
    beside(path).unlink()
    assert len(await migrate(f"sqlite:///{path}")) == len(MIGRATIONS)


async def test_the_file_beside_it_is_for_its_owner_only_and_names_nobody(path: Path):
    async with opened(path) as store:
        await store.link(ada(credential="pk_183_CANARY"))
        await store.generation.turn(utc_now())
    assert beside(path).stat().st_mode & 0o777 == 0o600
    assert set(__import__("json").loads(beside(path).read_text())) == {"lineage", "number"}
    with sqlite3.connect(path) as database:
        assert database.execute("select count(*) from generation").fetchone() == (1,)
    database.close()
