"""What each form does when it is submitted."""

import json
from dataclasses import replace

from app.core.accounts import Caller
from app.core.errors import NotUnderstood
from app.core.model import Work
from app.core.permissions import Deed
from app.core.unchanged import seen_as
from app.slack import asked_day, days, ids, messages, rhythms, timer_clicks
from app.slack.call import Answer, Call, Handler, in_turn
from app.slack.modals import finish_timer, log_time, timer_end, work_fields
from app.slack.modals import remind as remind_form


async def log(call: Call) -> Answer:
    caller = await _caller(call)
    whose = await call.services.accounts.assignee(caller, log_time.chosen_person(call), Deed.LOG)
    draft = await log_time.read(call, caller, assignee=whose.user_id)
    if "day" in call.metadata:
        return await asked_day.filled(call, caller, draft, whose)
    old = call.metadata.get("instead_of", "")
    entry = await call.services.logbook.log(caller, draft.work, draft.start, draft.end, whose, instead_of=old)
    told = await days.day_total(call, caller, entry) if log_time.says_a_time(call) else None
    return messages.entry_logged(call, caller, entry, whose, told)


async def edit(call: Call) -> Answer:
    caller = await _caller(call)
    before = await call.services.logbook.entry(caller, call.value, Deed.EDIT)
    if call.metadata.get("seen", "") != seen_as(before, call.zone):
        raise NotUnderstood("It was changed elsewhere while this form was open. Close the form and edit it again.")
    draft = await log_time.read(call, caller, assignee=before.assignee, before=before)
    after = replace(before, work=draft.work, start=draft.start, end=draft.end)
    return messages.entry_changed(call, caller, await call.services.logbook.edit(caller, before, after))


async def finish(call: Call) -> Answer:
    """What the timer lacked is set, then it stops where it was to stop when the person said so."""
    caller = await _caller(call)
    whose = await call.services.accounts.assignee(caller, call.metadata.get("whose", ""), Deed.STOP)
    timer = await call.services.tracker.current(caller, whose)
    work = await work_fields.read(call, caller, timer.work if timer else Work())
    timer_id, end = call.metadata.get("timer", ""), finish_timer.end_of(call)
    stopped = await call.services.tracker.complete(caller, timer_id, work, at=end, whose=whose)
    return messages.timer_stopped(call, caller, stopped, await days.day_total(call, caller, stopped.entry))


async def end_timer(call: Call) -> Answer:
    """Only the timer that the form was about; what the workspace wants of an entry and it lacked is set before."""
    caller, day, end = await _caller(call), timer_end.asked_on(call), timer_end.end_of(call)
    tracker, timer_id = call.services.tracker, call.metadata.get("timer", "")
    if work_fields.FIELDS.keys() & call.state.keys():
        timer = await tracker.current(caller)
        work = await work_fields.read(call, caller, timer.work if timer else Work())
        stopped = await tracker.complete(caller, timer_id, work, at=end)
    else:
        stopped = await tracker.stop(caller, at=end, timer_id=timer_id)
    await timer_clicks.answered(call, day)
    return messages.timer_trimmed(call, caller, stopped, await days.day_total(call, caller, stopped.entry), end=end)


async def remind(call: Call) -> Answer:
    return await rhythms.keep(call, remind_form.read(call))


def operation_id(call: Call) -> str:
    """Of this person's form with these words in it: a second delivery is the same, a corrected one is not."""
    who = call.person
    return ids.operation_id(who.team, who.user, call.operation_id, json.dumps(call.state, sort_keys=True))


async def _caller(call: Call) -> Caller:
    act = operation_id(call)
    return replace(await call.caller(), operation_id=act, act=act)


SUBMISSIONS: dict[str, Handler] = {
    ids.LOG_FORM: log,
    ids.EDIT_FORM: edit,
    ids.FINISH_FORM: in_turn(finish),
    ids.END_FORM: in_turn(end_timer),
    ids.REMIND_FORM: remind,
}
