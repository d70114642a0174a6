"""ClickUp's time tracking (API v2) as one account sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.model import (
    Account,
    AssigneePermission,
    Capabilities,
    Draft,
    Member,
    Task,
    TimeEntry,
    Timer,
    Window,
    Work,
)
from app.providers import clickup_wire as wire
from app.providers.clickup_entries import Entries
from app.providers.clickup_marks import marked
from app.providers.clickup_people import People
from app.providers.clickup_tasks import TaskFinder
from app.providers.clickup_timers import RunningTimers
from app.providers.freshness import Fresh


@dataclass(frozen=True, slots=True)
class ClickUp:
    """A `Provider`: the parts that know how, under the names that the core calls."""

    account: Account
    people: People
    finder: TaskFinder
    known_tags: Fresh[list[str]]
    written: Entries
    timers: RunningTimers

    @property
    def label(self) -> str:
        return "ClickUp"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            native_timer=self.written.speaks_for_self,
            assignees=self.account.assignee_permission is AssigneePermission.ANYONE,
        )

    async def learn(self) -> None:
        """ClickUp has no rules of a workspace's own."""

    async def whoami(self) -> Member:
        return await self.people.whoami()

    async def members(self) -> list[Member]:
        return await self.people.members()

    async def find_task(self, text: str) -> Task | None:
        return await self.finder.find(text)

    async def search(self, text: str) -> list[Task]:
        return await self.finder.search(text)

    async def tags(self) -> list[str]:
        """GET …/time_entries/tags: the labels that were ever used on an entry."""
        return await self.known_tags.get(self._fetch_tags)

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        return await self.written.within(window, assignee)

    async def entry(self, entry_id: str) -> TimeEntry:
        return await self.written.one(entry_id)

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """ClickUp knows no idempotency keys, so `operation_id` goes nowhere."""
        return await self.written.create(draft)

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        return marked(draft, operation_id)

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        return await self.written.made_from(draft)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        return await self.written.update(before, after)

    async def delete(self, entry: TimeEntry) -> None:
        await self.written.delete(entry)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.written.tag(entry_id, names)

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.written.untag(entry_id, names)

    async def current(self, assignee: str) -> Timer | None:
        return await self.timers.current(assignee)

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        """It always begins now."""
        return await self.timers.start(work)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        return await self.timers.stop(timer, at)

    async def cancel(self, timer: Timer) -> None:
        await self.timers.cancel(timer)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        return await self.timers.amend(timer, work)

    async def _fetch_tags(self) -> list[str]:
        answer = await self.written.calls.read(self.written.where("tags"))
        return list(wire.tag_names(answer.get("data") if isinstance(answer, dict) else answer))
