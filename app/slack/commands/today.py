"""Today's entries and total against your target."""

from app.core.words import Slot, Word
from app.slack import days
from app.slack.call import Answer, Call, Command


async def today(call: Call) -> Answer:
    return await days.show_day(call, call.today)


COMMAND = Command(
    Word("today", Slot.ASSIGNEE),
    usage="today",
    summary="Today's entries and total against your target.",
    examples=("today",),
    run=today,
)
