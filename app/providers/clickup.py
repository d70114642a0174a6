"""ClickUp's time tracking (API v2) as one account sees it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    NoTimerRunning,
    ProviderError,
    Refused,
    TimerError,
)
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
from app.providers.clickup_calls import Calls, path
from app.providers.clickup_errors import LOCKED, About, no_answer
from app.providers.clickup_people import People
from app.providers.clickup_tasks import TaskFinder
from app.providers.freshness import Fresh

T = TypeVar("T")

LONGEST_WINDOW = timedelta(days=30)
WINDOWS_AT_ONCE = 4

OWNER_ONLY = (
    "ClickUp lets a timer be run only with your own sign-in. Connect with your own token, "
    "or log the time when you are done."
)
NOT_RUNNING = "That timer no longer runs in ClickUp; it was stopped elsewhere. Look at your entries of today."
ANOTHER_RUNS = "That timer no longer runs in ClickUp; another one does now. Look at what runs before you stop it."
ENDS_TOO_SOON = "That timer started later than that. Give a later end."
NO_LONGER_THERE = "ClickUp has no such time entry any more. Look at your entries of that day."
STILL_RUNS = "That time entry still runs in ClickUp. Stop it first."
NOT_HANDED_OVER = "ClickUp can't hand a time entry to somebody else. Delete it and log it for them."
NOT_TAKEN_OFF = "ClickUp can't take a time entry off its task. Delete it and log it again without one."
TOO_SHORT = "ClickUp takes only entries that end after they start. Give a longer time."


@dataclass(frozen=True, slots=True)
class ClickUp:
    """A `Provider`. `speaks_for_self`: the token is this account's own, as ClickUp's start and stop demand."""

    account: Account
    calls: Calls
    people: People
    finder: TaskFinder
    known_tags: Fresh[list[str]]
    speaks_for_self: bool

    @property
    def label(self) -> str:
        return "ClickUp"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            native_timer=self.speaks_for_self,
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
        """GET …/time_entries (Get time entries within a date range): no pages, so long windows are asked in pieces."""
        pieces, found = list(_pieces(window)), []
        for first in range(0, len(pieces), WINDOWS_AT_ONCE):
            several = pieces[first : first + WINDOWS_AT_ONCE]
            found += await asyncio.gather(*(self._entries(piece, assignee) for piece in several))
        return sorted((entry for part in found for entry in part), key=lambda entry: (entry.start, entry.id))

    async def entry(self, entry_id: str) -> TimeEntry:
        """GET …/time_entries/{timer_id} (Get singular time entry)."""
        where = self._where(entry_id)
        raw = wire.first_object(await self.calls.read(where, {"include_location_names": "true"}, about=About.ENTRY))
        if not raw:
            raise EntryNotFound(NO_LONGER_THERE)
        if wire.is_running(raw):
            raise EntryNotFound(STILL_RUNS)
        # An entry that does not say whose it is counts as the caller's own only where the token is theirs.
        return _readable(
            wire.time_entry(raw, assignee=self.account.user_id if self.speaks_for_self else ""), is_write=False
        )

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """POST …/time_entries (Create a time entry). Not idempotent: the same body twice makes two entries."""
        if wire.to_ms(draft.end) <= wire.to_ms(draft.start):
            raise Refused(TOO_SHORT, field="duration")
        body = wire.create_body(draft, assignee=self._named(draft.assignee))
        answer = await self.calls.write("POST", self._where(), body, about=_about(draft.work))
        made = wire.first_object(answer)
        entry = wire.time_entry(made, assignee=draft.assignee, known=draft.work)
        if entry is None and (entry_id := wire.identifier(made.get("id"))):  # an id is a yes; the rest is what was sent
            entry = TimeEntry(entry_id, draft.work, draft.start, draft.end, draft.assignee)
        return _readable(entry, is_write=True)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """PUT …/time_entries/{timer_id} (Update a time entry), then its tags, each only where something differs."""
        _check_change(before, after)
        body = wire.update_body(before, after)
        saved = await self._put(before, body, after) if body else after
        await self._retag_beside(before, after, has_saved=bool(body))
        return replace(saved, work=replace(saved.work, tags=after.work.tags))

    async def delete(self, entry: TimeEntry) -> None:
        """DELETE …/time_entries/{timer_id} (Delete a time entry)."""
        await self._change("DELETE", entry, None)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        """POST …/time_entries/tags (Add tags from time entries); a name that is new becomes a tag."""
        await self._tags("POST", entry_id, wire.coloured(names))

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        """DELETE …/time_entries/tags, with a body (Remove tags from time entries)."""
        await self._tags("DELETE", entry_id, [{"name": name} for name in names])

    async def current(self, assignee: str) -> Timer | None:
        """GET …/time_entries/current (Get running time entry). Somebody else's timer is never taken for theirs."""
        raw = wire.first_object(await self.calls.read(self._where("current"), self._asking_for(assignee)))
        if not raw:
            return None
        running = _readable(wire.timer(raw, assignee=assignee), is_write=False)
        return running if running.assignee == assignee else None

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        """POST …/time_entries/start (Start a time entry): ClickUp stops by itself what ran before, and doesn't say so.

        It always begins now: the call has no field for when.
        """
        self._check_owner()
        answer = await self.calls.write("POST", self._where("start"), wire.start_body(work), about=_about(work))
        made = wire.first_object(answer)
        started = wire.timer(made, assignee=self.account.user_id, known=work)
        if started is None and (timer_id := wire.identifier(made.get("id"))):
            started = Timer(timer_id, work, self.calls.clock.now(), self.account.user_id)
        return _readable(started, is_write=True)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        """POST …/time_entries/stop stops whatever runs, so what runs is looked at first; an earlier end needs a PUT."""
        if at is not None and at <= timer.start:
            raise Refused(ENDS_TOO_SOON, field="end")
        answer = await self._halt(timer)
        stopped = wire.time_entry(wire.first_object(answer), assignee=self.account.user_id, known=timer.work)
        if stopped is None or stopped.id != timer.id:
            stopped = await self._stopped(timer)
        if at is None or at >= stopped.end:
            return stopped
        try:
            return await self.update(stopped, replace(stopped, end=at))
        except TimerError as error:
            raise NoAnswer(f"The timer is stopped, but not at the time you gave. {error.sentence}") from None

    async def cancel(self, timer: Timer) -> None:
        """ClickUp has no such call: stop, then delete what that made."""
        await self._halt(timer)
        try:
            await self.calls.write("DELETE", self._where(timer.id), None, about=About.ENTRY)
        except TimerError as error:
            raise NoAnswer(f"The timer is stopped, but its entry is still there. {error.sentence}") from None

    async def amend(self, timer: Timer, work: Work) -> Timer:
        """PUT …/time_entries/{timer_id} without times, so that it runs on; then its tags."""
        before, after = (
            TimeEntry(timer.id, one, timer.start, timer.start, timer.assignee) for one in (timer.work, work)
        )
        if timer.work.task and not work.task:
            raise Refused(NOT_TAKEN_OFF, field="task")
        body = wire.update_body(before, after)
        if body:
            await self._change("PUT", before, body)
        await self._retag_beside(before, after, has_saved=bool(body))
        return replace(timer, work=work)

    async def _entries(self, piece: Window, assignee: str) -> list[TimeEntry]:
        # Both bounds are exclusive on the wire: an entry that starts at start_date itself is left out.
        params = {"start_date": wire.to_ms(piece.start) - 1, "end_date": wire.to_ms(piece.end) + 1}
        asked = params | {"include_location_names": "true"} | self._asking_for(assignee)
        raw = wire.objects(await self.calls.read(self._where(), asked))
        found = (wire.time_entry(item, assignee=assignee) for item in raw)
        return [entry for entry in found if entry and entry.start in piece and entry.assignee == assignee]

    async def _fetch_tags(self) -> list[str]:
        answer = await self.calls.read(self._where("tags"))
        return list(wire.tag_names(answer.get("data") if isinstance(answer, dict) else answer))

    async def _put(self, before: TimeEntry, body: dict[str, object], after: TimeEntry) -> TimeEntry:
        """The document answers {}, the wire usually an entry: any success means that it is as it was asked to be."""
        answer = await self._change("PUT", before, body)
        return wire.time_entry(wire.first_object(answer), assignee=after.assignee, known=after.work) or after

    async def _retag_beside(self, before: TimeEntry, after: TimeEntry, *, has_saved: bool) -> None:
        """`has_saved`: one write went through already, and it is told so when the tags don't."""
        try:
            await self._retag(before, after)
        except TimerError as error:
            raise (_half_changed(error, "The rest was saved, the tags were not.") if has_saved else error) from None

    async def _retag(self, before: TimeEntry, after: TimeEntry) -> None:
        added = [name for name in after.work.tags if name not in before.work.tags]
        removed = [name for name in before.work.tags if name not in after.work.tags]
        await self.tag(before.id, added)
        try:
            await self.untag(before.id, removed)
        except TimerError as error:
            raise (_half_changed(error, "The old tags are still there.") if added else error) from None

    async def _tags(self, method: str, entry_id: str, tags: Sequence[dict[str, str]]) -> None:
        if tags:
            body = {"time_entry_ids": [entry_id], "tags": tags}
            await self.calls.write(method, self._where("tags"), body, about=About.ENTRY)

    async def _change(self, method: str, entry: TimeEntry, body: dict[str, object] | None) -> object:
        try:
            return await self.calls.write(method, self._where(entry.id), body, about=About.ENTRY)
        except AccessDenied as error:
            raise (EntryLocked(LOCKED) if entry.is_locked else error) from None

    async def _halt(self, timer: Timer) -> object:
        self._check_owner()
        await self._check_runs(timer)
        try:
            return await self.calls.write("POST", self._where("stop"), None, about=About.ENTRY)
        except (Refused, EntryNotFound):
            await self._check_runs(timer)
            raise

    async def _check_runs(self, timer: Timer) -> None:
        running = await self.current(self.account.user_id)
        if running is None:
            raise NoTimerRunning(NOT_RUNNING)
        if running.id != timer.id:
            raise NoTimerRunning(ANOTHER_RUNS)

    async def _stopped(self, timer: Timer) -> TimeEntry:
        """After an answer without the entry, the entry itself tells."""
        try:
            return await self.entry(timer.id)
        except (ProviderError, EntryNotFound):
            raise no_answer("ClickUp didn't say whether the timer was stopped.", is_write=True) from None

    def _where(self, *parts: str) -> str:
        return path("team", self.account.workspace_id, "time_entries", *parts)

    def _asking_for(self, assignee: str) -> dict[str, str | int]:
        named = self._named(assignee)
        return {} if named is None else {"assignee": wire.user_number(named)}

    def _named(self, assignee: str) -> str | None:
        """None for oneself: to OAuth tokens ClickUp answers 403 when they ask for their owner by number."""
        is_self = self.speaks_for_self and assignee == self.account.user_id
        return None if is_self else assignee

    def _check_owner(self) -> None:
        if not self.speaks_for_self:
            raise AccessDenied(OWNER_ONLY)


def _pieces(window: Window) -> Iterator[Window]:
    start = window.start
    while start < window.end:
        end = min(start + LONGEST_WINDOW, window.end)
        yield Window(start, end)
        start = end


def _about(work: Work) -> About:
    return About.TASK if work.task else About.WORKSPACE


def _check_change(before: TimeEntry, after: TimeEntry) -> None:
    if after.assignee != before.assignee:
        raise Refused(NOT_HANDED_OVER, field="assignee")
    if before.work.task and not after.work.task:
        raise Refused(NOT_TAKEN_OFF, field="task")
    if wire.to_ms(after.end) <= wire.to_ms(after.start):
        raise Refused(TOO_SHORT, field="duration")


def _readable(found: T | None, *, is_write: bool) -> T:
    if found is None:
        raise no_answer("ClickUp answered with something unreadable.", is_write=is_write)
    return found


def _half_changed(error: TimerError, what: str) -> TimerError:
    """After one write went through, "nothing happened there" is no longer true; a refusal may be sent again."""
    if isinstance(error, Refused):
        return type(error)(f"{what} {error.sentence}", field=error.field)
    return NoAnswer(f"{what} {error.sentence}")
