"""This week, a line a day."""

from app.core.words import Slot, Word
from app.slack import days
from app.slack.call import Command

COMMAND = Command(
    Word("week", Slot.ASSIGNEE),
    usage="week",
    summary="This week, day by day, against your target.",
    examples=("week",),
    run=days.show_week,
)
