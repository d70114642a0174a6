"""The tags that are in use."""

from app.core.offers import no_tags
from app.core.words import Word
from app.slack import messages
from app.slack.call import Answer, Call, Command


async def tags(call: Call) -> Answer:
    caller = await call.caller()
    if not caller.provider.capabilities.tags:
        raise no_tags(caller)
    return messages.tags_listed(call, caller, await caller.provider.tags())


COMMAND = Command(Word("tags"), usage="tags", summary="The tags that are in use.", examples=("tags",), run=tags)
