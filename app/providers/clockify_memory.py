"""What one key learned about one Clockify workspace, kept hard: thirty requests an hour are not many."""

from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from app.core.errors import TooManyRequests
from app.core.model import Member, Task, TimeEntry
from app.core.ports import Clock
from app.providers.clockify_calls import Budget
from app.providers.clockify_rules import Rules
from app.providers.freshness import Fresh, Shelf

T = TypeVar("T")

LIST_AGE = timedelta(minutes=5)
RULES_AGE = timedelta(minutes=10)
LATEST_AGE = timedelta(seconds=10)
LIST_LAG = timedelta(seconds=60)  # a list between two moments misses entries younger than about 45 seconds


@dataclass(frozen=True, slots=True)
class Project:
    """A project and its tasks; None where the list of projects did not carry them."""

    task: Task
    tasks: tuple[Task, ...] | None


@dataclass(slots=True)
class Known(Generic[T]):
    """A value that is fetched when it is old, and stays the old one while requests are scarce."""

    clock: Clock
    budget: Budget
    fresh: Fresh[T]
    last: T | None = None

    async def get(self, fetch: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Raises what `fetch` raises, unless it is a limit and there is an old value."""
        if self.last is not None and self.budget.has_few(self.clock.now()):
            return self.last
        try:
            self.last = await self.fresh.get(fetch)
        except TooManyRequests:
            if self.last is None:
                raise
        return self.last

    def forget(self) -> None:
        """Lets the next `get` fetch; what is known stays for when that fails."""
        self.fresh = Fresh(self.clock, self.fresh.age)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody's latest entries, as they were after so many writes of ours."""

    asked_at: datetime
    writes: int
    entries: list[TimeEntry]


@dataclass(frozen=True, slots=True)
class Written:
    """When we wrote last, by whose time it is, whichever key wrote it, and how often."""

    at: dict[str, datetime] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def note(self, assignee: str, now: datetime) -> None:
        self.at[assignee] = now
        self.times[assignee] += 1


@dataclass(frozen=True, slots=True)
class Memory:
    clock: Clock
    budget: Budget
    rules: Known[Rules]
    members: Known[list[Member]]
    projects: Known[list[Project]]
    tags: Known[dict[str, str]]
    wrote: Written = field(repr=False)
    tasks: Shelf = field(default_factory=lambda: Shelf(limit=200))
    found: Shelf = field(default_factory=lambda: Shelf(limit=200))
    latest: dict[str, Seen] = field(default_factory=dict, repr=False)

    def note_write(self, assignee: str) -> None:
        self.wrote.note(assignee, self.clock.now())

    def has_just_written(self, assignee: str) -> bool:
        wrote = self.wrote.at.get(assignee)
        return wrote is not None and self.clock.now() - wrote < LIST_LAG

    async def latest_of(
        self, assignee: str, since: datetime, look: Callable[[], Awaitable[list[TimeEntry]]]
    ) -> list[TimeEntry]:
        """One look answers for everything that was sent at `since` or so: requests are few."""
        now, writes = self.clock.now(), self.wrote.times[assignee]
        seen = self.latest.get(assignee)
        if seen is None or seen.writes != writes or not _is_recent(now - seen.asked_at, now - since):
            seen = self.latest[assignee] = Seen(now, writes, await look())
        return seen.entries


def _is_recent(age: timedelta, waited: timedelta) -> bool:
    """Nearly as good as a look now, for something that was sent so long ago."""
    return timedelta() <= age <= min(LATEST_AGE, waited / 10)


def memory(clock: Clock, budget: Budget, wrote: Written) -> Memory:
    return Memory(
        clock,
        budget,
        rules=Known(clock, budget, Fresh(clock, RULES_AGE)),
        members=Known(clock, budget, Fresh(clock, RULES_AGE)),
        projects=Known(clock, budget, Fresh(clock, LIST_AGE)),
        tags=Known(clock, budget, Fresh(clock, LIST_AGE)),
        wrote=wrote,
    )
