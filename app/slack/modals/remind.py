"""The form about reminders: when they are asked, how they work, and when they are off."""

from dataclasses import replace
from datetime import date, time

from app.core.dates import format_day
from app.core.day_lengths import parse_day_length
from app.core.durations import format_duration
from app.core.errors import NotUnderstood
from app.core.hours_that_differ import hours_that_differ
from app.core.rhythm import Leave, Rhythm, Week
from app.core.weekdays import LONG, SHORT
from app.core.wishes import Wish, granted
from app.slack import ids, messages
from app.slack.blocks import Block, date_input, field, many_select, modal, option, text_input, tick, ticks, time_input
from app.slack.call import Call, Form
from app.slack.modals.work_fields import element, text

_ASKED = "Ask me at the end of the day when hours are missing"


def form(call: Call) -> Form:
    return Form(view(call), said="remind")


def view(call: Call) -> Block:
    shown = [leave for leave in call.person.rhythm.leave if leave.last >= call.today]
    blocks = [*_asking(call.person.rhythm), *_working(call.person.rhythm), _silence(call), *_leave(call, shown)]
    metadata = ids.metadata(form=call.operation_id, leave=",".join(map(_key, shown)))
    return modal("Reminders", ids.REMIND_FORM, [*blocks, *_new_leave()], submit="Save", metadata=metadata)


def read(call: Call) -> Rhythm:
    """Raises `NotUnderstood`, with the field that it is about."""
    before, first = call.person.rhythm, _leave_to_come(call)
    week = _week(call)
    rhythm = replace(
        before,
        week=week,
        at=_time(call, ids.AT),
        ends=_time(call, ids.ENDS),
        is_on=bool(element(call, ids.ASKS).get("selected_options")),
        quiet_until=_quiet_until(call),
        leave=_kept(call, before.leave),
    )
    return granted(Wish(leave=(first,) if first else ()), rhythm, call.today)


def _asking(rhythm: Rhythm) -> list[Block]:
    return [
        field("Reminders", ids.ASKS, tick(_ASKED, "yes", is_ticked=rhythm.is_on), is_optional=True),
        field("At", ids.AT, time_input(f"{rhythm.at:%H:%M}")),
    ]


def _working(rhythm: Rhythm) -> list[Block]:
    days, week = [option(name, str(day)) for day, name in enumerate(LONG)], rhythm.week
    special = text_input(_special(week), "fri 4h, wed 6h", longest=200)
    return [
        field("Days on which you work", ids.DAYS, ticks(days, [days[day] for day in week.days])),
        field("Hours of such a day", ids.TARGET, text_input(format_duration(week.usual), longest=40)),
        field("Hours that differ", ids.SPECIAL, special, is_optional=True),
        field("By then you have usually stopped", ids.ENDS, time_input(f"{rhythm.ends:%H:%M}")),
    ]


def _silence(call: Call) -> Block:
    until = call.person.rhythm.quiet_until
    picked = date_input(until.isoformat() if until and until > call.today else "")
    return field("Silent until", ids.QUIET_UNTIL, picked, is_optional=True, hint="You are asked again that day.")


def _new_leave() -> list[Block]:
    return [
        field("New leave from", ids.LEAVE_FIRST, date_input(""), is_optional=True),
        field("to", ids.LEAVE_LAST, date_input(""), is_optional=True, hint="The last day off; empty for a single one."),
        field("Half days", ids.LEAVE_HALF, tick("Only half of each of these days", "half"), is_optional=True),
    ]


def _leave(call: Call, shown: list[Leave]) -> list[Block]:
    if not shown:
        return []
    options = [option(messages.leave_named(call, leave), _key(leave)) for leave in shown]
    hint = "Take out what doesn't hold any more."
    return [field("Leave", ids.LEAVE, many_select(options, options), is_optional=True, hint=hint)]


def _week(call: Call) -> Week:
    """A weekday that is off in words is off, with or without a tick."""
    ticked = {int(chosen["value"]) for chosen in element(call, ids.DAYS).get("selected_options") or []}
    differing = _differing(call)
    for day in {day for day, _ in differing.special} - ticked:
        raise NotUnderstood(f"{LONG[day]} has hours here and no tick above. Which of the two?", field=ids.SPECIAL)
    usual, days = parse_day_length(text(call, ids.TARGET)), tuple(sorted(ticked - set(differing.free)))
    return Week(usual, days, tuple((day, hours) for day, hours in sorted(differing.special) if hours != usual))


def _differing(call: Call) -> Wish:
    try:
        return hours_that_differ(text(call, ids.SPECIAL), today=call.today, zone=call.zone)
    except NotUnderstood as error:
        raise NotUnderstood(error.sentence, field=ids.SPECIAL) from None


def _time(call: Call, block: str) -> time:
    picked = element(call, block).get("selected_time")
    if not picked:
        raise NotUnderstood("At what time?", field=block)
    return time.fromisoformat(picked)


def _quiet_until(call: Call) -> date | None:
    picked = _date(call, ids.QUIET_UNTIL)
    if picked and picked <= call.today:
        raise NotUnderstood("Then you are asked today. Pick a later day, or none.", field=ids.QUIET_UNTIL)
    return picked


def _leave_to_come(call: Call) -> Leave | None:
    first, last = _date(call, ids.LEAVE_FIRST), _date(call, ids.LEAVE_LAST)
    is_half = bool(element(call, ids.LEAVE_HALF).get("selected_options"))
    if first is None:
        if last or is_half:
            raise NotUnderstood("From which day on?", field=ids.LEAVE_FIRST)
        return None
    last = last or first
    if last < first:
        raise NotUnderstood(f"That is before {format_day(first, call.today)}.", field=ids.LEAVE_LAST)
    if last < call.today:
        raise NotUnderstood("That is over.", field=ids.LEAVE_FIRST)
    return Leave(first, last, is_half)


def _kept(call: Call, before: tuple[Leave, ...]) -> tuple[Leave, ...]:
    """What the form did not show is kept."""
    shown = set(call.metadata.get("leave", "").split(","))
    chosen = {chosen["value"] for chosen in element(call, ids.LEAVE).get("selected_options") or []}
    return tuple(leave for leave in before if _key(leave) not in shown or _key(leave) in chosen)


def _special(week: Week) -> str:
    return ", ".join(f"{SHORT[day].casefold()} {format_duration(hours)}" for day, hours in week.special)


def _key(leave: Leave) -> str:
    return f"{leave.first} {leave.last} {'half' if leave.is_half else 'whole'}"


def _date(call: Call, block: str) -> date | None:
    picked = element(call, block).get("selected_date")
    return date.fromisoformat(picked) if picked else None
