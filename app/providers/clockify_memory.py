"""What one key learned about one Clockify workspace, kept hard: thirty requests an hour are not many."""

from collections.abc import Callable, Coroutine
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
    """Somebody's latest entries, as they were when they were asked for."""

    asked_at: datetime
    entries: list[TimeEntry]


@dataclass(frozen=True, slots=True)
class Memory:
    clock: Clock
    budget: Budget
    rules: Known[Rules]
    members: Known[list[Member]]
    projects: Known[list[Project]]
    tags: Known[dict[str, str]]
    wrote: dict[str, datetime] = field(repr=False)  # by whose time it is, whichever key wrote it
    tasks: Shelf = field(default_factory=lambda: Shelf(limit=200))
    found: Shelf = field(default_factory=lambda: Shelf(limit=200))
    latest: dict[str, Seen] = field(default_factory=dict, repr=False)

    def note_write(self, assignee: str) -> None:
        self.wrote[assignee] = self.clock.now()

    def has_just_written(self, assignee: str) -> bool:
        wrote = self.wrote.get(assignee)
        return wrote is not None and self.clock.now() - wrote < LIST_LAG

    def keep_latest(self, assignee: str, asked_at: datetime, entries: list[TimeEntry]) -> None:
        self.latest[assignee] = Seen(asked_at, entries)

    def latest_seen(self, assignee: str, since: datetime) -> list[TimeEntry] | None:
        """What answers for several things sent at `since` or so: hardly older than now, and than anything written."""
        seen, now = self.latest.get(assignee), self.clock.now()
        if seen is None or seen.asked_at <= self.wrote.get(assignee, since):
            return None
        is_fresh = timedelta() <= now - seen.asked_at <= min(LATEST_AGE, (now - since) / 10)
        return seen.entries if is_fresh else None


def memory(clock: Clock, budget: Budget, wrote: dict[str, datetime]) -> Memory:
    return Memory(
        clock,
        budget,
        rules=Known(clock, budget, Fresh(clock, RULES_AGE)),
        members=Known(clock, budget, Fresh(clock, RULES_AGE)),
        projects=Known(clock, budget, Fresh(clock, LIST_AGE)),
        tags=Known(clock, budget, Fresh(clock, LIST_AGE)),
        wrote=wrote,
    )
