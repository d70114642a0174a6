"""Kills processes that remind, again and again, and counts whom nobody reminded and whom somebody reminded twice.

`python -m tests.killing.reminders --seconds 30 --engine sqlite|postgresql [--seed N]` prints its seed first and its figures
last. It ends with 1 where somebody was forgotten, or a message came twice for any other reason than this one: Slack had
taken it, and the process died before that was on disk. A process that said it was through with a message explains nothing.
"""

import argparse
import asyncio
import math
import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from app.core.model import Account, AssigneePermission, Person, Role
from app.core.rhythm import Rhythm, Week
from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.killing.lives import Mother, a_mother
from tests.killing.mailbox import Mailbox, Taken
from tests.killing.reminder_life import SECRET_KEY
from tests.postgres import started
from tests.serving import free_socket, serving
from tests.stage import MEMORY

PROCESSES, KILLED_EVERY = 4, 0.5
TEAMS = 6
A_SECOND = 16  # reminders that are due for each second of killing; the pace lets a few more through
EVERY_DAY = Week(days=tuple(range(7)))


@dataclass(slots=True)
class Reaper:
    mother: Mother
    environment: dict[str, str]
    log: str
    chance: Random
    lives: list[int] = field(default_factory=list)
    deaths: dict[int, float] = field(default_factory=dict)

    async def born(self) -> None:
        wish = {"begin": self.environment, "log": self.log, "life": "tests.killing.reminder_life"}
        self.lives.append(int(await self.mother.wish(**wish)))

    def kill(self, life: int) -> None:
        self.lives.remove(life)
        os.kill(life, signal.SIGKILL)
        self.deaths[life] = time.monotonic()

    async def reap(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            while len(self.lives) < PROCESSES:
                await self.born()
            await asyncio.sleep(KILLED_EVERY * self.chance.uniform(0.5, 1.5))
            self.kill(self.chance.choice(self.lives))

    def end(self) -> None:
        for life in tuple(self.lives):
            self.kill(life)


@dataclass(frozen=True, slots=True)
class Figures:
    due: int
    sent: int
    lost: int
    doubled: int
    explained: int
    kills: int

    @property
    def is_good(self) -> bool:
        return self.lost == 0 and self.doubled == self.explained

    def __str__(self) -> str:
        return (
            f"kills {self.kills} · due {self.due} · sent {self.sent} · lost {self.lost} · doubled {self.doubled} ·"
            f" doubled where Slack had accepted and the process died before committing {self.explained}"
        )


async def kill_and_count(url: str, seconds: float, seed: int, *, patience: float = 120) -> tuple[Figures, list[str]]:
    """The figures, and a line for each thing that went wrong."""
    bound, address = free_socket()
    mailbox = Mailbox(TEAMS, max(int(seconds * A_SECOND / TEAMS), 1))
    mailbox.open(address)
    with tempfile.TemporaryDirectory(prefix="timer-killing-", dir=MEMORY) as folder:
        log = Path(folder) / "lives.log"
        environment = {"DATABASE_URL": url, "SLACK_API_URL": f"{address}/api/"}
        async with serving(mailbox, bound), a_mother() as mother, opened(url) as store:
            users = await employed(replace(store, now=an_hour_ago), mailbox)
            reaper = Reaper(mother, environment, str(log), Random(seed))
            await reaper.reap(seconds)
            deaths = dict(reaper.deaths)  # who is ended with everything else was not killed
            await reaper.born()
            await rest(store, len(users), patience)
            committed = await sent(store)
            reaper.end()
        trouble = [line for line in log.read_text().splitlines() if "Error" in line][:5] if log.exists() else []
    return judged(users, mailbox.taken, committed, mailbox.noted, deaths), trouble


def judged(
    users: Sequence[str],
    taken: Mapping[str, Sequence[Taken]],
    committed: Mapping[str, str],
    noted: Collection[tuple[str, str]],
    deaths: Mapping[int, float],
) -> Figures:
    """What is on disk about a person is where their last message stands; whoever sent an earlier one had died by then, and
    before it was through with it.
    """
    lost = [user for user in users if committed.get(user) not in [one.ts for one in taken.get(user, ())]]
    doubled = [(user, one, after) for user in users for one, after in pairwise(taken.get(user, ()))]
    explained = [
        one
        for user, one, after in doubled
        if committed.get(user) != one.ts and (user, one.ts) not in noted and deaths.get(one.life, math.inf) <= after.at
    ]
    total = sum(len(taken.get(user, ())) for user in users)
    return Figures(len(users), total, len(lost), len(doubled), len(explained), len(deaths))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStore]:
    store = await open_store(url, SECRET_KEY, busy_timeout=60)
    try:
        yield store
    finally:
        await store.close()


async def employed(store: SqlStore, mailbox: Mailbox) -> list[str]:
    """Everybody is asked at this very minute, wherever it is about noon."""
    zone, users = noon(), []
    now = datetime.now(zone)
    rhythm = Rhythm(EVERY_DAY, at=now.time().replace(second=0, microsecond=0))
    for team, members in mailbox.teams_and_people():
        for user in members:
            await store.remember_person(Person(team, user, zone, user))
            await store.link(Account(team, user, "clickup", team, user, Role.MEMBER, AssigneePermission.SELF))
            await store.reminders.keep_rhythm(team, user, rhythm)
        users += members
    return users


def an_hour_ago() -> datetime:
    """When they came: who comes after their hour is not asked on that day."""
    return datetime.now(UTC) - timedelta(hours=1)


def noon() -> ZoneInfo:
    hours = 12 - datetime.now(UTC).hour
    return ZoneInfo(f"Etc/GMT{-hours:+d}")


async def sent(store: SqlStore) -> dict[str, str]:
    found = await store.engine.read("select slack_user, message_ts from reminder where stage = 'sent'")
    return {row["slack_user"]: row["message_ts"] for row in found}


async def rest(store: SqlStore, people: int, patience: float) -> None:
    """Until everybody was told, or it has taken too long."""
    until = time.monotonic() + patience
    while len(await sent(store)) < people and time.monotonic() < until:  # noqa: ASYNC110 other processes
        await asyncio.sleep(0.2)


@contextmanager
def a_database(engine: str) -> Iterator[str]:
    if engine == "postgresql":
        with started() as server, server.database() as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="timer-killing-", dir=MEMORY) as folder:
        yield f"sqlite:///{folder}/timer.db"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--seconds", type=float, default=30)
    wanted.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    given = wanted.parse_args()
    print(f"seed {given.seed}", flush=True)  # noqa: T201
    with a_database(given.engine) as url:
        figures, trouble = asyncio.run(kill_and_count(url, given.seconds, given.seed))
    print("\n".join([*trouble, f"{given.engine} · seed {given.seed} · {figures}"]))  # noqa: T201
    sys.exit(0 if figures.is_good else 1)


if __name__ == "__main__":
    main()
