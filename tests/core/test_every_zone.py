"""Every change of every zone's clocks from 2024 to 2030: what is skipped is refused, what comes twice is asked about."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.core.errors import NotUnderstood
from app.core.times import Fold, WallTime, instant, match_time, start_of_day

MINUTE = timedelta(minutes=1)


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found


@cache
def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """The first minute, aware UTC, of each new offset. No zone changes twice within a week but for those of Morocco's Ramadan."""
    weeks = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=7 * n) for n in range(7 * 52 + 9)]
    found = []
    for before, after in pairwise(weeks):
        if offset(before, zone) != offset(after, zone):
            while after - before > MINUTE:
                middle = before + (after - before) // (2 * MINUTE) * MINUTE
                before, after = (middle, after) if offset(middle, zone) == offset(before, zone) else (before, middle)
            found.append(after)
    return tuple(found)


def wall(moment: datetime, zone: ZoneInfo) -> tuple[date, WallTime]:
    local = moment.astimezone(zone)
    return local.date(), WallTime(local.hour * 60 + local.minute)


@cache
def changing() -> list[tuple[ZoneInfo, datetime]]:
    zones = [ZoneInfo(name) for name in sorted(available_timezones())]
    return [(zone, change) for zone in zones for change in changes(zone)]


def moved(zone: ZoneInfo, change: datetime) -> timedelta:
    return offset(change, zone) - offset(change - MINUTE, zone)


def test_there_is_something_to_try() -> None:
    assert len({zone.key for zone, _ in changing()}) > 100
    assert {moved(zone, change) for zone, change in changing()} >= {timedelta(hours=1), timedelta(minutes=-30)}


def test_a_time_that_is_skipped_is_refused_with_the_nearest_that_exists() -> None:
    for zone, change in changing():
        if (gap := moved(zone, change)) > timedelta():
            last_day, last = wall(change - MINUTE, zone)
            minutes = last.minutes + gap // (2 * MINUTE)
            day, time = last_day + timedelta(days=minutes // 1440), WallTime(minutes % 1440)
            with pytest.raises(NotUnderstood) as refused:
                instant(day, time, zone)
            nearest = re.search(r"The nearest time that exists is (\d\d:\d\d)\.", refused.value.sentence)
            assert nearest, (zone, refused.value.sentence)
            said = match_time(nearest[1], zone)
            assert said, (zone, nearest[1])
            near = [
                instant(other, said, zone) for other in (day, day + timedelta(days=1)) if is_clear(other, said, zone)
            ]
            assert any(abs(found - change) <= gap for found in near), (zone, change)


def is_clear(day: date, time: WallTime, zone: ZoneInfo) -> bool:
    try:
        instant(day, time, zone)
    except NotUnderstood:
        return False
    return True


def test_a_time_that_comes_twice_is_asked_about_and_each_answer_is_one_of_the_two() -> None:
    for zone, change in changing():
        if (fold := -moved(zone, change)) > timedelta():
            later = change + fold // (2 * MINUTE) * MINUTE
            with pytest.raises(Fold) as asked:
                instant(*wall(later, zone), zone)
            day, time = wall(later, zone)
            both = [instant(day, WallTime(time.minutes, mark), zone) for mark in asked.value.marks]
            assert both == [later - fold, later], (zone, change)


def test_lengths_across_a_change_are_what_really_passed() -> None:
    for zone, change in changing():
        start, end = change - timedelta(hours=3), change + timedelta(hours=3)
        if is_clear(*wall(start, zone), zone) and is_clear(*wall(end, zone), zone):
            assert instant(*wall(end, zone), zone) - instant(*wall(start, zone), zone) == timedelta(hours=6), zone


def test_a_day_with_a_change_is_as_long_as_it_is() -> None:
    for zone, change in changing():
        day = (change - MINUTE).astimezone(zone).date()
        length = start_of_day(day + timedelta(days=1), zone) - start_of_day(day, zone)
        assert timedelta(hours=21) < length < timedelta(hours=28), (zone, change)
