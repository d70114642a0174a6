"""Reads the provider to find out whether an operation happened there, and what of it is still to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.asking import asked
from app.core.durations import LONGEST
from app.core.errors import EntryNotFound
from app.core.model import Draft, TimeEntry, Timer, Window, Work
from app.core.operations import (
    Amend,
    Cancel,
    Create,
    Delete,
    Halt,
    Intent,
    Operation,
    Result,
    Start,
    Stop,
    Tag,
    Update,
)
from app.core.ports import Provider
from app.core.timer_ends import CLOCKS_DIFFER, SHORTEST

KEYS_LAST = timedelta(hours=23)  # Hoursmith forgets an Idempotency-Key after a day
_NOTHING_RAN = "Nothing ran then that is still to be stopped."
_TOO_LONG = (
    "What ran then had run for more than a day, so it was left running. Say when it really ended, as in stop yesterday at "
    "17:00, or cancel it."
)
_NOT_SEEN = "I can't see that your timer was started, and another one runs now. Look at your entries."
_STOPPED_LATER = "What ran then was stopped later, elsewhere or by another timer. Look at that entry, and edit its end if it is too late."
_ABOUT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Found:
    """`happened`: what it may have become, the likeliest first. Else `remaining` is still to be sent, or it is `too_late`."""

    happened: Sequence[Result | None] = ()
    remaining: Intent | None = None
    too_late: str = ""


async def look_up(provider: Provider, operation: Operation, *, now: datetime) -> Found:
    """Changes nothing. Raises `NotReached` and `Refused` when it can't be looked up."""
    match operation.intent:
        case Create(draft):
            return await _made(provider, operation, draft, now)
        case Update(before, after):
            return await _updated(provider, before, after)
        case Delete(entry):
            return await _deleted(provider, entry)
        case Tag(on, add, remove):
            return await _tagged(provider, on, add, remove)
        case Stop() as stop:
            return await _stopped(provider, operation, stop)
        case Halt() as halt:
            return await _halted(provider, operation, halt)
        case Cancel(timer):
            return await _cancelled(provider, timer)
        case Amend(timer, work):
            running = await asked(provider.current(timer.assignee))
            if running is None or running.id != timer.id:
                return Found(too_late="That timer isn't running any more, so it was left as it is.")
            return Found(happened=[running]) if running.work == work else Found(remaining=Amend(running, work))
        case Start() as start:
            return await _started(provider, operation, start)
    return Found(too_late="That can't be looked up.")


async def _made(provider: Provider, operation: Operation, draft: Draft, now: datetime) -> Found:
    """What was never sent needs no look; nor what comes to the same thing however often it is sent."""
    intent = Create(draft)
    since = operation.sent_at
    is_safe = provider.capabilities.idempotent and not operation.keys_spent and since and now - since < KEYS_LAST
    if since is None or is_safe:
        return Found(remaining=intent)
    made = await asked(provider.made_from(draft, operation_id=operation.attempt, since=since))
    return Found(happened=made, remaining=intent)


async def _updated(provider: Provider, before: TimeEntry, after: TimeEntry) -> Found:
    """Half of it may be done. What is neither as it was nor as it was to be, somebody else has changed since."""
    current = await _entry(provider, before.id)
    if current is None:
        return Found(too_late="That entry is gone, so it couldn't be changed.")
    had, wanted, has = _seen(before), _seen(after), _seen(current)
    if has == wanted:
        return Found(happened=[current])
    if all(part in (old, new) for part, old, new in zip(has, had, wanted, strict=True)):
        return Found(remaining=Update(current, replace(after, id=current.id)))
    return Found(too_late="That entry was changed elsewhere since, so it was left as it is.")


async def _deleted(provider: Provider, entry: TimeEntry) -> Found:
    current = await _entry(provider, entry.id)
    if current is None:
        return Found(happened=[entry])
    if _seen(current) != _seen(entry):
        return Found(too_late="That entry was changed elsewhere since, so it was not deleted.")
    return Found(remaining=Delete(current))


async def _tagged(provider: Provider, on: Result, add: tuple[str, ...], remove: tuple[str, ...]) -> Found:
    running = await asked(provider.current(on.assignee)) if isinstance(on, Timer) else None
    current = running if running and running.id == on.id else await _entry(provider, on.id)
    if current is None:
        return Found(too_late="What it was about is gone, so its tags couldn't be changed.")
    has = current.work.tags
    left = Tag(current, tuple(one for one in add if one not in has), tuple(one for one in remove if one in has))
    return Found(remaining=left) if left.add or left.remove else Found(happened=[current])


