"""Clockify's own timers: an entry without an end. What runs is stopped first, and every doubt is settled by looking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.asking import asked
from app.core.errors import (
    AccessDenied,
    NoAnswer,
    NoTimerRunning,
    NotReached,
    NotStopped,
    Refused,
    TimerError,
)
from app.core.model import TimeEntry, Timer, Work
from app.core.ports import Clock
from app.providers import clockify_wire as wire
from app.providers.clockify_entries import HYDRATED, Entries
from app.providers.clockify_errors import About, RuleBroken, no_answer
from app.providers.clockify_wire import SECOND, Json
from app.providers.timer_races import another_stopped

OWNER_ONLY = "Clockify lets a timer be run only with your own key. Connect your Clockify account, or log the time when you are done."
NOT_RUNNING = "That timer no longer runs in Clockify; it was stopped elsewhere. Look at your entries of today."
ANOTHER_RUNS = "That timer no longer runs in Clockify; another one does now. Look at what runs before you stop it."
ENDS_TOO_SOON = "That timer started later than that. Give a later end."
STARTED_AFTER = "What runs now was started after that. Start at a later time, or cancel what runs."
NOT_STOPPED = "Clockify doesn't stop this timer: a field that the workspace requires is empty. Fill it in in Clockify and stop again."
OLD_ONE_RUNS = "The timer that runs can't be stopped yet, so the new one wasn't started."
OLD_ONE_STOPPED = "What ran before was stopped and saved."
NOTHING_RUNS_NOW = "Nothing runs now; what ran before, if anything did, was stopped and saved."
NOT_STARTED = "The new timer wasn't started."
OLD_ONE_UNSURE = "Clockify didn't say whether what runs was stopped. The new timer wasn't started; look at what runs and start again."


@dataclass(frozen=True, slots=True)
class RunningTimers:
    entries: Entries
    clock: Clock

    async def current(self, assignee: str) -> Timer | None:
        """Somebody else's timer is never taken for theirs."""
        raw = await self._running(assignee)
        if not raw:
            return None
        found = wire.timer((await self.entries.named([raw]))[0], assignee=assignee)
        if found is None:
            raise no_answer("Clockify answered with something unreadable.", is_write=False)
        return found if found.assignee == assignee else None

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        """PATCH what runs to its end, as Clockify's own clients do, then POST …/time-entries without an end."""
        self._check_owner()
        now = self.clock.now()
        begins = wire.whole_second(min(at or now, now))  # a start in the future can't be stopped
        rules = self.entries.book.latest
        rules.check_unlocked(self.entries.account, begins)
        body = await self.entries.body(work, rules) | {"start": wire.to_text(begins)}
        stopped = await self._stop_what_runs(begins, is_given=at is not None)
        try:
            return await self._start(work, body, begins)
        except TimerError as error:
            raise (_half_done(error, stopped) if stopped else error) from None

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        """PATCH …/user/{userId}/time-entries stops whatever runs, so what runs is looked at first.

        Raises `Refused` whose `field` names what the workspace requires and the timer lacks: `amend` it and stop again.
        """
        self._check_owner()
        if at is not None and at <= timer.start:
            raise Refused(ENDS_TOO_SOON, field="end")
        running = await self._check_runs(timer)
        now, start = self.clock.now(), wire.interval(running)[0] or timer.start
        # Never shorter than a second: what was started within this one ends at the next.
        end = max(wire.whole_second(min(at or now, now)), wire.whole_second(start) + SECOND)
        try:
            stopped = await self._patch(end)
        except RuleBroken as error:
            raise await self._why_not(running, error) from None
        except NoAnswer as error:
            return await self._stopped_after_all(timer, error)
        if wire.text_of(stopped.get("id")) not in ("", timer.id):
            raise another_stopped(wire.time_entry(stopped, assignee=timer.assignee), "Clockify")
        entry = wire.time_entry(stopped, assignee=timer.assignee, known=timer.work)
        if entry is None:
            return await self._stopped_after_all(timer, no_answer("Clockify's answer was unreadable.", is_write=True))
        return entry

    async def cancel(self, timer: Timer) -> None:
        """DELETE …/time-entries/{id}: a running entry goes without being stopped, a finished one stays."""
        self._check_owner()
        await self._check_runs(timer)
        await self.entries.calls.write("DELETE", self.entries.route(timer.id), None, about=About.ENTRY)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        """The running `timer` with `work` instead of its own: PUT …/time-entries/{id} with its start and no end.

        What a workspace requires may be missing while a timer runs, and must be there before it can be stopped.
        """
        self._check_owner()
        raw = await asked(self.entries.raw(timer.id))
        if not wire.is_running(raw):
            raise NoTimerRunning(NOT_RUNNING)
        body = await self.entries.merged(raw, wire.work(raw), work, self.entries.book.latest)
        answer = await self.entries.put(timer.id, body, work)
        return wire.timer(answer, assignee=timer.assignee, known=work) or replace(timer, work=work)

    async def _start(self, work: Work, body: Mapping[str, object], begins: datetime) -> Timer:
        mine = self.entries.account.user_id
        try:
            answer = await self.entries.calls.write("POST", self.entries.route(), body, about=About.NEW)
            started = wire.timer(wire.object_of(answer), assignee=mine, known=work)
            if started is None:
                raise no_answer("Clockify answered with something unreadable.", is_write=True)
        except NoAnswer as error:
            return await self._started_after_all(work, begins, error)
        return started

    async def _started_after_all(self, work: Work, begins: datetime, error: NoAnswer) -> Timer:
        """Clockify says "not found" of what it just made, so one look decides; finding nothing decides nothing."""
        try:
            running = await self.current(self.entries.account.user_id)
        except TimerError:
            raise error from None
        if running is None or (running.start, _what(running.work)) != (begins, _what(work)):
            raise error
        return running

    async def _stopped_after_all(self, timer: Timer, error: NoAnswer) -> TimeEntry:
        try:
            running = await self._running(timer.assignee)
            if wire.text_of(running.get("id")) == timer.id:
                raise error
            return await self.entries.one(timer.id)
        except TimerError:
            raise error from None

    async def _stop_what_runs(self, at: datetime, *, is_given: bool) -> str:
        """What became of it, should nothing come after; "" when nothing ran.

        Raises `Refused` when what runs can't be stopped, `NoAnswer` when that isn't clear.
        """
        try:
            await self._patch(at)
        except NoTimerRunning:
            return ""
        except RuleBroken as error:
            return await self._stop_anyway(at, error, is_given=is_given)
        except NoAnswer:
            return await self._settled_stop()
        except Refused as error:
            kind = NotStopped if error.field else type(error)
            raise kind(f"{OLD_ONE_RUNS} {error.sentence}", field=error.field) from None
        return OLD_ONE_STOPPED

    async def _stop_anyway(self, at: datetime, error: RuleBroken, *, is_given: bool) -> str:
        running = await asked(self._running(self.entries.account.user_id))
        start = wire.interval(running)[0]
        if not running or start is None:
            return ""
        if start < at:
            why = await self._why_not(running, error)
            raise NotStopped(f"{why.sentence} {OLD_ONE_RUNS}", field=why.field)
        if is_given:
            raise Refused(STARTED_AFTER, field="start")
        await self._patch(start + SECOND)  # it was started within this second
        return OLD_ONE_STOPPED

    async def _settled_stop(self) -> str:
        try:
            if not await self._running(self.entries.account.user_id):
                return NOTHING_RUNS_NOW
        except TimerError:
            pass
        raise NoAnswer(OLD_ONE_UNSURE)

    async def _patch(self, end: datetime) -> Json:
        """PATCH …/user/{userId}/time-entries (Stop running timer)."""
        mine = self.entries.account.user_id
        self.entries.memory.note_write(mine)
        body = {"end": wire.to_text(end)}
        answer = await self.entries.calls.write("PATCH", self.entries.user_route(mine), body, about=About.NEW)
        return wire.object_of(answer)

    async def _why_not(self, running: Json, error: RuleBroken) -> Refused:
        why = await self.entries.book.reason(wire.work(running), error)
        if why is error:
            return Refused(error.sentence if error.field else NOT_STOPPED, field=error.field)
        return Refused(why.sentence.replace("Add one and try again.", "Add one, then stop it again."), field=why.field)

    async def _check_runs(self, timer: Timer) -> Json:
        running = await asked(self._running(timer.assignee))
        if not running:
            raise NoTimerRunning(NOT_RUNNING)
        if wire.text_of(running.get("id")) != timer.id:
            raise NoTimerRunning(ANOTHER_RUNS)
        return running

    async def _running(self, user_id: str) -> Json:
        """GET …/user/{userId}/time-entries?in-progress=true: a list of one or none; {} when nothing runs."""
        asked = {"in-progress": "true", **HYDRATED}
        is_mine = user_id == self.entries.account.user_id
        about = About.WORKSPACE if is_mine else About.OTHERS
        answer = await self.entries.calls.read(self.entries.user_route(user_id), asked, about=about)
        return next((one for one in wire.objects(answer) if wire.is_running(one)), {})

    def _check_owner(self) -> None:
        if not self.entries.speaks_for_self:
            raise AccessDenied(OWNER_ONLY)


def _what(work: Work) -> tuple[str, str]:
    return work.task.id if work.task else "", wire.description_of(work.description)


def _half_done(error: TimerError, stopped: str) -> TimerError:
    """After one write went through, "nothing happened there" is no longer true; a refusal may be sent again."""
    if isinstance(error, NoAnswer):
        return NoAnswer(f"{stopped} {error.sentence}")
    kind = NoAnswer if isinstance(error, NotReached) else type(error)
    return kind(f"{stopped} {NOT_STARTED} {error.sentence}", field=error.field)
