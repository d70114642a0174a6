"""What was decided about asking somebody about a day, or would be by now, and the rule behind it."""

from datetime import date

from app.core.briefs import is_left_on
from app.core.decision import after_reading, due, without_reading
from app.core.errors import TimerError
from app.core.reminder import LATEST, Decision, Kind, Reminder
from app.core.words import Slot, Word
from app.slack import messages, rhythms
from app.slack.call import Answer, Call, Command, Reply


async def why(call: Call) -> Answer:
    rhythms.require_known(call)
    day = call.phrase.day or call.today
    said, timer = await _about_day(call, day), await _reminder(call, Kind.TIMER, day)
    return messages.why_with_timer(call, said, timer) if timer else said


async def _reminder(call: Call, kind: Kind, day: date) -> Reminder | None:
    return await call.services.store.reminders.reminder(call.person.team, call.person.user, kind, day)


async def _about_day(call: Call, day: date) -> Reply:
    reminder = await _reminder(call, Kind.DAY, day)
    if reminder and reminder.settled_at and reminder.rule:
        return messages.why_settled(call, reminder, reminder.rule)
    if day < call.today:
        return messages.why_not_planned(call, day)
    return await _expected(call, day, reminder)


async def _expected(call: Call, day: date, reminder: Reminder | None) -> Reply:
    """By what is known without asking the provider, where that decides; else it is asked."""
    hour = reminder.due_at if reminder else due(call.person.rhythm, day, call.zone)
    if decision := await _known(call, day, reminder):
        return messages.why_expected(call, decision, hour)
    if call.now > hour + LATEST or (reminder is None and await rhythms.was_over(call, hour)):
        return messages.why_not_planned(call, day)
    try:
        brief = await call.services.briefs.read(await call.caller(), day)
    except TimerError as error:
        return messages.why_unread(call, hour, error.sentence)
    at = max(hour, call.now)
    is_running = brief.timer is not None and not is_left_on(brief, at, call.zone)
    return messages.why_expected(call, after_reading(call.person, brief, at), hour, is_running=is_running)


async def _known(call: Call, day: date, reminder: Reminder | None) -> Decision | None:
    person = call.person
    return without_reading(
        person,
        day,
        call.now,
        presence=await call.services.store.reminders.presence(person.team, person.user),
        holiday=call.services.holidays.on(day, person.zone),
        is_connected=await rhythms.is_connected(call),
        answered=reminder,
    )


COMMAND = Command(
    Word("why", Slot.DAY),
    usage="why [yesterday | mon | 18 nov]",
    summary="Whether you are asked about your day, or were, and which rule decided.",
    examples=("why", "why yesterday"),
    run=why,
)
