"""The latest different pieces of work, to begin again with one of them."""

from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def last(call: Call) -> Answer:
    return messages.pieces_shown(call, await call.services.recent_work.pieces(await call.caller()))


COMMAND = Command(
    Word("last", aliases=("recent", "latest")),
    usage="last",
    summary="Your latest different pieces of work, numbered, each with a button.",
    examples=("last",),
    run=last,
)
