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


NUMBERS = "one two three four five six seven eight nine".split()  # noqa: SIM905 read like this
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("spelt", "digit"), [(name, n) for names in (NUMBERS, ORDINALS) for n, name in enumerate(names, 1)]
)
def test_each_number_in_letters_is_known(spelt: str, digit: int) -> None:
    with pytest.raises(Ambiguous) as asked:
        understood(f"resume {spelt}")
    assert asked.value.sentence == f"Write the number in digits: resume {digit}."
    assert [(reading.label, reading.line) for reading in asked.value.readings] == [
        (f"resume {digit}", f"resume {digit}"),
        ("last", "last"),
    ]


@pytest.mark.parametrize(("typed", "place"), [("resume 9999", "9999"), ("resume 0009", "9"), ("resume #10.", "10")])
def test_a_place_has_four_digits_at_most(typed: str, place: str) -> None:
    assert understood(typed).text == place


@pytest.mark.parametrize(
    "typed",
    ["resume 10000", "resume 00", "resume +2", "resume #-2", "resume –3", "resume −3", "resume 2,5", "resume 2,"],
)
def test_what_is_a_number_and_no_place_is_told_whole(typed: str) -> None:
    assert refusal(typed) == "The list begins at 1, the latest. Write resume 2 for the one before."


def test_a_long_name_is_offered_whole_behind_a_short_label() -> None:
    name = "x" * 90
    with pytest.raises(Ambiguous) as asked:
        understood(f"resume {name}")
    assert [(reading.label, reading.line) for reading in asked.value.readings] == [
        (f"start {'x' * 69}", f"start {name}"),
        ("last", "last"),
    ]
