"""What each button does. A button carries an id; what it stands for is looked up in the person's own reach."""

from app.core.errors import EntryNotFound, NotConnected
from app.core.operations import Create
from app.core.permissions import Deed, require
from app.slack import days, ids, messages
from app.slack.account_clicks import ACCOUNT_CLICKS
from app.slack.call import Answer, Call, Handler, in_turn
from app.slack.commands.resume import begin_again
from app.slack.data_clicks import DATA_CLICKS
from app.slack.day_clicks import DAY_CLICKS
from app.slack.modals import edit_entry, log_time
from app.slack.timer_clicks import TIMER_CLICKS

_NOT_WAITING = "That isn't waiting any more: it has ended, or is being sent just now. Type pending to see what waits."


async def stop(call: Call) -> Answer:
    caller = await call.caller()
    stopped = await call.services.tracker.stop(caller, timer_id=call.value)
    return messages.timer_stopped(call, caller, stopped, await days.day_total(call, caller, stopped.entry))


async def cancel(call: Call) -> Answer:
    try:
        caller = await call.caller()
    except NotConnected:
        dropped = await call.services.connecting.leaving.drop(call.person, call.value)
        if dropped is None:
            raise
        return messages.kept_timer_dropped(call, dropped)
    return messages.timer_dropped(call, caller, await call.services.tracker.cancel(caller, call.value))


async def edit(call: Call) -> Answer:
    return edit_entry.form(call, call.value)


async def delete(call: Call) -> Answer:
    caller = await call.caller()
    entry = await call.services.logbook.entry(caller, call.value, Deed.DELETE)
    await call.services.logbook.delete(caller, entry)
    return messages.entry_deleted(call, caller, entry)


async def undo(call: Call) -> Answer:
    caller = await call.caller()
    return messages.undone(call, caller, await call.services.undo.take_back(caller, call.value))


async def resume(call: Call) -> Answer:
    caller = await call.caller()
    entry = await call.services.logbook.entry(caller, call.value, Deed.SEE)
    return await begin_again(call, caller, entry.work)


async def again(call: Call) -> Answer:
    """Opens the form with what could not be saved before."""
    operation = await call.services.store.operation(call.value)
    is_here = operation and operation.team == call.person.team
    if not operation or not is_here or not isinstance(operation.intent, Create):
        raise EntryNotFound(
            "That form can't be opened again. If your timer still runs, stop it once more; else log the time anew."
        )
    caller, draft = await call.caller(), operation.intent.draft
    require(caller.account, Deed.LOG, whose=operation)
    whose = await call.services.store.account_of(
        call.person.team, caller.account.provider, caller.account.workspace_id, draft.assignee
    )
    return log_time.reopened(call, caller, draft, whose or caller.account, operation.id)


async def hurry(call: Call) -> Answer:
    team, user = call.person.team, call.person.user
    operation = await call.services.store.operation(call.value)
    if operation is None or not await call.services.store.hurry(team, user, call.value, call.now):
        raise EntryNotFound(_NOT_WAITING)
    return messages.hurried(call, operation)


async def drop(call: Call) -> Answer:
    operation = await call.services.store.drop(call.person.team, call.person.user, call.value, call.now)
    if operation is None:
        raise EntryNotFound(_NOT_WAITING)
    return messages.dropped(call, operation)


CLICKS: dict[str, Handler] = {
    ids.STOP: in_turn(stop),
    ids.CANCEL: in_turn(cancel),
    ids.EDIT: edit,
    ids.DELETE: delete,
    ids.UNDO: in_turn(undo),
    ids.AGAIN: again,
    ids.HURRY: hurry,
    ids.DROP: drop,
    **ACCOUNT_CLICKS,
    **DATA_CLICKS,
    **TIMER_CLICKS,
    **DAY_CLICKS,
    ids.RESUME: in_turn(resume),
}
