"""Where entries stand that have a day and no time of day: every sum and every day stays as Hoursmith has it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.times import start_of_day
from app.providers.hoursmith_days import starts
from app.providers.hoursmith_wire import Logged, day_of

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = date(2026, 3, 4)
FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def one(
    entry_id: str, *, hours: float = 1, day: date = WEDNESDAY, made: str = "", started: datetime | None = None
) -> Logged:
    length = timedelta(hours=hours)
    return Logged(entry_id, "us_ada", "pr_1", "", "", False, day, length, started, made or entry_id, False)


def clocks(*entries: Logged, zone: ZoneInfo = BERLIN, now: datetime = FRIDAY) -> dict[str, time]:
    return {name: at.astimezone(zone).time() for name, at in starts(entries, zone=zone, now=now).items()}


def test_a_day_is_laid_out_from_nine_in_the_order_in_which_it_was_logged() -> None:
    late, early = one("a", hours=2, made="2026-03-04T17"), one("b", hours=1.5, made="2026-03-04T16")
    assert clocks(late, early) == {"b": time(9), "a": time(10, 30)}


def test_each_day_begins_anew() -> None:
    assert clocks(one("a"), one("b", day=date(2026, 3, 5))) == {"a": time(9), "b": time(9)}


def test_a_long_day_begins_earlier_so_that_it_ends_on_its_day() -> None:
    assert clocks(one("a", hours=10), one("b", hours=8)) == {"a": time(6), "b": time(16)}


def test_more_than_a_whole_day_still_begins_on_its_day() -> None:
    assert clocks(one("a", hours=23), one("b", hours=23), one("c")) == {
        "a": time(0),
        "b": time(23),
        "c": time(23, 59, 59),
    }


def test_what_was_done_today_does_not_reach_into_the_future() -> None:
    at_half_past_nine = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
    assert clocks(one("a"), one("b", hours=2), now=at_half_past_nine) == {"a": time(6, 30), "b": time(7, 30)}


def test_what_hoursmiths_own_timer_made_keeps_its_start() -> None:
    started = datetime(2026, 3, 4, 13, 12, tzinfo=UTC)
    assert clocks(one("a", started=started), one("b")) == {"a": time(14, 12), "b": time(9)}


def test_a_start_on_another_of_the_persons_days_gives_way_to_the_day() -> None:
    started = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)  # half past midnight on Thursday in Berlin
    assert clocks(one("a", started=started)) == {"a": time(9)}


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_nine_is_nine_also_when_the_clocks_change(day: date) -> None:
    assert clocks(one("a", day=day), now=datetime(2026, 12, 1, tzinfo=UTC)) == {"a": time(9)}


zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
days = st.dates(date(2026, 3, 1), date(2026, 4, 5))
entries = st.lists(
    st.builds(
        one,
        st.uuids().map(str),
        hours=st.floats(0.01, 30),
        day=days,
        started=st.none() | st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 5), timezones=st.just(UTC)),
    ),
    max_size=12,
)


@given(entries=entries, zone=zones.map(ZoneInfo), now=st.datetimes(datetime(2026, 3, 1), timezones=st.just(UTC)))
def test_whatever_there_is_every_entry_begins_on_its_own_day(
    entries: list[Logged], zone: ZoneInfo, now: datetime
) -> None:
    found = starts(entries, zone=zone, now=now)
    assert {entry.id: day_of(found[entry.id], zone) for entry in entries} == {entry.id: entry.day for entry in entries}
    assert starts(list(reversed(entries)), zone=zone, now=now) == found


@given(st.lists(st.floats(0.1, 4), min_size=1, max_size=5), zones.map(ZoneInfo), st.times())
def test_today_ends_by_now_whenever_it_fits(hours: list[float], zone: ZoneInfo, at: time) -> None:
    now = start_of_day(WEDNESDAY, zone) + timedelta(hours=at.hour, minutes=at.minute)
    todays = [one(str(number), hours=length) for number, length in enumerate(hours)]
    found, total = starts(todays, zone=zone, now=now), sum((entry.length for entry in todays), timedelta())
    last = max(found[entry.id] + entry.length for entry in todays)
    assert last <= max(now, start_of_day(WEDNESDAY, zone) + total)
