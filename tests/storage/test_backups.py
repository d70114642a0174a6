"""A backup is whole, also while others write; putting one back destroys nothing."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from people import NINE, TOKEN, ada, begun, bo, log_time, running
from racers import KEY, Racer

from app.core.model import Secret
from app.storage.backups import put_back, take
from app.storage.engine import StorageUnusable
from app.storage.migrations import MIGRATIONS
from app.storage.opening import migrate, open_store
from app.storage.store import SqlStore, utc_now
from app.storage.vault import vault_for

LATER = NINE + timedelta(hours=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "timer.db"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(f"sqlite:///{path}", KEY)
    yield store
    await store.close()


def ask(path: Path, sql: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(sql)]


async def one_operation_more(path: Path, name: str) -> None:
    async with opened(path) as store:
        await begun(store, log_time(ada(), name))


async def test_a_backup_names_what_it_holds_and_is_for_its_owner_only(path: Path, copy: Path):
    async with opened(path) as store:
        await store.link(ada(credential=TOKEN))
        await store.link(bo())
        await begun(store, log_time(ada(), "op1"))
        await store.hold("T1", "UBO", running("timer1"))
        before = utc_now()
        contents = take(str(path), copy)
    assert before <= contents.as_of <= utc_now()
    assert replace(contents, as_of=NINE) == replace(
        contents, as_of=NINE, schema=MIGRATIONS[-1].number, people=2, accounts=2, operations=1, waiting=1, timers=1
    )
    assert contents.sealed_with == vault_for(KEY).fingerprints
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in copy.parent.glob("backup*")) == ["backup.db"]
    assert TOKEN.encode() not in copy.read_bytes()


def test_a_backup_taken_while_another_process_writes_has_everything_up_to_a_moment(
    path: Path, tmp_path: Path, racers: list[Racer]
):
    asyncio.run(migrate(f"sqlite:///{path}"))
    racers[0].send("begin", f"sqlite:///{path}", 300)
    held = []
    for number in range(5):
        copy = tmp_path / f"backup{number}.db"
        held.append(take(str(path), copy).operations)
        assert ask(copy, "pragma integrity_check") == ["ok"]
        names = ask(copy, "select id from operation")
        assert sorted(names, key=str) == sorted((f"op{one}" for one in range(held[-1])), key=str)
    assert racers[0].outcome().split() == [str(number) for number in range(300)]
    assert held == sorted(held)


async def test_a_backup_overwrites_nothing(path: Path, copy: Path):
    await migrate(f"sqlite:///{path}")
    copy.write_text("last year's")
    with pytest.raises(StorageUnusable, match=f"{copy} is there already and was left alone. Name another file"):
        take(str(path), copy)
    assert copy.read_text() == "last year's"


async def test_where_a_backup_cannot_be_written_is_said(path: Path, tmp_path: Path):
    await migrate(f"sqlite:///{path}")
    with pytest.raises(StorageUnusable, match=r"nowhere/backup.db cannot be written: No such file or directory"):
        take(str(path), tmp_path / "nowhere" / "backup.db")


async def test_no_backup_is_left_of_a_database_that_is_damaged(path: Path, copy: Path):
    async with opened(path) as store:
        for number in range(200):
            await begun(store, log_time(ada(), f"op{number}"))
    content = bytearray(path.read_bytes())
    content[8 * 4096 : -4096] = b"\xff" * len(content[8 * 4096 : -4096])
    path.write_bytes(content)
    with pytest.raises(StorageUnusable, match=r"damaged|malformed"):
        take(str(path), copy)
    assert list(copy.parent.glob("backup*")) == []


async def test_a_damage_that_nobody_has_met_yet_is_found(path: Path, copy: Path):
    """The rows are all there, and an index tells something else about them."""
    await one_operation_more(path, "op1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma writable_schema = on")
        connection.execute(
            "update sqlite_master set sql = replace(sql, 'entry_id', 'act') where name = 'operation_entry'"
        )
        connection.commit()
    with pytest.raises(StorageUnusable, match=r"The copy is damaged .*operation_entry"):
        take(str(path), copy)
    assert list(copy.parent.glob("backup*")) == []


@pytest.mark.parametrize(
    ("written", "sentence"),
    [(None, "There is no file"), ("", "is empty"), ("Shopping: milk\n" * 100, "not a database")],
    ids=["missing", "empty", "letter"],
)
@pytest.mark.parametrize("does", ["take", "put back"])
async def test_what_is_no_database_of_ours_is_neither_copied_nor_put_back(
    path: Path, copy: Path, written: str | None, sentence: str, does: str
):
    source = path if does == "take" else copy
    if written is not None:
        source.write_text(written)
    with pytest.raises(StorageUnusable, match=sentence):
        take(str(path), copy) if does == "take" else put_back(copy, str(path), LATER)
    assert not (copy if does == "take" else path).exists()
    assert not source.exists() or source.read_text() == written


async def test_another_programs_tables_are_not_put_back(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    with closing(sqlite3.connect(copy)) as stranger:
        stranger.execute("create table recipes (name)")
    with pytest.raises(StorageUnusable, match=r"another program's tables \(recipes\)"):
        put_back(copy, str(path), LATER)
    assert ask(path, "select id from operation") == ["op1"]


async def test_a_backup_from_a_newer_version_is_not_put_back(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy)) as newer:
        newer.execute("insert into timer_migration values (999, 'the future', '2030-01-01T00:00:00+00:00')")
        newer.commit()
    known = MIGRATIONS[-1].number
    with pytest.raises(
        StorageUnusable, match=f"{copy} was written by a newer version .*999, this version knows {known}"
    ):
        put_back(copy, str(path), LATER)
    assert not list(path.parent.glob("*restoring*"))


async def test_what_was_there_is_kept_aside_and_can_be_put_back_in_turn(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    take(str(path), copy)
    await one_operation_more(path, "op2")
    contents, aside = put_back(copy, str(path), LATER)
    assert contents.operations == 1
    assert aside == path.with_name("timer.db.before-20260304T120000Z")
    assert ask(path, "select id from operation") == ["op1"]
    assert ask(aside, "select id from operation order by id") == ["op1", "op2"]
    assert {one.stat().st_mode & 0o777 for one in (path, aside)} == {0o600}
    await one_operation_more(path, "op3")
    put_back(aside, str(path), LATER + timedelta(seconds=1))
    assert ask(path, "select id from operation order by id") == ["op1", "op2"]
    async with opened(path) as store:
        assert await store.put_back_as_of()


async def test_what_was_there_is_noticed_too_when_it_comes_back_by_hand(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    take(str(path), copy)
    for name in ("op2", "op3"):
        await one_operation_more(path, name)
    _, aside = put_back(copy, str(path), LATER)
    async with opened(path) as store:
        await store.generation.reconciled()
    shutil.copy(aside, path)
    async with opened(path) as store:
        assert await store.put_back_as_of()


async def test_a_damaged_database_makes_way_and_is_kept_with_what_lay_beside_it(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    take(str(path), copy)
    path.write_bytes(b"\xff" * 5000)
    Path(f"{path}-journal").write_bytes(b"a journal of the damaged one")
    _, aside = put_back(copy, str(path), LATER)
    assert ask(path, "select id from operation") == ["op1"]
    assert aside.read_bytes() == b"\xff" * 5000
    assert Path(f"{aside}-journal").read_bytes() == b"a journal of the damaged one"
    assert not os.path.exists(f"{path}-journal")


async def test_a_backup_is_not_put_back_under_a_running_app(path: Path, copy: Path):
    async with opened(path) as store:
        await store.link(ada())
        take(str(path), copy)
        await store.link(bo())
        with pytest.raises(StorageUnusable, match=f"The app is running on {path}, so it was left alone. Stop serve"):
            put_back(copy, str(path), LATER)
        assert len(await store.accounts()) == 2
    put_back(copy, str(path), LATER)
    async with opened(path) as store:
        assert await store.accounts() == [ada()]


@pytest.mark.parametrize("beside_it", [True, False], ids=["same machine", "new machine"])
async def test_a_backup_that_was_put_back_says_of_when_it_is(path: Path, copy: Path, beside_it: bool):
    await one_operation_more(path, "op1")
    taken = take(str(path), copy).as_of
    if not beside_it:
        for file in path.parent.glob("timer.db*"):
            file.unlink()
    put_back(copy, str(path), LATER)
    async with opened(path) as store:
        assert await store.put_back_as_of() == taken


async def test_a_backup_copied_over_the_database_by_hand_says_so_as_well(path: Path, copy: Path):
    async with opened(path):
        taken = take(str(path), copy).as_of
    shutil.copy(copy, path)
    async with opened(path) as store:
        assert await store.put_back_as_of() == taken


LATER_COLUMNS = [("operation", name) for name in ("user_id", "tellings", "tell_at")]
LATER_COLUMNS += [("act", name) for name in ("tellings", "tell_at")]


async def test_an_old_backup_on_a_new_machine_is_noticed_though_it_knows_no_generations(path: Path, copy: Path):
    await one_operation_more(path, "op1")
    take(str(path), copy)
    with closing(sqlite3.connect(copy)) as old:
        old.execute("drop table generation")
        old.execute("drop table departed")
        for table in ("rhythm", "presence", "reminder", "pace", "roll", "budget"):
            old.execute(f"drop table {table}")
        old.execute("drop index account_to_plan")
        old.execute("drop index operation_of")
        old.execute("alter table account drop column plan_at")
        old.execute("alter table person add column target_seconds integer not null default 28800")
        for table, column in LATER_COLUMNS:
            old.execute(f"alter table {table} drop column {column}")
        old.execute("delete from timer_migration where number >= 8")
        old.commit()
    for file in path.parent.glob("timer.db*"):
        file.unlink()
    put_back(copy, str(path), LATER)
    async with opened(path) as store:
        assert await store.put_back_as_of() == NINE


async def test_credentials_come_back_under_the_same_key_and_stay_shut_under_another(path: Path, copy: Path):
    async with opened(path) as store:
        await store.link(ada(credential=TOKEN))
    take(str(path), copy)
    put_back(copy, str(path), LATER)
    async with opened(path) as store:
        assert (await store.account("T1", "UADA")).credential == Secret(TOKEN)
    other = await open_store(f"sqlite:///{path}", "a key that is not the one it was sealed with")
    assert "was sealed with key" in (await other.unreadable())[0]
    await other.close()
