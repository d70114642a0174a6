"""The form that asks when a timer really ended; it shows since when it runs, so it is filled once that was read."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time

from app.core.accounts import Caller
from app.core.errors import NoTimerRunning, NotUnderstood
from app.core.model import Capabilities, Timer, Work
from app.core.phrases import Phrase, line, pinned
from app.core.times import Fold, WallTime, instant
from app.slack import ids, messages
from app.slack.blocks import Block, context, date_input, field, modal, time_input
from app.slack.call import UNKNOWN_ZONE, Call, Form
from app.slack.modals import work_fields
from app.slack.modals.work_fields import element

_TITLE = "When did you stop?"


def form(call: Call, running: Callable[[Caller], Awaitable[Timer]], *, day: date, proposed: datetime | None) -> Form:
    """`running` is the timer, as long as it runs; `day` that on which they were asked."""

    async def fill() -> Block:
        caller = await call.caller()
        return view(call, caller, await running(caller), day=day, proposed=proposed)

    waiting = context(":hourglass_flowing_sand:  Looking at the timer …")
    return Form(modal(_TITLE, ids.END_FORM, [waiting]), fill)


def view(call: Call, caller: Caller, timer: Timer, *, day: date, proposed: datetime | None) -> Block:
    shown = (proposed or timer.start).astimezone(call.zone)
    blocks = [
        messages.end_asked(call, timer),
        field("Day", ids.DATE, date_input(shown.date().isoformat())),
        field("Time", ids.TO, time_input(f"{shown:%H:%M}" if proposed else "")),
        *_wanted(caller.provider.capabilities, timer.work),
    ]
    metadata = ids.metadata(form=call.operation_id, timer=timer.id, day=day.isoformat())
    return modal(_TITLE, ids.END_FORM, blocks, submit="Stop it there", metadata=metadata)


def end_of(call: Call) -> datetime:
    """Raises `NotUnderstood`, with the field that it is about, for a time that no clock showed or that it showed twice."""
    if not call.is_zone_known:
        raise NotUnderstood(UNKNOWN_ZONE, field=ids.DATE)
    picked = element(call, ids.TO).get("selected_time")
    if not picked:
        raise NotUnderstood("At what time did you stop?", field=ids.TO)
    day = date.fromisoformat(element(call, ids.DATE).get("selected_date") or call.today.isoformat())
    if day > call.today:
        raise NotUnderstood("That day is still to come.", field=ids.DATE)
    clock = time.fromisoformat(picked)
    at = WallTime(clock.hour * 60 + clock.minute)
    try:
        return instant(day, at, call.zone)
    except Fold as fold:
        raise NotUnderstood(_twice(call, day, at, fold.marks), field=ids.TO) from None
    except NotUnderstood as error:
        raise NotUnderstood(error.sentence, field=ids.TO) from None


def asked_on(call: Call) -> date:
    """The day on which they were asked, as the form has it. Raises `NoTimerRunning` for one that says nothing readable."""
    try:
        return date.fromisoformat(call.metadata.get("day", ""))
    except ValueError:
        raise NoTimerRunning("That form is too old. Stop the timer again.") from None


def _twice(call: Call, day: date, at: WallTime, marks: tuple[str, str]) -> str:
    """A picker has no room for which of the two it is; a line has."""
    ends = [instant(day, replace(at, mark=mark), call.zone) for mark in marks]
    first, second = (_line(call, end) for end in ends)
    command = call.services.command
    return f"The clocks went back, so {at} came twice. Close this and type {command} {first}, or {command} {second}."


def _line(call: Call, end: datetime) -> str:
    return line(pinned(Phrase("stop", end=end), now=call.now, zone=call.zone), call.zone)


def _wanted(offered: Capabilities, work: Work) -> list[Block]:
    """What the workspace wants of every entry and the timer lacks."""
    lacks = {
        ids.TASK: (offered.task_required or offered.project_required) and not (work.task or work.sought),
        ids.TAGS: offered.tags_required and not work.tags,
        ids.DESCRIPTION: offered.description_required and not work.description,
    }
    shown = [name for name, is_lacking in lacks.items() if is_lacking]
    return [work_fields.FIELDS[name](offered, work, is_required=True) for name in shown]
