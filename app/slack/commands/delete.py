"""Delete an entry of a day, after asking."""

from app.core.words import Slot, Word
from app.slack import days
from app.slack.call import Command

COMMAND = Command(
    Word("delete", Slot.DAY, ("remove", "rm")),
    usage="delete [yesterday | mon | 18 nov]",
    summary="Pick an entry of the day and delete it.",
    examples=("delete", "delete yesterday"),
    run=days.pick_entry,
)
