"""Notices a database that was put back: a number in it goes up, and a file beside it remembers how far it had come.

What was done after the backup stands at the provider and not in the database, and what the backup still means to send
may have been sent since. So a database that was put back says so until somebody has looked.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from app.storage.engine import Engine, Execute, Row

NEVER_TURNED = 0  # the file beside it may not be there yet
LEAP = 10  # ahead of the database that was there before, which had come a little further than the file remembers
PUT_ASIDE = -1  # the number in every backup, behind whatever the file beside the database remembers

_LATEST_OPERATION = "select max(accepted_at) as at from operation"
_BEGIN = """
    insert into generation (lineage, number, alive_at, put_back_as_of)
    values (:lineage, :number, :alive_at, :put_back_as_of)
"""
_PUT_BACK = "select put_back_as_of from generation where put_back_as_of is not null"
_PUT_BACK_AS_OF = "update generation set put_back_as_of = :as_of"
_ALIVE = "update generation set alive_at = :alive_at"
_TURN = """
    update generation set number = :number, alive_at = :alive_at, put_back_as_of = :put_back_as_of
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What stands in the file beside the database; never ahead of what was committed."""

    lineage: str
    number: int


@dataclass(frozen=True, slots=True)
class Generation:
    """`beside` is None where the database is no file: then only its owner can say that an older one was put back."""

    engine: Engine
    beside: Path | None

    async def open(self, now: datetime) -> None:
        """Twice: the first turn begins a new database or notices an old one, the second puts the file beside it."""
        await self.turn(now)
        await self.turn(now)

    async def turn(self, now: datetime) -> None:
        # The file is written inside the transaction, so that processes that start together take turns. It says no more
        # than was committed before: a crash in between is never taken for a database that was put back.
        await self.engine.write_alone(lambda execute: _turn(execute, self.beside, now.isoformat()))

    async def put_back_as_of(self) -> datetime | None:
        """The moment that the data is of, where the database was put back and nobody has reconciled it yet."""
        for row in await self.engine.read(_PUT_BACK):
            return datetime.fromisoformat(row["put_back_as_of"])
        return None

    async def declare_put_back(self, as_of: datetime) -> None:
        """For what no file can tell: a whole disk was put back, with both of them on it."""
        await self.engine.write(lambda execute: execute(_PUT_BACK_AS_OF, as_of=as_of.isoformat()))

    async def reconciled(self) -> None:
        await self.engine.write(lambda execute: execute(_PUT_BACK_AS_OF, as_of=None))


def beside(path: str) -> Path:
    return Path(f"{path}.generation")


def remembered(file: Path) -> Remembered | None:
    """None where there is no such file; one that can't be read belongs to no database."""
    try:
        found = json.loads(file.read_text())
        return Remembered(found["lineage"], int(found["number"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return Remembered("", NEVER_TURNED)


def remember(file: Path, what: Remembered) -> None:
    """On disk when this returns, and never half of it."""
    fresh = file.with_name(f"{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, json.dumps({"lineage": what.lineage, "number": what.number}).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(file)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """A name that was given is on disk only when its folder is."""
    with suppress(OSError):  # some systems do not open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _turn(execute: Execute, file: Path | None, now: str) -> None:
    known, stored = remembered(file) if file else None, next(iter(execute("select * from generation")), None)
    if stored is None:
        as_of = (execute(_LATEST_OPERATION)[0]["at"] or now) if known else None
        execute(_BEGIN, lineage=uuid4().hex, number=NEVER_TURNED, alive_at=now, put_back_as_of=as_of)
        return
    if file is None:
        execute(_ALIVE, alive_at=now)
        return
    as_of, step = stored["put_back_as_of"], 1
    if as_of is None and _is_older(stored, known):
        as_of, step = stored["alive_at"], LEAP
    else:
        remember(file, Remembered(stored["lineage"], max(stored["number"], NEVER_TURNED)))
    highest = max(stored["number"], known.number if known else NEVER_TURNED)
    execute(_TURN, number=highest + step, alive_at=now, put_back_as_of=as_of)


def _is_older(stored: Row, known: Remembered | None) -> bool:
    if known is None:
        return bool(stored["number"] != NEVER_TURNED)
    return bool(known.lineage != stored["lineage"] or known.number > stored["number"])
