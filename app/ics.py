"""Reads a calendar file: the all-day events in it are days off. Meetings at some hour are none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event as VEvent

_DAY = timedelta(days=1)
_UNTIL_AN_HOUR = re.compile(r"(UNTIL=[0-9]{8})T[0-9]{6}Z?")


class Unreadable(Exception):
    """Its text says which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Event:
    """Days from `first` on, and again by `rule` (RFC 5545's RRULE) but not on those in `left_out`."""

    name: str
    first: date
    length: timedelta
    rule: str = ""
    left_out: frozenset[date] = frozenset()

    def days(self, year: int) -> Iterable[date]:
        for start in self._starts(year):
            if start not in self.left_out:
                yield from (start + _DAY * ahead for ahead in range(self.length.days))

    def _starts(self, year: int) -> Iterable[date]:
        if not self.rule:
            return [self.first]
        from dateutil.rrule import rrulestr  # comes along with icalendar, and as late

        found = rrulestr(self.rule, dtstart=datetime.combine(self.first, time()))
        since, until = datetime(year, 1, 1) - self.length, datetime(year, 12, 31)
        return [moment.date() for moment in found.between(since, until, inc=True)]


@dataclass(frozen=True, slots=True)
class DaysOff:
    events: tuple[Event, ...]
    _years: dict[int, dict[date, str]] = field(default_factory=dict, repr=False)

    def check(self) -> None:
        """Raises `ValueError` for a rule that can't be followed."""
        for event in self.events:
            self.on(event.first)

    def on(self, day: date) -> str:
        """The event's name; "" on any other day."""
        if day.year not in self._years:
            self._years[day.year] = self._in_year(day.year)
        return self._years[day.year].get(day, "")

    def _in_year(self, year: int) -> dict[date, str]:
        """Of two events on a day the first."""
        return {day: event.name for event in reversed(self.events) for day in event.days(year)}


def read_days_off(path: Path) -> DaysOff:
    """Raises `Unreadable`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}). Give the way to a calendar file (.ics).") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not UTF-8. Export the calendar again as an .ics file.") from None
    try:
        events = tuple(_events(text))
        DaysOff(events).check()
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(f"{path} is no calendar file that I can read ({error}). Export it again as .ics.") from None
    if not events:
        raise Unreadable(f"{path} holds no all-day event, so no day of it would be off. Export the calendar again.")
    return DaysOff(events)


def _events(text: str) -> Iterable[Event]:
    from icalendar import Calendar  # a quarter of a second, for those only who have such files
    from icalendar import Event as VEvent

    for found in Calendar.from_ical(text).walk("VEVENT"):
        assert isinstance(found, VEvent)
        if any(name in ("DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE") for name, _ in found.errors):
            raise ValueError("; ".join(f"{name}: {fault}" for name, fault in found.errors))
        first, is_off = found.DTSTART, str(found.get("STATUS", "")) != "CANCELLED"
        if is_off and isinstance(first, date) and not isinstance(first, datetime):
            yield from _all_day(found, first)


def _all_day(found: "VEvent", first: date) -> Iterable[Event]:
    """Once, or by its rule; and on the days that it names besides."""
    name, rule = str(found.get("SUMMARY", "a day off")), found.get("RRULE")
    length = max(_as_date(found.end) - first, _DAY)
    written = _UNTIL_AN_HOUR.sub(r"\1", rule.to_ical().decode()) if rule else ""
    yield Event(name, first, length, written, frozenset(map(_as_date, found.exdates)))
    for day in found.rdates:
        yield Event(name, _as_date(day[0]), length)


def _as_date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
