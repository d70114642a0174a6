"""When somebody is asked about a timer, and what is proposed: days, zones and clock changes in a table."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.forgotten import Forgotten, asked_again_at, asked_at, proposed_end
from app.core.model import Timer, Work
from app.core.rhythm import Rhythm

# zone · usual end · the timer began · asked first · why
ASKED = """
    Europe/Berlin        18:00  Wed 2026-03-04 09:12   Wed 2026-03-04 18:30   half an hour after the usual end
    Europe/Berlin        18:00  Wed 2026-03-04 08:30   Wed 2026-03-04 18:30   ten hours and the usual end meet
    Europe/Berlin        18:00  Wed 2026-03-04 07:05   Wed 2026-03-04 17:05   ten hours come first
    Europe/Berlin        18:00  Wed 2026-03-04 17:20   Wed 2026-03-04 18:30   it has run for longer than an hour by then
    Europe/Berlin        18:00  Wed 2026-03-04 17:55   Wed 2026-03-04 18:55   nobody has forgotten it within the hour
    Europe/Berlin        18:00  Wed 2026-03-04 18:00   Thu 2026-03-05 07:00   begun at the usual end: ten hours, not at night
    Europe/Berlin        18:00  Wed 2026-03-04 20:00   Thu 2026-03-05 07:00   an evening's timer: ten hours are over at 06:00
    Europe/Berlin        18:00  Wed 2026-03-04 21:30   Thu 2026-03-05 07:30   ten hours are over in the morning
    Europe/Berlin        18:00  Wed 2026-03-04 13:00   Wed 2026-03-04 18:30   an afternoon's timer
    Europe/Berlin        18:00  Sat 2026-03-07 11:00   Sat 2026-03-07 18:30   a day off has an evening, too
    Europe/Berlin        20:00  Wed 2026-03-04 11:59   Wed 2026-03-04 20:30   who works long is asked late
    Europe/Berlin        20:00  Wed 2026-03-04 10:00   Wed 2026-03-04 20:00   but not after more than ten hours
    Europe/Berlin        23:00  Wed 2026-03-04 14:00   Wed 2026-03-04 23:30   who is up that late may be asked then
    Europe/Berlin        06:00  Wed 2026-03-04 22:00   Thu 2026-03-05 06:30   a night's work ends in the morning
    Europe/Berlin        06:00  Thu 2026-03-05 04:00   Thu 2026-03-05 06:30   and began after midnight
    Europe/Berlin        12:30  Wed 2026-03-04 12:00   Wed 2026-03-04 13:00   who works in the mornings
    Europe/Berlin        18:00  Sat 2026-03-28 23:30   Sun 2026-03-29 10:30   clocks go forward: ten hours that passed
    Europe/Berlin        18:00  Sat 2026-03-28 20:30   Sun 2026-03-29 07:30   ten hours passed, and it is day again
    Europe/Berlin        02:30  Sat 2026-03-28 22:00   Sun 2026-03-29 03:30   an end that the clocks skip is where they go on
    Europe/Berlin        18:00  Sat 2026-10-24 21:30   Sun 2026-10-25 07:00   clocks go back: 06:30 then, and that is night
    Europe/Berlin        02:30  Sat 2026-10-24 22:00   Sun 2026-10-25 02:00+1 an end that comes twice is the first of the two
    America/New_York     18:00  Sun 2026-03-08 00:30   Sun 2026-03-08 11:30   clocks go forward there
    America/New_York     18:00  Sat 2026-10-31 22:00   Sun 2026-11-01 07:00   clocks go back there: exactly seven
    Pacific/Kiritimati   18:00  Wed 2026-03-04 09:00   Wed 2026-03-04 18:30   where the day begins first
    Pacific/Honolulu     18:00  Wed 2026-03-04 09:00   Wed 2026-03-04 18:30   and where it begins last
    Australia/Lord_Howe  18:00  Sat 2026-04-04 21:45   Sun 2026-04-05 07:15   half an hour back
    Asia/Kathmandu       18:00  Wed 2026-03-04 09:00   Wed 2026-03-04 18:30   a zone of three quarters
    Pacific/Apia         18:00  Thu 2011-12-29 21:30   Sat 2011-12-31 07:30   the day that Samoa left out
