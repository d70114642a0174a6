"""PostgreSQL as an engine: for several machines that serve the same people."""

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

import psycopg
from psycopg import errors

from app.core.errors import NotSaved
from app.storage.connections import Connection, Connections, address, place_of
from app.storage.dialect import for_postgres
from app.storage.engine import Execute, Result, Row, StorageUnusable, Value
from app.storage.migrations import LEDGER
from app.storage.postgres_faults import LOST_AT_THE_END, is_lost, not_saved, unusable

CONNECTIONS = 5
STATEMENT = "10s"
ALONE = "10min"  # a step of the tables may take long, and whoever starts meanwhile waits for it

# Every transaction is as if it were the only one, as on SQLite; whoever loses a race against another runs once more.
_BEGIN = b"begin isolation level serializable"
# What was seen before the lock was had would be old: here every statement looks anew.
_BEGIN_ALONE = (
    f"begin isolation level read committed; set local statement_timeout = '{ALONE}'; set local lock_timeout = '{ALONE}'"
).encode()
_LOCK = ("select pg_advisory_xact_lock(hashtext('timer-for-slack'))", "set local lock_timeout = '30s'")
_RACES_LOST = (errors.SerializationFailure, errors.DeadlockDetected)
_TABLES = "select tablename from pg_tables where schemaname = current_schema() order by tablename"
_MAY_CREATE = "select coalesce(has_schema_privilege(current_schema(), 'create'), false) as may"


async def open_postgres(database_url: str, *, busy_timeout: float) -> "Postgres":
    """Raises `StorageUnusable`, in words that hold no password."""
    where = address(database_url)
    place = place_of(where)
    limits = {
        "statement_timeout": STATEMENT,
        "lock_timeout": f"{busy_timeout * 1000:.0f}ms",
        "idle_in_transaction_session_timeout": "30s",
        "synchronous_commit": "on",
    }
    connections, threads = Connections(where, limits), ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="postgres")
    engine = Postgres(place, connections, threads, busy_timeout)
    try:
        await asyncio.get_running_loop().run_in_executor(threads, _look_over, connections, place)
    except BaseException as error:
        await engine.close()
        if isinstance(error, psycopg.Error):
            raise unusable(place, error, str(where.get("password", ""))) from None
        raise
    return engine


@dataclass(frozen=True, slots=True)
class Postgres:
    place: str
    _connections: Connections = field(repr=False)
    _threads: ThreadPoolExecutor = field(repr=False)
    _patience: float = field(repr=False)
    _losers: Lock = field(default_factory=Lock, repr=False)

    async def read(self, sql: str, /, **values: Value) -> list[Row]:
        return await self._on_thread(lambda: self._twice(lambda connection: _execute(connection, sql, **values)))

    async def write(self, work: Callable[[Execute], Result]) -> Result:
        return await self._on_thread(lambda: self._until_won(lambda connection: _transact(connection, work, _BEGIN)))

    async def write_alone(self, work: Callable[[Execute], Result]) -> Result:
        def locked(execute: Execute) -> Result:
            for statement in _LOCK:
                execute(statement)
            return work(execute)

        return await self._on_thread(lambda: self._twice(lambda one: _transact(one, locked, _BEGIN_ALONE)))

    async def is_writable(self) -> bool:
        try:
            await self.write(lambda execute: execute("update generation set number = number"))
        except NotSaved:
            return False
        return True

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)
        self._connections.forget_idle()

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _translated, work)

    def _until_won(self, act: Callable[[Connection], Result]) -> Result:
        try:
            return self._twice(act)
        except _RACES_LOST:
            with self._losers:  # they queue up, or they would meet each other again and again
                return self._again(act)

    def _again(self, act: Callable[[Connection], Result]) -> Result:
        until = time.monotonic() + self._patience
        while time.monotonic() < until:
            with suppress(*_RACES_LOST):
                return self._twice(act)
            time.sleep(random.uniform(0.001, 0.02))
        return self._twice(act)

    def _twice(self, act: Callable[[Connection], Result]) -> Result:
        """Once more where nothing has happened yet: the connection had gone, or another had made the same row."""
        try:
            return self._once(act)
        except (_Lost, errors.UniqueViolation):
            return self._once(act)

    def _once(self, act: Callable[[Connection], Result]) -> Result:
        with self._connections.lent() as connection:
            return self._acted(act, connection)

    def _acted(self, act: Callable[[Connection], Result], connection: Connection) -> Result:
        try:
            return act(connection)
        except psycopg.Error as error:
            if not is_lost(error, connection):
                raise
            connection.close()
            self._connections.forget_idle()
            raise _Lost(error) from error


class _Lost(Exception):
    """The connection was, and nothing of the transaction was committed."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__(str(error))
        self.error = error


def _transact(connection: Connection, work: Callable[[Execute], Result], begin: bytes) -> Result:
    def execute(sql: str, /, **values: Value) -> list[Row]:
        return _execute(connection, sql, **values)

    connection.execute(begin)
    result = work(execute)
    _commit(connection)
    return result


def _commit(connection: Connection) -> None:
    """Raises `NotSaved` where nobody knows: it is on disk, or it is not."""
    try:
        done = connection.execute(b"commit").statusmessage
    except psycopg.Error as error:
        if not is_lost(error, connection):
            raise
        connection.close()
        raise NotSaved(LOST_AT_THE_END) from error
    if done != "COMMIT":
        raise psycopg.InternalError("a statement of this transaction had failed, so none of it was kept")


def _execute(connection: Connection, sql: str, /, **values: Value) -> list[Row]:
    cursor = connection.execute(for_postgres(sql), values)
    return list(cursor.fetchall()) if cursor.description else []


def _translated(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except _Lost as lost:
        raise (not_saved(lost.error) or lost.error) from lost.error
    except psycopg.Error as error:
        raise (not_saved(error) or error) from error
    except UnicodeEncodeError as error:
        raise NotSaved("Could not save; nothing was sent: the text holds half a character. Remove it.") from error


def _look_over(connections: Connections, place: str) -> None:
    with connections.lent() as connection:
        encoding = connection.info.parameter_status("server_encoding")
        tables = [row["tablename"] for row in connection.execute(_TABLES)]
        [created] = connection.execute(_MAY_CREATE)
    if encoding != "UTF8":
        raise StorageUnusable(f"{place} keeps text as {encoding}. Create one with: createdb --encoding UTF8 NAME")
    if not created["may"]:
        raise StorageUnusable(
            f"{place} lets its user create no tables. Grant that (grant all on schema public to …),"
            " or name a database of its own in DATABASE_URL."
        )
    if tables and LEDGER not in tables:
        raise StorageUnusable(
            f"{place} holds another program's tables ({', '.join(tables[:3])}); it was left alone."
            " Name a database of its own in DATABASE_URL."
        )
