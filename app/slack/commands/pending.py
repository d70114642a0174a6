"""What is saved here and still to be sent, with a way to hurry it, change it or let it go."""

from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def pending(call: Call) -> Answer:
    person = call.person
    return messages.pending_shown(call, await call.services.store.pending(person.team, person.user))


COMMAND = Command(
    Word("pending", aliases=("waiting", "outbox")),
    usage="pending",
    summary="What is saved here and still to be sent: try it now, edit it or drop it.",
    examples=("pending",),
    run=pending,
)
