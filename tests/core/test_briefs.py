"""What is missing of a day, and where there is room for it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.core.briefs import Briefs, logged, occupied, rest, running
from app.core.model import TimeEntry, Timer, Window, Work
from app.core.reminder import Brief

from .fakes import ADA, BERLIN, Desk
from .test_day_copy import at, entry

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
EIGHT = timedelta(hours=8)


@pytest.mark.parametrize(
    ("spans", "now", "missing", "hole"),
    [
        ("09:00-12:00 14:30-17:00", "20T18:00", "2:30:00", "12:00-14:30"),
        ("09:00-12:00 13:00-16:00", "20T16:45", "2:00:00", "12:00-13:00"),  # the longest there is
        ("09:00-13:00 13:00-15:30", "20T16:45", "1:30:00", "15:30-16:45"),
        ("09:00-17:00", "20T17:00", "0:00:00", ""),
        ("", "20T16:45", "8:00:00", ""),
        ("09:00-15:00", "21T08:00", "2:00:00", "15:00-17:00"),  # over: behind the last entry
        ("09:00-12:00 20:00-23:00", "21T08:00", "2:00:00", "12:00-14:00"),
        ("20:00-23:00", "21T08:00", "5:00:00", ""),  # no room behind it
        ("13:00-16:00", "21T00:00", "5:00:00", "16:00-21:00"),  # the first moment at which it is over
        ("16:00-19:30", "21T08:00", "4:30:00", "19:30-00:00"),  # just room enough
        ("09:00-13:00 15:00-17:00", "20T17:00", "2:00:00", "13:00-15:00"),  # as long as that
        ("09:00-12:00 12:15-15:00", "20T15:00", "2:15:00", "12:00-12:15"),
        ("09:00-12:00 12:14-15:00", "20T15:00", "2:14:00", ""),  # so short a hole is none
        ("09:00-12:00 10:00-11:00 12:00-13:00", "20T13:00", "3:00:00", ""),
    ],
)
def test_what_is_missing_has_a_place_where_the_day_has_room(spans: str, now: str, missing: str, hole: str) -> None:
    moment = datetime.fromisoformat(f"2026-11-{now}:00").replace(tzinfo=BERLIN)
    found = Brief(FRIDAY, tuple(entry(FRIDAY, span) for span in spans.split()), None, moment)
    lacking, window = rest(found, EIGHT, moment, BERLIN)
    shown = f"{window.start.astimezone(BERLIN):%H:%M}-{window.end.astimezone(BERLIN):%H:%M}" if window else ""
    assert (str(lacking), shown) == (missing, hole)


@pytest.mark.parametrize(("first", "is_placed"), [("09:00-12:00", True), ("06:15-09:15", True), ("06:14-09:14", False)])
def test_what_runs_counts_and_leaves_room_only_before_the_day_s_work(first: str, *, is_placed: bool) -> None:
    morning = entry(FRIDAY, first)
    timer, now = Timer("t", Work(), morning.end, "183"), morning.end + timedelta(hours=4, minutes=45)
    a_quarter = timedelta(minutes=15)
    place = Window(morning.start - a_quarter, morning.start) if is_placed else None
    assert rest(Brief(FRIDAY, (morning,), timer, now), EIGHT, now, BERLIN) == (a_quarter, place)


def test_what_has_run_since_yesterday_counts_only_as_long_as_it_may_be_work() -> None:
    timer = Timer("t", Work(), at(FRIDAY, "22:00"), "183")
    found = Brief(SATURDAY, (), timer, at(SATURDAY, "08:00"))
    assert logged(found, at(SATURDAY, "08:00"), BERLIN) == EIGHT
    assert logged(found, at(SATURDAY, "08:01"), BERLIN) == timedelta()


def test_what_still_runs_the_next_morning_is_not_filled_over() -> None:
    """Nor is its whole night counted for the day on which it began."""
    timer, now = Timer("t", Work(), at(FRIDAY, "14:00"), "183"), at(SATURDAY, "09:10")
    found = Brief(FRIDAY, (entry(FRIDAY, "08:00-10:00"),), timer, now)
    assert rest(found, EIGHT, now, BERLIN) == (timedelta(hours=6), Window(at(FRIDAY, "10:00"), at(FRIDAY, "14:00")))


def test_what_runs_is_there_like_an_entry() -> None:
    timer = Timer("t", Work(), at(FRIDAY, "12:00"), "183")
    found = Brief(FRIDAY, (), timer, at(FRIDAY, "16:45"))
    (there,) = occupied(found, at(FRIDAY, "16:45"), BERLIN)
    assert (there.start, there.end) == (at(FRIDAY, "12:00"), at(FRIDAY, "16:45"))


def test_what_is_missing_is_told_in_minutes_that_fill_it() -> None:
    timer = Timer("t", Work(), at(FRIDAY, "14:30") - timedelta(seconds=10), "183")
    found = Brief(FRIDAY, (), timer, at(FRIDAY, "16:45"))
    assert rest(found, EIGHT, at(FRIDAY, "16:45") + timedelta(seconds=5), BERLIN)[0] == timedelta(hours=5, minutes=45)


def test_without_times_of_day_there_are_no_holes() -> None:
    entries = (
        replace(entry(FRIDAY, "09:00-10:00"), is_timed=False),
        replace(entry(FRIDAY, "12:00-13:00"), is_timed=False),
    )
    for clock in (at(FRIDAY, "16:45"), at(date(2026, 11, 21), "08:00")):
        assert rest(Brief(FRIDAY, entries, None, clock), EIGHT, clock, BERLIN) == (timedelta(hours=6), None)


def test_a_timer_that_began_only_now_is_nothing_yet() -> None:
    found = Brief(FRIDAY, (), Timer("t", Work(), at(FRIDAY, "16:45"), "183"), at(FRIDAY, "16:45"))
    assert running(found, at(FRIDAY, "16:45"), BERLIN) is None


@pytest.mark.parametrize(("back", "is_found"), [(4, True), (5, False)])
async def test_the_day_before_is_the_last_one_with_entries_of_the_four_before(
    desk: Desk, back: int, is_found: bool
) -> None:
    await desk.link(ADA)
    today = desk.clock.now()
    for days_ago in (0, back):
        start = today - timedelta(days=days_ago, hours=1)
        desk.service.entries[f"e{days_ago}"] = TimeEntry(
            f"e{days_ago}", Work(), start, start + timedelta(minutes=30), ADA.user_id
        )
    brief = await Briefs(desk.logbook, desk.tracker, desk.clock).read(desk.caller(ADA), today.date())
    assert [one.id for one in brief.entries] == ["e0"]
    assert [one.id for one in brief.before] == ([f"e{back}"] if is_found else [])


async def test_of_several_days_before_it_is_only_the_last(desk: Desk) -> None:
    await desk.link(ADA)
    for days_ago in (1, 2):
        start = desk.clock.now() - timedelta(days=days_ago)
        name = f"e{days_ago}"
        desk.service.entries[name] = TimeEntry(name, Work(), start, start + timedelta(minutes=30), ADA.user_id)
    brief = await Briefs(desk.logbook, desk.tracker, desk.clock).read(desk.caller(ADA), desk.clock.now().date())
    assert [one.id for one in brief.before] == ["e1"]


async def test_what_runs_is_always_asked_for_and_is_no_part_of_a_day_before_it_began(desk: Desk) -> None:
    await desk.link(ADA)
    desk.service.running[ADA.user_id] = Timer("t", Work(), desk.clock.now(), ADA.user_id)
    briefs, today = Briefs(desk.logbook, desk.tracker, desk.clock), desk.clock.now().date()
    assert (await briefs.read(desk.caller(ADA), today)).timer
    found = await briefs.read(desk.caller(ADA), today - timedelta(days=1))
    assert found.timer
    assert running(found, desk.clock.now() + timedelta(hours=1), BERLIN) is None
