"""Keeps silent where a rule says so that needs no reading of the provider, and keeps which rule that was."""

from dataclasses import dataclass

from app.core import timer_reminders
from app.core.attendance import Attendance
from app.core.decision import without_reading
from app.core.errors import TimerError
from app.core.model import Person
from app.core.ports import Clock, Store
from app.core.reminder import LATEST, Decision, Kind, Presence, Reminder, Rule
from app.core.reminder_ports import Holidays


@dataclass(frozen=True, slots=True)
class Silence:
    store: Store
    attendance: Attendance
    holidays: Holidays
    clock: Clock

    async def looked_up(self, reminder: Reminder, person: Person) -> Decision | None:
        """With what Slack says now, where nobody has asked it lately. None where only the provider can tell."""
        if await self._is_too_late(reminder, person):
            return Decision(Rule.LATE)
        if silent := await self._decided(reminder, person, Presence()):
            return silent
        return await self._decided(reminder, person, await self.attendance.of(reminder))

    async def known(self, reminder: Reminder, person: Person) -> Decision | None:
        """With what Slack has told by now. None where the day itself decides."""
        if await self._is_too_late(reminder, person):
            return Decision(Rule.LATE)
        presence = await self.store.reminders.presence(reminder.team, reminder.user)
        return await self._decided(reminder, person, presence)

    async def keep(self, reminder: Reminder, decision: Decision) -> None:
        """For good, or until it is decided again; what was said before of a timer stays known until then."""
        now = self.clock.now()
        if decision.until and reminder.kind is Kind.TIMER:
            await self.store.reminders.look_up_again(reminder, decision.until)
        elif decision.until and decision.until > now:
            await self.store.reminders.again(reminder, decision, decision.until)
        else:
            await self.store.reminders.settle(reminder, decision, now, message=None)

    async def _decided(self, reminder: Reminder, person: Person, presence: Presence) -> Decision | None:
        if reminder.kind is Kind.TIMER:
            is_connected = await self._is_connected(reminder)
            return timer_reminders.without_reading(
                reminder, person, self.clock.now(), presence=presence, is_connected=is_connected
            )
        return without_reading(
            person,
            reminder.day,
            self.clock.now(),
            presence=presence,
            holiday=self.holidays.on(reminder.day, person.zone),
            is_connected=await self._is_connected(reminder),
            answered=reminder,
        )

    async def _is_connected(self, reminder: Reminder) -> bool:
        try:
            account = await self.store.account(reminder.team, reminder.user)
        except TimerError:
            return False
        return account is not None and not account.has_left

    async def _is_too_late(self, reminder: Reminder, person: Person) -> bool:
        """After an outage; and in a long queue the next morning is no time to ask about a day."""
        now = self.clock.now()
        if now <= reminder.due_at + LATEST or reminder.kind is Kind.TIMER:
            return False
        is_over = now.astimezone(person.zone).date() > reminder.day
        return is_over or await self.store.reminders.is_late_by_an_outage(reminder, now)
