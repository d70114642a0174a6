"""ClickUp's older way of tracking time, on tasks, for workspaces that still count that way.

An interval has a task, a start and an end, and nothing else: no description, no tags, nothing billable. It belongs to
whoever's token made it. What an interval has no room for is refused before anything is sent, never dropped.

There is no list of a person's intervals, only of a task's. So `entries` looks at the tasks that time was tracked on
through this app lately, and at those that are assigned to the person; time on any other task is not seen.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import AccessDenied, EntryNotFound, Refused, TaskNotFound
from app.core.model import Account, Capabilities, Draft, Member, Task, TimeEntry, Timer, Window, Work
from app.providers import clickup_connect
from app.providers import clickup_wire as wire
from app.providers.calls import path
from app.providers.clickup_calls import Calls
from app.providers.clickup_errors import About, no_answer
from app.providers.clickup_marks import marked
from app.providers.clickup_people import People
from app.providers.clickup_tasks import FRESH, TaskFinder
from app.providers.freshness import Fresh, Shelf
from app.providers.link import Link
from app.providers.looking_back import looked_up, told

BASE_URL = clickup_connect.BASE_URL
TASKS_LOOKED_AT = 40  # of the hundred requests that a minute has
AT_ONCE = 4
REMEMBERED = 25

APP_HOLDS = "ClickUp's task time has no timers; this app keeps yours and logs it at the end."
NO_DESCRIPTION = (
    "ClickUp's task time has no room for a description. Leave it out, or write it as a comment on the task."
)
NO_TAGS = "ClickUp's task time has no tags. Leave them out."
NOT_BILLABLE = "ClickUp's task time can't be billable. Leave that out."
NO_TASK = "ClickUp's task time needs a task. Choose one."
OWNER_ONLY = "ClickUp's task time belongs to whoever signs in. Everybody logs their own, with their own ClickUp account connected."
NOT_MOVED = "ClickUp can't move time from one task to another. Delete it and log it on the other one."
TOO_SHORT = "ClickUp takes only time that ends after it starts. Give a longer time."
NO_LONGER_THERE = "ClickUp has no such time on that task any more. Look at your entries of that day."


@dataclass(slots=True)
class Tracked:
    """The tasks that one person tracked time on through this app, the latest first, as long as it runs."""

    tasks: tuple[Task, ...] = ()

    def note(self, task: Task) -> None:
        others = (one for one in self.tasks if one.id != task.id)
        self.tasks = (task, *others)[:REMEMBERED]


@dataclass(frozen=True, slots=True)
class ClickUpLegacy:
    """A `Provider`. Ids are "task/interval". `speaks_for_self`: the token is this account's own."""

    account: Account
    calls: Calls
    people: People
    finder: TaskFinder
    tracked: Shelf
    speaks_for_self: bool

    @property
    def label(self) -> str:
        return "ClickUp task time"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            native_timer=False,
            tags=False,
            billable=False,
            description=False,
            task_required=True,
            another_task=False,
            lists_by_task=True,
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
        return []

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        """GET /task/{task_id}/time (Get tracked time) of each task that is likely: a few at once, everybody's intervals."""
        tasks, found = await self._likely_tasks(assignee, likely), []
        for first in range(0, len(tasks), AT_ONCE):
            found += await asyncio.gather(*(self._of_task(task) for task in tasks[first : first + AT_ONCE]))
        everything = (entry for part in found for entry in part)
        theirs = (entry for entry in everything if entry.assignee == assignee and entry.start in window)
        return sorted(theirs, key=lambda entry: (entry.start, entry.id))

    async def entry(self, entry_id: str) -> TimeEntry:
        """GET /task/{task_id}/time, and the one interval of it."""
        task_id, interval_id = _ids(entry_id)
        if not interval_id:
            raise EntryNotFound(NO_LONGER_THERE)
        task = await self.finder.find(task_id) or Task(task_id, task_id)
        found = next((entry for entry in await self._intervals(task) if entry.id == entry_id), None)
        if found is None:
            raise EntryNotFound(NO_LONGER_THERE)
        return found

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """POST /task/{task_id}/time (Track time). Not idempotent: the same body twice makes two intervals."""
        task = _fitting(draft.work)
        self._check_owner(draft.assignee)
        where, body = path("task", task.id, "time"), _body(draft.start, draft.end)
        answer = await self.calls.write("POST", where, body, about=About.TASK)
        interval_id = _made(answer)
        if not interval_id:
            raise no_answer("ClickUp answered with something unreadable.", is_write=True)
        self._tracked(draft.assignee).note(task)
        return TimeEntry(f"{task.id}/{interval_id}", Work(task), *_to_the_ms(draft), draft.assignee)

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        return marked(draft, operation_id)

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        """GET /task/{task_id}/time (Get tracked time): everybody's intervals on the task, of which theirs are looked at."""
        task, span = _fitting(draft.work), _to_the_ms(draft)
        answer = await looked_up(self._tracked_on(task))
        people = wire.objects(answer)
        told(answer.get("data") if isinstance(answer, dict) else None, people, self.label)
        mine = [(person, list(_entries(task, person))) for person in people if _user(person) == draft.assignee]
        for person, entries in mine:
            told(person.get("intervals"), entries, self.label)
        same = (one for _, entries in mine for one in entries if (one.start, one.end) == span)
        return sorted(same, key=lambda entry: entry.id)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """PUT /task/{task_id}/time/{interval_id} (Edit time tracked): only its times can change."""
        task, interval_id = _fitting(after.work), _ids(before.id)[1]
        if after.assignee != before.assignee:
            raise Refused(OWNER_ONLY, field="assignee")
        if task.id != _ids(before.id)[0]:
            raise Refused(NOT_MOVED, field="task")
        body = _body(after.start, after.end)
        if (before.start, before.end) != (after.start, after.end):
            await self.calls.write("PUT", path("task", task.id, "time", interval_id), body, about=About.ENTRY)
        return after

    async def delete(self, entry: TimeEntry) -> None:
        """DELETE /task/{task_id}/time/{interval_id} (Delete time tracked)."""
        task_id, interval_id = _ids(entry.id)
        await self.calls.write("DELETE", path("task", task_id, "time", interval_id), None, about=About.ENTRY)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        if names:
            raise Refused(NO_TAGS, field="tags")

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.tag(entry_id, names)

    async def current(self, assignee: str) -> Timer | None:
        return None

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        raise Refused(APP_HOLDS)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        raise Refused(APP_HOLDS)

    async def cancel(self, timer: Timer) -> None:
        raise Refused(APP_HOLDS)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        raise Refused(APP_HOLDS)

    async def _likely_tasks(self, assignee: str, likely: Sequence[Task]) -> list[Task]:
        finder = self.finder
        if assignee != self.account.user_id:
            finder = replace(finder, user_id=assignee, mine=Fresh(finder.clock, FRESH))
        tasks = (*self._tracked(assignee).tasks, *likely, *await finder.assigned())
        return list({task.id: task for task in tasks}.values())[:TASKS_LOOKED_AT]

    async def _of_task(self, task: Task) -> list[TimeEntry]:
        """None of a task that has gone since."""
        try:
            return await self._intervals(task)
        except TaskNotFound:
            return []

    async def _intervals(self, task: Task) -> list[TimeEntry]:
        people = wire.objects(await self._tracked_on(task))
        return [entry for person in people for entry in _entries(task, person)]

    async def _tracked_on(self, task: Task) -> Any:
        return await self.calls.read(path("task", task.id, "time"), about=About.TASK)

    def _tracked(self, assignee: str) -> Tracked:
        return self.tracked.find((self.account.workspace_id, assignee), Tracked)

    def _check_owner(self, assignee: str) -> None:
        if not self.speaks_for_self or assignee != self.account.user_id:
            raise AccessDenied(OWNER_ONLY, field="assignee")


