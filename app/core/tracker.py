"""Timers: start, stop, switch, status, cancel. At most one runs for a person."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.accounts import Caller
from app.core.asking import asked
from app.core.errors import (
    Incomplete,
    NoAnswer,
    NoTimerRunning,
    NotReached,
    NotStopped,
    NotUnderstood,
    PutBack,
    PutOff,
    Refused,
    SeveralTasks,
    SignInExpired,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.core.held_timers import HeldTimers, draft_of
from app.core.journal import Journal
from app.core.model import Account, TimeEntry, Timer, Work
from app.core.offers import check_room, check_times, require_looked_up
from app.core.operations import MAKES_ROOM, Amend, Cancel, Create, Halt, Held, Start, State, Stop
from app.core.outcomes import saved_although
from app.core.permissions import Deed, require
from app.core.ports import Clock
from app.core.timer_ends import (
    SHORTEST,
    STILL_TO_COME,
    check_clock,
    check_end,
    check_length,
    check_reach,
    name_of,
    told,
    told_both,
)
from app.core.waiting_stops import WaitingStops
from app.core.worklist import Worklist

LATE = timedelta(seconds=5)
COMPLETED_BY = ("task", "tags", "description")


@dataclass(frozen=True, slots=True)
class Started:
    """The timer that runs now, the entry that the one before it became, and the operation that did it.

    `note` is a sentence about what is still to be sent.
    """

    timer: Timer
    operation_id: str
    stopped: TimeEntry | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The entry that a timer became, and the operation that did it."""

    entry: TimeEntry
    operation_id: str


