"""The form to change an entry: opens empty at once, and is filled when the provider has told what it is."""

from app.core.permissions import Deed
from app.slack import ids
from app.slack.blocks import Block, context, modal
from app.slack.call import Call, Form
from app.slack.modals import log_time


def form(call: Call, entry_id: str) -> Form:
    async def fill() -> Block:
        caller = await call.caller()
        entry = await call.services.logbook.entry(caller, entry_id, Deed.EDIT)
        return log_time.view(call, caller, entry.work, caller.account, entry=entry)

    waiting = context(":hourglass_flowing_sand:  Getting the entry …")
    return Form(modal("Edit time entry", ids.EDIT_FORM, [waiting]), fill)
