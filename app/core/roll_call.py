"""Reads people's profiles from Slack: a few one by one, many from the list of everybody, which is read once for all."""

import asyncio
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import NotReached
from app.core.ports import Clock
from app.core.reminder_ports import Presences, Reminders, Roll

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=20)  # what changes meanwhile Slack tells by itself
FEW = 10
LIST_SECONDS = 15.0  # what is not read by then is read with the next ones
LEASE = timedelta(minutes=1)  # and so long the list is left alone after Slack was slow
AT_ONCE = 100  # so that others may write in between


@dataclass(frozen=True, slots=True)
class RollCall:
    """Where the list is long, more are asked for one by one: as many as it has pages cost no more than it does."""

    reminders: Reminders
    presences: Presences
    clock: Clock

    async def read(self, team: str, users: Collection[str]) -> set[str]:
        """Keeps what it reads as it comes, and says who that was. Raises `NotReached` where nothing more comes."""
        roll, found = await self.reminders.roll(team), set[str]()
        if len(users) > max(FEW, roll.size):
            found = await self._listed(team, set(users))
        missing = [user for user in users if user not in found]
        return found | await self._one_by_one(team, missing[: max(FEW, roll.size)])

    async def _one_by_one(self, team: str, users: Iterable[str]) -> set[str]:
        found = set[str]()
        for user in users:
            if told := await self.presences.profile(team, user):
                await self.reminders.keep_profiles(team, {user: told}, self.clock.now())
                found.add(user)
        return found

    async def _listed(self, team: str, wanted: set[str]) -> set[str]:
        now, found = self.clock.now(), set[str]()
        roll = await self.reminders.claim_roll(team, now, until=now + LEASE)
        if roll is None:
            return found  # another process reads it
        try:
            async with asyncio.timeout(LIST_SECONDS):
                roll = await self._go_on(team, _begun(roll, now), wanted, found)
        except (NotReached, TimeoutError) as error:
            log.warning("The list of everybody in Slack was not read to its end: %s", type(error).__name__)
            return found
        await self.reminders.keep_roll(team, roll, until=None)
        return found

    async def _go_on(self, team: str, roll: Roll, wanted: set[str], found: set[str]) -> Roll:
        """No further than to the last one who is wanted; `found` is added to."""
        while not (roll.is_done or wanted <= found):
            told_at = self.clock.now()
            page, cursor = await self.presences.listed(team, roll.cursor)
            for some in _by(AT_ONCE, list(page)):
                await self.reminders.keep_profiles(team, {user: page[user] for user in some}, told_at)
            found |= wanted & page.keys()
            roll = roll.turned(cursor)
            await self.reminders.keep_roll(team, roll, until=told_at + LEASE)
        return roll


def _begun(roll: Roll, now: datetime) -> Roll:
    """From the first page, where what was read is too old."""
    is_new = roll.began_at is not None and abs(now - roll.began_at) < FRESH
    return roll if is_new else Roll(began_at=now, size=roll.size)


def _by(size: int, users: list[str]) -> list[list[str]]:
    return [users[at : at + size] for at in range(0, len(users), size)]
