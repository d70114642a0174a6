"""Hoursmith (API v1) as one account sees it: finished time on projects, and no timers."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.errors import EntryNotFound, NoAnswer, NotReached, ProviderError, Refused, TimerError
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
from app.core.ports import Clock
from app.providers import hoursmith_wire as wire
from app.providers.calls import path
from app.providers.hoursmith_calls import UNREADABLE, Calls, idempotency_key
from app.providers.hoursmith_days import keeps_its_start, starts
from app.providers.hoursmith_errors import About, no_answer
from app.providers.hoursmith_people import People
from app.providers.hoursmith_projects import Catalogue, ProjectFinder
from app.providers.looking_back import looked_up, told

ENTRIES = "/time-entries"
INSTANT = timedelta(microseconds=1)
SKEW = timedelta(minutes=2)  # between Hoursmith's clock and ours

APP_HOLDS = "Hoursmith has no timers to start or stop from outside; this app keeps yours and logs it at the end."
NO_TAGS = "Hoursmith has no tags. Leave them out, or write them into the description."
ONLY_THE_DAY = "Hoursmith keeps the day and the length of an entry, not its time of day. Change one of those two."
NO_LONGER_THERE = "Hoursmith has no such time entry any more. Look at your entries of that day."
HAND_IT_OVER = "Hand it over in Hoursmith, or delete it there and log it again."
NOT_HANDED_OVER = "It is logged under the token's own name and not handed over yet."


@dataclass(frozen=True, slots=True)
class Hoursmith:
    """A `Provider`. `zone` is the person's: it decides on which day an entry is counted.

    `speaks_for_self`: the token is this account's own, so that what it logs needs no handing over.
    """

    account: Account
    calls: Calls
    people: People
    finder: ProjectFinder
    clock: Clock
    speaks_for_self: bool
    zone: ZoneInfo

    @property
    def label(self) -> str:
        return "Hoursmith"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            native_timer=False,
            tags=False,
            tags_in_text=True,
            billable_by_default=True,
            assignees=self.account.assignee_permission is AssigneePermission.ANYONE,
            project_required=True,
            clock_times=False,
            handing_over=self.account.assignee_permission is AssigneePermission.ANYONE,
            idempotent=True,
            reads_an_hour=18_000,
        )

    async def learn(self) -> None:
        """Hoursmith has no rules of a workspace's own."""

    async def whoami(self) -> Member:
        return await self.people.whoami()

    async def members(self) -> list[Member]:
        return await self.people.members()

    async def find_task(self, text: str) -> Task | None:
        return await self.finder.find(text.removeprefix("id:"))

    async def search(self, text: str) -> list[Task]:
        return await self.finder.search(text)

    async def tags(self) -> list[str]:
        return []

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        """GET /time-entries (List time-entries) by days, both inclusive; what lies outside the window is left out."""
        if window.end <= window.start:
            return []
        first, last = wire.day_of(window.start, self.zone), wire.day_of(window.end - INSTANT, self.zone)
        return [entry for entry in await self._between(first, last, assignee) if entry.start in window]

    async def entry(self, entry_id: str) -> TimeEntry:
        """GET /time-entries/{id}, then its whole day, so that it stands where a list shows it."""
        raw = await self.calls.read(path("time-entries", entry_id), about=About.ENTRY)
        found = wire.logged(raw) if isinstance(raw, dict) else None
        if found is None:
            raise EntryNotFound(NO_LONGER_THERE)
        whose, day = found.user or self.account.user_id, found.day
        listed = [] if keeps_its_start(found, self.zone) else await self._between(day, day, whose)
        same = next((entry for entry in listed if entry.id == found.id), None)
        return same or self._placed([found], await self._catalogue())[0]

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """POST /time-entries (Create a timeentry). The same operation sends the same key and bytes, and makes one entry.

        It is always the token's owner for whom Hoursmith logs; for anybody else the entry is handed over at once.
        """
        seconds = wire.whole_seconds(draft.duration)
        body = wire.create_body(draft.work, day=wire.day_of(draft.start, self.zone), seconds=seconds)
        key = idempotency_key(operation_id)
        raw, was_made_before = await self.calls.post(ENTRIES, body, key=key, about=About.NEW_ENTRY)
        made = wire.logged(raw) if isinstance(raw, dict) else None
        if made is None:
            raise no_answer(UNREADABLE, is_write=True)
        entry = _as_meant(made, draft.work, draft.start, assignee=draft.assignee)
        if self._is_self(draft.assignee) or made.user == draft.assignee:
            return entry
        if was_made_before and await self._owner_of(entry) != made.user:
            return entry  # it was handed over already, and they may have changed it since
        return await self._hand_over(entry)

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        """Hoursmith keeps no moments that could be moved, and knows an operation by its key."""
        return draft

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        """GET /time-entries of the day and project, for when the operation's key is no longer known."""
        day = wire.day_of(draft.start, self.zone)
        asked = {"projectId": wire.ids_of(draft.work.task)[0]} | self._days(day, day)
        raw = await looked_up(self.calls.pages(ENTRIES, asked))
        found = [one for one in map(wire.logged, raw) if one]
        told(raw, found, self.label)
        same = [one for one in found if self._is_of(draft, one) and (one.made_at is None or one.made_at > since - SKEW)]
        theirs = sorted((one for one in same if one.user == draft.assignee), key=lambda one: (one.made, one.id))
        if not theirs and same and await looked_up(self._me()) in {"", *(one.user for one in same)}:
            raise Refused(f"{NOT_HANDED_OVER} {HAND_IT_OVER}", field="assignee")
        return [_as_meant(one, draft.work, draft.start, assignee=draft.assignee) for one in theirs]

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """PATCH /time-entries/{id} (Update a timeentry). The document wants project, day and length in every one."""
        day, seconds = wire.day_of(after.start, self.zone), wire.whole_seconds(after.duration)
        is_same_day = day == wire.day_of(before.start, self.zone)
        is_same_length = seconds == wire.whole_seconds(before.duration)
        body = wire.update_body(before.work, after.work, day=day, seconds=seconds)
        if after.assignee != before.assignee:
            body["userId"] = after.assignee
        elif is_same_day and is_same_length and wire.is_same(before.work, after.work):
            if before.start != after.start:
                raise Refused(ONLY_THE_DAY, field="start")
            return after
        raw = await self.calls.write("PATCH", path("time-entries", before.id), body, about=About.ENTRY)
        start = before.start if is_same_day else after.start
        changed = wire.logged(raw) if isinstance(raw, dict) else None
        if changed is None:  # any success means that it is as it was asked to be
            return replace(after, work=_work_of(after), start=start, end=start + timedelta(seconds=seconds))
        return _as_meant(changed, after.work, start, assignee=after.assignee)

    async def delete(self, entry: TimeEntry) -> None:
        """DELETE /time-entries/{id} (Delete a timeentry)."""
        await self.calls.write("DELETE", path("time-entries", entry.id), None, about=About.ENTRY)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        """Raises `Refused`: where tags come with an entry they go into its note, alone they go nowhere."""
        if names:
            raise Refused(NO_TAGS, field="tags")

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        await self.tag(entry_id, names)

    async def current(self, assignee: str) -> Timer | None:
        """What runs in Hoursmith's own app can't be stopped from here, so it is not shown as a timer of ours."""
        return None

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        raise Refused(APP_HOLDS)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        raise Refused(APP_HOLDS)

    async def cancel(self, timer: Timer) -> None:
        raise Refused(APP_HOLDS)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        raise Refused(APP_HOLDS)

    async def _between(self, first: date, last: date, assignee: str) -> list[TimeEntry]:
        asked = self._days(first, last)
        if not self._is_a_member_alone(assignee):
            asked["userId"] = assignee
        found = [wire.logged(raw) for raw in await self.calls.pages(ENTRIES, asked)]
        theirs = [one for one in found if one and one.user in ("", assignee) and first <= one.day <= last]
        return self._placed(theirs, await self._catalogue()) if theirs else []

    def _days(self, first: date, last: date) -> dict[str, str]:
        return {"entryDateFrom": first.isoformat(), "entryDateTo": last.isoformat(), "sort": "entryDate"}

    def _is_of(self, draft: Draft, one: wire.Logged) -> bool:
        """Whoever it belongs to: until it is handed over that is the token's owner."""
        length = timedelta(seconds=wire.whole_seconds(draft.duration))
        meant = (*wire.ids_of(draft.work.task), wire.day_of(draft.start, self.zone), length)
        is_worded = one.note.split() == wire.note_of(draft.work).split()
        return is_worded and meant == (one.project, one.task, one.day, one.length)

    async def _me(self) -> str:
        """Whose token it is."""
        return self.account.user_id if self.speaks_for_self else (await self.whoami()).id

    def _placed(self, found: Sequence[wire.Logged], catalogue: Catalogue) -> list[TimeEntry]:
        at = starts(found, zone=self.zone, now=self.clock.now())
        entries = (
            TimeEntry(
                one.id,
                Work(catalogue.named(one.project, one.task), one.note, billable=one.billable),
                at[one.id],
                at[one.id] + one.length,
                one.user or self.account.user_id,
                one.is_locked,
                keeps_its_start(one, self.zone),
            )
            for one in found
        )
        return sorted(entries, key=lambda entry: (entry.start, entry.id))

    async def _catalogue(self) -> Catalogue:
        """Names are a courtesy: without them entries are still entries."""
        with suppress(ProviderError):
            return await self.finder.catalogue()
        return Catalogue()

    async def _hand_over(self, entry: TimeEntry) -> TimeEntry:
        """PATCH /time-entries/{id} with another `userId`, as owners and admins may; what is refused is taken back."""
        day, seconds = wire.day_of(entry.start, self.zone), wire.whole_seconds(entry.duration)
        body = wire.update_body(entry.work, entry.work, day=day, seconds=seconds) | {"userId": entry.assignee}
        try:
            await self.calls.write("PATCH", path("time-entries", entry.id), body, about=About.ENTRY)
        except (NotReached, NoAnswer) as error:
            raise NoAnswer(f"{NOT_HANDED_OVER} {error.sentence}") from None
        except TimerError as error:
            await self._take_back(entry)
            raise error from None
        return entry

    async def _owner_of(self, entry: TimeEntry) -> str:
        """As it is now: an answer that is told again knows nothing of what came after. Raises `NoAnswer`."""
        try:
            raw = await self.calls.read(path("time-entries", entry.id), about=About.ENTRY)
        except (NotReached, NoAnswer) as error:
            raise NoAnswer(f"{NOT_HANDED_OVER} {error.sentence}") from None
        found = wire.logged(raw) if isinstance(raw, dict) else None
        if found is None:
            raise EntryNotFound(NO_LONGER_THERE)
        return found.user

    async def _take_back(self, entry: TimeEntry) -> None:
        try:
            await self.delete(entry)
        except EntryNotFound:
            return
        except TimerError as error:
            raise NoAnswer(f"{NOT_HANDED_OVER} {error.sentence}") from None

    def _is_self(self, assignee: str) -> bool:
        return self.speaks_for_self and assignee == self.account.user_id

    def _is_a_member_alone(self, assignee: str) -> bool:
        """Members are shown their own time whatever they ask, and `userId` is for owners and admins only."""
        return self._is_self(assignee) and not self.account.role.is_in_charge


def _work_of(entry: TimeEntry) -> Work:
    """As Hoursmith keeps it: tags are words of the note."""
    return replace(entry.work, description=wire.note_of(entry.work), tags=())


def _as_meant(made: wire.Logged, work: Work, start: datetime, *, assignee: str) -> TimeEntry:
    """What was written, at the time of day that was meant, which only we know."""
    kept = Work(work.task, made.note, billable=made.billable)
    moment = start.astimezone(UTC)
    return TimeEntry(made.id, kept, moment, moment + made.length, assignee, made.is_locked, is_timed=False)
