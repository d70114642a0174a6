"""Clockify's time tracking (API v1) as one account sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.model import Account, Capabilities, Draft, Member, Task, TimeEntry, Timer, Window, Work
from app.providers.clockify_entries import Entries
from app.providers.clockify_projects import TaskFinder
from app.providers.clockify_timers import RunningTimers
from app.providers.clockify_workspace import People, RuleBook, Tags


@dataclass(frozen=True, slots=True)
class Clockify:
    """A `Provider`: the parts that know how, under the names that the core calls.

    A `Task` is a project (`<projectId>`, its client as place) or a task of one (`<projectId>/<taskId>`).
    """

    account: Account
    book: RuleBook
    people: People
    finder: TaskFinder
    known_tags: Tags
    entry_calls: Entries
    timers: RunningTimers
    speaks_for_self: bool

    @property
    def label(self) -> str:
        return "Clockify"

    @property
    def capabilities(self) -> Capabilities:
        """From the workspace's rules as they were last seen; see `learn`."""
        known = self.book.latest.capabilities(self.account, speaks_for_self=self.speaks_for_self)
        return replace(known, grants_by_workspace=True, reads_an_hour=self.book.calls.budget.reads_an_hour)

    async def learn(self) -> None:
        """Reads the workspace's rules, at most every ten minutes, so that `capabilities` are its own."""
        await self.book.rules()

    async def whoami(self) -> Member:
        return await self.people.whoami()

    async def members(self) -> list[Member]:
        return await self.people.members()

    async def find_task(self, text: str) -> Task | None:
        return await self.finder.find(text.removeprefix("id:"))

    async def search(self, text: str) -> list[Task]:
        return await self.finder.search(text)

    async def tags(self) -> list[str]:
        return list((await self.known_tags.by_id()).values())

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        return await self.entry_calls.within(window, assignee)

    async def entry(self, entry_id: str) -> TimeEntry:
        return await self.entry_calls.one(entry_id)

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """Clockify ignores idempotency keys, so `operation_id` goes nowhere."""
        return await self.entry_calls.create(draft)

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        """Clockify keeps and shows whole seconds: there is no room for a mark."""
        return draft

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        return await self.entry_calls.made_from(draft, since)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        return await self.entry_calls.update(before, after)

    async def delete(self, entry: TimeEntry) -> None:
        await self.entry_calls.delete(entry)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.entry_calls.retag(entry_id, add=names)

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.entry_calls.retag(entry_id, remove=names)

    async def current(self, assignee: str) -> Timer | None:
        return await self.timers.current(assignee)

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        return await self.timers.start(work, at)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        return await self.timers.stop(timer, at)

    async def cancel(self, timer: Timer) -> None:
        await self.timers.cancel(timer)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        """Changes what the running `timer` is about: what a workspace requires must be there before it can stop."""
        return await self.timers.amend(timer, work)
