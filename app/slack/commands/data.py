"""What is kept about the person: to look at, to take away and to delete."""

from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def data(call: Call) -> Answer:
    person, store = call.person, call.services.store
    kept = await store.belongings.kept(person.team, person.user)
    return messages.kept_shown(call, kept, await store.providers_of(person.team, person.user))


COMMAND = Command(
    Word("data", aliases=("privacy", "export", "forget")),
    usage="data",
    summary="What is kept about you: look at it, take it away or delete it.",
    examples=("data",),
    run=data,
)
