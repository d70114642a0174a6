"""SQLite when things go wrong: a full or locked disk, a file that is not ours, several processes at once."""

import asyncio
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from people import TOKEN, ada, begun, bo, log_time
from racers import KEY, Racer

from app.core.errors import NotSaved
from app.storage.engine import StorageUnusable
from app.storage.migrations import MIGRATIONS, bring_up_to_date
from app.storage.opening import migrate, open_store
from app.storage.sqlite import journal_mode, open_sqlite
from app.storage.store import SqlStore, utc_now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "timer.db"


@pytest.fixture
async def store(path: Path):
    store = await open_store(f"sqlite:///{path}", KEY, busy_timeout=0.05)
    yield store
    await store.close()


def ask(path: Path, sql: str) -> object:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()


async def test_the_file_is_for_its_owner_only(store: SqlStore, path: Path):
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


async def test_no_credential_can_be_found_in_the_file(store: SqlStore, path: Path):
    await store.link(ada(credential=TOKEN))
    await store.link(bo(credential="pk_184_BOSOWNTOKEN"))
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"UADA" in written
    assert TOKEN.encode() not in written
    assert b"BOSOWNTOKEN" not in written
    assert TOKEN not in repr((store, await store.accounts()))


async def test_a_relative_address_is_a_file_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert len(await migrate("sqlite:///mine.db")) == len(MIGRATIONS)
    assert (tmp_path / "mine.db").exists()
    assert await migrate(f"sqlite:///{tmp_path}/mine.db") == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "timer.db", "mysql://ada:hunter2@db"])
async def test_an_address_that_names_no_file_is_refused(url: str):
    with pytest.raises(StorageUnusable, match=r"sqlite:///timer\.db") as refusal:
        await open_store(url, KEY)
    assert "hunter2" not in str(refusal.value)


async def test_a_folder_that_is_missing_is_named(tmp_path: Path):
    with pytest.raises(StorageUnusable, match=f"{tmp_path}/nowhere/timer.db cannot be opened"):
        await open_store(f"sqlite:///{tmp_path}/nowhere/timer.db", KEY)


def test_a_file_that_is_no_database_is_left_alone(path: Path):
    path.write_text("Shopping: milk, bread\n" * 100)
    with pytest.raises(
        StorageUnusable, match=f"{path} is damaged or not a database.*Restore a backup .python -m app restore FILE"
    ):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert path.read_text() == "Shopping: milk, bread\n" * 100


def test_a_truncated_copy_is_left_alone(path: Path):
    asyncio.run(migrate(f"sqlite:///{path}"))
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    with pytest.raises(StorageUnusable, match="Restore a backup"):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert path.read_bytes() == half


def test_another_programs_database_is_left_alone(path: Path):
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table recipes (name)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageUnusable, match=r"another program's tables \(recipes\)"):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert path.read_bytes() == before


async def test_a_database_from_a_newer_version_is_left_alone(store: SqlStore, path: Path):
    await store.engine.write(
        lambda execute: execute("insert into timer_migration values (999, 'the future', '2030-01-01T00:00:00+00:00')")
    )
    with pytest.raises(
        StorageUnusable, match=f"{path} was written by a newer version .*999, this version knows {len(MIGRATIONS)}"
    ):
        await open_store(f"sqlite:///{path}", KEY)


async def test_a_locked_database_is_said_and_nothing_changes(store: SqlStore, path: Path, racers: list[Racer]):
    racers[0].send("hold", path)
    assert racers[0].outcome() == "holding"
    with pytest.raises(NotSaved, match="nothing was sent: another program is holding the database"):
        await begun(store, log_time(ada(), "op1"))
    assert not await store.is_writable()
    racers[0].send("let go")
    assert racers[0].outcome() == "released"
    assert await begun(store, log_time(ada(), "op1")) is None


async def test_a_commit_that_meets_a_long_reader_leaves_the_store_usable(store: SqlStore, path: Path):
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from operation").fetchall()
    began = 0
    try:
        await begun(store, log_time(ada(), "op1"))
        began = 1
    except NotSaved:
        pass
    reader.close()
    assert ask(path, "select count(*) from operation") == began
    assert await begun(store, log_time(ada(), "op2")) is None


async def begin_until_refused(store: SqlStore) -> tuple[int, str]:
    for number in range(100):
        try:
            await begun(store, log_time(ada(), f"op{number}", "long text " * 100))
        except NotSaved as refusal:
            return number, refusal.sentence
    return 100, ""


async def test_a_full_disk_is_said_and_the_file_stays_whole(store: SqlStore, path: Path):
    await store.link(ada())
    pages = (await store.engine.read("pragma page_count"))[0]["page_count"]
    await store.engine.read(f"pragma max_page_count = {pages + 3}")
    kept, sentence = await begin_until_refused(store)
    assert "nothing was sent: the disk is full" in sentence
    assert ask(path, "pragma integrity_check") == "ok"
    assert ask(path, "select count(*) from operation") == kept
    assert not await store.is_writable()
    await store.engine.read("pragma max_page_count = 1000000")
    assert await store.is_writable()
    assert ask(path, "select count(*) from sqlite_master where name like '%room%'") == 0
    assert await begun(store, log_time(ada(), "afterwards")) is None


async def test_a_read_only_disk_is_said(store: SqlStore):
    assert await store.is_writable()
    await store.engine.read("pragma query_only = on")
    assert not await store.is_writable()
    with pytest.raises(NotSaved, match="read-only"):
        await store.link(ada())


def test_wal_is_used_only_where_it_cannot_corrupt():
    assert journal_mode((3, 51, 2)) == "truncate"
    assert journal_mode((3, 51, 3)) == journal_mode((3, 52, 0)) == "wal"


async def test_every_write_reaches_the_disk_before_it_is_reported(store: SqlStore):
    full = 2
    assert (await store.engine.read("pragma synchronous"))[0]["synchronous"] == full


async def test_who_was_narrowed_before_that_was_kept_apart_stays_narrowed(path: Path):
    engine = await open_sqlite(str(path))
    await bring_up_to_date(engine, utc_now(), MIGRATIONS[:3])
    for user, permission in (("UADA", "anyone"), ("UBO", "self")):
        await engine.write(
            lambda execute, user=user, permission=permission: execute(
                "insert into account (slack_team, slack_user, provider, workspace_id, user_id, role,"
                " assignee_permission, created_at, updated_at)"
                " values ('T1', :user, 'clickup', '9001', :user, 'admin', :permission, '', '')",
                user=user,
                permission=permission,
            )
        )
    await engine.close()
    store = await open_store(f"sqlite:///{path}", KEY)
    assert await store.is_narrowed("T1", "UBO", "clickup")
    assert not await store.is_narrowed("T1", "UADA", "clickup")
    await store.close()
