"""Timers: started, stopped, dropped."""

from dataclasses import replace

from app.core.accounts import Caller
from app.core.day_total import DayTotal
from app.core.errors import Incomplete
from app.core.model import Timer
from app.core.operations import Cancel, Stop
from app.core.tracker import Started, Stopped
from app.core.undo import is_undoable
from app.slack import ids
from app.slack.blocks import Block, actions, button, context, escape, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing


def timer_started(call: Call, caller: Caller, started: Started) -> Reply:
    timer = started.timer
    whose = "" if timer.assignee == caller.account.user_id else " for them"
    notes = [phrasing.details(timer.work)]
    if timer.is_held and not started.note:
        notes.append(f"Kept here and saved to {caller.provider.label} as one entry when it stops.")
    notes.append(escape(started.note))
    notes.append(phrasing.kept_as_text(call, "start at 9:30 …"))
    first = [
        section(
            f":arrow_forward:  *{phrasing.title(timer.work)}*\nRunning{whose} since {phrasing.clock(call, timer.start)}"
        )
    ]
    if started.stopped:
        first.insert(0, context(f":white_check_mark:  Stopped {phrasing.span_of(call, started.stopped)}"))
    blocks = [*first, *phrasing.notes(*notes)]
    if not whose:
        undo = phrasing.undo_button(started.operation_id)
        blocks.append(actions(phrasing.stop_button(timer), phrasing.cancel_button(call, timer), undo))
    else:
        blocks.append(actions(phrasing.undo_button(started.operation_id)))
    before = f"Stopped {phrasing.plain_title(started.stopped.work)}. " if started.stopped else ""
    return Reply(
        f"{before}Started {phrasing.plain_title(timer.work)} at {phrasing.clock(call, timer.start)}", tuple(blocks)
    )


def timer_stopped(call: Call, caller: Caller, stopped: Stopped, day_total: DayTotal | None) -> Reply:
    entry = stopped.entry
    lines = [
        f":white_check_mark:  *{phrasing.title(entry.work)}*",
        f"Stopped after *{phrasing.length(entry.duration)}*  ·  {phrasing.when(call, entry)}",
    ]
    notes = [phrasing.details(entry.work)]
    if day_total is not None and entry.assignee == caller.account.user_id:
        day = entry.start.astimezone(call.zone).date()
        notes.append(f"{phrasing.day_name(call, entry.start)}: {phrasing.against_target(call, day_total.length, day)}")
    text = f"Stopped {phrasing.plain_title(entry.work)} after {phrasing.length(entry.duration)}"
    undoes = stopped.operation_id if is_undoable(Stop, caller) else ""
    buttons = phrasing.entry_buttons(call, entry, undoes=undoes)
    return Reply(
        text, (section("\n".join(lines)), *phrasing.notes(*notes), *phrasing.overlap(call, day_total), buttons)
    )


def stop_put_off(call: Call, error: Incomplete) -> Block:
    """Above the form that asks for what is missing; the timer runs on until it is sent."""
    name, end = phrasing.title(error.timer.work), phrasing.clock(call, error.end)
    return section(f"*{name}* runs on: {escape(_why(error))}\nFill it in, and it stops at *{end}*.")


def why_put_off(call: Call, error: Incomplete) -> str:
    """The same in plain words, where the form has to be asked for."""
    name, end = phrasing.plain_title(error.timer.work), phrasing.clock(call, error.end)
    return f"{name} runs on: {_why(error)} Fill it in, and it stops at {end}."


def _why(error: Incomplete) -> str:
    """Which rule, without what the form says better."""
    return f"{error.sentence.partition('. ')[0].rstrip('.')}."


def cancel_asked(call: Call, timer: Timer) -> Reply:
    length = phrasing.length(timer.elapsed(call.now))
    question = f"Drop *{phrasing.title(timer.work)}*? It has run for *{length}*, and nothing of it will be saved."
    drop = button("Drop it", ids.action_id(ids.CANCEL), timer.id, style="danger")
    keep = button("Keep it running", ids.action_id(ids.SAY, 1), "status")
    return Reply(f"Drop {phrasing.plain_title(timer.work)}, {length}?", (section(question), actions(drop, keep)))


def timer_dropped(call: Call, caller: Caller, timer: Timer) -> Reply:
    dropped = kept_timer_dropped(call, timer)
    undo = phrasing.undo_buttons(caller, Cancel, caller.operation_id)
    return replace(dropped, blocks=(*dropped.blocks, *undo))


def kept_timer_dropped(call: Call, timer: Timer) -> Reply:
    """For good: the account that it was for is gone."""
    length = phrasing.length(timer.elapsed(call.now))
    text = f"Dropped {phrasing.plain_title(timer.work)} after {length}. Nothing was saved."
    return Reply(text, (section(f":wastebasket:  {escape(text)}"),))
