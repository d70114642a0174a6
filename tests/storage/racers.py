"""Processes that wait for a word and then all do the same at once, as two machines in the middle of a deploy do.

Run as a script: every line on standard input is one race, every line on standard output its outcome.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from people import NINE, ada, begun, log_time

from app.core.errors import TimerError
from app.storage.engine import Engine, Execute
from app.storage.migrations import MIGRATIONS, bring_up_to_date
from app.storage.opening import migrate, open_store
from app.storage.postgres import open_postgres
from app.storage.sqlite import open_sqlite
from app.storage.store import utc_now

KEY = "a key that nobody else would think of"
NEW_KEY = "another key quite unlike the first one"


@dataclass(frozen=True)
class Racer:
    process: subprocess.Popen[str]

    def send(self, *words: object) -> None:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def outcome(self) -> str:
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        self.process.communicate(timeout=10)
        return self.process.returncode


def new_racer() -> Racer:
    here = Path(__file__)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(here.parents[2]), str(here.parent)])}
    command = [sys.executable, str(here)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return Racer(subprocess.Popen(command, env=environment, **pipes))


def race(racers: list[Racer], *words: object) -> list[str]:
    for racer in racers:
        racer.send(*words)
    return [racer.outcome() for racer in racers]


def say(outcome: str) -> None:
    sys.stdout.write(f"{outcome}\n")
    sys.stdout.flush()


async def bare(url: str) -> Engine:
    """Without any tables."""
    if url.startswith("sqlite:///"):
        return await open_sqlite(url.removeprefix("sqlite:///"))
    return await open_postgres(url, busy_timeout=5)


async def update(url: str) -> str:
    return str(len(await migrate(url)))


async def update_wal(url: str) -> str:
    engine = await open_sqlite(url.removeprefix("sqlite:///"), journal="wal")
    steps = await bring_up_to_date(engine, utc_now())
    await engine.close()
    return str(len(steps))


async def count(url: str, times: str) -> str:
    """Reads a number, then writes it back one higher. SQLite's lock is not fair, so nobody gives up early."""
    store = await open_store(url, KEY, busy_timeout=60)

    def one_more(execute: Execute) -> None:
        before = int(execute("select name from person where slack_team = 'T1'")[0]["name"])
        execute("update person set name = :after where slack_team = 'T1'", after=str(before + 1))

    failures = 0
    for _ in range(int(times)):
        try:
            await store.engine.write(one_more)
        except TimerError:
            failures += 1
    await store.close()
    return str(failures)


async def begin(url: str, times: str) -> str:
    """Which of the operations it was the first to begin."""
    store = await open_store(url, KEY, busy_timeout=60)
    earlier = [(number, await begun(store, log_time(ada(), f"op{number}"))) for number in range(int(times))]
    await store.close()
    return " ".join(str(number) for number, other in earlier if other is None)


async def take(url: str, times: str) -> str:
    """Takes up what is due until nothing is, four at once, and says which that was."""
    store = await open_store(url, KEY, busy_timeout=60)

    async def until_empty() -> list[str]:
        taken = []
        for _ in range(int(times)):
            if found := await store.due(NINE, lease=str(os.getpid()), until=NINE + timedelta(minutes=1)):
                taken.append(found.id)
        return taken

    taken = await asyncio.gather(*(until_empty() for _ in range(4)))
    await store.close()
    return " ".join(name for names in taken for name in names)


async def hold(path: str) -> str:
    """Keeps the database to itself until the next word."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin exclusive")
    say("holding")
    sys.stdin.readline()
    connection.close()
    return "released"


async def die_migrating(url: str) -> str:
    """Loses its power after the second table."""
    engine = await bare(url)

    async def write_alone(work: Callable[[Execute], Any]) -> Any:
        return await engine.write_alone(lambda execute: work(_mortal(execute, breaths=4)))

    await bring_up_to_date(_Mortal(engine.place, write_alone), utc_now(), MIGRATIONS)
    return "survived"


async def die_resealing(url: str) -> str:
    """Loses its power when the first batch of credentials is under the new key."""
    store = await open_store(url, [NEW_KEY, KEY])
    breaths = iter(range(1))

    async def write(work: Callable[[Execute], Any]) -> Any:
        if next(breaths, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return await store.engine.write(work)

    await replace(store, engine=_Tired(store.engine.read, write)).reseal()
    return "survived"


@dataclass(frozen=True)
class _Tired:
    read: Callable[..., Any]
    write: Callable[..., Any]


@dataclass(frozen=True)
class _Mortal:
    place: str
    write_alone: Callable[..., Any]


def _mortal(execute: Execute, *, breaths: int) -> Execute:
    left = iter(range(breaths))

    def one(sql: str, /, **values: Any) -> Any:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, **values)

    return one


RACES = {race.__name__: race for race in (update, update_wal, count, begin, take, hold, die_migrating, die_resealing)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = line.split()
        try:
            say(asyncio.run(RACES[name](*arguments)))
        except Exception as error:
            say(f"failed: {error!r}")
