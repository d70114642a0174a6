"""Days that are still to come, as people write them, and stretches of such days."""

import re
from datetime import date, timedelta

from app.core.dates import WEEKDAY, Written, date_or_none, format_day, match_written, real_date, weekday_number
from app.core.errors import NotUnderstood

_WORDS = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "day after tomorrow": 2, "the day after tomorrow": 2}
_NEXT = re.compile(rf"(?:next|this|coming|this coming) (?:week|month|year|{WEEKDAY.pattern})")
_JOINED = re.compile(r" ?- ?| (?:to|until|till|through) ")
_MONTH_NAME = re.compile(r"[a-z]{3,}")
_FURTHEST = timedelta(days=400)
_FURTHEST_WITHOUT_YEAR = timedelta(days=300)
_BEGUN = timedelta(days=60)  # a leave may have begun so long ago


def match_day_to_come(text: str, today: date) -> date | None:
    """Today or a day after it; None for what does not look like a day.

    Raises `NotUnderstood` for a day that is over, does not exist or could be two.
    """
    folded = _folded(text)
    day = _day(folded, today, after=today, since=today)
    if day is not None and day < today:
        raise NotUnderstood(f"{format_day(day, today)} is over.", field="day")
    return day


def match_stretch(text: str, today: date) -> tuple[date, date] | None:
    """A day, or the first and the last of several; what began already may be among them. Raises as above."""
    folded = _folded(text)
    if single := _day(folded, today, after=today, since=today - _BEGUN):
        return _ordered(single, single, today)
    for joint in _JOINED.finditer(folded):
        left, right = _borrowed_month(folded[: joint.start()], folded[joint.end() :])
        if first := _day(left, today, after=today, since=today - _BEGUN):
            last = _day(right, today, after=first, since=first)
            return _ordered(first, last, today) if last else None
    return None


def _folded(text: str) -> str:
    return re.sub("[‐-―−]", "-", re.sub(r"\s+", " ", text.strip().casefold()))


def _day(folded: str, today: date, *, after: date, since: date) -> date | None:
    """A weekday is the first one `after`; a date without a year the first one `since`."""
    if folded == "yesterday":
        raise NotUnderstood("Yesterday is over.", field="day")
    if folded in _WORDS:
        return today + timedelta(days=_WORDS[folded])
    if _NEXT.fullmatch(folded):
        raise NotUnderstood(f"Which day is “{folded}”? Write its date, such as {_example(today)}.", field="day")
    if match := WEEKDAY.fullmatch(folded):
        return _weekday(match["weekday"], after)
    written = match_written(folded)
    return written.checked(_nearest(written, today, after=after, since=since), today) if written else None


def _weekday(name: str, after: date) -> date:
    ahead = (weekday_number(name) - after.weekday()) % 7
    if not ahead:
        one, other = format_day(after, after), format_day(after + timedelta(days=7), after)
        raise NotUnderstood(f"Is {name} {one} or {other}? Write the date.", field="day")
    return after + timedelta(days=ahead)


def _nearest(written: Written, today: date, *, after: date, since: date) -> date:
    if written.year is not None:
        day = real_date(written.year, written.month, written.day)
    else:
        found = (date_or_none(year, written.month, written.day) for year in (since.year, since.year + 1))
        upcoming = [day for day in found if day and day >= since]
        day = upcoming[0] if upcoming else real_date(since.year + 1, written.month, written.day)
        if day - after > _FURTHEST_WITHOUT_YEAR:
            raise NotUnderstood(f"Is that {day}? Write the year as well.", field="day")
    if day - today > _FURTHEST:
        raise NotUnderstood(f"{format_day(day, today)} is more than a year away. Check the year.", field="day")
    return day


def _borrowed_month(left: str, right: str) -> tuple[str, str]:
    """In 24-27 dec and dec 24-27 the month is said once."""
    month = _MONTH_NAME.search(right if left.isdecimal() else left)
    if month and left.isdecimal():
        return f"{left} {month[0]}", right
    if month and right.isdecimal():
        return left, f"{right} {month[0]}"
    return left, right


def _ordered(first: date, last: date, today: date) -> tuple[date, date]:
    if last < first:
        raise NotUnderstood(f"{format_day(last, today)} is before {format_day(first, today)}.", field="day")
    if last < today:
        raise NotUnderstood(f"{format_day(last, today)} is over.", field="day")
    if today - first > _FURTHEST:
        raise NotUnderstood(f"{format_day(first, today)} is more than a year ago. Check the year.", field="day")
    return first, last


def _example(today: date) -> str:
    return format_day(today + timedelta(days=7 - today.weekday()), today)[4:].lower()
