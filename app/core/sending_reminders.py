"""Sends reminders that are due, each once, at the pace that every Slack workspace takes, and never one too many."""

import asyncio
import logging
import random
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.accounts import Accounts
from app.core.crash_points import reached
from app.core.errors import NotSaved, TimerError, TooManyRequests
from app.core.model import Person
from app.core.ports import Clock
from app.core.reading_days import ReadingDays, decided
from app.core.reminder import LATEST, Brief, Decision, Kind, Reminder, Rule
from app.core.reminder_ports import Bell, Reminders, Rung
from app.core.silence import Silence
from app.core.turn_taking import take_turns

log = logging.getLogger(__name__)

AT_ONCE = 40  # a slow Slack workspace has ten under way at most, one a second for as long as Slack is waited for
PAUSE = timedelta(seconds=1)
STALE = timedelta(minutes=90)  # longer than anybody is read ahead, so only what waited in a long queue is
AGAIN = timedelta(minutes=1)
NOTED_AGAIN_AFTER, NOTING_TRIES = 0.5, 1200  # seconds: who is stopped meanwhile has little time left
MOST_TRIES = 20  # in a row that came to no end, as where it ends the process each time
LONGEST_IDLE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class SendingReminders:
    reminders: Reminders
    accounts: Accounts
    reading: ReadingDays
    silence: Silence
    bell: Bell
    clock: Clock
    lease: timedelta
    pause: timedelta
    jitter: Callable[[], float] = random.random
    _noting: set[str] = field(default_factory=set)  # the leases of what was sent and is not on disk yet

    async def send_due(self) -> int:
        """Everything that may be sent by now. Returns how many were taken up."""
        return await take_turns(self._take, self._send_safely, at_once=AT_ONCE)

    async def idle(self) -> timedelta:
        """How long nothing can be sent, a second at most."""
        now = self.clock.now()
        next_at = await self.reminders.next_sending(now)
        if next_at is None:
            return LONGEST_IDLE
        return min(max(next_at - now, timedelta()), LONGEST_IDLE)

    async def _take(self) -> Reminder | None:
        if self._noting:
            return None  # else what was sent might be claimed again, as soon as the database is back
        now, pause = self.clock.now(), self.pause * (1 + self.jitter() / 10)
        next_at = await self.reminders.next_sending(now)
        if next_at is None or now < next_at:
            return None
        lease = secrets.token_hex(8)
        return await self.reminders.claim_sending(now, lease=lease, until=now + self.lease, pause=pause)

    async def _send_safely(self, reminder: Reminder) -> None:
        """One that can't be sent keeps nobody else's from it, and is taken up again when its lease has ended."""
        try:
            await self._send(reminder)
        except Exception:
            log.exception("the reminder of %s could not be sent", reminder.user)

    async def _send(self, reminder: Reminder) -> None:
        person = await self.accounts.person(reminder.team, reminder.user)
        if person is None or reminder.brief is None or reminder.tries > MOST_TRIES:
            await self._settle(reminder, Decision(Rule.UNTOLD))
            return
        if silent := await self.silence.known(reminder, person):
            await self.silence.keep(reminder, silent)
            return
        brief = await self._up_to_date(reminder, reminder.brief, person)
        if brief is None:
            return
        decision = decided(reminder, person, brief, self.clock.now())
        if decision.until:
            await self.reminders.again(reminder, decision, decision.until)
        elif decision.asks:
            await self._ring(replace(reminder, brief=brief), person, decision)
        else:
            await self._settle(reminder, decision)

    async def _ring(self, reminder: Reminder, person: Person, decision: Decision) -> None:
        """Only in a lease that is still ours, whatever the reading took."""
        if not await self.reminders.renew(reminder, until=self.clock.now() + self.lease):
            return
        rung = await self._rung(reminder, person)
        reached("reminder.rung")
        if rung.message:
            await self._note(reminder, decision, rung.message)
        elif rung.again_after is not None:
            await self.reminders.pause(reminder, self.clock.now() + rung.again_after)
        else:
            await self._note(reminder, Decision(Rule.UNTOLD), None)

    async def _rung(self, reminder: Reminder, person: Person) -> Rung:
        """Where it failed half-way nobody knows whether it came, so it is not sent again."""
        try:
            return await self.bell.ring(reminder, person)
        except Exception:
            log.exception("the bell of %s could not be rung", reminder.user)
            return Rung()

    async def _note(self, reminder: Reminder, decision: Decision, message: tuple[str, str] | None) -> None:
        """Else it would come a second time: a database that is away for a moment is waited for.

        Should that outlast the lease, it is noted all the same, unless somebody else has taken it up.
        """
        try:
            for _ in range(NOTING_TRIES):
                with suppress(NotSaved):
                    await self.reminders.settle(reminder, decision, self.clock.now(), message=message)
                    return
                self._noting.add(reminder.lease)
                await asyncio.sleep(NOTED_AGAIN_AFTER)
            await self.reminders.settle(reminder, decision, self.clock.now(), message=message)
        finally:
            self._noting.discard(reminder.lease)

    async def _up_to_date(self, reminder: Reminder, brief: Brief, person: Person) -> Brief | None:
        """Read again where they have done something here since, or where it has become old in a long queue.

        None where it had to be read and could not be: old hours are no reason to ask, so it is tried again for a while.
        """
        is_old = self.clock.now() > brief.read_at + STALE
        if not is_old and not await self.reminders.has_acted_since(reminder.team, reminder.user, brief.read_at):
            return brief
        try:
            return await self.reading.brief(reminder, person)
        except TooManyRequests as error:
            await self._postpone(reminder, Rule.BUDGET, error.until)
        except TimerError as error:
            log.info("a day was not read again: %s", type(error).__name__)
            await self._postpone(reminder, Rule.UNREAD, None)
        return None

    async def _postpone(self, reminder: Reminder, rule: Rule, until: datetime | None) -> None:
        at = max(until or self.clock.now(), self.clock.now() + AGAIN)
        if at > reminder.due_at + LATEST and reminder.kind is Kind.DAY:
            await self._settle(reminder, Decision(rule))
        else:
            await self.reminders.retry(reminder, at)

    async def _settle(self, reminder: Reminder, decision: Decision) -> None:
        await self.reminders.settle(reminder, decision, self.clock.now(), message=None)
