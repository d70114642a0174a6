"""What could not be sent at once: that it is saved, what waits, and how it ended."""

from collections.abc import Sequence

from app.core.model import TimeEntry, Timer, Work
from app.core.operations import (
    UNDOING,
    Amend,
    Cancel,
    Create,
    Delete,
    Halt,
    Operation,
    Start,
    State,
    Stop,
    Tag,
    TakeBack,
    Update,
)
from app.slack import ids
from app.slack.blocks import Block, actions, button, confirm, context, cut, escape, header, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing

_MOST_SHOWN = 12
_EMOJI = {State.WAITING: ":key:", State.REFUSED: ":warning:"}
_DONE = {
    Start: "It ran",
    Create: "Logged",
    Delete: "Deleted",
    Update: "Changed",
    Stop: "Stopped",
    Tag: "Tags changed",
    Cancel: "Dropped",
}


def put_off(call: Call, sentence: str, operation: Operation | None) -> Reply:
    """Nothing is lost and nothing more is to be done; who wants to can look, or think better of it."""
    shown = f"*{about(call, operation)}*\n{escape(sentence)}" if operation else escape(sentence)
    is_waiting = operation is not None and operation.state is State.WAITING
    buttons = [button("Connect", ids.action_id(ids.CONNECT), style="primary")] if is_waiting else []
    buttons += [button("What waits", ids.action_id(ids.SAY), "pending")]
    buttons += [phrasing.undo_button(operation.id)] if operation else []
    return Reply(sentence, (section(f":inbox_tray:  {shown}"), actions(*buttons)))


def pending_shown(call: Call, operations: Sequence[Operation]) -> Reply:
    if not operations:
        text = "Nothing of yours is waiting: everything has been sent."
        return Reply(text, (section(f":white_check_mark:  {text}"),))
    blocks: list[Block] = [header(f"Still to be sent: {len(operations)}")]
    for index, operation in enumerate(operations[:_MOST_SHOWN]):
        blocks += [section(f"{_EMOJI.get(operation.state, ':inbox_tray:')}  {_line(call, operation)}")]
        choices = _choices(call, operation, index)
        blocks += [actions(*choices)] if choices else []
    left = len(operations) - _MOST_SHOWN
    blocks += [context(f"{left} more wait behind these.")] if left > 0 else []
    return Reply(f"{len(operations)} of yours still to be sent", tuple(blocks))


def listed(call: Call, operations: Sequence[Operation]) -> str:
    lines = [f"•  {about(call, operation)}" for operation in operations[:_MOST_SHOWN]]
    left = len(operations) - _MOST_SHOWN
    return "\n".join([*lines, f"…and {left} more"] if left > 0 else lines)


def dropped(call: Call, operation: Operation) -> Reply:
    """With every word of it, for that is the last place where they are."""
    details = phrasing.details(work_of(operation) or Work())
    end = (
        "It may have arrived all the same: look at your entries."
        if operation.sent_at
        else "It was not sent and won't be."
    )
    text = f"Let go: {plain(call, operation)}. {end}"
    return Reply(text, (section(f":wastebasket:  {escape(text)}"), *phrasing.notes(details)))


def hurried(call: Call, operation: Operation) -> Reply:
    text = f"I'm trying it again now: {plain(call, operation)}. I'll tell you how it ends."
    return Reply(text, (section(f":hourglass_flowing_sand:  {escape(text)}"),))


def reported(call: Call, operation: Operation, label: str) -> Reply:
    """How an operation stands that was put off, to whoever did it."""
    if operation.state is State.DONE:
        return _ended_well(call, operation, label)
    text = f"{plain(call, operation)}: {operation.reason}"
    shown = section(
        f"{_EMOJI.get(operation.state, ':inbox_tray:')}  *{about(call, operation)}*\n{escape(operation.reason)}"
    )
    details = phrasing.notes(phrasing.details(work_of(operation) or Work()))
    choices = _choices(call, operation)
    if operation.state is State.WAITING:
        choices = [button("Connect", ids.action_id(ids.CONNECT), style="primary"), *choices]
    return Reply(text, (shown, *details, *([actions(*choices)] if choices else [])))


def told_about(call: Call, operation: Operation, sentence: str) -> Reply:
    text = sentence.format(plain(call, operation))
    return Reply(text, (section(f":warning:  {escape(text)}"),))


def cut_off(said: str, *, is_line: bool, is_half_done: bool) -> Reply:
    if not said:
        text = "I was stopped before I got to what you clicked, and nothing of it was sent. Press it again."
        return Reply(text, (section(f":warning:  {text}"),))
    how = "in the middle of this; what is done is told beside it, the rest is not" if is_half_done else ""
    text = f"I was stopped {how or 'before I got to this, and nothing of it was sent'}: {said}"
    again = [actions(button("Do it now", ids.action_id(ids.SAY), said))] if is_line and len(said) <= 2000 else []
    note = context("If you have done it again since, leave it.") if again else context("Open the form to log it anew.")
    return Reply(text, (section(f":warning:  {escape(text)}"), note, *again))


