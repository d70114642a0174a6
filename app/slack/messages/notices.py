"""What somebody else did to a person's time, as it is told to that person, or to whoever had done what was taken back."""

from app.core.accounts import Caller
from app.core.model import Person, TimeEntry, Timer, Work
from app.core.operations import UNDOING, Cancel, Create, Delete, Operation, Start, Stop, Tag, TakeBack, Update
from app.core.undo import is_undoable
from app.slack.blocks import Block, actions, escape, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing


def done_to_yours(call: Call, operation: Operation, by: Person, undoer: Caller | None) -> Reply:
    """With an `undoer`, the person it is told to, there are buttons."""
    deed, about, before = _told(call, operation)
    if operation.id.startswith(UNDOING):
        deed, about, before = _taken_back(call, operation), f"{about} {_now(operation)}", ""
    lines = [f":bust_in_silhouette:  <@{by.user}> {deed}:", about, *([f"Before: {before}"] if before else [])]
    text = f"{by.name or 'Somebody'} {deed}: {phrasing.plain_title(_work(operation))}"
    notes = phrasing.notes(phrasing.details(_work(operation)))
    return Reply(text, (section("\n".join(lines)), *notes, *_buttons(call, operation, undoer)))


def _taken_back(call: Call, operation: Operation) -> str:
    if operation.user == call.person.user:
        return "took back what was done to your time"
    whose = "their" if operation.by in ("", operation.user) else "somebody else's"
    return f"took back what you did to {whose} time"


def _now(operation: Operation) -> str:
    if operation.result is None:
        return "won't be sent"
    how = {Create: "is back", Delete: "is gone again", Start: "runs again", Cancel: "was dropped"}
    return how.get(type(operation.intent), "is as it was")


def _told(call: Call, operation: Operation) -> tuple[str, str, str]:
    """What was done, how it is now, and how it was where that differs."""
    match operation.intent, operation.result:
        case Create(), TimeEntry() as entry if operation.id.startswith("held:"):
            return "stopped your timer and saved it", phrasing.span_of(call, entry), ""
        case Create(), TimeEntry() as entry:
            return "logged this as your time", phrasing.span_of(call, entry), ""
        case Update(before, _), TimeEntry() as entry:
            return "changed your time", phrasing.span_of(call, entry), phrasing.span_of(call, before)
        case Delete(entry), _:
            return "deleted this from your time", phrasing.span_of(call, entry), ""
        case Start(), Timer() as timer:
            return "started a timer for you", f"{_name(timer.work)}, since {phrasing.clock(call, timer.start)}", ""
        case Tag(on), TimeEntry() | Timer() as now:
            tags = ", ".join(f"#{tag}" for tag in now.work.tags) or "no tags"
            return "changed the tags of your time", f"{_name(on.work)} now has {escape(tags)}", ""
        case Cancel(timer), _:
            return "dropped your timer, and nothing of it is saved", _name(timer.work), ""
    return "changed your time", _name(_work(operation)), ""


def _buttons(call: Call, operation: Operation, undoer: Caller | None) -> list[Block]:
    intent = operation.intent
    if undoer is None or isinstance(intent, TakeBack):
        return []
    undoes = operation.id if is_undoable(type(intent), undoer) else ""
    undo = [phrasing.undo_button(undoes)] if undoes else []
    match intent, operation.result:
        case Start(), Timer() as timer:
            return [actions(phrasing.stop_button(timer), phrasing.cancel_button(call, timer), *undo)]
        case Create() | Update() | Tag(), TimeEntry() as entry:
            return [phrasing.entry_buttons(call, entry, undoes=undoes)]
    return [actions(*undo)] if undo else []


def _work(operation: Operation) -> Work:
    match operation.intent, operation.result:
        case Delete(entry), _:
            return entry.work
        case Stop(timer), _:
            return timer.work
        case _, TimeEntry() | Timer() as now:
            return now.work
        case Create(draft), _:
            return draft.work
    return Work()


def _name(work: Work) -> str:
    return f"*{phrasing.title(work)}*"
