"""The buttons of the message at the end of the day. The day is read again before anything is written."""

from collections.abc import Sequence
from datetime import timedelta

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.day_copy import day_copy
from app.core.day_copying import DayCopying
from app.core.errors import NotOffered, PutOff, TimerError
from app.core.model import TimeEntry
from app.core.reminder import Brief, Decision, Kind, Rule
from app.slack import asked_day, ids, messages
from app.slack.call import Answer, Call, Handler, in_turn
from app.slack.messages import DayNews
from app.slack.modals import log_rest

AGAIN_AFTER = timedelta(hours=1)
_CHANGED = "Your day has changed meanwhile. This is what would be logged now; nothing was yet."
_COMPLETE = "It was complete already, so nothing was logged."
_NOTHING_TO_COPY = "There is nothing to copy: it is all there already, or still to come."


async def log(call: Call) -> Answer:
    day, caller = asked_day.named_day(call, call.value), await call.caller()
    if why_not := messages.cannot_be_logged(call, caller, day):
        raise NotOffered(why_not)
    return log_rest.form(call, caller, day)


async def copy(call: Call) -> Answer:
    """Shows what would be logged; nothing is yet."""
    caller, brief, held = await _read(call)
    if asked_day.is_complete(call, brief, held):
        return await asked_day.told(call, caller, brief, (_COMPLETE,))
    return await _proposed(call, caller, brief, held)


async def copy_now(call: Call) -> Answer:
    """Logs what was shown, and only that."""
    caller, brief, held = await _read(call)
    if asked_day.is_complete(call, brief, held):
        return await asked_day.told(call, caller, brief, (_COMPLETE,))
    found = day_copy(asked_day.with_entries(brief, held), call.now, call.zone)
    if found.name != call.value.split()[-1]:
        return await _proposed(call, caller, brief, held, (_CHANGED,))
    copied = await DayCopying(call.services.logbook).copy(caller, found)
    whole = asked_day.with_entries(brief, [one.entry for one in copied if one.entry])
    undoes = [one.operation_id for one in copied if one.entry or isinstance(one.error, PutOff)]
    return await asked_day.told(call, caller, whole, messages.day_copied(call, copied), undoes)


async def show(call: Call) -> Answer:
    caller, brief, _ = await _read(call)
    return await asked_day.told(call, caller, brief)


async def right(call: Call) -> Answer:
    day = asked_day.named_day(call, call.value)
    brief = await asked_day.latest(call, day)
    await asked_day.close(call, day, Rule.SAID_RIGHT)
    return messages.day_said_right(call, day, brief)


async def drop(call: Call) -> Answer:
    day = asked_day.named_day(call, call.value)
    await asked_day.close(call, day, Rule.NOT_TODAY)
    return messages.day_dropped(call, day)


async def later(call: Call) -> Answer:
    """In an hour, unless the day is over by then."""
    day, at = asked_day.named_day(call, call.value), (call.now + AGAIN_AFTER).replace(second=0, microsecond=0)
    who = call.person
    if at.astimezone(call.zone).date() == day:
        decision = Decision(Rule.PUT_OFF, until=at)
        await call.services.store.reminders.reask(who.team, who.user, Kind.DAY, day, decision, at)
        return messages.day_asked_later(call, day, at)
    await asked_day.close(call, day, Rule.PUT_OFF)
    over = f"{format_day(day, call.today)} is over by then, so I won't ask again. You can still log it here."
    return await asked_day.retold(call, await call.caller(), day, (over,))


async def undo(call: Call) -> Answer:
    """Everything that one click has logged, the last first. Raises what undoing raises where nothing comes of it."""
    day, caller = asked_day.named_day(call, call.value), await call.caller()
    gone: list[TimeEntry] = []
    withdrawn, errors = 0, []
    for operation_id in reversed(call.value.split()[1:]):
        try:
            undone = await call.services.undo.take_back(caller, operation_id)
        except TimerError as error:
            errors.append(error)
        else:
            withdrawn += undone.withdrawn is not None
            gone += [undone.entry] if undone.entry else []
    if errors and not gone and not withdrawn:
        raise errors[0]
    return await asked_day.retold(call, caller, day, messages.day_undone(len(gone) + withdrawn, errors), without=gone)


async def _read(call: Call) -> tuple[Caller, Brief, tuple[TimeEntry, ...]]:
    day, caller = asked_day.named_day(call, call.value), await call.caller()
    brief = await call.services.briefs.read(caller, day)
    return caller, brief, await asked_day.waiting(call, caller, day)


async def _proposed(
    call: Call, caller: Caller, brief: Brief, held: tuple[TimeEntry, ...], said: Sequence[str] = ()
) -> Answer:
    if why_not := messages.cannot_be_logged(call, caller, brief.day):
        raise NotOffered(why_not)
    if not day_copy(asked_day.with_entries(brief, held), call.now, call.zone).pieces:
        return await asked_day.told(call, caller, brief, (_NOTHING_TO_COPY,))
    return messages.day_copy_proposed(call, brief, DayNews(tuple(said), waiting=held))


DAY_CLICKS: dict[str, Handler] = {
    ids.DAY_LOG: log,
    ids.DAY_COPY: copy,
    ids.DAY_COPY_NOW: in_turn(copy_now),
    ids.DAY_SHOW: show,
    ids.DAY_RIGHT: right,
    ids.DAY_LATER: later,
    ids.DAY_DROP: drop,
    ids.DAY_UNDO: in_turn(undo),
}
