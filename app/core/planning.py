"""Plans what somebody is to be reminded of next; whatever becomes of that has them planned again."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.core.accounts import Accounts
from app.core.allowances import SHORTEST, Allowances, place_in_line
from app.core.decision import due
from app.core.errors import TimerError
from app.core.model import Person
from app.core.ports import Clock
from app.core.reminder import LATEST, Kind, Reminder
from app.core.reminder_ports import Reminders
from app.core.timer_reminders import TimerReminders

log = logging.getLogger(__name__)

AT_ONCE = 100
TURN = timedelta(minutes=2)
AGAIN = timedelta(minutes=30)  # for whom Slack did not tell where they are
DAYS = 3  # today may be over, and tomorrow may be there already
SET_BACK = timedelta(minutes=5)  # a clock that is put right goes back less than that


@dataclass(slots=True)
class LastLook:
    at: datetime | None = None

    def is_before(self, now: datetime) -> bool:
        """Whether the clock was set back since."""
        was, self.at = self.at, now
        return was is not None and now < was - SET_BACK


@dataclass(frozen=True, slots=True)
class Planning:
    reminders: Reminders
    accounts: Accounts
    allowances: Allowances
    timers: TimerReminders
    clock: Clock
    turn: timedelta
    _last_look: LastLook = field(default_factory=LastLook, repr=False)

    async def plan(self) -> int:
        """Everybody for whom something is to be planned, so many at a time. Returns how many there were."""
        if self._last_look.is_before(self.clock.now()):
            await self.reminders.replan_everybody()
        total = 0
        while people := await self._take():
            total += len(people)
        return total

    async def _take(self) -> list[tuple[str, str]]:
        now = self.clock.now()
        until = now + self.turn
        people = await self.reminders.claim_planning(now, until=until, limit=AT_ONCE)
        for team, user in people:
            try:
                await self._plan(team, user, until)
            except Exception:
                log.exception("nothing could be planned for %s", user)
        return people

    async def _plan(self, team: str, user: str, until: datetime) -> None:
        person = await self.accounts.person(team, user)
        if person is None:
            await self.reminders.plan_later(team, user, self.clock.now() + AGAIN, until=until)
            return
        coming = [*await self._days(person), *await self.timers.to_plan(person)]
        await self.reminders.plan(team, user, coming, until=until)

    async def _days(self, person: Person) -> list[Reminder]:
        """The next ones, of which the first is taken that is not there yet; none for who doesn't want to be asked.

        An hour that was over when they named it, or connected, is tomorrow's, and so they are told.
        """
        if not person.rhythm.is_on:
            return []
        now, spread = self.clock.now(), await self._spread(person)
        today = now.astimezone(person.zone).date()
        coming = [_reminder(person, today + timedelta(days=days), spread) for days in range(DAYS)]
        changed_at = await self.reminders.changed_at(person.team, person.user, now)
        earliest = max(now - LATEST, changed_at or now - LATEST)
        return [one for one in coming if one.due_at > earliest]

    async def _spread(self, person: Person) -> timedelta:
        """For who is not connected, or can't be read, there is nothing to be early for."""
        try:
            account = await self.accounts.store.account(person.team, person.user)
            if account is None:
                return timedelta()
            provider = await self.accounts.connections.provider(account, person.zone)
        except TimerError:
            return timedelta()
        return await self.allowances.spread(account, provider.capabilities, self.clock.now())


def _reminder(person: Person, day: date, spread: timedelta) -> Reminder:
    at = due(person.rhythm, day, person.zone)
    lead = SHORTEST + spread * place_in_line(person.team, person.user, day)
    return Reminder(person.team, person.user, Kind.DAY, day, due_at=at, act_at=at - lead)
