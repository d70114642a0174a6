"""Connect an account: through a form, or with a click where the person's e-mail tells who they are."""

from app.core.words import Slot, Word
from app.slack import messages
from app.slack.call import Answer, Call, Command
from app.slack.modals import connect as connect_form
from app.slack.systems import system_in

WORD = Word("connect", Slot.WHAT, ("login", "signin", "reconnect"))


async def connect(call: Call) -> Answer:
    """Where somebody has to be looked up first, no form is opened that Slack would then open too late."""
    chosen = system_in(call.services.connecting, f"{call.phrase.task} {call.phrase.text}")
    proposals = call.services.proposals
    if chosen or not await proposals.is_worth_asking(call.person):
        return await connect_form.form(call, chosen)
    proposal = await proposals.find(call.person)
    if proposal:
        return messages.match_proposed(call, proposal)
    return messages.no_match_found(call, proposals.default_provider)


COMMAND = Command(
    WORD,
    usage="connect [clickup | clockify | hoursmith]",
    summary="Connect your account, or another one. Never type a token here.",
    examples=("connect", "connect clockify"),
    run=connect,
)