async def _stopped(provider: Provider, operation: Operation, stop: Stop) -> Found:
    """The click says when it ends, however late it is sent."""
    timer, end = stop.timer, stop.at or operation.accepted_at
    running = await asked(provider.current(timer.assignee))
    if running and (still := stop_of(operation, running)):
        return Found(remaining=still)
    entry = await _entry(provider, timer.id)
    if entry is None:
        return Found(too_late="That timer is gone, so there was nothing left to stop.")
    if entry.end - end > _ABOUT and end > entry.start:
        return Found(remaining=Update(entry, replace(entry, end=end)))
    return Found(happened=[entry])


def stop_of(operation: Operation, running: Timer) -> Stop | None:
    """What stops `running`, if that is what the operation was to stop, and it hasn't run for longer than can be meant."""
    match operation.intent:
        case Halt() as halt if _is_meant(halt, running) and halt.at - running.start <= LONGEST:
            return Stop(running, halt.at)
        case Stop(timer, at) if timer.id == running.id:
            return Stop(running, max(at or operation.accepted_at, running.start + SHORTEST))
    return None


def _is_meant(halt: Halt, running: Timer) -> bool:
    return running.start < halt.at and halt.timer_id in ("", running.id)


async def _halted(provider: Provider, operation: Operation, halt: Halt) -> Found:
    running = await asked(provider.current(provider.account.user_id))
    if running and _is_meant(halt, running):
        stop = stop_of(operation, running)
        return Found(remaining=stop) if stop else Found(too_late=_TOO_LONG)
    covering = await _running_at(provider, halt)
    if covering and halt.timer_id == covering.id:
        return Found(remaining=Update(covering, replace(covering, end=halt.at)))
    if covering:
        return Found(too_late=_STOPPED_LATER)
    return Found(happened=[None]) if halt.makes_room else Found(too_late=_NOTHING_RAN)


async def _running_at(provider: Provider, halt: Halt) -> TimeEntry | None:
    """The entry that began before and ended well after; which one it was is only sure where the timer was named."""
    if halt.timer_id:
        found = await _entry(provider, halt.timer_id)
        entries = [found] if found else []
    else:
        window = Window(halt.at - LONGEST, halt.at)
        entries = await asked(provider.entries(window, provider.account.user_id))
    over = [one for one in entries if one.start < halt.at and one.end - halt.at > _ABOUT]
    return over[0] if len(over) == 1 else None


async def _cancelled(provider: Provider, timer: Timer) -> Found:
    """Some services stop a timer before they delete it, and may have come that far."""
    running = await asked(provider.current(timer.assignee))
    if running and running.id == timer.id:
        return Found(remaining=Cancel(running))
    entry = await _entry(provider, timer.id)
    if entry is None:
        return Found(happened=[timer])
    if (*_about(entry.work), entry.work.tags, entry.start) != (*_about(timer.work), timer.work.tags, timer.start):
        return Found(too_late="That timer was stopped and changed elsewhere since, so its entry was left as it is.")
    return Found(remaining=Delete(entry))


async def _started(provider: Provider, operation: Operation, start: Start) -> Found:
    """A start that did not happen is not made up for: it would begin too late."""
    running = await asked(provider.current(provider.account.user_id))
    began = start.at or operation.accepted_at
    is_it = (
        running is not None
        and _about(running.work) == _about(start.work)
        and running.start >= began - CLOCKS_DIFFER
        and not (start.replacing and running.id == start.replacing.id)
    )
    if is_it:
        return Found(happened=[running], too_late=_NOT_SEEN)
    ended = await _began_and_ended(provider, start, began)
    if ended or running is None:
        return Found(happened=ended, remaining=start)
    return Found(too_late=_NOT_SEEN)


async def _began_and_ended(provider: Provider, start: Start, began: datetime) -> list[TimeEntry]:
    """What was stopped since, by another start or elsewhere."""
    window = Window(began - CLOCKS_DIFFER, began + CLOCKS_DIFFER)
    entries = await asked(provider.entries(window, provider.account.user_id))
    about = _about(start.work)
    known = start.replacing.id if start.replacing else ""
    return [one for one in entries if _about(one.work) == about and one.id != known]


def _about(work: Work) -> tuple[str, str]:
    """A task is its id: a timer tells less of it than a search does, and it may have been renamed since."""
    return (work.task.id if work.task else "", work.description)


async def _entry(provider: Provider, entry_id: str) -> TimeEntry | None:
    try:
        return await asked(provider.entry(entry_id))
    except EntryNotFound:
        return None


def _seen(entry: TimeEntry) -> tuple[object, ...]:
    """What can be changed about it, part by part; where the time of day isn't kept, only the length counts."""
    work = entry.work
    when = (entry.start, entry.end) if entry.is_timed else (entry.duration, entry.start.date())
    return (work.task and work.task.id, work.description, frozenset(work.tags), bool(work.billable), *when)
