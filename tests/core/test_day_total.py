"""What overlaps is found, and what only touches is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.day_total import day_total
from app.core.model import TimeEntry, Work

NINE = datetime(2026, 3, 4, 9, tzinfo=UTC)


def entry(name: str, begins: int, ends: int, *, is_timed: bool = True) -> TimeEntry:
    """From and to in minutes after nine."""
    return TimeEntry(
        name, Work(), NINE + timedelta(minutes=begins), NINE + timedelta(minutes=ends), "183", is_timed=is_timed
    )


@pytest.mark.parametrize(
    ("begins", "ends", "overlaps"),
    [(0, 30, False), (0, 31, True), (59, 90, True), (60, 90, False), (40, 50, True), (0, 90, True), (30, 60, True)],
)
def test_entries_overlap_when_they_share_a_moment(begins: int, ends: int, overlaps: bool) -> None:
    new, other = entry("new", begins, ends), entry("other", 30, 60)
    found = day_total(new, [new, other], is_mine=True)
    assert found.overlaps == ((other,) if overlaps else ())
    assert found.length == timedelta(minutes=30 + ends - begins)


def test_entries_that_touch_share_no_moment_though_they_are_marked_by_a_little() -> None:
    new, other = entry("new", 30, 60), entry("other", 0, 30)
    marked = replace(other, start=other.start + timedelta(seconds=0.9), end=other.end + timedelta(seconds=0.9))
    assert day_total(new, [marked], is_mine=True).overlaps == ()


def test_where_only_the_day_is_kept_nothing_overlaps() -> None:
    new, other = entry("new", 0, 60), entry("other", 0, 60)
    for one, two in ((entry("new", 0, 60, is_timed=False), other), (new, entry("other", 0, 60, is_timed=False))):
        assert day_total(one, [two], is_mine=True).overlaps == ()


def test_time_of_somebody_else_overlaps_nothing_of_ones_own_and_does_not_count() -> None:
    found = day_total(entry("theirs", 0, 60), [entry("mine", 0, 30)], is_mine=False)
    assert (found.length, found.overlaps) == (timedelta(minutes=30), ())
