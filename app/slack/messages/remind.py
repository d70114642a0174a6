"""How somebody works and when they are asked, said back at one glance."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.dates import format_day
from app.core.remind_words import line
from app.core.rhythm import Leave, Rhythm, Week
from app.core.weekdays import format_weekdays
from app.slack import ids
from app.slack.blocks import Block, actions, button, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing
from app.slack.messages.connecting import connect_button

_MOST_LEAVES = 6


def rhythm_kept(call: Call, rhythm: Rhythm, before: Rhythm, *, next_at: datetime | None, is_connected: bool) -> Reply:
    """`next_at` is when they are asked next, aware UTC."""
    head = _head(call, rhythm) if is_connected else _unconnected(call, rhythm)
    next_line = _next(call, rhythm, next_at) if is_connected else ""
    body = "\n".join(part for part in (_hours(rhythm), _leaves(call, rhythm), next_line) if part)
    connect = [] if is_connected else [connect_button()]
    blocks = (section(f"{head}\n{body}"), actions(*connect, *_buttons(call, rhythm, before)))
    return Reply(f"{_without_emoji(head)} {next_line.replace('*', '')}".strip(), blocks)


def leave_named(call: Call, leave: Leave) -> str:
    first, last = format_day(leave.first, call.today), format_day(leave.last, call.today)
    return (first if first == last else f"{first} – {last}") + (", half" if leave.is_half else "")


def hours_of(week: Week) -> str:
    """`8 h`, and what differs: `8 h, Fri 4 h`."""
    by_hours: dict[timedelta, list[int]] = {}
    for day, hours in week.special:
        by_hours.setdefault(hours, []).append(day)
    differing = [f"{format_weekdays(days)} {phrasing.length(hours)}" for hours, days in by_hours.items()]
    return ", ".join([phrasing.length(week.usual), *differing])


def _head(call: Call, rhythm: Rhythm) -> str:
    hour, days = f"{rhythm.at:%H:%M}", _on(rhythm.week)
    if not rhythm.is_on:
        return f":no_bell:  *I won't ask you about your days any more.* Kept for when you do want it: {hour} {days}."
    if rhythm.quiet_until and rhythm.quiet_until > call.today:
        until = format_day(rhythm.quiet_until, call.today)
        return f":zzz:  *Silent until {until}*, then at {hour} {days} again."
    return f":bell:  *I'll ask you at {hour} {days}* when hours are missing."


def _unconnected(call: Call, rhythm: Rhythm) -> str:
    kept = f"{rhythm.at:%H:%M} {_on(rhythm.week)}" if rhythm.is_on else "that you don't want to be asked"
    return (
        ":no_bell:  *You aren't connected yet*, so there is nothing to ask about:"
        f" `{call.services.command} connect`. Kept until then: {kept}."
    )


def _on(week: Week) -> str:
    days = format_weekdays(week.days)
    return days if days == "every day" else f"on {days}"


def _hours(rhythm: Rhythm) -> str:
    return f"Target {hours_of(rhythm.week)}  ·  usually done by {rhythm.ends:%H:%M}"


def _leaves(call: Call, rhythm: Rhythm) -> str:
    to_come = [leave_named(call, leave) for leave in rhythm.leave if leave.last >= call.today]
    more = [f"{len(to_come) - _MOST_LEAVES} more"] if len(to_come) > _MOST_LEAVES else []
    return f"Leave: {'; '.join([*to_come[:_MOST_LEAVES], *more])}" if to_come else ""


def _next(call: Call, rhythm: Rhythm, next_at: datetime | None) -> str:
    if not rhythm.is_on:
        return ""
    if next_at is None:
        return "You won't be asked within the next year."
    day = next_at.astimezone(call.zone).date()
    return f"Next: *{phrasing.relative(call, day)}{format_day(day, call.today)}, {next_at.astimezone(call.zone):%H:%M}*"


def _buttons(call: Call, rhythm: Rhythm, before: Rhythm) -> Sequence[Block]:
    change = button("Change", ids.action_id(ids.FORM), "remind")
    if before == rhythm:
        return [change]
    return [change, button("Put back", ids.action_id(ids.SAY), f"remind {line(before, call.today)}")]


def _without_emoji(head: str) -> str:
    return head.partition("  ")[2].replace("*", "").replace("`", "")
