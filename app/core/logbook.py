"""Finished time: log, list, edit, delete and tag time entries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import permissions
from app.core.accounts import Caller
from app.core.asking import asked
from app.core.dates import format_day
from app.core.durations import LONGEST
from app.core.errors import EntryLocked, EntryNotFound, LoggedAlready, NotUnderstood
from app.core.held_timers import HeldTimers
from app.core.journal import Journal
from app.core.model import Account, Draft, TimeEntry, Timer, Window, Work
from app.core.offers import check_room, check_times, no_tags, require_looked_up
from app.core.operations import Create, Delete, State, Tag, Update
from app.core.permissions import Deed
from app.core.ports import Clock
from app.core.times import start_of_day
from app.core.worklist import Worklist

_MORNING = time(9)
_LOOK_BACK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Logbook:
    journal: Journal
    held: HeldTimers
    worklist: Worklist
    clock: Clock

    async def log(
        self,
        caller: Caller,
        work: Work,
        start: datetime,
        end: datetime,
        whose: Account,
        *,
        is_another: bool = False,
        instead_of: str = "",
    ) -> TimeEntry:
        """Raises `NotAllowed`, `NotUnderstood` for a length that cannot be, `NotOffered`, and `PutOff`.

        Raises `LoggedAlready` for what is there already, word for word, unless it `is_another` piece of the same.
        It takes the place of `instead_of`, which waits. Raises `AlreadySent` when that one was sent meanwhile.
        """
        intent = self._creation(caller, work, start, end, whose)
        if not is_another:
            await self._refuse_doubling(caller, intent, whose, instead_of)
        entry = await self.journal.write(caller.operation_id, caller, intent, owner=whose, instead_of=instead_of)
        await self.worklist.remember(caller, work)
        return _entry(entry)

    async def keep(
        self, caller: Caller, work: Work, start: datetime, end: datetime, whose: Account, *, is_another: bool = False
    ) -> None:
        """What `log` would send, until the caller has signed in anew. Raises as `log` does."""
        intent = self._creation(caller, work, start, end, whose)
        if not is_another:
            await self._refuse_doubling(caller, intent, whose)
        await self.journal.put_off(caller.operation_id, caller, intent, owner=whose, state=State.WAITING)

    async def entries(
        self, caller: Caller, first: date, last: date | None = None, whose: Account | None = None
    ) -> list[TimeEntry]:
        """What was logged on the person's days `first` to `last`, oldest first. Raises `NotAllowed`."""
        window, account = days(first, last or first, caller.person.zone), whose or caller.account
        permissions.require(caller.account, Deed.SEE, whose=account)
        lists_by_task = caller.provider.capabilities.lists_by_task
        likely = await self.worklist.store.recent_tasks(account) if lists_by_task else ()
        return await asked(caller.provider.entries(window, account.user_id, likely))

    async def entry(self, caller: Caller, entry_id: str, deed: Deed) -> TimeEntry:
        """An entry within the caller's reach for that deed. Raises `EntryNotFound` and `NotAllowed`."""
        entry = await asked(caller.provider.entry(entry_id))
        await self._owner(caller, entry, deed)
        return entry

    async def edit(self, caller: Caller, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        whose = await self._owner(caller, before, Deed.EDIT)
        _check(after.start, after.end, self.clock.now())
        _check_open(caller, before)
        require_looked_up(caller, after.work)
        check_times(caller, min(before.start, after.start), is_new=False)
        entry = await self.journal.write(caller.operation_id, caller, Update(before, after), owner=whose)
        await self.worklist.remember(caller, after.work)
        return _entry(entry)

    async def delete(self, caller: Caller, entry: TimeEntry) -> None:
        whose = await self._owner(caller, entry, Deed.DELETE)
        _check_open(caller, entry)
        check_times(caller, entry.start, is_new=False)
        await self.journal.write(caller.operation_id, caller, Delete(entry), owner=whose)

    async def retag(
        self, caller: Caller, on: TimeEntry | Timer, add: tuple[str, ...], remove: tuple[str, ...]
    ) -> TimeEntry | Timer:
        """Adds and takes off tags of an entry or a running timer. Raises `NotOffered` where there are none."""
        if not caller.provider.capabilities.tags:
            raise no_tags(caller)
        whose, intent = await self._owner(caller, on, Deed.TAG), Tag(on, add, remove)
        if isinstance(on, Timer) and on.is_held:
            retagged = await self.held.retag(whose, on, add, remove)
            await self.journal.note(caller.operation_id, caller, intent, retagged, owner=whose)
            return retagged
        return await self.journal.write(caller.operation_id, caller, intent, owner=whose)

    async def _refuse_doubling(self, caller: Caller, intent: Create, whose: Account, instead_of: str = "") -> None:
        twin = await self.journal.twin(caller.operation_id, caller, intent, owner=whose)
        if twin is None or twin.id == instead_of:
            return
        said = twin.accepted_at.astimezone(caller.person.zone)
        when = format_day(said.date(), self.clock.now().astimezone(caller.person.zone).date())
        how = "is logged" if twin.state is State.DONE else "waits to be sent"
        raise LoggedAlready(
            f"Exactly that {how} already, since {when}, {said:%H:%M}. If it is another piece of work, say what differs."
        )

    def _creation(self, caller: Caller, work: Work, start: datetime, end: datetime, whose: Account) -> Create:
        permissions.require(caller.account, Deed.LOG, whose=whose)
        _check(start, end, self.clock.now())
        check_room(caller, work, whose)
        check_times(caller, start)
        return Create(Draft(work, start, end, whose.user_id, caller.provider.capabilities.clock_times))

    async def _owner(self, caller: Caller, on: TimeEntry | Timer, deed: Deed) -> Account:
        return await permissions.owner(self.journal.store, caller.account, on.assignee, deed)

    async def last(self, caller: Caller) -> TimeEntry:
        """The entry that ended last, this week or the last. Raises `EntryNotFound`."""
        today = self.clock.now().astimezone(caller.person.zone).date()
        entries = await self.entries(caller, today - timedelta(days=_LOOK_BACK_DAYS), today)
        if not entries:
            raise EntryNotFound(
                f"You have logged nothing in the last {_LOOK_BACK_DAYS} days, so there is no entry to change."
            )
        return max(entries, key=lambda entry: entry.end)


def days(first: date, last: date, zone: ZoneInfo) -> Window:
    """From the first instant of `first` to the last of `last`, as `zone`'s clocks have them."""
    return Window(start_of_day(first, zone), start_of_day(last + timedelta(days=1), zone))


def place(length: timedelta, day: date, *, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Where a length without a time of day goes: today it ends now, on another day it begins at nine.

    Raises `NotUnderstood` when it does not fit into the day.
    """
    window, now = days(day, day, zone), now.replace(second=0, microsecond=0)
    if now in window:
        start, end = now - length, now
    else:
        nine = datetime.combine(day, _MORNING, zone).astimezone(UTC)
        end = min(nine + length, window.end)
        start = end - length
    if start < window.start:
        began = "yet" if now in window else "at all"
        raise NotUnderstood(
            f"That doesn't fit into the day {began}. Say which day it was, or from when to when.", field="duration"
        )
    return start, end


def total(entries: list[TimeEntry]) -> timedelta:
    return sum((entry.duration for entry in entries), timedelta())


def _check(start: datetime, end: datetime, now: datetime) -> None:
    if end <= start:
        raise NotUnderstood("It ends before it begins.", field="end")
    if end - start > LONGEST:
        raise NotUnderstood("That is over 24 h. Log it in parts, a day at a time.", field="end")
    if end > now:
        raise NotUnderstood("The end is still to come. Log it when it is over, or start a timer.", field="end")


def _check_open(caller: Caller, entry: TimeEntry) -> None:
    if entry.is_locked:
        raise EntryLocked(
            f"{caller.provider.label} has locked that entry. Ask an admin of the workspace to open it again."
        )


def _entry(result: TimeEntry | Timer) -> TimeEntry:
    assert isinstance(result, TimeEntry)
    return result
