"""Days as people write them: words, weekdays and dates, always today or before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import NotUnderstood

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?P<weekday>mon|monday|tue|tues|tuesday|wed|weds|wednesday|thu|thur|thurs|thursday|fri|friday|sat|saturday|sun|sunday)\.?"
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}|{name}" for name in _MONTHS) + r"|sept)\.?"
_YEAR = r"(?:(?:,? |-)(?P<year>[0-9]{4}))?"
_NUMBER = r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"

_NAMED = re.compile(
    rf"(?:{_WEEKDAY},? )?(?:{_NUMBER}(?:-| (?:of )?){_MONTH}|{_MONTH.replace('month', 'month2')} {_NUMBER.replace('day', 'day2')}){_YEAR}"
)
_ONLY_WEEKDAY = re.compile(rf"(?P<last>last )?{_WEEKDAY}")
WEEKDAY = re.compile(_WEEKDAY)
_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})")
_DOTTED = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})?")
_SLASHED = re.compile(r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?:/(?P<year>(?:20)?[0-9]{2}))?")
_UNCLEAR = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}")
_AGO = re.compile(r"(?P<count>[0-9]{1,3}|a|one|two|three|four|five|six) (?P<unit>day|days|week|weeks) ago")
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WORDS = {"today": 0, "yesterday": 1, "yest": 1, "yday": 1, "day before yesterday": 2, "the day before yesterday": 2}
_OLDEST = timedelta(days=366)
_OLDEST_WITHOUT_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands there: without a year it is one of several, and its weekday may be wrong."""

    year: int | None
    month: int
    day: int
    weekday: str = ""

    def checked(self, day: date, today: date) -> date:
        """`day`, which it was taken for. Raises `NotUnderstood` where that is another weekday."""
        if self.weekday and day.weekday() != weekday_number(self.weekday):
            raise NotUnderstood(
                f"{format_day(day, today)[4:]} is a {day:%A}, not a {self.weekday.capitalize()}.", field="day"
            )
        return day


def match_day(text: str, today: date) -> date | None:
    """The day that `text` names, seen from `today`; None when it does not look like a day.

    Raises `NotUnderstood` when it looks like one that is in the future, does not exist or could be two.
    """
    folded = re.sub("^(?:on|for) ", "", re.sub(r"\s+", " ", text.strip().casefold()))
    day = _relative(folded, today) or _weekday(folded, today) or _dated(folded, today)
    if day is None:
        return None
    if day > today:
        raise NotUnderstood(f"{format_day(day, today)} is still to come.", field="day")
    if today - day > _OLDEST:
        raise NotUnderstood(f"{format_day(day, today)} is more than a year ago. Check the year.", field="day")
    return day


def format_day(day: date, today: date) -> str:
    """`Tue 3 Mar`, with the year where it is not this one. `match_day` reads it back."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def match_written(folded: str) -> Written | None:
    """None for what is no date. Raises `NotUnderstood` for one that could be read in two ways."""
    return _named(folded) or _numeric(folded)


def _relative(folded: str, today: date) -> date | None:
    if folded in ("tomorrow", "tmrw", "tmr"):
        raise NotUnderstood("Tomorrow is still to come.", field="day")
    if folded in _WORDS:
        return today - timedelta(days=_WORDS[folded])
    if match := _AGO.fullmatch(folded):
        count = _SMALL.get(match["count"]) or int(match["count"])
        return today - timedelta(days=count * (7 if match["unit"].startswith("week") else 1))
    return None


def _weekday(folded: str, today: date) -> date | None:
    match = _ONLY_WEEKDAY.fullmatch(folded)
    if not match:
        return None
    back = (today.weekday() - weekday_number(match["weekday"])) % 7
    if not back and not match["last"]:
        raise NotUnderstood(
            f"Today is {today:%A}. Write “today” or “last {_WEEKDAYS[today.weekday()][:3]}”.", field="day"
        )
    return today - timedelta(days=back or 7)


def _dated(folded: str, today: date) -> date | None:
    written = match_written(folded)
    return written.checked(_nearest(written, today), today) if written else None


def _named(folded: str) -> Written | None:
    match = _NAMED.fullmatch(folded)
    if not match:
        return None
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith((match["month"] or match["month2"])[:3]))
    return Written(_year(match["year"]), month, int(match["day"] or match["day2"]), match["weekday"] or "")


def _numeric(folded: str) -> Written | None:
    if match := _ISO.fullmatch(folded) or _DOTTED.fullmatch(folded):
        return Written(_year(match["year"]), int(match["month"]), int(match["day"]))
    if match := _SLASHED.fullmatch(folded):
        one, two = int(match["one"]), int(match["two"])
        if not match["year"] or (one <= 12 and two <= 12):
            raise NotUnderstood(
                f"Is {folded} a day and a month, or a month and a day? Write 18 nov, or quotes round text.", field="day"
            )
        return Written(int(f"20{match['year'][-2:]}"), min(one, two), max(one, two))
    if _UNCLEAR.fullmatch(folded):
        raise NotUnderstood(f"Is {folded} a date? Write 2026-11-18 or 18 nov, or quotes round text.", field="day")
    return None


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _nearest(written: Written, today: date) -> date:
    if written.year is not None:
        return real_date(written.year, written.month, written.day)
    this_year = date_or_none(today.year, written.month, written.day)
    if this_year and this_year <= today:
        return this_year
    last_year = real_date(today.year - 1, written.month, written.day)
    if today - last_year > _OLDEST_WITHOUT_YEAR and not written.weekday:
        raise NotUnderstood(f"Is that {last_year}? Write the year as well.", field="day")
    return last_year


def real_date(year: int, month: int, day: int) -> date:
    """Raises `NotUnderstood` for one that no calendar has."""
    found = date_or_none(year, month, day)
    if not found:
        raise NotUnderstood(f"There is no {day}.{month}.{year} in the calendar.", field="day")
    return found


def date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday_number(name: str) -> int:
    return next(i for i, full in enumerate(_WEEKDAYS) if full.startswith(name[:3]))
