"""Yesterday's entries and total against your target."""

from datetime import timedelta

from app.core.words import Slot, Word
from app.slack import days
from app.slack.call import Answer, Call, Command


async def yesterday(call: Call) -> Answer:
    return await days.show_day(call, call.today - timedelta(days=1))


COMMAND = Command(
    Word("yesterday", Slot.ASSIGNEE),
    usage="yesterday",
    summary="Yesterday's entries and total against your target.",
    examples=("yesterday",),
    run=yesterday,
)
