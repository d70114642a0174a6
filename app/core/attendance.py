"""Who is there, as far as Slack tells: asked for many at once and not more often than needed, and known without it."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.errors import TimerError
from app.core.ports import Clock
from app.core.reminder import Presence, Reminder
from app.core.reminder_ports import Presences, Reminders
from app.core.roll_call import FRESH, RollCall
from app.core.turns import Turns

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=10)  # whoever is to be looked up by then is asked for with the one whose turn it is
MOST = 400
QUIET_AT_ONCE = 50
READ_SECONDS = 30.0
AGAIN = timedelta(minutes=2)  # after Slack has not answered


@dataclass(frozen=True, slots=True)
class Attendance:
    reminders: Reminders
    presences: Presences
    clock: Clock
    roll_call: RollCall
    _turns: Turns = field(default_factory=Turns, repr=False)
    _failed_at: dict[str, datetime] = field(default_factory=dict, repr=False)

    async def of(self, reminder: Reminder) -> Presence:
        """As Slack says, or has said last; never raises for want of an answer."""
        async with self._turns.of(reminder.team, ""):
            if not await self._is_fresh(reminder) and not self._failed_lately(reminder.team):
                await self._look_round(reminder)
        return await self.reminders.presence(reminder.team, reminder.user)

    async def _look_round(self, reminder: Reminder) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._look_up(reminder)
        except (TimerError, TimeoutError) as error:
            log.warning("Slack did not say who is there: %s", type(error).__name__)
            self._failed_at[reminder.team] = self.clock.now()

    async def _look_up(self, reminder: Reminder) -> None:
        now = self.clock.now()
        seen = await self.reminders.unseen(reminder, since=now - FRESH, until=now + AHEAD, limit=MOST)
        old = [user for user, one in seen.items() if not self._is_new(one.profile_at)]
        left = set(old) - await self.roll_call.read(reminder.team, old)
        wanted = [user for user, one in seen.items() if user not in left and not self._is_new(one.quiet_at)]
        for at in range(0, len(wanted), QUIET_AT_ONCE):
            told = await self.presences.quiet(reminder.team, wanted[at : at + QUIET_AT_ONCE])
            await self.reminders.keep_quiet(reminder.team, told, now)

    async def _is_fresh(self, reminder: Reminder) -> bool:
        seen = await self.reminders.seen(reminder.team, reminder.user)
        return self._is_new(seen.profile_at) and self._is_new(seen.quiet_at)

    def _is_new(self, told_at: datetime | None) -> bool:
        return told_at is not None and abs(self.clock.now() - told_at) < FRESH

    def _failed_lately(self, team: str) -> bool:
        failed_at = self._failed_at.get(team)
        return failed_at is not None and abs(self.clock.now() - failed_at) < AGAIN
