"""PostgreSQL when things go wrong: it fails over, stops, fills up, lets nobody in; nothing is lost or sent twice for that."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from people import NINE, ada, begun, log_time
from racers import KEY
from wire import Line, closed_door, line_to

from app.core.errors import NotSaved
from app.storage.dialect import for_postgres
from app.storage.engine import Execute, StorageUnusable
from app.storage.migrations import MIGRATIONS
from app.storage.opening import open_engine, open_store
from app.storage.store import SqlStore
from tests.postgres import Server

NAMED = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


@pytest.fixture
def database_url(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    store = await open_store(database_url, KEY)
    yield store
    await store.close()


@pytest.fixture
async def line(database_url: str) -> AsyncIterator[Line]:
    async with line_to(database_url) as line:
        yield line


@pytest.fixture
async def far(line: Line) -> AsyncIterator[SqlStore]:
    """A store at the other end of a line that can be cut."""
    store = await open_store(line.url, KEY)
    yield store
    await store.close()


def name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


async def ids(store: SqlStore) -> list[str]:
    return [row["id"] for row in await store.engine.read("select id from operation order by id")]


async def test_a_connection_that_was_lost_in_the_middle_is_made_anew_and_the_work_done_once(
    store: SqlStore, postgres: Server, database_url: str
):
    runs = []

    def work(execute: Execute) -> None:
        execute("insert into departed (slack_team, left_at) values ('T9', '')")
        runs.append(1)
        if len(runs) == 1:
            postgres.run(f"select pg_terminate_backend(pid) {NAMED}", name_of(database_url))
        execute("insert into departed (slack_team, left_at) values ('T8', '')")

    await store.engine.write(work)
    assert len(runs) == 2
    left = await store.engine.read("select slack_team from departed order by slack_team")
    assert [row["slack_team"] for row in left] == ["T8", "T9"]


async def test_connections_that_died_while_nobody_used_them_are_not_noticed(
    store: SqlStore, postgres: Server, database_url: str
):
    await asyncio.gather(*(begun(store, log_time(ada(), f"op{number}")) for number in range(5)))
    postgres.run(f"select pg_terminate_backend(pid) {NAMED}", name_of(database_url))
    assert await ids(store) == [f"op{number}" for number in range(5)]
    postgres.run(f"select pg_terminate_backend(pid) {NAMED}", name_of(database_url))
    assert await begun(store, log_time(ada(), "op5")) is None


async def test_a_connection_that_is_lost_at_the_very_end_is_told_as_it_is(far: SqlStore, line: Line):
    line.is_deaf = True
    with pytest.raises(NotSaved, match=r"may be saved or not; nothing was sent\. Look at what is pending before you"):
        await begun(far, log_time(ada(), "op1"))
    line.is_deaf = False
    assert await begun(far, log_time(ada(), "op1")) == log_time(ada(), "op1")
    assert await ids(far) == ["op1"]


async def test_while_it_is_away_nothing_is_sent_and_afterwards_everything_goes_on(far: SqlStore, line: Line):
    line.is_down = True
    line.cut()
    with pytest.raises(NotSaved, match=r"nothing was sent: the database cannot be reached\. Try again in a minute"):
        await begun(far, log_time(ada(), "op1"))
    with pytest.raises(NotSaved, match="cannot be reached"):
        await far.person("T1", "UADA")
    assert not await far.is_writable()
    line.is_down = False
    assert await far.is_writable()
    assert await begun(far, log_time(ada(), "op1")) is None


async def test_a_copy_that_takes_no_writes_is_told(store: SqlStore, postgres: Server, database_url: str):
    name = name_of(database_url)
    assert await store.is_writable()
    postgres.run(f"alter database {name} set default_transaction_read_only = on")
    postgres.run(f"select pg_terminate_backend(pid) {NAMED}", name)
    assert not await store.is_writable()
    with pytest.raises(NotSaved, match="nothing was sent: the database is read-only"):
        await store.link(ada())
    with pytest.raises(StorageUnusable, match="name the primary in DATABASE_URL"):
        await open_store(database_url, KEY)


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("53100", "the database's disk is full"),
        ("53300", "the database takes no more connections"),
        ("57014", "the database took too long"),
        ("58030", "the database's disk reported an error"),
        ("XX001", "the database is damaged"),
        ("42501", "the database does not let this app do that"),
    ],
)
async def test_what_it_does_not_take_is_told_and_none_of_it_is_kept(store: SqlStore, code: str, cause: str):
    def work(execute: Execute) -> None:
        execute("insert into departed (slack_team, left_at) values ('T9', '')")
        execute(f"do $$ begin raise exception using errcode = '{code}'; end $$")

    with pytest.raises(NotSaved, match=f"Could not save; nothing was sent: {cause}"):
        await store.engine.write(work)
    assert await store.engine.read("select * from departed") == []
    assert await begun(store, log_time(ada(), "op1")) is None


async def test_a_table_that_another_program_holds_is_waited_for_and_then_told(database_url: str):
    holder, store = await open_engine(database_url), await open_store(database_url, KEY, busy_timeout=0.05)

    async def begin_meanwhile() -> None:
        with pytest.raises(NotSaved, match="nothing was sent: another program is holding the database"):
            await begun(store, log_time(ada(), "op1"))

    loop = asyncio.get_running_loop()

    def hold(execute: Execute) -> None:
        execute("lock table operation in access exclusive mode")
        asyncio.run_coroutine_threadsafe(begin_meanwhile(), loop).result(10)

    await holder.write(hold)
    assert await begun(store, log_time(ada(), "op1")) is None
    await holder.close()
    await store.close()


async def test_who_starts_while_another_brings_the_tables_up_to_date_waits_for_it(database_url: str):
    first, begun_at = await open_engine(database_url), asyncio.get_running_loop().time()
    updating = asyncio.create_task(first.write_alone(lambda execute: execute("select pg_sleep(1)")))
    await asyncio.sleep(0.3)
    second = await open_store(database_url, KEY, busy_timeout=0.05)
    assert asyncio.get_running_loop().time() - begun_at >= 1
    await updating
    await first.close()
    await second.close()


async def test_whoever_comes_second_takes_the_next_one_and_does_not_wait(store: SqlStore):
    loop = asyncio.get_running_loop()
    await store.engine.write(
        lambda execute: [execute("insert into departed values (:team, '')", team=team) for team in ("T1", "T2")]
    )
    claim = """
        delete from departed where slack_team = (
            select slack_team from departed order by slack_team limit 1 /* for update skip locked */)
        returning slack_team
    """
    second: list[str] = []

    def work(execute: Execute) -> str:
        first = execute(claim)
        other = asyncio.run_coroutine_threadsafe(store.engine.write(lambda execute: execute(claim)), loop).result(10)
        second.extend(row["slack_team"] for row in other)
        return str(first[0]["slack_team"])

    try:
        first = await store.engine.write(work)
    finally:
        assert second[:1] == ["T2"]
    assert first == "T1"


async def test_every_write_reaches_the_disk_before_it_is_reported(store: SqlStore):
    [row] = await store.engine.read("show synchronous_commit")
    assert row["synchronous_commit"] == "on"


async def test_no_statement_runs_without_a_limit(store: SqlStore):
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        [row] = await store.engine.read(f"show {limit}")
        assert row[limit] not in ("0", "")


async def test_a_wrong_password_is_told_without_it():
    said = 'password authentication failed for user "ada"'
    async with closed_door(said) as port:
        with pytest.raises(StorageUnusable, match=f"{said}. The user or the password") as refusal:
            await open_store(f"postgresql://ada:hunter2@127.0.0.1:{port}/timer", KEY)
    assert "hunter2" not in str(refusal.value)
    assert "hunter2" not in str(refusal.value.__context__)


async def test_a_database_that_is_not_there_is_named_with_what_to_do(postgres: Server):
    with pytest.raises(StorageUnusable, match=r'nowhere.*database "nowhere" does not exist\. Create it first'):
        await open_store(postgres.url_of("nowhere"), KEY)
    with pytest.raises(StorageUnusable, match=r"127\.0\.0\.1:1/timer cannot be used.*Is it running"):
        await open_store("postgres://ada:hunter2@127.0.0.1:1/timer", KEY)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:hun/ter2@db/timer",
        "postgresql://ada:hun@ter2@db/timer",
        "postgresql://ada:hunter2@db:many/timer",
        "postgresql://ada:hunter2%zz@db/timer",
        "postgresql://ada:hunter2@db/timer?no_such_option=hunter2",
    ],
)
async def test_an_address_that_cannot_be_read_is_not_quoted(url: str):
    with pytest.raises(StorageUnusable, match="must read postgresql://user:password@host:5432/name") as refusal:
        await open_store(url, KEY)
    assert not {"hunter2", "hun", "ter2"} & set(str(refusal.value).replace("/", " ").replace("@", " ").split())
    assert refusal.value.__cause__ is None


async def test_where_the_data_is_never_shows_who_signs_in(far: SqlStore):
    assert far.engine.place.startswith("postgresql://127.0.0.1:")
    assert "postgres:" not in far.engine.place
    assert "password" not in repr(far).lower()


async def test_another_programs_database_is_left_alone(postgres: Server, database_url: str):
    postgres.run("create table recipes (name text)", name_of(database_url))
    with pytest.raises(StorageUnusable, match=r"another program's tables \(recipes\); it was left alone"):
        await open_store(database_url, KEY)
    assert postgres.run("select count(*) from pg_tables where schemaname = 'public'", name_of(database_url)) == [(1,)]


async def test_a_user_who_may_create_no_tables_is_told_what_to_grant(postgres: Server, database_url: str):
    name, guest = name_of(database_url), f"guest_of_{name_of(database_url)}"
    postgres.run(f"create role {guest} login password 'hunter2'")
    parts = urlsplit(database_url)
    try:
        with pytest.raises(StorageUnusable, match=r"lets its user create no tables\. Grant that"):
            await open_store(
                urlunsplit(parts._replace(netloc=f"{guest}:hunter2@{parts.netloc.rpartition('@')[2]}")), KEY
            )
    finally:
        postgres.run(f"drop owned by {guest}", name)
        postgres.run(f"drop role {guest}")


async def test_a_database_from_a_newer_version_is_left_alone(store: SqlStore, database_url: str):
    await store.engine.write(
        lambda execute: execute("insert into timer_migration values (999, 'the future', '2030-01-01T00:00:00+00:00')")
    )
    with pytest.raises(StorageUnusable, match=f"newer version .*999, this version knows {len(MIGRATIONS)}"):
        await open_store(database_url, KEY)


async def test_a_database_that_cannot_keep_every_sign_is_refused(postgres: Server):
    postgres.run("create database timer_latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0")
    try:
        with pytest.raises(StorageUnusable, match=r"keeps text as LATIN1\. Create one with: createdb"):
            await open_store(postgres.url_of("timer_latin"), KEY)
    finally:
        postgres.run("drop database timer_latin")


async def test_an_older_database_is_taken_at_its_owners_word(store: SqlStore, database_url: str):
    assert await store.put_back_as_of() is None
    await store.generation.declare_put_back(NINE)
    await store.generation.turn(NINE)
    again = await open_store(database_url, KEY)
    assert await again.put_back_as_of() == NINE
    await again.generation.reconciled()
    assert await store.put_back_as_of() is None
    await again.close()


async def test_without_the_extra_the_way_to_install_it_is_named():
    code = (
        "import asyncio, sys; sys.modules['psycopg'] = None; from app.storage.opening import migrate;"
        "asyncio.run(migrate('postgresql://ada:hunter2@db/timer'))"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    assert "what speaks to one is not installed: pip install '.[postgres]'" in said.decode()
    assert "hunter2" not in said.decode()


@pytest.mark.parametrize(
    ("portable", "there"),
    [
        ("select :team, :in_hours", "select %(team)s, %(in_hours)s"),
        ("id <> ':before' and id = :id", "id <> ':before' and id = %(id)s"),
        ("name like 'it''s :no %'", "name like 'it''s :no %%'"),
        ("10 % 3", "10 %% 3"),
        ("limit 1 /* for update skip locked */)", "limit 1 for update skip locked)"),
        ("select 1 /* for :nobody */", "select 1 /* for %(nobody)s */"),
    ],
)
def test_one_text_of_a_statement_is_read_by_both(portable: str, there: str):
    assert for_postgres(portable).decode() == there
