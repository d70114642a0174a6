"""Days ahead and stretches of them, seen from Thursday, 19 November 2026."""

from datetime import date

import pytest

from app.core.days_to_come import match_day_to_come, match_stretch
from app.core.errors import NotUnderstood

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-19"),
        ("tomorrow", "2026-11-20"),
        ("Tmrw", "2026-11-20"),
        ("tmr", "2026-11-20"),
        ("day after tomorrow", "2026-11-21"),
        ("the day after  tomorrow", "2026-11-21"),
        ("fri", "2026-11-20"),
        ("Monday", "2026-11-23"),
        ("wed", "2026-11-25"),
        ("19 nov", "2026-11-19"),
        ("3 dec", "2026-12-03"),
        ("Dec 3rd", "2026-12-03"),
        ("3.12.", "2026-12-03"),
        ("thu 3 dec", "2026-12-03"),
        ("2 jan", "2027-01-02"),
        ("2027-02-01", "2027-02-01"),
        ("13/12/2026", "2026-12-13"),
        ("15 sep", "2027-09-15"),
        ("24 dec 2027", "2027-12-24"),
    ],
)
def test_a_day_is_the_next_one_of_its_name(text: str, day: str) -> None:
    assert match_day_to_come(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "soon", "17:30", "mon-thu", "3", "in a while", "monday week"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert match_day_to_come(text, TODAY) is None
    assert match_stretch(text.replace("mon-thu", "mon/thu"), TODAY) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thu", "Is thu Thu 19 Nov or Thu 26 Nov? Write the date."),
        ("next mon", "Which day is “next mon”? Write its date, such as 23 nov."),
        ("this friday", "Which day is “this friday”? Write its date, such as 23 nov."),
        ("coming mon", "Which day is “coming mon”? Write its date, such as 23 nov."),
        ("this coming mon", "Which day is “this coming mon”? Write its date, such as 23 nov."),
        ("next year", "Which day is “next year”? Write its date, such as 23 nov."),
        ("next week", "Which day is “next week”? Write its date, such as 23 nov."),
        ("yesterday", "Yesterday is over."),
        ("2026-11-18", "Wed 18 Nov is over."),
        ("18 nov", "Is that 2027-11-18? Write the year as well."),
        ("16 sep", "Is that 2027-09-16? Write the year as well."),
        ("2027-12-25", "Sat 25 Dec 2027 is more than a year away. Check the year."),
        ("31 nov", "There is no 31.11.2027 in the calendar."),
        ("29 feb", "There is no 29.2.2027 in the calendar."),
        ("fri 3 dec", "3 Dec is a Thursday, not a Fri."),
        ("3/4", "Is 3/4 a day and a month, or a month and a day? Write 18 nov, or quotes round text."),
    ],
)
def test_a_day_that_is_over_or_could_be_two_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        match_day_to_come(text, TODAY)
    assert refused.value.sentence == sentence
    assert refused.value.field == "day"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tomorrow", "2026-11-20", "2026-11-20"),
        ("24 dec - 2 jan", "2026-12-24", "2027-01-02"),
        ("24 dec – 2 jan", "2026-12-24", "2027-01-02"),
        ("24 dec to 2 jan", "2026-12-24", "2027-01-02"),
        ("24 dec until 2 jan", "2026-12-24", "2027-01-02"),
        ("24 dec till 2 jan", "2026-12-24", "2027-01-02"),
        ("24 dec through 2 jan", "2026-12-24", "2027-01-02"),
        ("16 nov - 19 nov", "2026-11-16", "2026-11-19"),
        ("2025-10-15 - today", "2025-10-15", "2026-11-19"),
        ("24-27 dec", "2026-12-24", "2026-12-27"),
        ("dec 24-27", "2026-12-24", "2026-12-27"),
        ("24.12. - 2.1.", "2026-12-24", "2027-01-02"),
        ("2026-12-24 - 2027-01-02", "2026-12-24", "2027-01-02"),
        ("2026-12-24-2027-01-02", "2026-12-24", "2027-01-02"),
        ("mon-wed", "2026-11-23", "2026-11-25"),
        ("mon to fri", "2026-11-23", "2026-11-27"),
        ("wed-mon", "2026-11-25", "2026-11-30"),
        ("today - tomorrow", "2026-11-19", "2026-11-20"),
        ("tomorrow - 27 nov", "2026-11-20", "2026-11-27"),
        ("16 nov - 27 nov", "2026-11-16", "2026-11-27"),
        ("20 sep - 27 nov", "2026-09-20", "2026-11-27"),
        ("2025-12-01 - 2026-11-30", "2025-12-01", "2026-11-30"),
        ("20 nov - 20 nov", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_stretch_goes_from_its_first_day_to_the_next_such_last_one(text: str, first: str, last: str) -> None:
    assert match_stretch(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("16 nov - 18 nov", "Wed 18 Nov is over."),
        ("18 nov", "Wed 18 Nov is over."),
        ("2026-12-03 - 2026-12-01", "Tue 1 Dec is before Thu 3 Dec."),
        ("tomorrow - today", "Thu 19 Nov is before Fri 20 Nov."),
        ("mon-mon", "Is mon Mon 23 Nov or Mon 30 Nov? Write the date."),
        ("2024-12-01 - 2026-12-01", "Sun 1 Dec 2024 is more than a year ago. Check the year."),
        ("2 jan - 24 dec", "Is that 2027-12-24? Write the year as well."),
    ],
)
def test_a_stretch_that_is_over_or_turned_round_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        match_stretch(text, TODAY)
    assert (refused.value.sentence, refused.value.field) == (sentence, "day")


def test_half_a_stretch_is_none() -> None:
    assert match_stretch("24 dec - soon", TODAY) is None
    assert match_stretch("soon - 24 dec", TODAY) is None


def test_the_last_day_is_near_the_first_one_however_far_that_is() -> None:
    assert match_stretch("24 dec - 2 jan", date(2026, 3, 4)) == (date(2026, 12, 24), date(2027, 1, 2))


def test_leave_over_new_year_can_be_entered_when_it_has_begun() -> None:
    assert match_stretch("24 dec - 8 jan", date(2027, 1, 4)) == (date(2026, 12, 24), date(2027, 1, 8))