@dataclass(frozen=True, slots=True)
class Tracker:
    journal: Journal
    held: HeldTimers
    worklist: Worklist
    waiting_stops: WaitingStops
    clock: Clock
    command: str = "/timer"

    async def current(self, caller: Caller, whose: Account | None = None) -> Timer | None:
        """What runs for `whose` account, the caller's own by default; what was to be stopped before is stopped first.

        Raises `NotAllowed`.
        """
        account = whose or caller.account
        require(caller.account, Deed.SEE, whose=account)
        timer = await self.held.current(account)
        if timer or not (caller.provider.capabilities.native_timer or account != caller.account):
            return timer
        running = await asked(caller.provider.current(account.user_id))
        is_own = running is not None and account == caller.account
        return None if running and is_own and await self.waiting_stops.end(caller, running) else running

    async def start(
        self, caller: Caller, work: Work, *, at: datetime | None = None, whose: Account | None = None
    ) -> Started:
        """Starts now or at an earlier moment; what runs is stopped in the same instant. Raises `NotOffered`.

        Where the provider can't be reached the timer is held here and becomes an entry when it stops.
        """
        account, begins = whose or caller.account, at or self._moment(caller)
        require(caller.account, Deed.START, whose=account)
        check_room(caller, work, account)
        is_native = self._is_native(caller, account, at)
        check_times(caller, begins, is_new=not is_native)
        intent = Start(work, at)
        try:
            running = await self.current(caller, account)
        except NotReached as error:
            if account != caller.account:
                raise  # what somebody else runs there isn't ours to stop later
            return await self._start_unreached(caller, intent, error)
        if running and running.id == f"held:{caller.operation_id}":
            return Started(running, caller.operation_id)
        if running and at and running.start >= at:
            raise NotUnderstood(
                f"{name_of(running)} was started after that. Cancel it first, or start at a later time."
            )
        if running:
            check_length(running, begins, self.command)
        intent = replace(intent, replacing=running)
        if is_native and not (running and running.is_held):
            return await self._start_natively(caller, intent)
        return await self._start_after(caller, account, intent, is_native=is_native)

    async def stop(
        self, caller: Caller, *, at: datetime | None = None, whose: Account | None = None, timer_id: str = ""
    ) -> Stopped:
        """Stops what runs, or only the timer with that id.

        Raises `NoTimerRunning`, `NotUnderstood` for an end that cannot be, and `Incomplete` where something has to
        be added to the timer first.
        """
        account = whose or caller.account
        try:
            running = await self._running(caller, account, timer_id)
        except NotReached as error:
            if account != caller.account:
                raise
            raise await self._halted(caller, at, timer_id, error) from error
        except SignInExpired as error:
            if account != caller.account:
                raise
            await self._put_off_stop(caller, at, timer_id, State.WAITING)
            raise SignInExpired(f"{error.sentence} Your stop is saved, from this moment, and is sent then.") from error
        return await self._stop(caller, account, running, at, part="")

    async def complete(
        self, caller: Caller, timer_id: str, work: Work, *, at: datetime, whose: Account | None = None
    ) -> Stopped:
        """Gives the timer what the provider wants of every entry, then stops it. Raises as `stop` does."""
        account = whose or caller.account
        running = await self._running(caller, account, timer_id)
        check_reach(caller, account, running)
        check_room(caller, work, account, known=running.work)
        if running.is_held:
            running = await self.held.amend(account, running, work)
        elif work != running.work:
            require_looked_up(caller, work)
            intent = Amend(running, work)
            amended = await self.journal.write(f"{caller.operation_id}:amend", caller, intent)
            assert isinstance(amended, Timer)
            running = amended
        return await self._stop(caller, account, running, at, part="")

    async def _running(self, caller: Caller, account: Account, timer_id: str) -> Timer:
        require(caller.account, Deed.STOP, whose=account)
        running = await self.current(caller, account)
        if running is None:
            raise NoTimerRunning("No timer is running. Start one, or log the time that is missing.")
        if timer_id and running.id != timer_id:
            raise NoTimerRunning("That timer isn't running any more, but another one is. Nothing was changed.")
        return running

    async def cancel(self, caller: Caller, timer_id: str) -> Timer:
        """Drops the timer with that id without saving. Raises `NoTimerRunning`."""
        running = await self.current(caller)
        if running is None or running.id != timer_id:
            raise NoTimerRunning("That timer isn't running any more, so there is nothing to drop.")
        await self.drop(caller, caller.account, running)
        return running

    async def drop(self, caller: Caller, account: Account, running: Timer) -> None:
        """Drops what runs for `account` without saving, once it is clear that it is what was meant."""
        if not running.is_held:
            await self.journal.write(caller.operation_id, caller, Cancel(running), owner=account)
            return
        await self.held.drop(account, running)
        await self.journal.note(caller.operation_id, caller, Cancel(running), running, owner=account)

    async def _start_after(self, caller: Caller, account: Account, intent: Start, *, is_native: bool) -> Started:
        """Saves what runs, also when that is still to be sent, and starts."""
        running, stopped, note = intent.replacing, None, ""
        try:
            if running:
                stopped = (await self._stop(caller, account, running, intent.at, part=MAKES_ROOM)).entry
        except (PutOff, NoAnswer) as error:
            note = error.sentence
        try:
            if is_native and not intent.work.sought:
                timer = await self._native(caller, intent)
            else:
                timer = await self._hold(caller, account, intent)
        except NotReached as error:
            started = await self._start_unreached(caller, intent, error)
            return replace(started, stopped=stopped, note=f"{note} {started.note}".strip())
        except TimerError as error:
            if running is None:
                raise
            raise told_both(error, running, note) from error
        await self.worklist.remember(caller, intent.work)
        return Started(timer, caller.operation_id, stopped, note)

    async def _start_unreached(self, caller: Caller, intent: Start, error: NotReached) -> Started:
        """Held here from now on; what runs there, if anything does, is stopped at that moment when it can be."""
        if caller.provider.capabilities.timers_only:
            raise error
        begins = intent.at or self._moment(caller)
        timer = await self.held.startable(caller.account, intent.work, begins, caller.operation_id)
        halt = Halt(begins, makes_room=True)
        await self.journal.put_off(f"{caller.operation_id}{MAKES_ROOM}", caller, halt, held=Held(keeping=timer))
        await self.journal.note(caller.operation_id, caller, intent, timer)
        label = caller.provider.label
        why = f"{label} isn't answering"
        if isinstance(error, TooManyRequests):
            why = f"{label} takes no more requests just now"
        if isinstance(error, PutBack):
            why = "A backup of mine was put back and I send nothing just now"
        return Started(timer, caller.operation_id, note=f"{why}, so I keep the timer here until you stop it.")

    async def _halted(self, caller: Caller, at: datetime | None, timer_id: str, error: NotReached) -> PutOff:
        await self._put_off_stop(caller, at, timer_id, State.QUEUED)
        return PutOff(saved_although(error, caller.provider.label), caller.operation_id)

    async def _put_off_stop(self, caller: Caller, at: datetime | None, timer_id: str, state: State) -> None:
        """The moment of stopping is that of the click, or the one that was given, whatever runs there."""
        now = self._moment(caller)
        if at and at > now:
            raise NotUnderstood(STILL_TO_COME, field="end")
        await self.journal.put_off(caller.operation_id, caller, Halt(at or now, timer_id), state=state)

    def _moment(self, caller: Caller) -> datetime:
        """When they did it: what happens later than that happens late."""
        return min(caller.acted_at or self.clock.now(), self.clock.now())

    def _if_late(self, caller: Caller, timer: Timer) -> datetime | None:
        """That moment, where so much time has passed since that the provider's own would be wrong."""
        moment = self._moment(caller)
        is_late = self.clock.now() - moment > LATE and moment - timer.start >= SHORTEST
        return moment if is_late else None

    def _is_native(self, caller: Caller, account: Account, at: datetime | None) -> bool:
        offered = caller.provider.capabilities
        return offered.native_timer and account == caller.account and (at is None or offered.backdated_start)

    async def _start_natively(self, caller: Caller, intent: Start) -> Started:
        running = intent.replacing
        try:
            require_looked_up(caller, intent.work)
            timer = await self._native(caller, intent)
        except NotReached as error:
            return await self._start_unreached(caller, intent, error)
        except NotStopped as error:
            if running is None or error.field not in COMPLETED_BY:
                raise
            ends = intent.at or self._moment(caller)
            whose = caller.account.user
            raise Incomplete(error.sentence, running, ends, field=error.field, whose=whose) from error
        await self.worklist.remember(caller, intent.work)
        if running is None or running.id == timer.id:
            return Started(timer, caller.operation_id)
        # The provider stopped the old timer when it started this one, and says nothing about it.
        stopped = TimeEntry(running.id, running.work, running.start, timer.start, running.assignee)
        return Started(timer, caller.operation_id, stopped)

    async def _native(self, caller: Caller, intent: Start) -> Timer:
        timer = await self.journal.write(caller.operation_id, caller, intent)
        assert isinstance(timer, Timer)
        return timer

    async def _hold(self, caller: Caller, account: Account, intent: Start) -> Timer:
        begins = intent.at or self._moment(caller)
        timer = await self.held.start(account, intent.work, begins, caller.operation_id)
        await self.journal.note(caller.operation_id, caller, intent, timer, owner=account)
        return timer

    async def _stop(self, caller: Caller, account: Account, timer: Timer, at: datetime | None, *, part: str) -> Stopped:
        caller = replace(caller, act=f"{caller.act or caller.operation_id}{part}")
        check_clock(timer, self.clock.now())
        at = at or self._if_late(caller, timer)
        end = at or max(self._moment(caller), timer.start + SHORTEST)
        if at:
            check_end(caller, timer, at, now=self.clock.now())
        check_length(timer, end, self.command)
        check_reach(caller, account, timer)
        try:
            if timer.is_held:
                return Stopped(await self._stop_held(caller, account, timer, end), timer.id)
            operation_id = f"{caller.operation_id}{part}"
            entry = await self.journal.write(operation_id, caller, Stop(timer, at))
        except (Refused, TaskNotFound, SeveralTasks) as error:
            if error.field in COMPLETED_BY:
                raise Incomplete(error.sentence, timer, end, field=error.field, whose=account.user) from error
            raise
        assert isinstance(entry, TimeEntry)
        return Stopped(entry, operation_id)

    async def _stop_held(self, caller: Caller, account: Account, timer: Timer, end: datetime) -> TimeEntry:
        """Named after the timer, not the click: however often it is stopped, it becomes one entry.

        From the moment that the entry is on disk the timer is not held any more, unless the entry is refused.
        """
        with suppress(NotReached):
            timer = replace(timer, work=await self.worklist.found(caller, timer.work))
        draft, gone = draft_of(timer, end, is_timed=caller.provider.capabilities.clock_times), Held(letting_go=timer)
        try:
            entry = await self.journal.write(timer.id, caller, Create(draft), owner=account, held=gone)
        except NoAnswer as error:
            raise NoAnswer(f"{error.sentence} {told(caller, timer, end)}") from error
        assert isinstance(entry, TimeEntry)
        return entry