_MEANT = {Delete: "Delete", Update: "Change", Tag: "Tags", Cancel: "Drop the timer", Start: "Start"}


def about(call: Call, operation: Operation) -> str:
    """What it is about, in Slack's markup, without emphasis."""
    return escape(" ".join(plain(call, operation).split())).replace("*", "∗")


def work_of(operation: Operation) -> Work | None:
    match operation.intent:
        case Create(draft):
            return draft.work
        case Start(work, _, _) | Amend(_, work):
            return work
        case Stop(timer, _) | Cancel(timer):
            return timer.work
        case Update(_, entry) | Delete(entry):
            return entry.work
        case Tag(on, _, _):
            return on.work
    return None


def _ended_well(call: Call, operation: Operation, label: str) -> Reply:
    is_there = context(f"It is in {escape(label)} now.")
    match operation.result:
        case TimeEntry() as entry if not operation.id.startswith(UNDOING) and not isinstance(operation.intent, Delete):
            verb = _DONE.get(type(operation.intent), "Done")
            when = f"{phrasing.when(call, entry)} = *{phrasing.length(entry.duration)}*"
            shown = section(f":white_check_mark:  *{phrasing.title(entry.work)}*\n{verb}: {when}")
            text = f"{verb} {phrasing.plain_title(entry.work)}, {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"
            notes = phrasing.notes(phrasing.details(entry.work))
            return Reply(text, (shown, *notes, is_there, phrasing.entry_buttons(call, entry, undoes=operation.id)))
        case Timer() as timer if isinstance(operation.intent, Start):
            where = "It never began there, so it is kept here and logged when it stops." if timer.is_held else ""
            shown = section(
                f":arrow_forward:  *{phrasing.title(timer.work)}*\nRunning since {phrasing.clock(call, timer.start)}"
            )
            buttons = actions(phrasing.stop_button(timer), phrasing.cancel_button(call, timer))
            notes = phrasing.notes(phrasing.details(timer.work), where)
            return Reply(f"{phrasing.plain_title(timer.work)} runs", (shown, *notes, buttons))
    verb = "Undone" if operation.id.startswith(UNDOING) else _DONE.get(type(operation.intent), "Done")
    text = f"{verb}: {_what(call, operation)}"
    return Reply(text, (section(f":white_check_mark:  {escape(text)}"),))


def _line(call: Call, operation: Operation) -> str:
    return f"*{about(call, operation)}*\n{escape(operation.reason or _STANDS[operation.state])}"


_STANDS = {
    State.QUEUED: "It is sent as soon as that is possible.",
    State.SENDING: "It is being sent just now.",
    State.UNSURE: "It may have arrived: I'll look before I send it again.",
    State.WAITING: "It waits for your sign-in.",
    State.REFUSED: "It was refused.",
}


def _choices(call: Call, operation: Operation, index: int = 0) -> list[Block]:
    """What may be there already is left alone until that is known; what can't be known is the person's to say."""
    if operation.state is State.DROPPED or (operation.state is State.UNSURE and operation.due_at):
        return []
    is_certain = operation.sent_at is None
    makes_sense = not (operation.state is State.REFUSED and isinstance(operation.intent, Start))
    is_form = is_certain and isinstance(operation.intent, Create)
    question = confirm("Let it go?", f"{about(call, operation)} is not sent, now or later.", "Let it go")
    now = button("Try now", ids.action_id(ids.HURRY, index), operation.id)
    edit = button("Edit", ids.action_id(ids.AGAIN, index), operation.id)
    drop = button("Drop", ids.action_id(ids.DROP, index), operation.id, confirm=question)
    return [*([now] if makes_sense else []), *([edit] if is_form else []), drop]


def plain(call: Call, operation: Operation) -> str:
    """With what was to be done about it, unless it is to be logged."""
    meant = "Undo" if operation.id.startswith(UNDOING) else _MEANT.get(type(operation.intent), "")
    return f"{meant}: {_what(call, operation)}" if meant else _what(call, operation)


def _what(call: Call, operation: Operation) -> str:
    work = work_of(operation)
    match operation.intent:
        case Create(draft):
            return _span(
                call, TimeEntry("", draft.work, draft.start, draft.end, draft.assignee, is_timed=draft.is_timed)
            )
        case Stop(timer, at):
            return _span(call, TimeEntry("", timer.work, timer.start, at or operation.accepted_at, timer.assignee))
        case Halt(at):
            return f"Stop what ran at {phrasing.clock(call, at)}"
        case Update(_, entry) | Delete(entry):
            return _span(call, entry)
        case TakeBack():
            return "Undo"
    return _name(work) if work else "That"


def _span(call: Call, entry: TimeEntry) -> str:
    return f"{_name(entry.work)} · {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"


def _name(work: Work) -> str:
    """Short enough that what follows is read, too."""
    return cut(" ".join(phrasing.plain_title(work).split()), 200)
