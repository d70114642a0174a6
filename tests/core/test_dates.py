"""Days as people write them, seen from Wednesday 4 March 2026."""

from datetime import date

import pytest

from app.core.dates import format_day, match_day
from app.core.errors import NotUnderstood

from .reading import TODAY

DAYS = {
    "2026-03-04": ("4th mar", "today", "Today", "4 mar", "2026-03-04", "4.3.", "on wed 4 march"),
    "2026-03-03": (
        "one day ago", "yesterday", "YESTERDAY", "yest", "yday", "tue", "tues", "Tuesday", "on tuesday", "last tue", "1 day ago",
        "3 mar", "3 March", "3rd march", "the 3rd of march", "mar 3", "March 3rd", "3. mar", "3-mar", "3-Mar-2026",
        "3.3.", "03.03.2026", "3.3.2026", "2026-03-03", "2026-3-3", "2026/03/03", "2026.03.03", "tue 3 mar", "Tue, 3 Mar",
        "mar 3, 2026", "3 mar 2026",
    ),
    "2026-03-02": ("mon", "monday", "last mon", "day before yesterday", "the day before yesterday", "2 days ago", "two days ago",
        "day  before   yesterday"),
    "2026-03-01": ("sun", "sunday", "1st mar", "1 mar", "three days ago", "1.3."),
    "2026-02-28": ("sat", "saturday", "28 feb", "28.2.", "four days ago"),
    "2026-02-27": ("fri", "friday", "last friday", "5 days ago", "five days ago"),
    "2026-02-26": ("thu", "thur", "thurs", "thursday", "six days ago"),
    "2026-02-13": ("13/2/2026", "2/13/2026"),
    "2026-02-18": ("two weeks ago", "2 weeks ago"),
    "2025-12-24": ("24 december", "24 dec"),
    "2025-09-02": ("2 sep",),
    "2025-03-03": ("2025-03-03",),
    "2026-02-25": ("last weds", "last wed", "last wednesday", "a week ago", "1 week ago", "2/25/2026", "25/02/2026", "25/2/26"),
    "2025-11-18": ("18 nov", "nov 18", "18 november", "18 November 2025", "tue 18 nov", "2025-11-18", "18.11."),
    "2025-09-30": ("30 sept", "30 sep", "sept 30"),
    "2025-03-04": ("2025-03-04", "4 mar 2025"),
}  # fmt: skip

NO_DAYS = {
    "tomorrow": "still to come",
    "tmrw": "still to come",
    "5 mar 2026": "Thu 5 Mar is still to come",
    "2026-03-05": "still to come",
    "wed": "Today is Wednesday. Write “today” or “last wed”.",
    "30 feb": "There is no 30.2.2025 in the calendar",
    "31.4.2025": "no 31.4.2025",
    "29 feb 2025": "no 29.2.2025",
    "2025-13-01": "no 1.13.2025",
    "3 may": "Is that 2025-05-03? Write the year as well.",
    "5 mar": "Is that 2025-03-05? Write the year",
    "3 mar 2024": "more than a year ago",
    "2025-03-01": "more than a year ago",
    "mon 3 mar": "3 Mar is a Tuesday, not a Mon",
    "3/3": "a day and a month, or a month and a day",
    "3/4/2026": "a day and a month, or a month and a day",
    "1/2/26": "a day and a month, or a month and a day",
    "25/2": "Write 18 nov",
    "3.3.26": "Is 3.3.26 a date?",
    "03-03-2026": "Is 03-03-2026 a date?",
    "999 days ago": "more than a year ago",
    "2025-03-02": "more than a year ago",
    "12/12/2025": "a day and a month, or a month and a day",
    "1 sep": "Is that 2025-09-01?",
    "3.5.": "Is that 2025-05-03?",
}
WHOLE = {
    "tmr": "Tomorrow is still to come.",
    "5 mar 2026": "Thu 5 Mar is still to come.",
    "2025-03-01": "Sat 1 Mar 2025 is more than a year ago. Check the year.",
    "wed": "Today is Wednesday. Write “today” or “last wed”.",
    "mon 3 mar": "3 Mar is a Tuesday, not a Mon.",
    "25/2": "Is 25/2 a day and a month, or a month and a day? Write 18 nov, or quotes round text.",
    "3.3.26": "Is 3.3.26 a date? Write 2026-11-18 or 18 nov, or quotes round text.",
    "3 may": "Is that 2025-05-03? Write the year as well.",
    "31.4.2025": "There is no 31.4.2025 in the calendar.",
}


@pytest.mark.parametrize(("text", "day"), [(text, day) for day, texts in DAYS.items() for text in texts])
def test_a_day_is_read(text: str, day: str) -> None:
    assert match_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "hint"), NO_DAYS.items())
def test_a_day_that_is_to_come_or_does_not_exist_or_could_be_two_is_refused(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        match_day(text, TODAY)
    assert hint in refused.value.sentence
    assert refused.value.field == "day"


@pytest.mark.parametrize(("text", "sentence"), WHOLE.items())
def test_a_refusal_says_what_is_wrong_with_the_day(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        match_day(text, TODAY)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    "text",
    [
        "003 mar", "2026-003-03", "2026-03-003", "003.3.2026", "3.003.2026", "025/2/2026", "25/002/2026", "003-03-2026",
        "03-003-2026", "03-03-202", "003.3.26", "3.003.26", "1000 days ago",
    ],
)  # fmt: skip
def test_too_many_digits_are_no_day(text: str) -> None:
    assert match_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["fix", "march", "3rd", "may", "1.3", "monday's", "DEC-12", "20260303", "9-11", "", "on", "second"]
)
def test_what_is_no_day_is_left_to_others(text: str) -> None:
    assert match_day(text, TODAY) is None


def test_a_date_without_a_year_is_the_last_one_across_new_year() -> None:
    assert match_day("18 nov", date(2026, 1, 2)) == date(2025, 11, 18)
    assert match_day("1 jan", date(2026, 1, 2)) == date(2026, 1, 1)


def test_a_leap_day_is_read_in_its_year() -> None:
    assert match_day("29 feb", date(2028, 3, 4)) == date(2028, 2, 29)


@pytest.mark.parametrize(("day", "shown"), [(TODAY, "Wed 4 Mar"), (date(2025, 11, 18), "Tue 18 Nov 2025")])
def test_a_day_is_shown_with_its_year_where_that_is_another(day: date, shown: str) -> None:
    assert format_day(day, TODAY) == shown
    assert match_day(shown, TODAY) == day
