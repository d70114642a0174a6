"""What each form does when it is submitted."""

import json
from dataclasses import replace

from app.core.model import TimeEntry
from app.slack import ids, messages
from app.slack.call import Answer, Call, Handler
from app.slack.modals import log_time


async def log(call: Call) -> Answer:
    caller = replace(await call.caller(), operation_id=operation_id(call))
    whose = await call.services.accounts.assignee(caller, log_time.chosen_person(call))
    draft = await log_time.read(call, caller, assignee=whose.user_id)
    entry = await call.services.logbook.log(caller, draft.work, draft.start, draft.end, whose)
    return messages.entry_logged(call, caller, entry, whose)


async def edit(call: Call) -> Answer:
    caller = replace(await call.caller(), operation_id=operation_id(call))
    before = await call.services.logbook.entry(caller, call.value)
    draft = await log_time.read(call, caller, assignee=before.assignee, before=before)
    after = TimeEntry(before.id, draft.work, draft.start, draft.end, before.assignee)
    return messages.entry_changed(call, await call.services.logbook.edit(caller, before, after))


def operation_id(call: Call) -> str:
    """Of this person's form with these words in it: a second delivery is the same, a corrected one is not."""
    who = call.person
    return ids.operation_id(who.team, who.user, call.operation_id, json.dumps(call.state, sort_keys=True))


SUBMISSIONS: dict[str, Handler] = {ids.LOG_FORM: log, ids.EDIT_FORM: edit}
