"""SQLite as an engine: one file, one connection, one thread that owns it; needs no setting up."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from sqlite_utils import Database

from app.core.errors import NotSaved
from app.storage.engine import Execute, Result, Row, StorageUnusable, Value
from app.storage.generation import beside
from app.storage.migrations import LEDGER
from app.storage.occupancy import share

BUSY_TIMEOUT = 5.0
SAFE_WAL = (3, 51, 3)

_CAUSES = {
    sqlite3.SQLITE_BUSY: "another program is holding the database",
    sqlite3.SQLITE_LOCKED: "another program is holding the database",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database is read-only",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "the database file is damaged",
}


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL, where it is safe.

    Before 3.51.3 a checkpoint in one process can meet a commit in another and corrupt the file
    (https://sqlite.org/wal.html#walresetbug), and during a deploy two processes are the rule.
    """
    return "wal" if version >= SAFE_WAL else "truncate"


JOURNAL_MODE = journal_mode(sqlite3.sqlite_version_info)


async def open_sqlite(path: str, *, busy_timeout: float = BUSY_TIMEOUT, journal: str = JOURNAL_MODE) -> "SQLite":
    """Creates the file when there is none, readable by its owner only. Raises `StorageUnusable`."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
    try:
        database, held = await asyncio.get_running_loop().run_in_executor(thread, _open, path, busy_timeout, journal)
    except BaseException:
        thread.shutdown(wait=False)
        raise
    return SQLite(path, database, thread, held)


@dataclass(frozen=True, slots=True)
class SQLite:
    place: str
    _database: Database = field(repr=False)
    _thread: ThreadPoolExecutor = field(repr=False)
    _share: int = field(repr=False)

    async def read(self, sql: str, /, **values: Value) -> list[Row]:
        return await self._on_thread(lambda: _translated(lambda: self._execute(sql, **values)))

    async def write(self, work: Callable[[Execute], Result]) -> Result:
        return await self._on_thread(lambda: _translated(lambda: self._transact(work)))

    async def write_alone(self, work: Callable[[Execute], Result]) -> Result:
        return await self.write(work)

    async def is_writable(self) -> bool:
        try:
            await self.write(_try_to_grow)
        except NotSaved:
            return False
        return True

    async def close(self) -> None:
        await self._on_thread(self._database.close)
        self._thread.shutdown()
        os.close(self._share)

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _transact(self, work: Callable[[Execute], Result]) -> Result:
        # A plain BEGIN reads first and asks for the lock later, when waiting can no longer help: it fails at once.
        self._execute("begin immediate")
        try:
            result = work(self._execute)
            self._execute("commit")
        except BaseException:
            self._roll_back()
            raise
        return result

    def _roll_back(self) -> None:
        if self._database.conn.in_transaction:
            with suppress(sqlite3.Error):
                self._execute("rollback")

    def _execute(self, sql: str, /, **values: Value) -> list[Row]:
        cursor = self._database.conn.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _translated(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except sqlite3.Error as error:
        cause = _CAUSES.get(_primary_code(error))
        if cause is None:
            raise
        raise NotSaved(f"Could not save; nothing was sent: {cause}. Try again in a minute.") from error
    except UnicodeEncodeError as error:
        raise NotSaved("Could not save; nothing was sent: the text holds half a character. Remove it.") from error


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _try_to_grow(execute: Execute) -> None:
    """A full disk takes no new pages, and one that was full a moment ago may have some left over."""
    execute("savepoint room")
    execute("create table timer_room as select zeroblob(65536) as filler")
    execute("rollback to room")
    execute("pragma user_version = 0")


def _open(path: str, busy_timeout: float, journal: str) -> tuple[Database, int]:
    try:
        held = share(path)
    except OSError as error:
        raise StorageUnusable(f"The database {path} cannot be opened: {error}.") from error
    try:
        _refuse_to_begin_anew(path)
        return _connected(path, busy_timeout, journal), held
    except BaseException:
        os.close(held)
        raise


def _refuse_to_begin_anew(path: str) -> None:
    if beside(path).exists() and not (os.path.exists(path) and os.path.getsize(path)):
        raise StorageUnusable(
            f"{path} is gone, and {beside(path)} tells that there was one; no new one was made."
            f" Put it back (python -m app restore FILE), or remove {beside(path)} to begin with nothing."
        )


def _connected(path: str, busy_timeout: float, journal: str) -> Database:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(f"The database {path} cannot be opened: {error}.") from error
    try:
        return _patiently(lambda: _prepared(connection, path, journal), busy_timeout)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise StorageUnusable(_unusable(path, error)) from error
        raise


def _prepared(connection: sqlite3.Connection, path: str, journal: str) -> Database:
    database = Database(connection, execute_plugins=False)
    tables = database.table_names()
    if tables and LEDGER not in tables:
        raise StorageUnusable(f"{path} holds another program's tables ({', '.join(tables[:3])}); it was left alone.")
    connection.execute(f"pragma journal_mode = {journal}")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma secure_delete = on")  # what somebody had deleted is not in the file any more
    return database


def _patiently(prepare: Callable[[], Result], seconds: float) -> Result:
    # Changing the journal mode fails at once when another process does the same; the busy timeout is not for it.
    until = time.monotonic() + seconds
    while True:
        try:
            return prepare()
        except sqlite3.OperationalError as error:
            if _primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _unusable(path: str, error: sqlite3.Error) -> str:
    if _primary_code(error) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return f"The database {path} cannot be used: {error}."
    return (
        f"{path} is damaged or not a database ({error}); it was left alone."
        " Restore a backup (python -m app restore FILE), or name another file in DATABASE_URL."
    )
