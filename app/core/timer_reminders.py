"""Reminders of timers that may have been forgotten: planned where one is known to run, and decided by what runs then.

The first of these that holds decides:

    gone            Slack has deactivated them
    not_connected   there is nothing to read
    quiet           notifications are paused: asked when that ends, however late that is
    stopped         nothing runs any more, or only what has a day of its own to be asked on
    forgotten       they are asked; later, where another timer runs whose time is yet to come

Neither a day off nor `remind off` keeps it back, and it is never too late: the hours are wrong until they answer.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.accounts import Caller
from app.core.forgotten import GRACE, Forgotten, asked_again_at, asked_at, by_day, proposed_end
from app.core.model import Person, Timer
from app.core.ports import Clock
from app.core.reminder import Brief, Decision, Kind, Presence, Reminder, Rule
from app.core.reminder_ports import Reminders
from app.core.tracker import Tracker


@dataclass(frozen=True, slots=True)
class TimerReminders:
    reminders: Reminders
    tracker: Tracker
    clock: Clock

    async def to_plan(self, person: Person) -> list[Reminder]:
        """One, where something runs that they have started from here.

        What they have just done to a timer that is past its time already, such as starting it at nine this morning, is
        no forgetting: they are asked later. So they are where they could not be asked at its time.
        """
        timer, now = await self.reminders.known_timer(person.team, person.user), self.clock.now()
        if timer is None or (await self.reminders.presence(person.team, person.user)).is_gone:
            return []
        before = await self.reminders.reminder(person.team, person.user, Kind.TIMER, day_of(timer, person))
        at = first_asked(timer, person)
        is_new = before is None or before.rule not in (Rule.FORGOTTEN, Rule.PUT_OFF)
        return [_reminder(timer, person, asked_again_at(now, person.zone) if is_new and at < now else at)]

    async def seen(self, person: Person, timer: Timer) -> None:
        """Somebody looked for another reason and saw it run; it may have been started anywhere."""
        await self.reminders.add(_reminder(timer, person, first_asked(timer, person)))

    async def read(self, caller: Caller, day: date) -> Brief:
        """What runs now, and nothing else of that day. Raises `ProviderError`s."""
        read_at = self.clock.now()
        return Brief(day, (), await self.tracker.current(caller), read_at)


def without_reading(
    reminder: Reminder, person: Person, now: datetime, *, presence: Presence, is_connected: bool
) -> Decision | None:
    """None where what runs decides. With `until` it is taken up again then, as it is.

    What could not be asked in time is not asked at night, either.
    """
    if presence.is_gone:
        return Decision(Rule.GONE)
    if not is_connected:
        return Decision(Rule.NOT_CONNECTED)
    quiet_until = _quiet_until(presence, now)
    if quiet_until:
        return Decision(Rule.QUIET, until=quiet_until)
    is_late = now > reminder.due_at + GRACE and by_day(now, person.zone) != now
    return Decision(Rule.QUIET, until=by_day(now, person.zone)) if is_late else None


def after_reading(reminder: Reminder, timer: Timer | None, person: Person, now: datetime) -> Decision:
    """With `until` it is another timer than the one that was planned for, whose time is yet to come."""
    if timer is None or day_of(timer, person) != reminder.day:
        return Decision(Rule.STOPPED)
    at = first_asked(timer, person)
    return Decision(Rule.FORGOTTEN, until=at if at > now else None)


def said_working(now: datetime) -> Decision:
    return Decision(Rule.PUT_OFF, now.replace(second=0, microsecond=0).isoformat())


def told(reminder: Reminder, timer: Timer, person: Person, now: datetime) -> Forgotten:
    """What they are to read; what they said before, see `said_working`, is known there."""
    working_at = datetime.fromisoformat(reminder.about) if reminder.rule is Rule.PUT_OFF and reminder.about else None
    return Forgotten(timer, proposed_end(timer, person.rhythm, now=now, zone=person.zone, working_at=working_at))


def first_asked(timer: Timer, person: Person) -> datetime:
    return asked_at(timer.start, person.rhythm, person.zone)


def day_of(timer: Timer, person: Person) -> date:
    """There is one question about a timer, and one timer asked about, a day: the one on which it is asked first."""
    return first_asked(timer, person).astimezone(person.zone).date()


def _reminder(timer: Timer, person: Person, at: datetime) -> Reminder:
    """Looked up only when it is due: what runs may stop at any moment."""
    return Reminder(person.team, person.user, Kind.TIMER, day_of(timer, person), due_at=at, act_at=at)


def _quiet_until(presence: Presence, now: datetime) -> datetime | None:
    start, end = presence.quiet_from, presence.quiet_until
    is_quiet = end is not None and now < end and (start is None or start <= now)
    return end if is_quiet else None
