"""Where in a day the entries stand that Hoursmith keeps without a time of day.

It keeps a day and a length. Our entries have a start, so each gets one, chosen such that every sum and every day
comes out as Hoursmith has it, and that an entry stands at the same place whoever asks:

- what its own timer made keeps its start, unless that lies on another of the person's days than the entry's own;
- the rest of a day stands one after the other from nine o'clock, in the order in which it was logged, earlier where
  it would reach past midnight or, today, past the present moment.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from app.core.times import start_of_day
from app.providers.hoursmith_wire import Logged, day_of

NINE = time(9)
A_SECOND = timedelta(seconds=1)


def starts(entries: Iterable[Logged], *, zone: ZoneInfo, now: datetime) -> dict[str, datetime]:
    """Each entry's start, aware UTC, by id; all of one person, and whole days of them."""
    found, unplaced = {}, []
    for entry in entries:
        if entry.started and keeps_its_start(entry, zone):
            found[entry.id] = entry.started
        else:
            unplaced.append(entry)
    unplaced.sort(key=lambda entry: (entry.day, entry.made, entry.id))
    for day, of_day in groupby(unplaced, key=lambda entry: entry.day):
        found |= dict(_one_after_the_other(day, list(of_day), zone=zone, now=now))
    return found


def keeps_its_start(entry: Logged, zone: ZoneInfo) -> bool:
    return entry.started is not None and day_of(entry.started, zone) == entry.day


def _one_after_the_other(
    day: date, entries: list[Logged], *, zone: ZoneInfo, now: datetime
) -> Iterator[tuple[str, datetime]]:
    begins, ends = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    nine = datetime.combine(day, NINE, zone).astimezone(UTC)
    total = sum((entry.length for entry in entries), timedelta())
    latest = now if begins <= now < ends else ends
    start = max(begins, min(nine, latest - total))
    for entry in entries:
        yield entry.id, min(start, ends - A_SECOND)
        start += entry.length