"""


def moment(day: str, clock: str, zone: ZoneInfo) -> datetime:
    """`+1` for the second time that the clocks show it."""
    _, found = day.split()
    time, _, fold = clock.partition("+")
    return datetime.fromisoformat(f"{found} {time}").replace(tzinfo=zone, fold=int(fold or 0)).astimezone(UTC)


def rows() -> list[tuple[str, ...]]:
    lines = [line.split(maxsplit=8) for line in ASKED.strip().splitlines()]
    return [(zone, ends, f"{d1} {d2}", t1, f"{d3} {d4}", t2, why) for zone, ends, d1, d2, t1, d3, d4, t2, why in lines]


@pytest.mark.parametrize(
    ("place", "ends", "begun_on", "begun", "asked_on", "asked", "why"), rows(), ids=[row[-1] for row in rows()]
)
def test_when_they_are_asked_first(
    place: str, ends: str, begun_on: str, begun: str, asked_on: str, asked: str, why: str
) -> None:
    zone, rhythm = ZoneInfo(place), Rhythm(ends=time.fromisoformat(ends))
    found = asked_at(moment(begun_on, begun, zone), rhythm, zone)
    assert f"{found.astimezone(zone):%a %Y-%m-%d %H:%M}" == f"{asked_on} {asked.partition('+')[0]}"
    assert found == moment(asked_on, asked, zone)


BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: int, clock: str) -> datetime:
    return datetime.combine(datetime(2026, 3, day), time.fromisoformat(clock), BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("said_at", "again_at"),
    [
        (berlin(4, "18:30"), berlin(4, "20:30")),
        (berlin(4, "19:59"), berlin(4, "21:59")),
        (berlin(4, "20:00"), berlin(5, "07:00")),
        (berlin(4, "23:50"), berlin(5, "07:00")),
        (berlin(5, "04:59"), berlin(5, "07:00")),
        (berlin(5, "05:00"), berlin(5, "07:00")),
        (berlin(5, "05:01"), berlin(5, "07:01")),
    ],
)
def test_who_is_still_working_is_asked_two_hours_later_and_not_at_night(said_at: datetime, again_at: datetime) -> None:
    assert asked_again_at(said_at, BERLIN) == again_at


@pytest.mark.parametrize(
    ("begun", "now", "working_at", "proposed"),
    [
        # their usual end, once it is over
        (berlin(4, "09:12"), berlin(4, "18:30"), None, berlin(4, "18:00")),
        (berlin(4, "09:12"), berlin(4, "18:00"), None, berlin(4, "18:00")),
        (berlin(4, "09:12"), berlin(5, "08:00"), None, berlin(4, "18:00")),
        # ten hours are over and their usual end isn't: nothing tells
        (berlin(4, "07:05"), berlin(4, "17:05"), None, None),
        # begun in the evening: nothing tells
        (berlin(4, "20:00"), berlin(5, "07:00"), None, None),
        # they were at it after their usual end: from then on nothing tells
        (berlin(4, "09:12"), berlin(4, "20:30"), berlin(4, "18:30"), berlin(4, "18:30")),
        (berlin(4, "20:00"), berlin(5, "09:00"), berlin(5, "07:00"), berlin(5, "07:00")),
        # they were at it before their usual end
        (berlin(4, "07:05"), berlin(4, "19:05"), berlin(4, "17:05"), berlin(4, "18:00")),
        # running for days: still the end of the day on which it began
        (berlin(4, "09:12"), berlin(7, "12:00"), None, berlin(4, "18:00")),
        # what they said is longer than a day after it began, or before it, or still to come: that can be no end
        (berlin(4, "09:12"), berlin(5, "12:00"), berlin(5, "09:13"), None),
        (berlin(4, "20:00"), berlin(4, "22:00"), berlin(4, "19:00"), None),
        (berlin(4, "20:00"), berlin(4, "22:00"), berlin(4, "23:00"), None),
        (berlin(4, "20:00"), berlin(4, "22:00"), berlin(4, "20:00"), None),
    ],
)
def test_what_is_proposed_as_the_end(
    begun: datetime, now: datetime, working_at: datetime | None, proposed: datetime | None
) -> None:
    timer = Timer("t1", Work(), begun, "183")
    assert proposed_end(timer, Rhythm(), now=now, zone=BERLIN, working_at=working_at) == proposed


def test_after_a_day_nobody_is_still_working() -> None:
    timer = Timer("t1", Work(), berlin(4, "09:12"), "183")
    assert not Forgotten(timer).is_too_long(berlin(5, "09:12"))
    assert Forgotten(timer).is_too_long(berlin(5, "09:12") + timedelta(seconds=1))
