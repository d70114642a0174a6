"""Reads a person's days for the answers that show them."""

import asyncio
from datetime import date, timedelta

from app.core.accounts import Caller
from app.core.day_total import DayTotal
from app.core.day_total import day_total as with_entry
from app.core.errors import TimerError
from app.core.model import TimeEntry, Timer
from app.core.permissions import Deed
from app.slack import messages
from app.slack.call import Answer, Call

_PATIENCE = 1.0


async def show_day(call: Call, day: date) -> Answer:
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, call.phrase.assignee, Deed.SEE)
    entries = call.services.logbook.entries(caller, day, whose=whose)
    if day != call.today:
        return messages.day_shown(call, caller, day, await entries, None)
    timer, found = await asyncio.gather(call.services.tracker.current(caller, whose), entries)
    return messages.day_shown(call, caller, day, found, timer)


async def show_week(call: Call) -> Answer:
    """This week, from Monday on."""
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, call.phrase.assignee, Deed.SEE)
    monday = call.today - timedelta(days=call.today.weekday())
    entries = await call.services.logbook.entries(caller, monday, call.today, whose)
    return messages.week_shown(call, caller, monday, entries)


async def pick_entry(call: Call) -> Answer:
    """The entries of the day that was said, each with its buttons."""
    caller = await call.caller()
    shown = call.phrase.day or call.today
    entries = await call.services.logbook.entries(caller, shown)
    return messages.entries_to_pick(call, caller, shown, entries)


async def day_total(call: Call, caller: Caller, entry: TimeEntry) -> DayTotal | None:
    """Of the caller's own day that `entry` is on; None when the provider is too slow to be waited for."""
    day = entry.start.astimezone(call.zone).date()
    try:
        async with asyncio.timeout(_PATIENCE):
            entries = await call.services.logbook.entries(caller, day)
    except (TimerError, TimeoutError):
        return None
    return with_entry(entry, entries, is_mine=entry.assignee == caller.account.user_id)


async def last_or_running(call: Call, caller: Caller) -> TimeEntry | Timer:
    """What `/timer tag` is about: what runs, else what ended last. Raises `EntryNotFound`."""
    return await call.services.tracker.current(caller) or await call.services.logbook.last(caller)
