"""A timer that may have been forgotten: the question, and what became of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.core.accounts import Caller
from app.core.day_total import DayTotal
from app.core.forgotten import Forgotten
from app.core.model import Timer
from app.core.operations import Stop
from app.core.tracker import Stopped
from app.core.undo import is_undoable
from app.slack import ids
from app.slack.blocks import Block, actions, button, confirm, context, cut_markup, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing, timers


def timer_forgotten(call: Call, caller: Caller, day: date, forgotten: Forgotten) -> Reply:
    """`day` is the one that they are asked on."""
    timer, is_too_long = forgotten.timer, forgotten.is_too_long(call.now)
    length, since = phrasing.length(timer.elapsed(call.now)), phrasing.clock(call, timer.start)
    asked = "When did you stop" if is_too_long else "Still on"
    note = "That is longer than a day, so nothing is saved before you say." if is_too_long else ""
    shown = f":stopwatch:  {asked} *{phrasing.title(timer.work)}*?\nIt has run since {since}: *{length}*"
    text = f"{asked} {phrasing.plain_title(timer.work)}? It has run since {since}: {length}."
    notes = phrasing.notes(phrasing.details(timer.work), note)
    return Reply(text, (section(shown), *notes, actions(*_choices(call, caller, day, forgotten))))


def still_working(call: Call, timer: Timer, again_at: datetime) -> Reply:
    since, again = phrasing.clock(call, timer.start), f"I'll ask again at {phrasing.clock(call, again_at)}."
    shown = section(f":arrow_forward:  *{phrasing.title(timer.work)}* runs on, since {since}.\nGood. {again}")
    text = f"{phrasing.plain_title(timer.work)} runs on. {again}"
    return Reply(text, (shown, actions(phrasing.stop_button(timer))))


def timer_trimmed(call: Call, caller: Caller, stopped: Stopped, day_total: DayTotal | None, *, end: datetime) -> Reply:
    """What was logged, up to `end`, and what wasn't, from then until now."""
    said, trimmed = timers.timer_stopped(call, caller, stopped, day_total), call.now - end
    if trimmed < timedelta(minutes=1):
        return said
    left_out = f"{phrasing.length(trimmed)} after that is not logged."
    first, *more = said.blocks
    return replace(said, text=f"{said.text}. {left_out}", blocks=(first, context(left_out), *more))


def end_asked(call: Call, timer: Timer) -> Block:
    """Above the form that asks when the timer really ended."""
    length, since = phrasing.length(timer.elapsed(call.now)), phrasing.clock(call, timer.start)
    return section(f"*{phrasing.title(timer.work)}* has run since {since}: *{length}*")


def _choices(call: Call, caller: Caller, day: date, forgotten: Forgotten) -> list[Block]:
    timer, proposed = forgotten.timer, forgotten.proposed
    about = f"{day} {proposed.isoformat() if proposed else '-'} {timer.id}"
    another = button("Stopped at …", ids.action_id(ids.STOPPED_AT_ANOTHER_TIME), about)
    usual = [_stopped_at(call, caller, timer, proposed, about)] if proposed else []
    if forgotten.is_too_long(call.now):
        return [*usual, another, phrasing.cancel_button(call, timer)]
    return [button("Still working", ids.action_id(ids.STILL_WORKING), about), *usual, another]


def _stopped_at(call: Call, caller: Caller, timer: Timer, end: datetime, about: str) -> Block:
    """Says what is logged and what isn't before anything is, in words that hold however late it is pressed."""
    clock, length = phrasing.clock(call, end), phrasing.length(end - timer.start)
    title, cut_off = cut_markup(phrasing.title(timer.work), 80), phrasing.length(call.now - end)
    warning = (
        f"*{title}* is logged until {clock}: *{length}*. What it has run since is left out: {cut_off} when I asked."
    )
    is_final = "" if is_undoable(Stop, caller) else f" {caller.provider.label} doesn't take that back."
    question = confirm(f"Stopped at {clock}?", f"{warning}{is_final}", "Stop it there", "Not yet")
    label = f"Stopped at {clock}  ·  {length}"
    return button(label, ids.action_id(ids.STOPPED_AT), about, style="primary", confirm=question)
