"""Reminding as a whole: who is due is planned, then looked up, then told; any number of processes may do it together."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.accounts import Accounts
from app.core.allowances import Allowances
from app.core.attendance import Attendance
from app.core.briefs import Briefs
from app.core.planning import TURN, Planning
from app.core.ports import Clock, Store
from app.core.reading_days import ReadingDays
from app.core.reminder_ports import Bell, Holidays, Presences
from app.core.roll_call import RollCall
from app.core.sending_reminders import LONGEST_IDLE, PAUSE, SendingReminders
from app.core.silence import Silence
from app.core.timer_reminders import TimerReminders


@dataclass(frozen=True, slots=True)
class Reminding:
    """Where an older database was put back, what it takes for unsent may have been sent: nothing is, until it is reconciled."""

    store: Store
    planning: Planning
    reading: ReadingDays
    sending: SendingReminders

    async def plan(self) -> int:
        """Returns for how many people."""
        return await self.planning.plan()

    async def read_due(self) -> int:
        """Returns how many days were looked up."""
        return 0 if await self.store.put_back_as_of() else await self.reading.read_due()

    async def send_due(self) -> timedelta:
        """Returns how long nothing can be sent now, a second at most."""
        idle = await self.sending.idle()
        if idle:
            return idle
        if await self.store.put_back_as_of():
            return LONGEST_IDLE
        await self.sending.send_due()
        return await self.sending.idle()


@dataclass(frozen=True, slots=True)
class Pacing:
    """How long a claim lasts, for planning and for the rest, and how long a Slack workspace is left alone after a message.

    Two machines whose clocks differ by as much as is tolerated take no claim from each other.
    """

    turn: timedelta = TURN
    lease: timedelta = timedelta(minutes=5)
    pause: timedelta = PAUSE


USUAL_PACING = Pacing()


def reminding_of(
    accounts: Accounts,
    briefs: Briefs,
    presences: Presences,
    bell: Bell,
    holidays: Holidays,
    clock: Clock,
    pacing: Pacing = USUAL_PACING,
) -> Reminding:
    """Put together from what it asks of the outside."""
    store, reminders = accounts.store, accounts.store.reminders
    allowances = Allowances(reminders)
    attendance = Attendance(reminders, presences, clock, RollCall(reminders, presences, clock))
    silence = Silence(store, attendance, holidays, clock)
    timers = TimerReminders(reminders, briefs.tracker, clock)
    reading = ReadingDays(reminders, accounts, allowances, briefs, silence, timers, clock, pacing.lease)
    return Reminding(
        store,
        Planning(reminders, accounts, allowances, timers, clock, pacing.turn),
        reading,
        SendingReminders(reminders, accounts, reading, silence, bell, clock, pacing.lease, pacing.pause),
    )
