"""Several processes on one database, on every engine: nothing is lost, and nothing is done twice."""

import asyncio
import signal
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from people import LOGGED, ada, begun, ended, log_time
from racers import Racer, new_racer, race

from app.core.model import Person
from app.core.operations import State
from app.storage.migrations import MIGRATIONS
from app.storage.opening import migrate
from app.storage.store import SqlStore
from tests.postgres import Server


async def test_four_processes_writing_at_once_lose_nothing(store: SqlStore, database_url: str, racers: list[Racer]):
    await store.remember_person(Person("T1", "UADA", ZoneInfo("UTC"), "0"))
    assert race(racers[:4], "count", database_url, 50) == ["0"] * 4
    [row] = await store.engine.read("select name from person")
    assert row["name"] == "200"


async def test_two_processes_beginning_the_same_operation_agree_who_was_first(database_url: str, racers: list[Racer]):
    await migrate(database_url)
    firsts = [outcome.split() for outcome in race(racers[:2], "begin", database_url, 100)]
    assert sorted(firsts[0] + firsts[1], key=int) == [str(number) for number in range(100)]


async def test_four_processes_take_up_what_is_due_once_and_one_thing_of_a_person_at_a_time(
    store: SqlStore, database_url: str, racers: list[Racer]
):
    for number in range(40):
        for again in range(3):
            operation = log_time(ada(user_id=str(number)), f"op{number}.{again}")
            await begun(store, replace(operation, user=f"U{number}", state=State.QUEUED))
    taken = " ".join(race(racers[:4], "take", database_url, 10)).split()
    assert sorted(name.partition(".")[0] for name in taken) == sorted(f"op{number}" for number in range(40))


async def test_an_entry_is_what_one_operation_made_however_many_say_so_at_once(store: SqlStore):
    operations = [log_time(ada(), f"op{number}") for number in range(8)]
    await asyncio.gather(*(begun(store, operation) for operation in operations))
    made = await asyncio.gather(*(ended(store, operation, State.DONE, LOGGED) for operation in operations))
    assert sorted(made) == [False] * 7 + [True]
    states = [(await store.operation(operation.id)).state for operation in operations]
    assert states == [State.DONE if mine else State.SENDING for mine in made]


@pytest.mark.parametrize("update", ["update", "update_wal"])
def test_six_processes_starting_together_all_start(tmp_path: Path, racers: list[Racer], update: str):
    for start in range(8):
        assert sorted(race(racers, update, f"sqlite:///{tmp_path}/{start}.db")) == ["0"] * 5 + [str(len(MIGRATIONS))]


def test_six_processes_starting_together_on_postgres_all_start(postgres: Server, racers: list[Racer]):
    for _ in range(5):
        with postgres.database() as url:
            assert sorted(race(racers, "update", url)) == ["0"] * 5 + [str(len(MIGRATIONS))]


async def test_a_migration_that_is_killed_half_way_never_happened(database_url: str):
    racer = new_racer()
    assert race([racer], "die_migrating", database_url) == [""]
    assert racer.leave() == -signal.SIGKILL
    assert len(await migrate(database_url)) == len(MIGRATIONS)
