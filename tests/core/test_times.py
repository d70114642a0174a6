"""Times of day, ranges, and the two days a year on which a wall clock lies."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import NotUnderstood
from app.core.times import Fold, WallTime, instant, match_range, match_time, start_of_day, wall_time

from .reading import BERLIN

NEW_YORK, LORD_HOWE, KATHMANDU = (
    ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)

TIMES = {
    "09:30": ("9:30", "9.30", "930", "0930", "9:30am", "9:30 am", "9h30", "9:30 a.m.", " 9:30 ", "09:30"),
    "09:00": ("9", "9am", "9 AM", "9h", "09:00", "0900", "9 o'clock", "9o'clock", "9uhr", "9 Uhr", "9:00", "9  am"),
    "14:00": ("14", "14h", "2pm", "2 p.m.", "1400", "14:00", "14 uhr"),
    "15:30": ("15:30", "3:30pm", "1530", "15h30", "15.30", "3.30 pm"),
    "03:30": ("3:30", "3.30", "03:30"),
    "09:59": ("9:59", "959"),
    "01:00": ("1h", "1am", "01:00"),
    "12:00": ("noon", "12 noon", "midday", "12pm", "12"),
    "00:00": ("12am", "0:00", "00:00", "0"),
    "24:00": ("24:00", "24h", "24"),
}
NO_TIMES = {
    "25:00": "No clock shows 25:00",
    "9:60": "No clock shows 9:60",
    "24:01": "No clock shows",
    "13pm": "No clock shows",
    "0am": "No clock shows",
    "975": "No clock shows",
    "midnight": "Midnight of which day?",
    "5": "Is 5 in the morning or the afternoon? Write 5am or 17:00.",
    "1": "Is 1 in the morning",
    "3 uhr": "Is 3 in the morning",
}
RANGES = {
    "09:00 11:30": (
        "9-11:30", "9–11:30", "9 - 11:30", "9 to 11:30", "from 9 to 11:30", "9am-11:30", "9:00—11.30", "9-1130", "9 until 11:30",
        "9h-11h30",
    ),
    "14:00 16:00": ("2-4pm", "14-16", "2pm-4pm", "2pm-16", "14h-16h", "1400-1600", "2 - 4 pm"),
    "11:00 13:00": ("11-1pm", "11am-1pm", "11-13"),
    "01:00 04:00": ("1-4am",),
    "11:00 23:00": ("11-11pm",),
    "12:00 13:00": ("12-1pm",),
    "00:00 01:00": ("12-1am",),
    "13:00 15:00": ("13-3pm", "13-15"),
    "12:00 14:00": ("12-2pm", "noon-2pm", "12-14", "noon to 14:00"),
    "09:00 12:00": ("9-12", "9-noon", "9am-12pm", "9-12pm"),
    "01:30 03:30": ("1:30-3:30", "01:30-03:30", "130-330"),
    "22:00 24:00": ("22-24", "22:00-24:00", "10pm-24:00"),
    "00:00 02:00": ("12am-2am", "0:00-2:00", "00-02"),
}  # fmt: skip
NO_RANGES = ("9-5", "2-3", "1-9", "2-7", "5-7:30", "2:30-4", "9am-5", "2pm-4", "12-1", "22-2", "1-2h", "6-7")


@pytest.mark.parametrize(("text", "time"), [(text, time) for time, texts in TIMES.items() for text in texts])
def test_a_time_of_day_is_read(text: str, time: str) -> None:
    assert str(match_time(text, BERLIN)) == time


@pytest.mark.parametrize(("text", "hint"), NO_TIMES.items())
def test_a_time_that_no_clock_shows_or_that_could_be_two_is_refused(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        match_time(text, BERLIN)
    assert hint in refused.value.sentence


@pytest.mark.parametrize(
    "text", ["home", "9:5", "9:300", "fix", "9-11", "99999", "", "9:30 fix", "9:30 qa", "9 x", "3:30p"]
)
def test_what_is_no_time_is_left_to_others(text: str) -> None:
    assert match_time(text, BERLIN) is None


@pytest.mark.parametrize(("text", "times"), [(text, times) for times, texts in RANGES.items() for text in texts])
def test_a_range_is_read(text: str, times: str) -> None:
    found = match_range(text, BERLIN)
    assert found
    assert " ".join(map(str, found)) == times


@pytest.mark.parametrize("text", NO_RANGES)
def test_a_range_is_refused_when_an_hour_could_be_in_the_afternoon(text: str) -> None:
    with pytest.raises(NotUnderstood, match="morning or the afternoon"):
        match_range(text, BERLIN)


@pytest.mark.parametrize("text", ["DEV-12", "9", "mon-fri", "9-", "-9", "1h30m-2h", "2026-03-03", "9-10-11", "9to"])
def test_what_is_no_range_is_left_to_others(text: str) -> None:
    assert match_range(text, BERLIN) is None


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "hint"),
    [
        (BERLIN, FORWARD, 150, "02:30 does not exist on Sun 29 Mar in Europe/Berlin"),
        (BERLIN, FORWARD, 150, "The nearest time that exists is 03:30"),
        (NEW_YORK, date(2026, 3, 8), 150, "The nearest time that exists is 03:30"),
        (LORD_HOWE, date(2026, 10, 4), 135, "02:15 does not exist"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(zone: ZoneInfo, day: date, minutes: int, hint: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        instant(day, WallTime(minutes), zone)
    assert hint in refused.value.sentence


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "marks"),
    [
        (BERLIN, BACK, 150, ("CEST", "CET")),
        (NEW_YORK, date(2026, 11, 1), 90, ("EDT", "EST")),
        (LORD_HOWE, date(2026, 4, 5), 105, ("UTC+11", "UTC+10:30")),
    ],
)
def test_a_time_that_comes_twice_is_asked_about(
    zone: ZoneInfo, day: date, minutes: int, marks: tuple[str, str]
) -> None:
    with pytest.raises(Fold) as asked:
        instant(day, WallTime(minutes), zone)
    assert asked.value.marks == marks
    first, second = (instant(day, WallTime(minutes, mark), zone) for mark in marks)
    assert first < second
    assert [wall_time(moment, zone) for moment in (first, second)] == [WallTime(minutes, mark) for mark in marks]


def test_a_mark_that_is_not_the_days_is_refused() -> None:
    with pytest.raises(NotUnderstood) as refused:
        instant(date(2026, 3, 4), WallTime(600, "CEST"), BERLIN)
    assert refused.value.sentence == "10:00 CEST is not a time in Europe/Berlin on 4 Mar; leave out CEST."
    assert refused.value.field == "start"


def test_what_the_clocks_do_is_told_whole() -> None:
    with pytest.raises(NotUnderstood) as refused:
        instant(FORWARD, WallTime(150), BERLIN)
    assert refused.value.sentence == (
        "02:30 does not exist on Sun 29 Mar in Europe/Berlin: the clocks go forward over it."
        " The nearest time that exists is 03:30."
    )
    assert refused.value.field == "start"
    with pytest.raises(Fold) as asked:
        instant(BACK, WallTime(150), BERLIN)
    assert asked.value.sentence == (
        "02:30 comes twice on Sun 25 Oct, when the clocks go back."
        " Write 02:30 CEST for the first or 02:30 CET for the second."
    )


@pytest.mark.parametrize(
    "mark",
    ["UTC", "GMT", "BST", "IST", "CET", "CEST", "EET", "EEST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
     "JST", "AEST", "AEDT"],
)  # fmt: skip
def test_letters_that_are_some_zones_are_no_words_of_the_text(mark: str) -> None:
    """Read as a time with its zone, and refused later, for it is another zone than the person's."""
    assert match_time(f"9:30 {mark}", KATHMANDU) == WallTime(570, mark)
    assert match_time(f"9:30 {mark.lower()}", KATHMANDU) is None


