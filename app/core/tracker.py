"""Timers: start, stop, switch, status, cancel. At most one runs for a person."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.durations import LONGEST, format_duration
from app.core.errors import NoAnswer, NotAllowed, NoTimerRunning, NotSaved, NotUnderstood, TimerError
from app.core.held_timers import HeldTimers, draft_of
from app.core.journal import Journal
from app.core.model import Account, TimeEntry, Timer, Work
from app.core.operations import Cancel, Create, Start, Stop
from app.core.ports import Clock
from app.core.times import wall_time
from app.core.worklist import Worklist

log = logging.getLogger(__name__)

_SHORTEST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Started:
    """The timer that runs now, and the entry that the one before it became."""

    timer: Timer
    stopped: TimeEntry | None = None


@dataclass(frozen=True, slots=True)
class Tracker:
    journal: Journal
    held: HeldTimers
    worklist: Worklist
    clock: Clock

    async def current(self, caller: Caller, whose: Account | None = None) -> Timer | None:
        """What runs for `whose` account, the caller's own by default."""
        account = whose or caller.account
        timer = await self.held.current(account)
        if timer or not (caller.provider.capabilities.native_timer or account != caller.account):
            return timer
        return await caller.provider.current(account.user_id)

    async def start(
        self, caller: Caller, work: Work, *, at: datetime | None = None, whose: Account | None = None
    ) -> Started:
        """Starts now or at an earlier moment; what runs is stopped in the same instant."""
        account, begins = whose or caller.account, at or self.clock.now()
        running = await self.current(caller, account)
        if running and running.id == f"held:{caller.operation_id}":
            return Started(running)
        if running and at and running.start >= at:
            raise NotUnderstood(f"{_name(running)} was started after that. Cancel it first, or start at a later time.")
        if running:
            _check_length(running, begins)
        is_native = caller.provider.capabilities.native_timer and account == caller.account and at is None
        if is_native and not (running and running.is_held):
            return await self._start_natively(caller, work, running)
        stopped = await self._stop(caller, account, running, at, part=":before") if running else None
        try:
            timer = await (
                self._native(caller, work) if is_native else self.held.start(account, work, begins, caller.operation_id)
            )
        except TimerError as error:
            if running is None:
                raise
            raise _told_both(error, running) from error
        await self.worklist.remember(caller, work)
        return Started(timer, stopped)

    async def stop(
        self, caller: Caller, *, at: datetime | None = None, whose: Account | None = None, timer_id: str = ""
    ) -> TimeEntry:
        """Stops what runs, or only the timer with that id.

        Raises `NoTimerRunning`, and `NotUnderstood` for an end that cannot be.
        """
        account = whose or caller.account
        running = await self.current(caller, account)
        if running is None:
            raise NoTimerRunning("No timer is running. Start one, or log the time that is missing.")
        if timer_id and running.id != timer_id:
            raise NoTimerRunning("That timer isn't running any more, but another one is. Nothing was changed.")
        return await self._stop(caller, account, running, at, part="")

    async def cancel(self, caller: Caller, timer_id: str) -> Timer:
        """Drops the timer with that id without saving. Raises `NoTimerRunning`."""
        running = await self.current(caller)
        if running is None or running.id != timer_id:
            raise NoTimerRunning("That timer isn't running any more, so there is nothing to drop.")
        if running.is_held:
            await self.held.release(caller.account, running)
        else:
            await self.journal.write(caller.operation_id, caller.provider, Cancel(running))
        return running

    async def _start_natively(self, caller: Caller, work: Work, running: Timer | None) -> Started:
        timer = await self._native(caller, work)
        await self.worklist.remember(caller, work)
        if running is None or running.id == timer.id:
            return Started(timer)
        # The provider stopped the old timer when it started this one, and says nothing about it.
        return Started(timer, TimeEntry(running.id, running.work, running.start, timer.start, running.assignee))

    async def _native(self, caller: Caller, work: Work) -> Timer:
        timer = await self.journal.write(caller.operation_id, caller.provider, Start(work))
        assert isinstance(timer, Timer)
        return timer

    async def _stop(
        self, caller: Caller, account: Account, timer: Timer, at: datetime | None, *, part: str
    ) -> TimeEntry:
        end = at or max(self.clock.now(), timer.start + _SHORTEST)
        if at:
            _check_end(timer, at, self.clock.now())
        _check_length(timer, end)
        if timer.is_held:
            return await self._stop_held(caller, account, timer, end)
        if account != caller.account:
            raise NotAllowed(f"<@{account.user}> runs {_name(timer)} with their own sign-in. Only they can stop it.")
        entry = await self.journal.write(f"{caller.operation_id}{part}", caller.provider, Stop(timer, at))
        assert isinstance(entry, TimeEntry)
        return entry

    async def _stop_held(self, caller: Caller, account: Account, timer: Timer, end: datetime) -> TimeEntry:
        """Named after the timer, not the click: however often it is stopped, it becomes one entry."""
        try:
            entry = await self.journal.write(timer.id, caller.provider, Create(draft_of(timer, end)), owner=account)
        except NoAnswer as error:
            await self._let_go(account, timer)  # the journal has it now
            raise NoAnswer(f"{error.sentence} It was {_name(timer)}, {_span(caller, timer, end)}.") from error
        await self._let_go(account, timer)
        assert isinstance(entry, TimeEntry)
        return entry

    async def _let_go(self, account: Account, timer: Timer) -> None:
        """The entry is made; should this fail, stopping the timer again finds the entry and makes no other."""
        try:
            await self.held.release(account, timer)
        except NotSaved as error:
            log.error("held timer %s is logged but not released: %s", timer.id, error.sentence)


def _span(caller: Caller, timer: Timer, end: datetime) -> str:
    zone = caller.person.zone
    day = timer.start.astimezone(zone).date()
    return f"{format_day(day, end.astimezone(zone).date())}, {wall_time(timer.start, zone)}–{wall_time(end, zone)}"


def _check_end(timer: Timer, end: datetime, now: datetime) -> None:
    length = end - timer.start
    if end > now:
        raise NotUnderstood("That is still to come. A timer stops now or earlier.", field="end")
    if length < _SHORTEST:
        raise NotUnderstood(f"{_name(timer)} was started later than that. Give a later end, or cancel it.", field="end")
    _check_length(timer, end)


def _check_length(timer: Timer, end: datetime) -> None:
    length = end - timer.start
    if length > LONGEST:
        raise NotUnderstood(
            f"{_name(timer)} has run for {format_duration(length)}, longer than a day. "
            "Say when it really ended, as in stop yesterday at 17:00, or cancel it.",
            field="end",
        )


def _told_both(error: TimerError, stopped: Timer) -> TimerError:
    """A failure after a success: what was stopped is saved all the same."""
    return type(error)(f"{error.sentence} {_name(stopped)} was stopped and saved.")


def _name(timer: Timer) -> str:
    return timer.work.task.name if timer.work.task else timer.work.description or "The timer"
