"""ClickUp's own timers: they run for the token's owner only, start now, and stop whatever runs."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.core.errors import AccessDenied, EntryNotFound, NoAnswer, NoTimerRunning, ProviderError, Refused, TimerError
from app.core.model import TimeEntry, Timer, Work
from app.providers import clickup_wire as wire
from app.providers.clickup_entries import NOT_TAKEN_OFF, Entries, about_of, readable
from app.providers.clickup_errors import About, no_answer
from app.providers.timer_races import another_stopped

OWNER_ONLY = (
    "ClickUp lets a timer be run only with your own sign-in. Connect with your own token, "
    "or log the time when you are done."
)
NOT_RUNNING = "That timer no longer runs in ClickUp; it was stopped elsewhere. Look at your entries of today."
ANOTHER_RUNS = "That timer no longer runs in ClickUp; another one does now. Look at what runs before you stop it."
ENDS_TOO_SOON = "That timer started later than that. Give a later end."


@dataclass(frozen=True, slots=True)
class RunningTimers:
    written: Entries

    async def current(self, assignee: str) -> Timer | None:
        """GET …/time_entries/current (Get running time entry). Somebody else's timer is never taken for theirs."""
        raw = wire.first_object(
            await self.written.calls.read(self.written.where("current"), self.written.asking_for(assignee))
        )
        if not raw:
            return None
        running = readable(wire.timer(raw, assignee=assignee), is_write=False)
        return running if running.assignee == assignee else None

    async def start(self, work: Work) -> Timer:
        """POST …/time_entries/start (Start a time entry): ClickUp stops by itself what ran before, and doesn't say so.

        It always begins now: the call has no field for when.
        """
        self._check_owner()
        answer = await self.written.calls.write(
            "POST", self.written.where("start"), wire.start_body(work), about=about_of(work)
        )
        made = wire.first_object(answer)
        started = wire.timer(made, assignee=self.written.account.user_id, known=work)
        if started is None and (timer_id := wire.identifier(made.get("id"))):
            started = Timer(timer_id, work, self.written.calls.clock.now(), self.written.account.user_id)
        return readable(started, is_write=True)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        """POST …/time_entries/stop stops whatever runs, so what runs is looked at first; an earlier end needs a PUT."""
        if at is not None and at <= timer.start:
            raise Refused(ENDS_TOO_SOON, field="end")
        stopped = await self._halt(timer) or await self._stopped(timer)
        if at is None or at >= stopped.end:
            return stopped
        try:
            return await self.written.update(stopped, replace(stopped, end=at))
        except TimerError as error:
            raise NoAnswer(f"The timer is stopped, but not at the time you gave. {error.sentence}") from None

    async def cancel(self, timer: Timer) -> None:
        """ClickUp has no such call: stop, then delete what that made."""
        await self._halt(timer)
        try:
            await self.written.calls.write("DELETE", self.written.where(timer.id), None, about=About.ENTRY)
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
            await self.written.change("PUT", before, body)
        await self.written.retag_beside(before, after, has_saved=bool(body))
        return replace(timer, work=work)

    async def _halt(self, timer: Timer) -> TimeEntry | None:
        """None where ClickUp doesn't show what it stopped. Raises `NoAnswer` when that was another timer."""
        self._check_owner()
        await self._check_runs(timer)
        try:
            answer = await self.written.calls.write("POST", self.written.where("stop"), None, about=About.ENTRY)
        except (Refused, EntryNotFound):
            await self._check_runs(timer)
            raise
        raw, mine = wire.first_object(answer), self.written.account.user_id
        if wire.identifier(raw.get("id")) not in ("", timer.id):
            raise another_stopped(wire.time_entry(raw, assignee=mine), "ClickUp")
        return wire.time_entry(raw, assignee=mine, known=timer.work)

    async def _check_runs(self, timer: Timer) -> None:
        running = await self.current(self.written.account.user_id)
        if running is None:
            raise NoTimerRunning(NOT_RUNNING)
        if running.id != timer.id:
            raise NoTimerRunning(ANOTHER_RUNS)

    async def _stopped(self, timer: Timer) -> TimeEntry:
        """After an answer without the entry, the entry itself tells."""
        try:
            return await self.written.one(timer.id)
        except (ProviderError, EntryNotFound):
            raise no_answer("ClickUp didn't say whether the timer was stopped.", is_write=True) from None

    def _check_owner(self) -> None:
        if not self.written.speaks_for_self:
            raise AccessDenied(OWNER_ONLY)
