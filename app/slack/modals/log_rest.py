"""The form that the message at the end of the day opens: what is missing by now is filled in already."""

import asyncio
from datetime import date, timedelta

from app.core.accounts import Caller
from app.core.briefs import logged, occupied, rest, running
from app.core.dates import format_day
from app.core.decision import TOLERANCE
from app.core.errors import NotUnderstood, TimerError
from app.core.logbook import place
from app.core.model import Window, Work
from app.core.reminder import Brief
from app.slack import asked_day, ids, messages
from app.slack.blocks import Block, context, modal
from app.slack.call import Call, Form
from app.slack.messages import phrasing
from app.slack.modals import log_time

_READ_SECONDS = 5


def form(call: Call, caller: Caller, day: date) -> Form:
    async def fill() -> Block:
        try:
            async with asyncio.timeout(_READ_SECONDS):
                brief = await call.services.briefs.read(caller, day)
        except TimeoutError:
            return _unread(call, caller, day, f"{caller.provider.label} didn't say in time what is there already.")
        except TimerError as error:
            return _unread(call, caller, day, f"What is there already could not be read. {error.sentence}")
        held = await asked_day.waiting(call, caller, day)
        return _filled(call, caller, asked_day.with_entries(brief, held))

    waiting = context(":hourglass_flowing_sand:  Looking at your day …")
    metadata = ids.metadata(form=call.operation_id, day=day.isoformat())
    return Form(modal("Log time", ids.LOG_FORM, [waiting], metadata=metadata), fill)


def _unread(call: Call, caller: Caller, day: date, note: str) -> Block:
    """With the length that stood on the button."""
    work = Work(billable=None)
    view = log_time.view(call, caller, work, caller.account, day=day, length=_shown(call), rewrites=day)
    return messages.with_note(view, note)


def _filled(call: Call, caller: Caller, brief: Brief) -> Block:
    missing, hole = rest(brief, call.person.rhythm.target(brief.day), call.now, call.zone)
    where = hole or _place(call, brief, missing) if caller.provider.capabilities.clock_times else None
    start, end = (where.start, where.end) if where else (None, None)
    is_running = caller.provider.capabilities.clock_times and running(brief, call.now, call.zone)
    length = missing if missing and not (where or is_running) else None
    view = log_time.view(
        call, caller, Work(billable=None), caller.account, day=brief.day, start=start, end=end, length=length, rewrites=brief.day
    )  # fmt: skip
    note = _note(call, brief, missing)
    return messages.with_note(view, note) if note else view


def _note(call: Call, brief: Brief, missing: timedelta) -> str:
    """What is no longer as the message said."""
    if missing <= TOLERANCE:
        done = phrasing.length(logged(brief, call.now, call.zone))
        return f"{format_day(brief.day, call.today)} is complete by now: {done}. What you log here comes on top."
    is_as_shown = _shown(call) in (None, missing)
    return "" if is_as_shown else f"Missing by now: {phrasing.length(missing)}."


def _place(call: Call, brief: Brief, missing: timedelta) -> Window | None:
    """On a day without anything; beside what is there, they say when it was."""
    if not missing or occupied(brief, call.now, call.zone):
        return None
    try:
        return Window(*place(missing, brief.day, now=call.now, zone=call.zone))
    except NotUnderstood:
        return None


def _shown(call: Call) -> timedelta | None:
    """What was missing by the button, in minutes; older ones don't say."""
    minutes = call.value.split()[-1]
    return timedelta(minutes=int(minutes)) if len(call.value.split()) > 2 and minutes.isdecimal() else None
