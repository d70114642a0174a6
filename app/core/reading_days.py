"""Looks up what reminders are about, once each and in time, and keeps silent where it is clear already that they may."""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core import decision, timer_reminders
from app.core.accounts import Accounts, Caller
from app.core.allowances import Allowances, place_in_line
from app.core.briefs import Briefs
from app.core.errors import NotConnected, TimerError, TooManyRequests
from app.core.model import Person
from app.core.ports import Clock
from app.core.reminder import Brief, Decision, Kind, Reminder, Rule
from app.core.reminder_ports import Reminders
from app.core.silence import Silence
from app.core.timer_reminders import TimerReminders
from app.core.turn_taking import take_turns

log = logging.getLogger(__name__)

AT_ONCE = 32  # one service that hangs has many under way, and the others are not to wait for it
GIVEN_UP_AFTER = timedelta(minutes=30)  # what could not be read by then has become no news
AGAIN = A_MINUTE = timedelta(minutes=1)
AGAIN_FOR_A_TIMER = timedelta(minutes=15)
MOST_TRIES = 20  # in a row that came to no end, as where it ends the process each time


@dataclass(frozen=True, slots=True)
class ReadingDays:
    reminders: Reminders
    accounts: Accounts
    allowances: Allowances
    briefs: Briefs
    silence: Silence
    timers: TimerReminders
    clock: Clock
    lease: timedelta

    async def read_due(self) -> int:
        """Everything that is due to be looked up. Returns how many were."""
        return await take_turns(self._take, self._read_safely, at_once=AT_ONCE)

    async def brief(self, reminder: Reminder, person: Person) -> Brief:
        """Raises `NotConnected`, `TooManyRequests` where the hour's requests are used up, and other `TimerError`s."""
        name = f"remind:{reminder.kind}:{reminder.day}"
        await self._spend(await self.accounts.known(person, name))
        caller = await self.accounts.caller(person, name)
        if reminder.kind is Kind.TIMER:
            return await self.timers.read(caller, reminder.day)
        return await self.briefs.read(caller, reminder.day)

    async def _take(self) -> Reminder | None:
        now = self.clock.now()
        return await self.reminders.claim_reading(now, lease=secrets.token_hex(8), until=now + self.lease)

    async def _read_safely(self, reminder: Reminder) -> None:
        """One that can't be read keeps nobody else's from it."""
        try:
            await self._read(reminder)
        except NotConnected:
            await self._settle(reminder, Decision(Rule.NOT_CONNECTED))
        except TooManyRequests as error:
            await self._later(reminder, _in_line(reminder, error.until), Decision(Rule.BUDGET))
        except TimerError as error:
            log.info("a day was not read: %s", type(error).__name__)
            await self._later(reminder, None, Decision(Rule.UNREAD, error.sentence))
        except Exception:
            log.exception("the day of %s could not be read", reminder.user)
            await self._later(reminder, None, Decision(Rule.UNREAD))

    async def _read(self, reminder: Reminder) -> None:
        person = await self.accounts.person(reminder.team, reminder.user)
        if person is None or reminder.tries > MOST_TRIES:
            await self._settle(reminder, Decision(Rule.UNREAD))
            return
        silent = await self.silence.looked_up(reminder, person)
        if silent:
            await self.silence.keep(reminder, silent)
            return
        brief = await self.brief(reminder, person)
        await self._carry_on(reminder, brief, decided(reminder, person, brief, max(reminder.due_at, self.clock.now())))
        if brief.timer:
            await self.timers.seen(person, brief.timer)

    async def _carry_on(self, reminder: Reminder, brief: Brief, decision: Decision) -> None:
        """A day that is complete by what runs may not be so when its hour has come."""
        if decision.until:
            await self.reminders.again(reminder, decision, decision.until)
        elif decision.asks or (brief.timer and reminder.kind is Kind.DAY):
            await self.reminders.briefed(reminder, brief)
        else:
            await self._settle(reminder, decision)

    async def _spend(self, caller: Caller) -> None:
        now = self.clock.now()
        if not await self.allowances.spend(caller.account, caller.provider.capabilities, now):
            next_hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            raise TooManyRequests("This hour's requests for reminders are used up.", next_hour)

    async def _later(self, reminder: Reminder, at: datetime | None, decision: Decision) -> None:
        """A failed reading never becomes a nag: it is tried again for a while, then nothing is said.

        Whoever has forgotten a timer is still to be asked hours later.
        """
        if reminder.kind is Kind.TIMER:
            await self.reminders.retry(reminder, max(at or self.clock.now(), self.clock.now() + AGAIN_FOR_A_TIMER))
            return
        at = max(at or self.clock.now(), self.clock.now() + AGAIN)
        if at > reminder.due_at + GIVEN_UP_AFTER:
            await self._settle(reminder, decision)
        else:
            await self.reminders.retry(reminder, at)

    async def _settle(self, reminder: Reminder, decision: Decision) -> None:
        await self.reminders.settle(reminder, decision, self.clock.now(), message=None)


def _in_line(reminder: Reminder, until: datetime | None) -> datetime | None:
    """Within a minute after it, in the same order as before: not always the same people go without."""
    behind = 1 - place_in_line(reminder.team, reminder.user, reminder.day)
    return until and until + A_MINUTE * behind


def decided(reminder: Reminder, person: Person, brief: Brief, now: datetime) -> Decision:
    """With `until` it is to be looked up again then."""
    if reminder.kind is Kind.TIMER:
        return timer_reminders.after_reading(reminder, brief.timer, person, now)
    return decision.after_reading(person, brief, now)
