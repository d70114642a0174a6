"""Drop what runs without saving it, after asking."""

from app.core.errors import NoTimerRunning
from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def cancel(call: Call) -> Answer:
    timer = await call.services.tracker.current(await call.caller())
    if timer is None:
        raise NoTimerRunning("No timer is running, so there is nothing to drop.")
    return messages.cancel_asked(call, timer)


COMMAND = Command(
    Word("cancel", aliases=("discard", "drop", "abort")),
    usage="cancel",
    summary="Drop the running timer without saving it.",
    examples=("cancel",),
    run=cancel,
)
