"""When a timer may end, and what is said of one that has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.durations import LONGEST, format_duration, to_minute
from app.core.errors import NotAllowed, NotUnderstood, TimerError
from app.core.model import Account, Timer
from app.core.times import wall_time

SHORTEST = timedelta(seconds=1)
CLOCKS_DIFFER = timedelta(minutes=2)
STILL_TO_COME = "That is still to come. A timer stops now or earlier."


def told(caller: Caller, timer: Timer, end: datetime) -> str:
    """What it was, with every word of it: the timer is gone, and this is where the person reads them."""
    return f"It was {_described(timer)}, {_span(caller, timer, end)}."


def _span(caller: Caller, timer: Timer, end: datetime) -> str:
    zone = caller.person.zone
    day = timer.start.astimezone(zone).date()
    return f"{format_day(day, end.astimezone(zone).date())}, {wall_time(timer.start, zone)}–{wall_time(end, zone)}"


def check_clock(timer: Timer, now: datetime) -> None:
    """A provider's clock may be a little ahead of ours; more than that, and what we say of lengths is wrong."""
    if timer.start - now > CLOCKS_DIFFER:
        raise TimerError(
            f"{name_of(timer)} began in the future, as the clock here has it. Look at it in your time-tracking system, "
            "and tell whoever runs this app that its clock is wrong."
        )


def check_reach(caller: Caller, account: Account, timer: Timer) -> None:
    """Stopping acts on whose sign-in it is, and that is never somebody else's."""
    if not timer.is_held and account != caller.account:
        raise NotAllowed(f"<@{account.user}> runs {name_of(timer)} with their own sign-in. Only they can stop it.")


def check_end(caller: Caller, timer: Timer, end: datetime, *, now: datetime) -> None:
    if end > now:
        raise NotUnderstood(STILL_TO_COME, field="end")
    if end - timer.start < SHORTEST:
        raise _started_later(timer, end, caller.person.zone)


def check_length(timer: Timer, end: datetime, command: str) -> None:
    length = end - timer.start
    if length > LONGEST:
        raise NotUnderstood(
            f"{name_of(timer)} has run for {format_duration(to_minute(length))}, longer than a day. "
            f"Say when it really ended, as in “{command} stop yesterday at 17:00”, or drop it with “{command} cancel”.",
            field="end",
        )


def _started_later(timer: Timer, end: datetime, zone: ZoneInfo) -> NotUnderstood:
    """About the day where it is an earlier one."""
    began, ended = (moment.astimezone(zone).date() for moment in (timer.start, end))
    since = f"{format_day(began, ended)} at {wall_time(timer.start, zone)}"
    sentence = f"{name_of(timer)} was started on {since}. Say a later end, or cancel it."
    return NotUnderstood(sentence, field="day" if ended < began else "end")


def told_both(error: TimerError, stopped: Timer, note: str) -> TimerError:
    """A failure after a success: what was stopped is saved all the same, or will be, as the note says."""
    return type(error)(f"{error.sentence} {note or f'{name_of(stopped)} was stopped and saved.'}")


def _described(timer: Timer) -> str:
    work = timer.work
    words = [work.description if work.task or work.sought else "", *(f"#{tag}" for tag in work.tags)]
    words += ["billable"] if work.billable else []
    return " · ".join(word for word in (name_of(timer), *words) if word)


def name_of(timer: Timer) -> str:
    work = timer.work
    return work.task.name if work.task else work.sought or work.description or "The timer"
