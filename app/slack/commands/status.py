"""What runs now, and how the day stands against its target."""

import asyncio

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
    )
    return messages.status_shown(call, caller, timer, entries)


COMMAND = Command(
    Word("status", Slot.ASSIGNEE, ("now", "current")),
    usage="status",
    summary="What runs now, and today's total.",
    examples=("status",),
    run=status,
)
