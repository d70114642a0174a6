"""ClickUp's finished time entries for one account: listed in pieces, written once, their tags by a call of their own."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from app.core.errors import AccessDenied, EntryLocked, EntryNotFound, NoAnswer, Refused, TimerError
from app.core.model import Account, Draft, TimeEntry, Window, Work
from app.providers import clickup_wire as wire
from app.providers.calls import path
from app.providers.clickup_calls import Calls
from app.providers.clickup_errors import LOCKED, About, no_answer
from app.providers.looking_back import looked_up, told

T = TypeVar("T")

LONGEST_WINDOW = timedelta(days=30)
WINDOWS_AT_ONCE = 4

NO_LONGER_THERE = "ClickUp has no such time entry any more. Look at your entries of that day."
STILL_RUNS = "That time entry still runs in ClickUp. Stop it first."
NOT_HANDED_OVER = "ClickUp can't hand a time entry to somebody else. Delete it and log it for them."
NOT_TAKEN_OFF = "ClickUp can't take a time entry off its task. Delete it and log it again without one."
TOO_SHORT = "ClickUp takes only entries that end after they start. Give a longer time."


@dataclass(frozen=True, slots=True)
class Entries:
    """`speaks_for_self`: the token is this account's own."""

    account: Account
    calls: Calls
    speaks_for_self: bool

    async def within(self, window: Window, assignee: str) -> list[TimeEntry]:
        """GET …/time_entries (Get time entries within a date range): no pages, so long windows are asked in pieces."""
        pieces, found = list(_pieces(window)), []
        for first in range(0, len(pieces), WINDOWS_AT_ONCE):
            several = pieces[first : first + WINDOWS_AT_ONCE]
            found += await asyncio.gather(*(self._piece(piece, assignee) for piece in several))
        return sorted((entry for part in found for entry in part), key=lambda entry: (entry.start, entry.id))

    async def one(self, entry_id: str) -> TimeEntry:
        """GET …/time_entries/{timer_id} (Get singular time entry)."""
        address = self.where(entry_id)
        raw = wire.first_object(await self.calls.read(address, {"include_location_names": "true"}, about=About.ENTRY))
        if not raw:
            raise EntryNotFound(NO_LONGER_THERE)
        if wire.is_running(raw):
            raise EntryNotFound(STILL_RUNS)
        # An entry that does not say whose it is counts as the caller's own only where the token is theirs.
        return readable(
            wire.time_entry(raw, assignee=self.account.user_id if self.speaks_for_self else ""), is_write=False
        )

    async def create(self, draft: Draft) -> TimeEntry:
        """POST …/time_entries (Create a time entry). Not idempotent: the same body twice makes two entries."""
        if wire.to_ms(draft.end) <= wire.to_ms(draft.start):
            raise Refused(TOO_SHORT, field="duration")
        body = wire.create_body(draft, assignee=self._named(draft.assignee))
        answer = await self.calls.write("POST", self.where(), body, about=about_of(draft.work))
        made = wire.first_object(answer)
        entry = wire.time_entry(made, assignee=draft.assignee, known=draft.work)
        if entry is None and (entry_id := wire.identifier(made.get("id"))):  # an id is a yes; the rest is what was sent
            entry = TimeEntry(entry_id, draft.work, draft.start, draft.end, draft.assignee)
        return readable(entry, is_write=True)

    async def made_from(self, draft: Draft) -> list[TimeEntry]:
        """GET …/time_entries of the draft's own millisecond; whose, how long and on which task must be the same."""
        start = wire.to_ms(draft.start)
        answer = await looked_up(self._list(start, start, draft.assignee))
        listed = answer.get("data") if isinstance(answer, dict) else None
        found = [wire.time_entry(item, assignee=draft.assignee) for item in wire.objects(answer)]
        entries = [entry for entry in found if entry]
        told(listed, entries, "ClickUp")
        return sorted((one for one in entries if _is_of(draft, one)), key=lambda entry: entry.id)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """PUT …/time_entries/{timer_id} (Update a time entry), then its tags, each only where something differs."""
        _check_change(before, after)
        body = wire.update_body(before, after)
        saved = await self._put(before, body, after) if body else after
        await self.retag_beside(before, after, has_saved=bool(body))
        return replace(saved, work=replace(saved.work, tags=after.work.tags))

    async def delete(self, entry: TimeEntry) -> None:
        """DELETE …/time_entries/{timer_id} (Delete a time entry)."""
        await self.change("DELETE", entry, None)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        """POST …/time_entries/tags (Add tags from time entries); a name that is new becomes a tag."""
        await self._tags("POST", entry_id, wire.coloured(names))

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        """DELETE …/time_entries/tags, with a body (Remove tags from time entries)."""
        await self._tags("DELETE", entry_id, [{"name": name} for name in names])

    async def retag_beside(self, before: TimeEntry, after: TimeEntry, *, has_saved: bool) -> None:
        """`has_saved`: one write went through already, and it is told so when the tags don't."""
        try:
            await self._retag(before, after)
        except TimerError as error:
            raise (_half_changed(error, "The rest was saved, the tags were not.") if has_saved else error) from None

    async def change(self, method: str, entry: TimeEntry, body: dict[str, object] | None) -> object:
        try:
            return await self.calls.write(method, self.where(entry.id), body, about=About.ENTRY)
        except AccessDenied as error:
            raise (EntryLocked(LOCKED) if entry.is_locked else error) from None

    def where(self, *parts: str) -> str:
        return path("team", self.account.workspace_id, "time_entries", *parts)

    def asking_for(self, assignee: str) -> dict[str, str | int]:
        named = self._named(assignee)
        return {} if named is None else {"assignee": wire.user_number(named)}

    async def _piece(self, piece: Window, assignee: str) -> list[TimeEntry]:
        raw = wire.objects(await self._list(wire.to_ms(piece.start), wire.to_ms(piece.end), assignee))
        found = (wire.time_entry(item, assignee=assignee) for item in raw)
        return [entry for entry in found if entry and entry.start in piece and entry.assignee == assignee]

    async def _list(self, first: int, last: int, assignee: str) -> Any:
        """Both bounds are exclusive on the wire: an entry that starts at start_date itself is left out."""
        params: dict[str, str | int] = {"start_date": first - 1, "end_date": last + 1, "include_location_names": "true"}
        return await self.calls.read(self.where(), params | self.asking_for(assignee))

    async def _put(self, before: TimeEntry, body: dict[str, object], after: TimeEntry) -> TimeEntry:
        """The document answers {}, the wire usually an entry: any success means that it is as it was asked to be."""
        answer = await self.change("PUT", before, body)
        return wire.time_entry(wire.first_object(answer), assignee=after.assignee, known=after.work) or after

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
            await self.calls.write(method, self.where("tags"), body, about=About.ENTRY)

    def _named(self, assignee: str) -> str | None:
        """None for oneself: to OAuth tokens ClickUp answers 403 when they ask for their owner by number."""
        is_self = self.speaks_for_self and assignee == self.account.user_id
        return None if is_self else assignee


