"""The buttons and the picker that are about accounts: connect, that's me, disconnect, another system."""

from app.slack import ids, messages
from app.slack.call import Answer, Call, Form
from app.slack.modals import connect as connect_form


async def connect(call: Call) -> Answer:
    offered = call.services.connecting.sign_ins.offered
    return await connect_form.form(call, call.value if call.value in offered else "")


async def match(call: Call) -> Answer:
    provider, _, member_id = call.value.partition(" ")
    done = await call.services.proposals.accept(call.person, provider, member_id)
    return messages.connected(call.services, done)


async def disconnect(call: Call) -> Answer:
    """Asked about others than they are connected to by now, they are asked once more."""
    providers = await call.services.connecting.connected_to(call.person)
    if not providers:
        return messages.refused("You aren't connected, so there is nothing to disconnect.")
    if " ".join(providers) != call.value:
        waiting = await call.services.store.pending(call.person.team, call.person.user)
        return messages.disconnect_asked(call, providers, waiting)
    return messages.disconnected(call, await call.services.connecting.disconnect(call.person))


async def another_provider(call: Call) -> Answer:
    """Shows the fields of the system that was picked."""
    offered = call.services.connecting.sign_ins.offered
    picked = call.value if call.value in offered else call.services.accounts.default_provider
    return Form(await connect_form.view(call, picked))


ACCOUNT_CLICKS = {ids.CONNECT: connect, ids.MATCH: match, ids.DISCONNECT: disconnect}
CHANGES = {ids.PROVIDER: another_provider}
