"""How work, times and lengths are put into words, and the buttons that stand below them."""

from datetime import date, datetime, timedelta

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.day_total import DayTotal
from app.core.durations import format_duration, to_minute
from app.core.model import TimeEntry, Timer, Window, Work
from app.core.operations import Intent
from app.core.times import wall_time
from app.core.undo import is_undoable
from app.slack import ids
from app.slack.blocks import Block, actions, button, confirm, context, cut, escape
from app.slack.call import Call

_DAYS = frozenset(["today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def title(work: Work) -> str:
    return escape(cut(" ".join(plain_title(work).split()), 200)).replace("*", "∗")


def plain_title(work: Work) -> str:
    if work.task:
        return f"{work.task.name} ({work.task.custom_id})" if work.task.custom_id else work.task.name
    return sought(work) or work.description or "Time without a task"


def sought(work: Work) -> str:
    """A task that is still to be looked up, as it was named."""
    return f"Task {work.sought.removeprefix('id:')}" if work.sought.startswith("id:") else work.sought


def details(work: Work) -> str:
    parts = [cut(work.description, 300) if work.task or work.sought else ""]
    parts += [" ".join(f"#{tag}" for tag in work.tags), "billable" if work.billable else ""]
    return "  ·  ".join(escape(part) for part in parts if part)


def kept_as_text(call: Call, example: str) -> str:
    """Times stand before the task; what looks like one at the end of the text stays text, and that is said."""
    said, words = call.phrase, call.phrase.text.casefold().split()[-2:]
    if not words or said.start or said.end or said.day:
        return ""
    is_time = len(words) == 2 and (
        (words[0] == "at" and words[1][0].isdigit()) or (words[1] == "ago" and words[0][0].isdigit())
    )
    if not is_time and words[-1] not in _DAYS:
        return ""
    return f"The day or time at the end was kept as text. To say when, put it before the task: {example}"


def notes(*notes: str) -> list[Block]:
    kept = [note for note in notes if note]
    return [context(*kept)] if kept else []


def what_is_missing(caller: Caller) -> list[Block]:
    """Where time can only be asked for task by task, a list may not be all there is."""
    if not caller.provider.capabilities.lists_by_task:
        return []
    return [context("Only time on tasks that are yours or used lately is counted here; there may be more.")]


def clock(call: Call, moment: datetime) -> str:
    local = moment.astimezone(call.zone)
    day = "" if local.date() == call.today else f"{format_day(local.date(), call.today)}, "
    return f"{day}{wall_time(moment, call.zone)}"


def when(call: Call, entry: TimeEntry) -> str:
    """`Tue 3 Mar, 14:00–15:30`, as the person's clocks showed it; the day alone where that is all there is."""
    start, end = (moment.astimezone(call.zone).date() for moment in (entry.start, entry.end))
    if not entry.is_timed:
        return format_day(start, call.today)
    shown_end = str(wall_time(entry.end, call.zone))
    if end != start:
        shown_end = (
            f"24:00{shown_end[5:]}" if shown_end.startswith("00:00") else f"{format_day(end, call.today)}, {shown_end}"
        )
    return f"{format_day(start, call.today)}, {wall_time(entry.start, call.zone)}–{shown_end}"


def clock_range(call: Call, window: Window) -> str:
    return f"{wall_time(window.start, call.zone)}–{wall_time(window.end, call.zone)}"


def length(duration: timedelta) -> str:
    """To the minute; what is shorter is told in seconds."""
    return format_duration(duration if timedelta() < duration < timedelta(seconds=30) else to_minute(duration))


def span_of(call: Call, entry: TimeEntry) -> str:
    return f"*{title(entry.work)}*  ·  {when(call, entry)} = *{length(entry.duration)}*"


def entry_line(call: Call, entry: TimeEntry) -> str:
    start, end = (wall_time(moment, call.zone) for moment in (entry.start, entry.end))
    lock = "  :lock:" if entry.is_locked else ""
    about = details(entry.work)
    times = f"{start}–{end}   " if entry.is_timed else ""
    line = f"{times}*{title(entry.work)}*   {length(entry.duration)}{lock}"
    about = " ".join(about.splitlines())  # italics end with the line
    return f"{line}\n{about if '_' in about else f'_{about}_'}" if about else line


def against_target(call: Call, done: timedelta, day: date) -> str:
    """On a day off what was done is all there is to say."""
    target = call.person.rhythm.target(day)
    if not target:
        return length(done)
    missing = target - done
    rest = f", {length(missing)} to go" if missing > timedelta(seconds=30) else ""
    return f"{length(done)} of {length(target)}{rest}"


def overlap(call: Call, day_total: DayTotal | None) -> list[Block]:
    """Overlapping time is saved as it was said, for it may be meant; it is shown, for mostly it is not."""
    if not day_total or not day_total.overlaps:
        return []
    first, *more = day_total.overlaps
    others = f" and {len(more)} more" if more else ""
    what = f"*{title(first.work)}*, {when(call, first)}{others}"
    return [context(f":warning:  It overlaps {what}. If that wasn't meant, edit it or undo.")]


def day_name(call: Call, moment: datetime) -> str:
    day = moment.astimezone(call.zone).date()
    return "Today" if day == call.today else format_day(day, call.today)


def relative(call: Call, day: date) -> str:
    return {0: "Today, ", 1: "Yesterday, "}.get((call.today - day).days, "")


def stop_button(timer: Timer) -> Block:
    return button("Stop", ids.action_id(ids.STOP), timer.id, style="primary")


def cancel_button(call: Call, timer: Timer) -> Block:
    question = confirm("Drop this timer?", f"*{title(timer.work)}* is dropped and nothing of it is saved.", "Drop it")
    return button("Drop", ids.action_id(ids.CANCEL), timer.id, confirm=question)


def log_button(day: date | None = None) -> Block:
    return button("Log time", ids.action_id(ids.FORM), f"log {day}" if day else "log")


def edit_day_button(day: date) -> Block:
    return button("Edit", ids.action_id(ids.SAY), f"edit {day}")


def undo_button(operation_id: str) -> Block:
    return button("Undo", ids.action_id(ids.UNDO), operation_id)


def undo_buttons(caller: Caller, kind: type[Intent], operation_id: str, assignee: str = "") -> list[Block]:
    """None where the provider doesn't take such a thing back."""
    return [actions(undo_button(operation_id))] if is_undoable(kind, caller, assignee) else []


def entry_buttons(call: Call, entry: TimeEntry, index: int = 0, *, undoes: str = "") -> Block:
    """`undoes` is the operation that an Undo button takes back."""
    question = confirm(
        "Delete this entry?", f"{span_of(call, entry)} is deleted. For ten minutes Undo brings it back.", "Delete it"
    )
    undo = [undo_button(undoes)] if undoes else []
    return actions(
        *undo,
        button("Edit", ids.action_id(ids.EDIT, index), entry.id),
        button("Delete", ids.action_id(ids.DELETE, index), entry.id, confirm=question),
    )