def _pieces(window: Window) -> Iterator[Window]:
    start = window.start
    while start < window.end:
        end = min(start + LONGEST_WINDOW, window.end)
        yield Window(start, end)
        start = end


def about_of(work: Work) -> About:
    return About.TASK if work.task else About.WORKSPACE


def _check_change(before: TimeEntry, after: TimeEntry) -> None:
    if after.assignee != before.assignee:
        raise Refused(NOT_HANDED_OVER, field="assignee")
    if before.work.task and not after.work.task:
        raise Refused(NOT_TAKEN_OFF, field="task")
    if wire.to_ms(after.end) <= wire.to_ms(after.start):
        raise Refused(TOO_SHORT, field="duration")


def _is_of(draft: Draft, entry: TimeEntry) -> bool:
    """To the millisecond, as ClickUp keeps it."""
    meant, kept = (
        (one.assignee, wire.to_ms(one.start), wire.to_ms(one.end), one.work.task and one.work.task.id)
        for one in (draft, entry)
    )
    return meant == kept


def readable(found: T | None, *, is_write: bool) -> T:
    """Raises `NoAnswer`."""
    if found is None:
        raise no_answer("ClickUp answered with something unreadable.", is_write=is_write)
    return found


def _half_changed(error: TimerError, what: str) -> TimerError:
    """After one write went through, "nothing happened there" is no longer true; a refusal may be sent again."""
    if isinstance(error, Refused):
        return type(error)(f"{what} {error.sentence}", field=error.field)
    return NoAnswer(f"{what} {error.sentence}")
