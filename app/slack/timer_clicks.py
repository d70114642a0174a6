"""The buttons below a timer that may have been forgotten: it runs on, or it ended when they say."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.accounts import Caller
from app.core.errors import NoTimerRunning
from app.core.forgotten import Forgotten, asked_again_at
from app.core.model import Timer
from app.core.reminder import Decision, Kind, Rule
from app.core.timer_reminders import said_working
from app.slack import days, ids, messages
from app.slack.call import Answer, Call, in_turn
from app.slack.modals import timer_end


@dataclass(frozen=True, slots=True)
class About:
    """What such a button carries: the day they were asked on, the end that was proposed, and which timer it is about."""

    day: date
    proposed: datetime | None
    timer_id: str


def about(value: str) -> About:
    """Raises `NoTimerRunning` for what none of our buttons says."""
    day, _, rest = value.partition(" ")
    proposed, _, timer_id = rest.partition(" ")
    try:
        return About(date.fromisoformat(day), None if proposed == "-" else _moment(proposed), timer_id)
    except ValueError:
        raise NoTimerRunning("That button is too old. Type status to see what runs.") from None


async def still_working(call: Call) -> Answer:
    caller, asked = await call.caller(), about(call.value)
    timer = await _running(call, caller, asked.timer_id)
    if Forgotten(timer).is_too_long(call.now):
        return messages.timer_forgotten(call, caller, asked.day, Forgotten(timer, asked.proposed))
    again_at, who = asked_again_at(call.now, call.zone), (call.person.team, call.person.user)
    await call.services.store.reminders.reask(*who, Kind.TIMER, asked.day, said_working(call.now), again_at)
    return messages.still_working(call, timer, again_at)


async def stopped_at(call: Call) -> Answer:
    caller, asked = await call.caller(), about(call.value)
    end = asked.proposed or call.now
    stopped = await call.services.tracker.stop(caller, at=end, timer_id=asked.timer_id)
    await answered(call, asked.day)
    return messages.timer_trimmed(call, caller, stopped, await days.day_total(call, caller, stopped.entry), end=end)


async def stopped_at_another_time(call: Call) -> Answer:
    asked = about(call.value)

    async def running(caller: Caller) -> Timer:
        return await _running(call, caller, asked.timer_id)

    return timer_end.form(call, running, day=asked.day, proposed=asked.proposed)


async def answered(call: Call, day: date) -> None:
    """Nothing more is asked about that timer."""
    who = (call.person.team, call.person.user)
    await call.services.store.reminders.close(*who, Kind.TIMER, day, Decision(Rule.STOPPED), call.now)


async def _running(call: Call, caller: Caller, timer_id: str) -> Timer:
    timer = await call.services.tracker.current(caller)
    if timer is None:
        raise NoTimerRunning("That timer isn't running any more. Nothing was changed.")
    if timer.id != timer_id:
        raise NoTimerRunning("That timer isn't running any more, but another one is. Nothing was changed.")
    return timer


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


TIMER_CLICKS = {
    ids.STILL_WORKING: in_turn(still_working),
    ids.STOPPED_AT: in_turn(stopped_at),
    ids.STOPPED_AT_ANOTHER_TIME: stopped_at_another_time,
}
