"""`python -m app understand`: what the grammar made of a line, as whoever asks “why did it log that?” sees it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import cli

from .test_lines import LINES, REFUSED

FIELDS = ["word", "start", "end", "seconds", "day", "task", "text", "tags", "billable", "assignee"]


def answers(line: str, typed: str | None = None) -> list[dict[str, Any]]:
    arguments = ["understand", "--now", "2026-03-04T10:17", "--timezone", "Europe/Berlin", "--", line]
    result = CliRunner().invoke(cli, arguments, input=typed)
    assert result.exit_code == 0, result.output
    return [json.loads(answer) for answer in result.output.splitlines()]


def test_an_answer_names_everything_and_null_where_nothing_was_said() -> None:
    (answer,) = answers("log 1h30m yesterday DEV-12")
    assert list(answer) == FIELDS
    assert answer == {
        "word": "log", "start": None, "end": None, "seconds": 5400, "day": "2026-03-03", "task": "DEV-12",
        "text": None, "tags": [], "billable": None, "assignee": None,
    }  # fmt: skip


def test_times_are_utc() -> None:
    (answer,) = answers("log mon 9:30-11 Website: hero #design unbillable for <@U2>")
    assert answer == {
        "word": "log", "start": "2026-03-02T08:30:00Z", "end": "2026-03-02T10:00:00Z", "seconds": 5400,
        "day": "2026-03-02", "task": "Website", "text": "hero", "tags": ["design"], "billable": False, "assignee": "U2",
    }  # fmt: skip


def test_a_refusal_is_its_sentence() -> None:
    assert answers("log 90 fix") == [{"refused": "Is 90 minutes or hours? Write 90m or 90h."}]


@pytest.mark.parametrize("line", ["stop", "start fix login", "tag +design -draft", "resume 3", "last"])
def test_every_word_answers_in_the_same_shape(line: str) -> None:
    assert list(answers(line)[0]) == FIELDS


def test_a_place_in_the_list_is_the_text() -> None:
    (answer,) = answers("resume 3")
    assert (answer["word"], answer["text"], answer["seconds"]) == ("resume", "3", None)


def test_lines_come_from_standard_input_as_many_as_there_are() -> None:
    lines = [line for line in (*LINES, *REFUSED) if "\n" not in line]
    found = answers("-", "\n".join(lines) + "\n")
    assert len(found) == len(lines)
    for line, answer in zip(lines, found, strict=True):
        expected = LINES.get(line)
        assert ("refused" in answer) == (expected is None), line
        if expected and answer["word"] not in ("tag", "help"):
            assert answer["text"] == expected.get("text"), line
            assert answer["task"] == expected.get("task"), line
            assert answer["seconds"] == (expected["duration"] * 60 if "duration" in expected else None), line


def test_as_many_lines_as_are_given_are_answered_one_each() -> None:
    assert len(answers("-", "log 1h30m yesterday DEV-12 pairing with Bo #backend for <@U2>\n" * 2000)) == 2000


@pytest.mark.parametrize("option", [["--timezone", "Mars/Olympus"], ["--now", "noon"], ["--timezone", "../etc/passwd"]])
def test_a_zone_or_moment_that_does_not_exist_is_named(option: list[str]) -> None:
    result = CliRunner().invoke(cli, ["understand", *option, "stop"])
    assert result.exit_code == 2
