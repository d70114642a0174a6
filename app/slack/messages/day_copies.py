"""What would be logged when a day is to be the same as the one before."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.briefs import logged
from app.core.dates import format_day
from app.core.day_copy import DayCopy, Piece, day_copy
from app.core.durations import to_minute
from app.core.model import TimeEntry, Window
from app.core.reminder import Brief
from app.slack import ids
from app.slack.blocks import actions, button, cut, escape, header, section
from app.slack.call import Call, Reply
from app.slack.messages import day_lines, phrasing
from app.slack.messages.day import NO_NEWS, DayNews, told, value

_MOST_NAMED = 5


def day_copy_proposed(call: Call, brief: Brief, news: DayNews = NO_NEWS) -> Reply:
    """Line by line, with totals; nothing is logged until they say so."""
    whole = day_lines.with_waiting(brief, news.waiting)
    copy = day_copy(whole, call.now, call.zone)
    name, source = (format_day(day, call.today) for day in (brief.day, _source(call, brief)))
    mark = f"{value(call, brief.day)} {copy.name}"
    blocks = [
        header(f"{name}, same as {source}?"),
        *told(news, brief.day),
        *day_lines.sections([_line(call, piece) for piece in copy.pieces]),
        *phrasing.notes(*map(escape, left_out(call, copy))),
        section(_sum(call, whole, copy.length)),
        actions(
            button("Log these", ids.action_id(ids.DAY_COPY_NOW), mark, style="primary"),
            button("Back", ids.action_id(ids.DAY_SHOW), value(call, brief.day)),
        ),
    ]
    return Reply(f"{name}, same as {source}: {phrasing.length(copy.length)} would be logged", tuple(blocks))


def left_out(call: Call, copy: DayCopy) -> list[str]:
    """In plain words, and why."""
    said = []
    if copy.taken:
        said.append(f"Left out, for there is something already: {_named(call, copy.taken)}.")
    if copy.ahead:
        said.append(f"Left out, for it is still to come: {_named(call, copy.ahead)}.")
    return said


def _line(call: Call, piece: Piece) -> str:
    line = day_lines.entry_line(call, piece.entry, has_details=True)
    return f"{line}\n_Until now: the rest of it is still to come._" if piece.is_cut else line


def _sum(call: Call, brief: Brief, more: timedelta) -> str:
    """Never over what they meant to work without saying so."""
    target = call.person.rhythm.target(brief.day)
    after = logged(brief, call.now, call.zone) + more
    over = to_minute(max(after - target, timedelta()))
    name = escape(format_day(brief.day, call.today))
    said = f"That logs *{phrasing.length(more)}*. {name} has {phrasing.length(after)} then"
    if over:
        return f"{said}, *{phrasing.length(over)} over* the {phrasing.length(target)} that you mean to work."
    return f"{said}, of {phrasing.length(target)}."


def _source(call: Call, brief: Brief) -> date:
    return brief.before[0].start.astimezone(call.zone).date()


def _named(call: Call, entries: Sequence[TimeEntry]) -> str:
    shown = ", ".join(_name(call, entry) for entry in entries[:_MOST_NAMED])
    more = len(entries) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _name(call: Call, entry: TimeEntry) -> str:
    window = Window(entry.start, entry.end)
    when = phrasing.clock_range(call, window) if entry.is_timed else phrasing.length(entry.duration)
    return f"{cut(' '.join(phrasing.plain_title(entry.work).split()), 80)} {when}"
