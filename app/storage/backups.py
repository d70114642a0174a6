"""Copies of the database that can be trusted: taken while the app serves, and put back without losing what was there."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.storage.engine import StorageUnusable
from app.storage.generation import NEVER_TURNED, PUT_ASIDE, Remembered, beside, flush_folder, remember
from app.storage.migrations import LEDGER, MIGRATIONS
from app.storage.occupancy import alone

LONGEST_WAIT = 60.0  # seconds, while somebody else holds the database
_COMPANIONS = ("-journal", "-wal", "-shm")
_WAITING = "select count(*) from operation where state not in ('done', 'refused', 'dropped')"
_PEOPLE = """
    select count(*) from (
        select slack_team, slack_user from account union select slack_team, slack_user from person)
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds; `sealed_with` are the fingerprints of the keys its credentials are sealed with."""

    schema: int
    as_of: datetime
    people: int
    accounts: int
    operations: int
    waiting: int
    timers: int
    sealed_with: tuple[str, ...]


def take(path: str, target: Path) -> Contents:
    """Copies the database at `path` to a new file for its owner only; whoever writes meanwhile waits a moment.

    On disk and looked through when this returns. Raises `StorageUnusable`, and then there is no `target`.
    """
    with _existing(path) as source, _new_file(target) as fresh:
        _copy(source, fresh, path, as_of=datetime.now(UTC))
        return _looked_through(fresh)


def put_back(file: Path, path: str, now: datetime) -> tuple[Contents, Path | None]:
    """Makes a copy of the backup the database at `path`; what was there is kept aside, under the name returned.

    `path` is at every moment the one or the other. Raises `StorageUnusable`, and then nothing has changed.
    """
    with alone(path):
        fresh = Path(f"{path}.restoring")
        fresh.unlink(missing_ok=True)
        with _existing(str(file)) as source, _new_file(fresh) as part:
            _copy(source, part, str(file))
            contents = _looked_through(part)
        if not beside(path).exists():  # else an older backup would pass for a database that only wants updating
            remember(beside(path), Remembered("", NEVER_TURNED))
        aside = _kept_aside(Path(path), now)
        fresh.replace(path)
        flush_folder(Path(path).absolute().parent)
        return contents, aside


def _kept_aside(path: Path, now: datetime) -> Path | None:
    """Under a second name before the first one goes over to the backup; with what SQLite still keeps beside it."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise StorageUnusable(f"{aside} is there already. Wait a second and restore again.")
    try:
        os.link(path, aside)
    except OSError:  # some disks know one name for each file
        shutil.copy2(path, aside)
    for companion in _COMPANIONS:
        if os.path.exists(f"{path}{companion}"):
            os.replace(f"{path}{companion}", f"{aside}{companion}")
    return aside


@contextmanager
def _existing(path: str) -> Iterator[sqlite3.Connection]:
    """Never makes one. Raises `StorageUnusable` for what is no database, damaged, or not this app's."""
    if not os.path.isfile(path):
        raise StorageUnusable(f"There is no file {path}. Name one that is there.")
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=rw", uri=True)) as connection:
            _refuse_strangers(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise StorageUnusable(f"{path} cannot be copied: {error}. Nothing was changed.") from error


def _refuse_strangers(connection: sqlite3.Connection, path: str) -> None:
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    if LEDGER not in tables:
        what = f"holds another program's tables ({', '.join(tables[:3])})" if tables else "is empty"
        raise StorageUnusable(f"{path} {what}. Name a database or a backup of this app.")
    reached, known = _schema(connection), max(migration.number for migration in MIGRATIONS)
    if reached > known:
        raise StorageUnusable(
            f"{path} was written by a newer version of this app (its schema is {reached}, this version knows {known})."
            " Use that version."
        )


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """To be filled under another name, on disk before it gets its own; neither is there where that fails."""
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StorageUnusable(f"{target} is there already and was left alone. Name another file.") from None
    except OSError as error:
        raise StorageUnusable(f"{target} cannot be written: {error.strerror}. Name another file.") from error
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
        flush_folder(target.absolute().parent)
    except BaseException:
        target.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
        raise


def _copy(source: sqlite3.Connection, target: Path, path: str, as_of: datetime | None = None) -> None:
    until = time.monotonic() + LONGEST_WAIT

    def give_up(*_: int) -> None:
        if time.monotonic() > until:
            raise StorageUnusable(f"Another program is holding {path}. Try again in a minute.")

    with closing(sqlite3.connect(target)) as connection:
        connection.execute("pragma synchronous = off")  # the whole file is flushed at the end; until then others wait
        source.backup(connection, pages=-1, progress=give_up, sleep=0.05)
        connection.execute("pragma journal_mode = delete")  # one file, whatever was beside the other
        if _schema(connection) and _has_generation(connection):
            said = as_of.isoformat() if as_of else None
            connection.execute("update generation set number = ?, alive_at = coalesce(?, alive_at)", (PUT_ASIDE, said))
            connection.commit()


def _looked_through(path: Path) -> Contents:
    with closing(sqlite3.connect(path)) as connection:
        faults = [fault for (fault,) in connection.execute("pragma integrity_check")]
        if faults != ["ok"]:
            raise StorageUnusable(f"The copy is damaged ({faults[0]}), as its original is. Take another backup.")
        return _contents(connection)


def _contents(connection: sqlite3.Connection) -> Contents:
    def count(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    keys = connection.execute("select distinct sealed_with from account where sealed is not null order by 1")
    return Contents(
        schema=_schema(connection),
        as_of=_as_of(connection),
        people=count(_PEOPLE),
        accounts=count("select count(*) from account"),
        operations=count("select count(*) from operation"),
        waiting=count(_WAITING),
        timers=count("select count(*) from held_timer"),
        sealed_with=tuple(key for (key,) in keys),
    )


def _as_of(connection: sqlite3.Connection) -> datetime:
    sql = (
        "select alive_at from generation" if _has_generation(connection) else "select max(ran_at) from timer_migration"
    )
    return datetime.fromisoformat(connection.execute(sql).fetchone()[0])


def _has_generation(connection: sqlite3.Connection) -> bool:
    tables = "select count(*) from sqlite_master where type = 'table' and name = 'generation'"
    return bool(connection.execute(tables).fetchone()[0])


def _schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select coalesce(max(number), 0) from timer_migration").fetchone()[0])
