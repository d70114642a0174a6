"""Who is there, as far as Slack tells: asked for many at once and not more often than needed, and known without it."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.errors import TimerError
from app.core.ports import Clock
from app.core.reminder import Presence, Reminder
from app.core.reminder_ports import Presences, Reminders
from app.core.turns import Turns

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=20)  # what changes meanwhile Slack tells by itself
AHEAD = timedelta(minutes=10)  # whoever is to be looked up by then is asked for with the one whose turn it is
MOST = 400
READ_SECONDS = 30.0
AGAIN = timedelta(minutes=5)  # after Slack has not answered


@dataclass(frozen=True, slots=True)
class Attendance:
    reminders: Reminders
    presences: Presences
    clock: Clock
    _turns: Turns = field(default_factory=Turns, repr=False)
    _failed_at: dict[str, datetime] = field(default_factory=dict, repr=False)

    async def of(self, reminder: Reminder) -> Presence:
        """As Slack says, or has said last; never raises for want of an answer."""
        async with self._turns.of(reminder.team, ""):
            if not await self._is_fresh(reminder) and not self._failed_lately(reminder.team):
                await self._look_round(reminder)
        return await self.reminders.presence(reminder.team, reminder.user)

    async def _look_round(self, reminder: Reminder) -> None:
        now = self.clock.now()
        users = await self.reminders.unseen(reminder, since=now - FRESH, until=now + AHEAD, limit=MOST)
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._look_up(reminder.team, users)
        except (TimerError, TimeoutError) as error:
            log.warning("Slack did not say who is there: %s", type(error).__name__)
            self._failed_at[reminder.team] = now

    async def _look_up(self, team: str, users: Iterable[str]) -> None:
        found = await self.presences.read(team, list(users))
        await self.reminders.keep_profiles(team, found, self.clock.now())
        await self.reminders.keep_quiet(team, found, self.clock.now())

    async def _is_fresh(self, reminder: Reminder) -> bool:
        seen = await self.reminders.seen(reminder.team, reminder.user)
        return self._is_new(seen.profile_at) and self._is_new(seen.quiet_at)

    def _is_new(self, told_at: datetime | None) -> bool:
        return told_at is not None and abs(self.clock.now() - told_at) < FRESH

    def _failed_lately(self, team: str) -> bool:
        failed_at = self._failed_at.get(team)
        return failed_at is not None and abs(self.clock.now() - failed_at) < AGAIN
