"""Forget an account and its token, after asking."""

from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def disconnect(call: Call) -> Answer:
    connecting = call.services.connecting
    providers = await connecting.connected_to(call.person)
    if not providers:
        return messages.refused("You aren't connected, so there is nothing to disconnect.")
    await connecting.refuse_losing_a_timer(call.person)
    waiting = await call.services.store.pending(call.person.team, call.person.user)
    return messages.disconnect_asked(call, providers, waiting)


COMMAND = Command(
    Word("disconnect", aliases=("signout", "unlink")),
    usage="disconnect",
    summary="Delete your account here and its token, after asking.",
    examples=("disconnect",),
    run=disconnect,
)
