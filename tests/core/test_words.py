"""A word means one sub-command, or is asked about with what may have been meant."""

import pytest

from app.core.errors import Ambiguous
from app.core.words import Slot, Word, find_word

WORDS = [
    Word("start", Slot.WHAT, ("begin",)),
    Word("stop", aliases=("end",)),
    Word("status"),
    Word("log", Slot.WHAT | Slot.DAY),
    Word("in"),
]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("start", "start"),
        ("START", "start"),
        ("begin", "start"),
        ("log.", "log"),
        ("!log?", "log"),
        ("log,", "log"),
        ("in", "in"),
    ],
)
def test_a_word_is_known_by_its_names_and_without_signs(typed: str, name: str) -> None:
    assert find_word(typed, typed, WORDS).name == name


@pytest.mark.parametrize(
    ("line", "sentence", "readings"),
    [
        ("strat fix", "I don't know “strat”. Did you mean start or status?", ["start fix", "status fix"]),
        ("  beginn fix", "I don't know “beginn”. Did you mean start?", ["start fix"]),
        ("LGO 1h", "I don't know “LGO”. Did you mean log?", ["log 1h"]),
        ("sta", "I don't know “sta”. Did you mean start or status?", ["start", "status"]),
        ("inn", "I don't know “inn”. Say first what to do: start, log, or help for everything.", ["start inn", "log inn"]),
        ("it", "I don't know “it”. Say first what to do: start, log, or help for everything.", ["start it", "log it"]),
        ("1log fix", "I don't know “1log”. Say first what to do: start, log, or help for everything.",
         ["start 1log fix", "log 1log fix"]),
        ("?!", "I don't know “?!”. Say first what to do: start, log, or help for everything.", ["start ?!", "log ?!"]),
    ],
)  # fmt: skip
def test_an_unknown_word_is_asked_about_with_the_whole_line(line: str, sentence: str, readings: list[str]) -> None:
    with pytest.raises(Ambiguous) as asked:
        find_word(line.split()[0], line, WORDS)
    assert asked.value.sentence == sentence
    assert [reading.line for reading in asked.value.readings] == readings
    assert [reading.label for reading in asked.value.readings] == readings


def test_labels_and_quotes_of_long_words_are_short_and_the_lines_whole() -> None:
    line = f"strat {'x' * 90}"
    with pytest.raises(Ambiguous) as asked:
        find_word("strat", line, WORDS)
    assert [(len(one.label), one.line) for one in asked.value.readings] == [
        (75, f"start {'x' * 90}"),
        (75, f"status {'x' * 90}"),
    ]
    with pytest.raises(Ambiguous) as asked:
        find_word("y" * 50, "y" * 50, WORDS)
    assert asked.value.sentence.startswith(f"I don't know “{'y' * 40}”.")
    with pytest.raises(Ambiguous) as asked:
        find_word("y" * 80, "y" * 80, WORDS)
    assert [len(one.label) for one in asked.value.readings] == [75, 75]


def test_only_words_that_are_there_are_offered() -> None:
    with pytest.raises(Ambiguous) as asked:
        find_word("fix", "fix", [Word("log"), Word("status")])
    assert [reading.line for reading in asked.value.readings] == ["log fix"]


def test_of_many_that_are_close_three_names_are_considered() -> None:
    words = [Word(f"logg{letter}") for letter in "abcde"]
    with pytest.raises(Ambiguous) as asked:
        find_word("logg", "logg", words)
    assert len(asked.value.readings) == 3
