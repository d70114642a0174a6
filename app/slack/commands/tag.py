"""Change the tags of what runs, or of the last entry."""

from app.core.offers import no_tags
from app.core.words import Slot, Word
from app.slack import days, messages
from app.slack.call import Answer, Call, Command


async def tag(call: Call) -> Answer:
    caller = await call.caller()
    if not caller.provider.capabilities.tags:
        raise no_tags(caller)
    on = await days.last_or_running(call, caller)
    changed = await call.services.logbook.retag(caller, on, call.phrase.tags, call.phrase.untags)
    return messages.tags_changed(call, caller, changed)


COMMAND = Command(
    Word("tag", Slot.TAG_CHANGES, ("untag", "retag")),
    usage="tag +design -draft",
    summary="Add or take off tags of what runs, or of the last entry.",
    examples=("tag +design", "tag +design -draft"),
    run=tag,
    asks_twice=True,
)
