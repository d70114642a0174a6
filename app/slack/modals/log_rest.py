"""The form that the message at the end of the day opens: what is missing by now is filled in already."""

import asyncio
from datetime import date

from app.core.accounts import Caller
from app.core.briefs import logged, rest
from app.core.dates import format_day
from app.core.decision import TOLERANCE
from app.core.durations import to_minute
from app.core.errors import TimerError
from app.core.model import Work
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
        except (TimerError, TimeoutError):
            empty = log_time.view(call, caller, Work(billable=None), caller.account, day=day, rewrites=day)
            return messages.with_note(empty, f"{caller.provider.label} didn't say in time what is there already.")
        held = await asked_day.waiting(call, caller, day)
        return _filled(call, caller, asked_day.with_entries(brief, held))

    waiting = context(":hourglass_flowing_sand:  Looking at your day …")
    metadata = ids.metadata(form=call.operation_id, day=day.isoformat())
    return Form(modal("Log time", ids.LOG_FORM, [waiting], metadata=metadata), fill)


def _filled(call: Call, caller: Caller, brief: Brief) -> Block:
    missing, hole = rest(brief, call.person.rhythm.target(brief.day), call.now, call.zone)
    start, end = (hole.start, hole.end) if hole else (None, None)
    length = to_minute(missing) if missing and not hole else None
    view = log_time.view(
        call, caller, Work(billable=None), caller.account, day=brief.day, start=start, end=end, length=length, rewrites=brief.day
    )  # fmt: skip
    if missing > TOLERANCE:
        return view
    done = phrasing.length(logged(brief, call.now, call.zone))
    note = f"{format_day(brief.day, call.today)} is complete by now: {done}. What you log here comes on top."
    return messages.with_note(view, note)
