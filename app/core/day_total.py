"""What a day comes to with one entry in it, and what that entry overlaps: allowed everywhere, and seldom meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.core.model import TimeEntry

_SHOWN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DayTotal:
    length: timedelta
    overlaps: tuple[TimeEntry, ...] = ()


def day_total(entry: TimeEntry, listed: Sequence[TimeEntry], *, is_mine: bool) -> DayTotal:
    """`listed` are the day's entries, among them perhaps `entry` itself; it counts only where the day is its assignee's."""
    others = [other for other in listed if other.id != entry.id]
    length = sum((other.duration for other in others), entry.duration if is_mine else timedelta())
    return DayTotal(length, tuple(other for other in others if is_mine and _overlap(entry, other)))


def _overlap(one: TimeEntry, other: TimeEntry) -> bool:
    """By what people see: entries are marked by less than a second, and those that touch may then share a little."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.is_timed and other.is_timed and shared >= _SHOWN
