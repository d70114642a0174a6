"""When people in a believable last week worked, the same for the same day, so that reports have something to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Line]):
    """``line`` is one of the things that the person does in an ordinary week."""

    line: Line
    start: datetime
    length: timedelta


def last_week(person: object, now: datetime, zone: ZoneInfo, lines: Sequence[Line]) -> Iterator[Stretch[Line]]:
    """Seven days back in the person's zone, weekends free; ``person`` is what makes their week their own."""
    today = now.astimezone(zone).date()
    for back in range(7, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() < 5:
            morning = datetime.combine(day, time(8, 30), zone)
            yield from _day(Random(f"{person} {day}"), morning, lines)


def _day(chance: Random, morning: datetime, lines: Sequence[Line]) -> Iterator[Stretch[Line]]:
    start = morning + timedelta(minutes=chance.randrange(0, 75))
    for line in chance.sample(lines, k=chance.randint(4, 5)):
        length = timedelta(minutes=chance.randrange(20, 111, 5), seconds=chance.randrange(0, 60))
        yield Stretch(line, start, length)
        start += length + timedelta(minutes=chance.randrange(0, 45))


def this_morning(now: datetime, zone: ZoneInfo, line: Line) -> Iterator[Stretch[Line]]:
    """From ten past nine to five past ten today, once it is past eleven."""
    local = now.astimezone(zone)
    if local.time() > time(11):
        start = datetime.combine(local.date(), time(9, 10), zone)
        yield Stretch(line, start, timedelta(minutes=55))
