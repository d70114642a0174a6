"""What was taken back, and how things stand now."""

from app.core.accounts import Caller
from app.core.forgotten import Forgotten, proposed_end
from app.core.model import TimeEntry, Timer
from app.core.operations import Create, Delete, Stop, Tag, Update
from app.core.timer_reminders import day_of, first_asked
from app.core.timer_undo import Undone
from app.slack.blocks import Block, actions, escape, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing, waiting
from app.slack.messages.forgotten import timer_forgotten


def undone(call: Call, caller: Caller, done: Undone) -> Reply:
    if done.withdrawn:
        return _reply(f"{waiting.plain(call, done.withdrawn)} won't be sent")
    match done.intent, done.entry, done.timer:
        case Tag(), entry, timer:
            on = entry or timer
            assert on
            tags = ", ".join(f"#{tag}" for tag in on.work.tags) or "no tags"
            return _reply(f"{phrasing.plain_title(on.work)} has {tags} again")
        case _, _, Timer() as timer:
            return _runs_again(call, caller, done, timer)
        case Create(), TimeEntry() as entry, _:
            return _reply(f"{_span(call, entry)} is gone again")
        case Delete(), TimeEntry() as entry, _:
            return _back(call, entry, "is back")
        case Update(), TimeEntry() as entry, _:
            return _back(call, entry, "is as it was")
    return _reply("the timer was dropped, and nothing of it is saved")


def _runs_again(call: Call, caller: Caller, done: Undone, timer: Timer) -> Reply:
    """Also after a stop, whose entry went, and after a start, whose timer did.

    Where it should have been asked about by now, plainly stopping it would log all of it: then it is asked about again.
    """
    text = f"{phrasing.plain_title(timer.work)} runs again, since {phrasing.clock(call, timer.start)}"
    entry_went = " Its entry was taken out." if isinstance(done.intent, Stop | Create) else ""
    shown = f"*{phrasing.title(timer.work)}*\nRuns again, since {phrasing.clock(call, timer.start)}.{entry_went}"
    buttons: tuple[Block, ...] = (actions(phrasing.stop_button(timer), phrasing.cancel_button(call, timer)),)
    if timer.assignee == caller.account.user_id and first_asked(timer, call.person) <= call.now:
        proposed = proposed_end(timer, call.person.rhythm, now=call.now, zone=call.zone)
        buttons = timer_forgotten(call, caller, day_of(timer, call.person), Forgotten(timer, proposed)).blocks
    return Reply(f"Undone: {text}", (section(f":leftwards_arrow_with_hook:  {shown}"), *buttons))


def _back(call: Call, entry: TimeEntry, how: str) -> Reply:
    buttons = phrasing.entry_buttons(call, entry)
    reply = _reply(f"{_span(call, entry)} {how}")
    return Reply(reply.text, (*reply.blocks, *phrasing.notes(phrasing.details(entry.work)), buttons))


def _reply(what: str) -> Reply:
    return Reply(f"Undone: {what}", (section(f":leftwards_arrow_with_hook:  Undone: {escape(what)}"),))


def _span(call: Call, entry: TimeEntry) -> str:
    return f"{phrasing.plain_title(entry.work)}, {phrasing.when(call, entry)} = {phrasing.length(entry.duration)},"