def connect(link: Link) -> ClickUpLegacy:
    """It shares with the ClickUp adapter what the same token learned: people, tasks and the requests that are left."""
    clickup = clickup_connect.connect(link)
    tracked = link.shelf.find(("clickup legacy", *link.whose), lambda: Shelf(limit=200))
    return ClickUpLegacy(
        link.account, clickup.written.calls, clickup.people, clickup.finder, tracked, link.speaks_for_self
    )


def _fitting(work: Work) -> Task:
    """The task, when there is nothing else that would be lost. Raises `Refused`."""
    for is_there, sentence, field in (
        (work.task is None, NO_TASK, "task"),
        (work.description, NO_DESCRIPTION, "description"),
        (work.tags, NO_TAGS, "tags"),
        (work.billable, NOT_BILLABLE, "billable"),
    ):
        if is_there:
            raise Refused(sentence, field=field)
    assert work.task
    return work.task


def _body(start: datetime, end: datetime) -> dict[str, object]:
    """Tracktimerequest. All three are required; two of them would do on the wire."""
    begins, ends = wire.to_ms(start), wire.to_ms(end)
    if ends <= begins:
        raise Refused(TOO_SHORT, field="duration")
    return {"start": begins, "end": ends, "time": ends - begins}


def _made(answer: object) -> str:
    """The new interval's id, which the document puts at the top and other calls into `data`."""
    made = wire.first_object(answer) or answer
    return wire.identifier(made.get("id")) if isinstance(made, dict) else ""


def _to_the_ms(draft: Draft) -> tuple[datetime, datetime]:
    """As ClickUp keeps it."""
    whole = timedelta(milliseconds=1)
    return wire.EPOCH + wire.to_ms(draft.start) * whole, wire.EPOCH + wire.to_ms(draft.end) * whole


def _ids(entry_id: str) -> tuple[str, str]:
    task_id, _, interval_id = entry_id.partition("/")
    return task_id, interval_id


def _user(person: wire.Json) -> str:
    user = person.get("user")
    return wire.identifier(user.get("id") if isinstance(user, dict) else user)


def _entries(task: Task, person: wire.Json) -> Iterator[TimeEntry]:
    user_id = _user(person)
    for raw in wire.objects(person, "intervals"):
        interval_id, span = wire.identifier(raw.get("id")), _span(raw)
        if interval_id and span:
            yield TimeEntry(f"{task.id}/{interval_id}", Work(task), *span, user_id)


def _span(raw: wire.Json) -> tuple[datetime, datetime] | None:
    """Where only a length was noted, it is taken to have ended when it was noted."""
    start, end, length = wire.moment_of(raw.get("start")), wire.moment_of(raw.get("end")), _length(raw)
    if start and end and end > start:
        return start, end
    if not length:
        return None
    if start:
        return start, start + length
    end = end or wire.moment_of(raw.get("date_added"))
    return (end - length, end) if end else None


def _length(raw: wire.Json) -> timedelta | None:
    ms = wire.number(raw.get("time")) or 0
    return timedelta(milliseconds=ms) if 0 < ms < wire.LATEST_MS else None
