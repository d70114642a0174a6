"""Drop what runs without saving it, after asking."""

from app.core.errors import NotConnected, NoTimerRunning
from app.core.model import Timer
from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command, in_turn


async def cancel(call: Call) -> Answer:
    timer = await _running(call)
    if timer is None:
        raise NoTimerRunning("No timer is running, so there is nothing to drop.")
    return messages.cancel_asked(call, timer)


async def _running(call: Call) -> Timer | None:
    """Also one that this app keeps for an account that is gone, else there would be no way to be rid of it."""
    try:
        caller = await call.caller()
    except NotConnected:
        kept = await call.services.store.held_timer(call.person.team, call.person.user)
        if kept is None:
            raise
        return kept
    return await call.services.tracker.current(caller)


COMMAND = Command(
    Word("cancel", aliases=("discard", "drop", "abort")),
    usage="cancel",
    summary="Drop the running timer without saving it.",
    examples=("cancel",),
    run=in_turn(cancel),
)
