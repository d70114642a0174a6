"""Weekdays as people write them, and back: a range may go on over the end of the week."""

import calendar
import itertools

import pytest

from app.core.weekdays import LONG, format_weekdays, join_ranges, match_weekdays


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("mon", (0,)),
        ("sunday", (6,)),
        ("fridays", (4,)),
        ("tues", (1,)),
        ("mon-thu", (0, 1, 2, 3)),
        ("sun-thu", (6, 0, 1, 2, 3)),
        ("sat-wed", (5, 6, 0, 1, 2)),
        ("fri-mon", (4, 5, 6, 0)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
        ("sun-sat", (6, 0, 1, 2, 3, 4, 5)),
        ("monday-friday", (0, 1, 2, 3, 4)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("workdays", (0, 1, 2, 3, 4)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("everyday", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_a_word_names_its_weekdays(word: str, days: tuple[int, ...]) -> None:
    assert match_weekdays(word) == days


def test_the_days_are_named_as_the_week_goes() -> None:
    assert list(LONG) == list(calendar.day_name)


@pytest.mark.parametrize("word", ["", "month", "mon-", "-thu", "days", "weekend", "mon-thu-fri", "17:30", "monthu"])
def test_another_word_names_none(word: str) -> None:
    assert match_weekdays(word) is None


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("17:30 mon - thu", "17:30 mon-thu"),
        ("sun to thu, 17:30", "sun-thu, 17:30"),
        ("mon through thu", "mon-thu"),
        ("mon thru thu", "mon-thu"),
        ("mon -thu", "mon-thu"),
        ("mon- thu", "mon-thu"),
        ("monday - thursday", "monday-thursday"),
        ("every day 17:30", "daily 17:30"),
        ("every weekday", "weekdays"),
        ("leave 24 dec - 2 jan", "leave 24 dec - 2 jan"),
        ("thu 24 dec - sat 2 jan", "thu 24 dec - sat 2 jan"),
        ("cinnamon - thunder", "cinnamon - thunder"),
    ],
)
def test_a_range_with_spaces_is_one_word(text: str, joined: str) -> None:
    assert join_ranges(text) == joined


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((0, 1, 2, 3, 4), "Mon–Fri"),
        ((0, 1, 2, 3, 6), "Sun–Thu"),
        ((0, 2, 4), "Mon, Wed, Fri"),
        ((0, 1, 2), "Mon–Wed"),
        ((0, 1), "Mon, Tue"),
        ((0, 1, 4), "Mon, Tue, Fri"),
        ((0, 4, 5, 6), "Fri–Mon"),
        ((4,), "Fri"),
        ((0, 6), "Sun, Mon"),
        ((0, 1, 2, 3, 4, 5, 6), "every day"),
    ],
)
def test_weekdays_are_told_as_runs(days: tuple[int, ...], text: str) -> None:
    assert format_weekdays(days) == text


def test_a_week_has_these_days_in_this_order() -> None:
    assert LONG == ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def test_every_choice_of_weekdays_is_told_so_that_it_reads_back() -> None:
    for count in range(1, 7):
        for days in itertools.combinations(range(7), count):
            words = format_weekdays(days).casefold().replace("–", "-").split(", ")
            assert sorted(day for word in words for day in match_weekdays(word) or ()) == list(days)
