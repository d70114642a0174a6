"""The message at the end of the day: what is missing first, then the day itself, in every state that a click leaves it in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.accounts import Caller
from app.core.briefs import logged, rest, running
from app.core.dates import format_day
from app.core.day_copy import day_copy
from app.core.decision import TOLERANCE
from app.core.durations import to_minute
from app.core.errors import NotOffered
from app.core.logbook import days
from app.core.model import TimeEntry, Window
from app.core.offers import check_times
from app.core.reminder import Brief
from app.slack import ids
from app.slack.blocks import Block, actions, button, context, escape, header, section
from app.slack.call import Call, Reply
from app.slack.messages import day_lines, phrasing

_OLD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DayNews:
    """What the last click came to, as sentences; `undoes` are the operations that one button takes back.

    `waiting` is saved here and still to be sent: it counts.
    """

    told: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    waiting: tuple[TimeEntry, ...] = ()


NO_NEWS = DayNews()


def day_asked(call: Call, caller: Caller, brief: Brief, news: DayNews = NO_NEWS) -> Reply:
    """The day as it stands: what is missing and what to do about it, until it is complete."""
    whole = day_lines.with_waiting(brief, news.waiting)
    missing, hole = rest(whole, call.person.rhythm.target(brief.day), call.now, call.zone)
    if missing <= TOLERANCE:
        return _complete(call, whole, news)
    name, done = format_day(brief.day, call.today), _done(call, whole)
    why_not = cannot_be_logged(call, caller, brief.day)
    buttons = [] if why_not else _ways_to_log(call, whole, missing, hole)
    lacking = f":hourglass:  *{phrasing.length(missing)}* missing. {escape(why_not)}"
    blocks = [
        header(f"{name}: {done}"),
        *told(news, brief.day),
        section(lacking.rstrip()),
        actions(*buttons, *_ways_out(call, brief.day)),
        *day_lines.sections(day_lines.lines(call, whole)),
        *phrasing.what_is_missing(caller),
        context(_foot(call, whole)),
    ]
    return Reply(f"{name}: {done} logged, {phrasing.length(missing)} missing", tuple(blocks))


def day_said_right(call: Call, day: date, brief: Brief | None) -> Reply:
    done = f": {phrasing.length(logged(brief, call.now, call.zone))}" if brief else ""
    return _aside(call, day, f":white_check_mark:  *{_name(call, day)} is right as it is{done}*")


def day_asked_later(call: Call, day: date, at: datetime) -> Reply:
    return _aside(call, day, f":alarm_clock:  I'll ask about {_name(call, day)} again at *{phrasing.clock(call, at)}*.")


def day_dropped(call: Call, day: date) -> Reply:
    return _aside(call, day, f":no_bell:  I won't ask about {_name(call, day)} any more.")


def day_unread(call: Call, day: date, news: DayNews) -> Reply:
    """What the last click came to, where nobody knows how the day stands now."""
    back = button("Show the day", ids.action_id(ids.DAY_SHOW), value(call, day))
    name = format_day(day, call.today)
    return Reply(f"{name}: {' '.join(news.told)}", (header(name), *told(news, day), actions(back)))


def told(news: DayNews, day: date) -> list[Block]:
    if not news.told:
        return []
    said = "\n".join(map(escape, news.told))
    undo = button("Undo", ids.action_id(ids.DAY_UNDO), " ".join((day.isoformat(), *news.undoes)))
    return [section(said, accessory=undo if news.undoes else None)]


def value(call: Call, day: date) -> str:
    """With something of the act that made this button, for the same one may be pressed again after a rewriting."""
    return f"{day.isoformat()} {call.operation_id[:8] or '-'}"


def cannot_be_logged(call: Call, caller: Caller, day: date) -> str:
    """Why the person's system takes nothing on that day; "" where it does."""
    whole = days(day, day, call.zone)
    try:
        check_times(caller, min(call.now, whole.end - timedelta(minutes=1)))
    except NotOffered as error:
        return error.sentence
    return ""


def _complete(call: Call, brief: Brief, news: DayNews) -> Reply:
    """What a clock's seconds leave open is not missing."""
    done = max(logged(brief, call.now, call.zone), call.person.rhythm.target(brief.day))
    name, length = format_day(brief.day, call.today), phrasing.length(done)
    said = section(f":white_check_mark:  *{escape(name)} is complete: {length}*")
    return Reply(f"{name} is complete: {length}", (said, *told(news, brief.day)))


def _aside(call: Call, day: date, shown: str) -> Reply:
    """A line that stays quiet, with the way back to the day."""
    back = button("Show the day", ids.action_id(ids.DAY_SHOW), value(call, day))
    text = shown.partition("  ")[2].replace("*", "")
    return Reply(text, (section(shown), actions(back)))


def _ways_to_log(call: Call, brief: Brief, missing: timedelta, hole: Window | None) -> list[Block]:
    label = f"Log the rest: {phrasing.length(missing)}"
    if hole and to_minute(hole.end - hole.start) < to_minute(missing):
        label = f"Log {phrasing.clock_range(call, hole)}"
    style = "" if running(brief, call.now, call.zone) else "primary"  # what runs may still become the rest
    about = f"{value(call, brief.day)} {missing // timedelta(minutes=1)}"
    buttons = [button(label, ids.action_id(ids.DAY_LOG), about, style=style)]
    if day_copy(brief, call.now, call.zone).pieces:
        weekday = f"{brief.before[0].start.astimezone(call.zone):%a}"
        buttons.append(button(f"Same as {weekday}", ids.action_id(ids.DAY_COPY), value(call, brief.day)))
    return buttons


def _ways_out(call: Call, day: date) -> list[Block]:
    """A day that is over is not asked about again."""
    right = button("Looks right", ids.action_id(ids.DAY_RIGHT), value(call, day))
    if day != call.today:
        return [right]
    later = button("Later", ids.action_id(ids.DAY_LATER), value(call, day))
    return [right, later, button("Not today", ids.action_id(ids.DAY_DROP), value(call, day))]


def _foot(call: Call, brief: Brief) -> str:
    as_of = f"As of {phrasing.clock(call, brief.read_at)}.  " if call.now - brief.read_at > _OLD else ""
    command = call.services.command
    return f"{as_of}`{command} why` says why I ask, `{command} remind` changes when."


def _done(call: Call, brief: Brief) -> str:
    done = phrasing.length(logged(brief, call.now, call.zone))
    return f"{done} of {phrasing.length(call.person.rhythm.target(brief.day))}"


def _name(call: Call, day: date) -> str:
    return escape(format_day(day, call.today))
