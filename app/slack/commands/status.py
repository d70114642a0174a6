"""What runs now, and how the day stands against its target."""

import asyncio

from app.core.errors import NotReached
from app.core.permissions import Deed
from app.core.words import Slot, Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def status(call: Call) -> Answer:
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, call.phrase.assignee, Deed.SEE)
    timer, entries = await asyncio.gather(
        call.services.tracker.current(caller, whose),
        call.services.logbook.entries(caller, call.today, whose=whose),
        return_exceptions=True,
    )
    if isinstance(timer, BaseException):
        raise timer
    if isinstance(entries, BaseException) and not (timer and isinstance(entries, NotReached)):
        raise entries
    return messages.status_shown(call, caller, timer, None if isinstance(entries, BaseException) else entries)


COMMAND = Command(
    Word("status", Slot.ASSIGNEE, ("now", "current")),
    usage="status",
    summary="What runs now, and today's total.",
    examples=("status",),
    run=status,
)
