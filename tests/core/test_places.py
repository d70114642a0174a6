"""A place in a numbered list, as people type it after `resume`."""

import pytest

from app.core.errors import Ambiguous

from .reading import refusal, understood


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("resume", ""),
        ("resume 3", "3"),
        ("resume #3", "3"),
        ("resume 3.", "3"),
        ("resume 03", "3"),
        ('resume "3"', "3"),
        ("/timer resume 3", "3"),
        ("continue 12", "12"),
    ],
)
def test_a_number_is_read(typed: str, place: str) -> None:
    phrase = understood(typed)
    assert (phrase.word, phrase.text) == ("resume", place)


@pytest.mark.parametrize("typed", ["resume 0", "resume -1", "resume —1", "resume 1.5", "resume 99999"])
def test_a_number_that_is_no_place_is_told_where_the_list_begins(typed: str) -> None:
    with pytest.raises(Ambiguous, match="The list begins at 1, the latest") as asked:
        understood(typed)
    assert [reading.line for reading in asked.value.readings] == ["last"]


@pytest.mark.parametrize("typed", ["resume two", "resume Second"])
def test_a_number_in_letters_is_offered_in_digits(typed: str) -> None:
    with pytest.raises(Ambiguous, match="Write the number in digits: resume 2") as asked:
        understood(typed)
    assert [reading.line for reading in asked.value.readings] == ["resume 2", "last"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("resume fix login", "start fix login"),
        ('/timer resume  DEV-12 #"two words" for <@U2>', 'start DEV-12 #"two words" for <@U2>'),
        ("resume 3 4", "start 3 4"),
    ],
)
def test_a_name_is_offered_as_a_start_with_everything_that_was_typed(typed: str, offered: str) -> None:
    with pytest.raises(Ambiguous, match="To begin something by its name, use start") as asked:
        understood(typed)
    assert asked.value.readings[0].line == offered


def test_a_second_line_that_resumes_is_a_second_command() -> None:
    assert "more than one command" in refusal("start fix login\nresume 2")
