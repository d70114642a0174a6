"""Decides whether somebody is asked about their day, and by which rule.

The first of these that holds decides; none but the last two need the provider to be read.

    gone            Slack has deactivated them
    off             they don't want to be asked at all
    said_right      they have answered about that day already, or
    not_today       don't want to
    snoozed         not before a day that they named
    no_working_day  a weekday without hours, or a day that the date line swallowed
    leave           theirs, a whole day's; half a day's halves the target
    holiday         where they are
    not_connected   there is nothing to read
    away            a Slack status that says so
    quiet           notifications are paused: asked when that ends, if it ends soon enough
    complete        what is logged reaches the target, but for a minute, and with it what runs, as if it went on until
                    their usual end; not what has run for over ten hours since another day, which may be forgotten
    missing         they are asked
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.away import is_away, status
from app.core.briefs import is_left_on, logged
from app.core.dates import format_day
from app.core.durations import format_duration, to_minute
from app.core.model import Person
from app.core.reminder import LATEST, Brief, Decision, Presence, Reminder, Rule
from app.core.rhythm import Leave, Rhythm
from app.core.times import start_of_day

_LOOKS_AHEAD = 366
TOLERANCE = timedelta(minutes=1)  # nobody is asked for what a clock's seconds leave open


def due(rhythm: Rhythm, day: date, zone: ZoneInfo) -> datetime:
    """When they are asked about that day, aware UTC: the first of two such times, or the first minute after a gap."""
    return _instant(day, rhythm.at, zone)


def ends(rhythm: Rhythm, day: date, zone: ZoneInfo) -> datetime:
    """When they have usually stopped on that day, aware UTC."""
    return _instant(day, rhythm.ends, zone)


def without_reading(
    person: Person,
    day: date,
    now: datetime,
    *,
    presence: Presence,
    holiday: str,
    is_connected: bool,
    answered: Reminder | None,
) -> Decision | None:
    """None where only the provider can tell. `answered` is what is kept of that day's reminder, if there is one.

    Before their hour it is what will hold at their hour, as far as it is known by now.
    """
    hour = _hour(person, day, answered)
    return (
        (Decision(Rule.GONE) if presence.is_gone else None)
        or _said_themselves(person.rhythm, day, answered)
        or _day_off(person, day, holiday)
        or (None if is_connected else Decision(Rule.NOT_CONNECTED))
        or _elsewhere(presence, max(now, hour), hour)
    )


def upcoming(person: Person, first: date, holiday: Callable[[date], str]) -> datetime | None:
    """The next hour, on `first` or later, at which they are asked unless the day turns out otherwise; aware UTC.

    None where there is none within a year.
    """
    for day in (first + timedelta(days=ahead) for ahead in range(_LOOKS_AHEAD)):
        if not (_said_themselves(person.rhythm, day, None) or _day_off(person, day, holiday(day))):
            return due(person.rhythm, day, person.zone)
    return None


def after_reading(person: Person, brief: Brief, now: datetime) -> Decision:
    """`about` is how much is missing, or how much is there."""
    target, done = person.rhythm.target(brief.day), logged(brief, now, person.zone)
    if target - done <= TOLERANCE:
        return Decision(Rule.COMPLETE, format_duration(to_minute(done)))
    end = max(now, ends(person.rhythm, brief.day, person.zone))
    if target - logged(brief, end, person.zone) <= TOLERANCE:
        until = f"{end.astimezone(person.zone):%H:%M}"
        return Decision(Rule.COMPLETE, f"{format_duration(to_minute(done))}, and what runs until {until}")
    missing = format_duration(to_minute(target - done))
    return Decision(Rule.MISSING, f"{missing}{_not_counted(person, brief, now)}")


def _not_counted(person: Person, brief: Brief, now: datetime) -> str:
    if brief.timer is None or not is_left_on(brief, now, person.zone):
        return ""
    since = brief.timer.start.astimezone(person.zone).date()
    return f", not counting what has run since {format_day(since, brief.day)},"


def _hour(person: Person, day: date, answered: Reminder | None) -> datetime:
    if answered and answered.rule is Rule.PUT_OFF:
        return answered.due_at
    return due(person.rhythm, day, person.zone)


def _said_themselves(rhythm: Rhythm, day: date, answered: Reminder | None) -> Decision | None:
    if not rhythm.is_on:
        return Decision(Rule.OFF)
    if answered and answered.rule in (Rule.SAID_RIGHT, Rule.NOT_TODAY):
        return Decision(answered.rule)
    if rhythm.quiet_until and day < rhythm.quiet_until:
        return Decision(Rule.SNOOZED, format_day(rhythm.quiet_until, day))
    return None


def _day_off(person: Person, day: date, holiday: str) -> Decision | None:
    leave = person.rhythm.leave_on(day)
    if not person.rhythm.week.on(day) or _is_swallowed(day, person.zone):
        return Decision(Rule.NO_WORKING_DAY, f"{day:%A}")
    if leave and not leave.is_half:
        return Decision(Rule.LEAVE, _stretch(leave, day))
    return Decision(Rule.HOLIDAY, holiday) if holiday else None


def _elsewhere(presence: Presence, moment: datetime, hour: datetime) -> Decision | None:
    if is_away(presence, moment):
        return Decision(Rule.AWAY, status(presence))
    start, end = presence.quiet_from, presence.quiet_until
    if end is None or moment >= end or (start and moment < start):
        return None
    return Decision(Rule.QUIET, until=end if end <= hour + LATEST else None)


def _stretch(leave: Leave, day: date) -> str:
    first, last = format_day(leave.first, day), format_day(leave.last, day)
    return first if first == last else f"{first} – {last}"


def _is_swallowed(day: date, zone: ZoneInfo) -> bool:
    """Samoa had no 30 December in 2011."""
    return start_of_day(day, zone) >= start_of_day(day + timedelta(days=1), zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    naive = datetime.combine(day, at)
    first = naive.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == naive:
        return first
    return _after_gap(naive, zone)


def _after_gap(naive: datetime, zone: ZoneInfo) -> datetime:
    """Read with the offset from after the gap the time lands before it; from there the clocks are watched."""
    moment = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = moment.astimezone(zone).utcoffset()
    while moment.astimezone(zone).utcoffset() == before:
        moment += timedelta(minutes=1)
    return moment
