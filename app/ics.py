"""Reads a calendar file: the all-day events in it are days off. Meetings at some hour are none."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateutil.rrule import rrule
    from icalendar import Event as VEvent
    from icalendar import vRecur

_DAY = timedelta(days=1)
_LONGEST = timedelta(days=366)
_LARGEST = 5_000_000  # bytes: some ten thousand events
_OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_LONG_AGO = date(1900, 1, 1)  # every day since then is counted one by one
_OF_AN_HOUR = ("BYHOUR", "BYMINUTE", "BYSECOND")  # RFC 5545: to be ignored where a whole day is meant
_READ = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID")
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


class Unreadable(Exception):
    """Its text says which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Event:
    """Days from `first` on, and again by `rule` but not on those in `left_out`."""

    name: str
    first: date
    length: timedelta
    rule: "rrule | None" = None
    left_out: frozenset[date] = frozenset()

    def days(self, year: int) -> Iterable[date]:
        for start in self._starts(year):
            if start not in self.left_out:
                yield from (start + _DAY * ahead for ahead in range(self.length.days))

    def _starts(self, year: int) -> Iterable[date]:
        if self.rule is None:
            return [self.first] if self.first.year <= year <= (self.first + self.length).year else []
        since, until = datetime(year, 1, 1) - self.length, datetime(year, 12, 31)
        return [moment.date() for moment in self.rule.between(since, until, inc=True)]


@dataclass(frozen=True, slots=True)
class DaysOff:
    events: tuple[Event, ...]
    _years: dict[int, Mapping[date, str]] = field(default_factory=dict, repr=False)

    def on(self, day: date) -> str:
        """The event's name; "" on any other day."""
        return self.in_year(day.year).get(day, "")

    def in_year(self, year: int) -> Mapping[date, str]:
        """Of two events on a day the first."""
        if year not in self._years:
            self._years[year] = {day: event.name for event in reversed(self.events) for day in event.days(year)}
        return self._years[year]


def read_days_off(path: Path) -> DaysOff:
    """Raises `Unreadable`."""
    text = _text(path)
    try:
        events = tuple(_events(text))
    except _UNREADABLE as error:
        raise Unreadable(f"{path} is no calendar file that I can read ({error}). Export it again as .ics.") from None
    if not events:
        raise Unreadable(f"{path} holds no all-day event, so no day of it would be off. Export the calendar again.")
    return DaysOff(events)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable(f"{path} is larger than 5 MB. Export a calendar that holds only days off.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}). Give the way to a calendar file (.ics).") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not UTF-8. Export the calendar again as an .ics file.") from None


def _events(text: str) -> Iterable[Event]:
    from icalendar import Calendar  # a quarter of a second, for those only who have such files
    from icalendar import Event as VEvent

    found = [one for one in Calendar.from_ical(text).walk("VEVENT") if isinstance(one, VEvent)]
    moved = _moved(found)
    for event in found:
        if any(name in _READ for name, _ in event.errors):
            raise ValueError("; ".join(f"{name}: {fault}" for name, fault in event.errors))
        first, is_off = event.DTSTART, str(event.get("STATUS", "")).upper() != "CANCELLED"
        if is_off and isinstance(first, date) and not isinstance(first, datetime):
            is_series = "RECURRENCE-ID" not in event
            yield from _all_day(event, first, moved[str(event.get("UID", ""))] if is_series else frozenset())


def _moved(events: Iterable["VEvent"]) -> Mapping[str, frozenset[date]]:
    """By its UID, the days of a series in whose place another event stands."""
    moved: dict[str, frozenset[date]] = defaultdict(frozenset)
    for event in events:
        if "RECURRENCE-ID" in event and "UID" in event:
            moved[str(event["UID"])] |= {_as_date(event.decoded("RECURRENCE-ID"))}
    return moved


def _all_day(found: "VEvent", first: date, moved: frozenset[date]) -> Iterable[Event]:
    """Once, or by its rules; and on the days that it names besides."""
    name = str(found.get("SUMMARY", "a day off"))
    length = max(_as_date(found.end) - first, _DAY)
    if length > _LONGEST:
        raise ValueError(f"“{name}” lasts longer than a year")
    left_out = moved.union(map(_as_date, found.exdates))
    written = found.get("RRULE", [])
    for one in (written if isinstance(written, list) else [written]) or [None]:
        rule = _rule(one, first, name) if one else None
        if rule is None or next(iter(rule), None):
            yield Event(name, first, length, rule, left_out)
    for day in found.rdates:
        yield Event(name, _as_date(day[0]), length)


def _rule(written: "vRecur", first: date, name: str) -> "rrule":
    from dateutil.rrule import rrule, rrulestr  # comes along with icalendar, and as late

    parts = {part.upper(): value for part, value in written.items() if part.upper() not in _OF_AN_HOUR}
    _check(parts, first, name)
    if "UNTIL" in parts:
        parts["UNTIL"] = [_as_date(moment) for moment in parts["UNTIL"]]
    cleaned: bytes = type(written)(parts).to_ical()  # type: ignore[no-untyped-call]
    found = rrulestr(cleaned.decode(), dtstart=datetime.combine(first, time()))
    assert isinstance(found, rrule)
    return found


def _check(rule: Mapping[str, list[object]], first: date, name: str) -> None:
    """What would be counted for ever is no rule."""
    often = str(rule["FREQ"][0]).upper()
    if often not in _OFTEN:
        raise ValueError(f"“{name}” has FREQ={often}, and a day off comes DAILY, WEEKLY, MONTHLY or YEARLY")
    if often != "YEARLY" and first < _LONG_AGO:
        raise ValueError(f"“{name}” began before 1900")
    if any(int(str(number)) < 1 for part in ("INTERVAL", "COUNT") for number in rule.get(part, [])):
        raise ValueError(f"“{name}” has an INTERVAL or a COUNT of less than 1")
    if _is_never(rule):
        raise ValueError(f"“{name}” is on a day that its months don't have")


def _is_never(rule: Mapping[str, list[object]]) -> bool:
    days, months = ([int(str(one)) for one in rule.get(part, [])] for part in ("BYMONTHDAY", "BYMONTH"))
    longest = max((monthrange(2024, month)[1] for month in months), default=31)
    return bool(days) and min(map(abs, days)) > longest


def _as_date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
