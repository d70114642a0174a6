"""Stops a timer, or opens the form for what it lacks."""

from datetime import datetime

from app.core.accounts import Caller
from app.core.errors import Incomplete
from app.core.model import Account
from app.slack import days, messages
from app.slack.call import Answer, Call
from app.slack.modals import finish_timer


async def stop(call: Call, caller: Caller, whose: Account, *, at: datetime | None = None, timer_id: str = "") -> Answer:
    try:
        stopped = await call.services.tracker.stop(caller, at=at, whose=whose, timer_id=timer_id)
    except Incomplete as error:
        return finish_timer.form(call, caller, whose, error)
    return messages.timer_stopped(call, caller, stopped, await days.day_total(call, caller, stopped.entry))