def test_other_letters_are_words_and_offsets_are_read_to_the_minute() -> None:
    assert match_time("9:30 API", KATHMANDU) is None
    assert match_time("9:30CET", BERLIN) == WallTime(570, "CET")
    assert match_time("9:30 UTC+05:45", KATHMANDU) == WallTime(570, "UTC+05:45")
    assert match_time("9:30 UTC+05:455", KATHMANDU) is None
    assert str(WallTime(570, "CEST")) == "09:30 CEST"


def test_a_zone_by_its_letters_is_read_in_capitals_only() -> None:
    assert match_time("9:30 CET", BERLIN) == WallTime(570, "CET")
    assert match_time("9:30 cet", BERLIN) is None
    assert match_time("2:30 UTC+11", LORD_HOWE) == WallTime(150, "UTC+11")


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    assert instant(date(2026, 3, 3), WallTime(1440), BERLIN) == start_of_day(date(2026, 3, 4), BERLIN)


def test_a_day_begins_when_its_first_minute_does_even_where_midnight_is_skipped() -> None:
    santiago = ZoneInfo("America/Santiago")
    assert start_of_day(date(2026, 9, 6), santiago).astimezone(santiago) == datetime(2026, 9, 6, 1, tzinfo=santiago)


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (date(2026, 3, 4), 24)])
def test_days_are_as_long_as_the_clocks_make_them(day: date, hours: int) -> None:
    assert start_of_day(day + timedelta(days=1), BERLIN) - start_of_day(day, BERLIN) == timedelta(hours=hours)


def test_a_zone_with_odd_minutes_is_read_to_the_minute() -> None:
    assert instant(date(2026, 3, 4), WallTime(9 * 60), KATHMANDU) == datetime(2026, 3, 4, 3, 15, tzinfo=UTC)
