"""Take back what was done last."""

from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command, in_turn


async def undo(call: Call) -> Answer:
    caller = await call.caller()
    return messages.undone(call, caller, await call.services.undo.latest(caller))


COMMAND = Command(
    Word("undo", aliases=("revert",)),
    usage="undo",
    summary="Take back what you did last, for ten minutes.",
    examples=("undo",),
    run=in_turn(undo),
    asks_twice=True,
)
