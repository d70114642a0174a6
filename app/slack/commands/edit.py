"""Change an entry of a day."""

from app.core.words import Slot, Word
from app.slack import days
from app.slack.call import Command

COMMAND = Command(
    Word("edit", Slot.DAY, ("change",)),
    usage="edit [yesterday | mon | 18 nov]",
    summary="Pick an entry of the day and change anything about it.",
    examples=("edit", "edit yesterday"),
    run=days.pick_entry,
)
