"""What a line says about when: collected word by word, then worked out once, as instants."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.dates import format_day, match_day
from app.core.durations import LONGEST, format_duration, match_duration
from app.core.errors import NotUnderstood
from app.core.times import Fold, WallTime, instant, match_range, match_time, wall_time
from app.core.words import Slot

QUOTE_IT = "Put quotes round what is not a time."
_LIKE_A_CLOCK = re.compile(
    r"(?P<h>0[6-9]|[89]|1[0-9]|2[0-3])(?:[.,](?P<fraction>[0-5][0-9])|:(?P<m>[0-5][0-9])(?: ?h)?)"
)


@dataclass(frozen=True, slots=True)
class When:
    """What was said so far. `length` stands alone or, after `=`, beside a range that must agree with it."""

    length: timedelta | None = None
    range: tuple[WallTime, WallTime] | None = None
    day: date | None = None
    moment: WallTime | None = None
    ago: timedelta | None = None

    @property
    def has_length(self) -> bool:
        return self.length is not None or self.range is not None

    @property
    def has_moment(self) -> bool:
        return self.moment is not None or self.ago is not None


@dataclass(frozen=True, slots=True)
class Span:
    """When, worked out: aware UTC, None where not said."""

    start: datetime | None = None
    end: datetime | None = None
    length: timedelta | None = None
    day: date | None = None


def take(when: When, text: str, *, today: date, zone: ZoneInfo) -> tuple[When, Slot] | None:
    """`when` with what `text` says added, and what that was; None when `text` says nothing about time.

    Raises `NotUnderstood` when it says what was said already, or something that cannot be.
    """
    if found := match_range(text, zone):
        return _with_range(when, found, text), Slot.LENGTH
    if (day := match_day(text, today)) is not None:
        return _with_day(when, day, text), Slot.DAY
    if text.casefold() == "now":
        return when, Slot.MOMENT
    if text.casefold().endswith(" ago") and (ago := match_duration(text[:-4])):
        return _with_moment(when, text, ago=ago), Slot.MOMENT
    if text.casefold().startswith("at "):
        return _at(when, text[3:], zone)
    if re.search(r"(?:[0-9] ?[ap]\.?m\.?|\bnoon)$", text.casefold()):
        return _at(when, text, zone)
    return _length(when, text)


def span(when: When, *, word: str, now: datetime, zone: ZoneInfo, mark: str = "") -> Span:
    """Works `when` out; `mark` chooses in a fold. Raises `Fold`, and `NotUnderstood` for what is still to come."""
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    day = when.day or now.astimezone(zone).date()
    if when.range:
        found = _range(when, day, zone, mark)
    elif when.has_moment:
        found = _from_moment(when, word, now, day, zone, mark)
    else:
        _refuse_day_alone(when, word, now.astimezone(zone).date())
        return Span(length=when.length, day=when.day)
    _refuse_future(found, now, day, zone)
    return found


def _refuse_day_alone(when: When, word: str, today: date) -> None:
    """A timer that starts or stops on another day does so at some time of it, not now."""
    if word in ("start", "stop") and when.day not in (None, today):
        raise NotUnderstood(
            f"At what time on {format_day(when.day or today, today)}? Write {word} yesterday at 17:00. {QUOTE_IT}",
            field="start",
        )


def _range(when: When, day: date, zone: ZoneInfo, mark: str) -> Span:
    assert when.range
    start, end = (_instant(day, time, zone, mark) for time in when.range)
    if end <= start:
        hint = f"{when.range[0]}–{when.range[1]} ends before it begins."
        raise NotUnderstood(f"{hint} Write the end in 24 hours, or log each side of midnight by itself.", field="end")
    if end - start > LONGEST:
        raise NotUnderstood(f"That was {format_duration(end - start)}. Log it in parts of at most 24 h.", field="end")
    if when.length is not None and when.length != end - start:
        lengths = (
            f"{when.range[0]}–{when.range[1]} is {format_duration(end - start)}, not {format_duration(when.length)}."
        )
        raise NotUnderstood(f"{lengths} Say one of the two.", field="duration")
    return Span(start, end, end - start, when.day)


def _from_moment(when: When, word: str, now: datetime, day: date, zone: ZoneInfo, mark: str) -> Span:
    if when.ago:
        moment, said = now - when.ago, f"{format_duration(when.ago)} ago"
    else:
        assert when.moment
        moment, said = _instant(day, when.moment, zone, mark), str(when.moment)
    moments_day = moment.astimezone(zone).date()
    if when.day and moments_day != day:
        raise NotUnderstood(
            f"{said} is on {format_day(moments_day, day)}, not on {format_day(day, moments_day)}. Say one of the two.",
            field="start",
        )
    if word == "stop":
        return Span(end=moment, day=when.day)
    return Span(moment, moment + when.length if when.length else None, when.length, when.day)


def _instant(day: date, time: WallTime, zone: ZoneInfo, mark: str) -> datetime:
    try:
        return instant(day, time, zone)
    except Fold as fold:
        if mark not in fold.marks:
            raise
        return instant(day, replace(time, mark=mark), zone)


def _refuse_future(found: Span, now: datetime, day: date, zone: ZoneInfo) -> None:
    last = found.end or found.start
    if last is None or last <= now:
        return
    shown, today = wall_time(last, zone), now.astimezone(zone)
    hint = "" if day < today.date() else " For another day, say which: yesterday, mon, 18 nov."
    raise NotUnderstood(
        f"{shown} is still to come: it is {today:%H:%M} on {format_day(today.date(), today.date())}.{hint}", field="end"
    )


def _with_range(when: When, found: tuple[WallTime, WallTime], text: str) -> When:
    if when.range or when.has_moment:
        raise NotUnderstood(f"There is a time already before “{text}”. {QUOTE_IT}", field="start")
    return replace(when, range=found)


def _with_day(when: When, day: date, text: str) -> When:
    if when.day:
        raise NotUnderstood(f"There is a day already before “{text}”. {QUOTE_IT}", field="day")
    return replace(when, day=day)


def _with_moment(when: When, text: str, *, time: WallTime | None = None, ago: timedelta | None = None) -> When:
    if when.has_moment or when.range:
        raise NotUnderstood(f"There is a time already before “{text}”. {QUOTE_IT}", field="start")
    return replace(when, moment=time, ago=ago)


def _at(when: When, text: str, zone: ZoneInfo) -> tuple[When, Slot] | None:
    time = match_time(text, zone)
    return (_with_moment(when, text, time=time), Slot.MOMENT) if time else None


def _length(when: When, text: str) -> tuple[When, Slot] | None:
    is_stated = text.startswith("=")
    text = re.sub("^(?:= ?|for )", "", text, flags=re.IGNORECASE)
    if when.has_length and not is_stated:
        _refuse_second_length(text)
        return None
    clock = _LIKE_A_CLOCK.fullmatch(text)
    if clock and not is_stated:
        hours = f"{int(clock['h'])}h{clock['m']}m" if clock["m"] else f"{text}h"
        raise NotUnderstood(
            f"Is {text} how long or what time? Write {hours} for the length, or at {text} for the time."
        )
    length = match_duration(text)
    return (replace(when, length=length), Slot.LENGTH) if length else None


def _refuse_second_length(text: str) -> None:
    try:
        found = match_duration(text)
    except NotUnderstood:
        found = timedelta()
    if found is not None:
        hint = f"For the time it began, write at {text}. " if ":" in text else ""
        raise NotUnderstood(f"There is a length already before “{text}”. {hint}{QUOTE_IT}", field="duration")
