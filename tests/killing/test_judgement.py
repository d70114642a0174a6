"""The judge of the killing sees what is lost, what is doubled and what nobody was told."""

from typing import Any

import pytest

from tests.killing.cast import CAST
from tests.killing.deeds import Deed, judged

ADA = CAST[0]
LOGGED = "Logged 1 h 17 on Fix login (DEV-12)\nw0001"
REFUSED = ":warning:  ClickUp refused that. Nothing was saved."
SAVED = "Saved. ClickUp isn't answering; I'll send it and tell you."
UNCLEAR = ":warning:  It may or may not have been saved."
UNDONE = "Undone: Fix login (DEV-12) = 1 h 17, is gone again"
KEPT = {"mark": "w0001", "seconds": 77 * 60, "runs": False}


def _faults(
    entries: list[dict[str, Any]], *steps: tuple[str, int | None, str], later: tuple[str, ...] = ()
) -> list[str]:
    deed = Deed(ADA, "log", "w0001", 77)
    for name, status, said in steps:
        deed.add(name, {"status": status, "said": said, "line": name})
    told = {"posted": {}, "people": {"Ada": list(later)}}
    return [verdict.fault for verdict in judged([deed], entries, told)]


def test_what_is_told_and_there_is_well() -> None:
    assert _faults([KEPT], ("log", 200, LOGGED)) == []


def test_what_is_told_and_not_there_is_lost() -> None:
    assert _faults([], ("log", 200, LOGGED)) == ["lost"]


def test_what_was_accepted_and_came_to_nothing_without_a_word_is_lost() -> None:
    assert _faults([], ("log", 200, "")) == ["lost"]


def test_a_promise_that_is_not_kept_is_a_loss() -> None:
    assert _faults([], ("log", 200, SAVED)) == ["lost"]


def test_a_promise_that_is_kept_and_told_is_well() -> None:
    assert _faults([KEPT], ("log", 200, SAVED), later=(LOGGED,)) == []


def test_a_promise_that_is_kept_in_silence_is_untold() -> None:
    assert _faults([KEPT], ("log", 200, SAVED)) == ["untold"]


def test_what_is_refused_and_not_there_is_well() -> None:
    assert _faults([], ("log", 200, REFUSED)) == []


def test_what_is_refused_and_there_all_the_same_would_be_typed_again() -> None:
    assert _faults([KEPT], ("log", 200, REFUSED)) == ["doubled"]


def test_two_entries_are_doubled() -> None:
    assert _faults([KEPT, KEPT], ("log", 200, LOGGED)) == ["doubled"]


def test_another_length_is_lost_time() -> None:
    assert _faults([{**KEPT, "seconds": 60}], ("log", 200, LOGGED)) == ["lost"]


@pytest.mark.parametrize("entries", [[], [KEPT]])
def test_what_slack_got_no_answer_for_may_or_may_not_be_there(entries: list[dict[str, Any]]) -> None:
    assert _faults(entries, ("log", None, "")) == []


def test_what_is_undone_is_gone() -> None:
    assert _faults([], ("log", 200, LOGGED), ("undo", 200, UNDONE)) == []


def test_what_is_undone_and_there_is_doubled() -> None:
    assert _faults([KEPT], ("log", 200, LOGGED), ("undo", 200, UNDONE)) == ["doubled"]


def test_an_undo_that_came_to_nothing_without_a_word_is_lost() -> None:
    assert _faults([KEPT], ("log", 200, LOGGED), ("undo", 200, "")) == ["lost"]


def test_an_undo_that_nobody_was_told_of_is_untold() -> None:
    assert _faults([], ("log", 200, LOGGED), ("undo", 200, "")) == ["untold"]


def test_what_stays_unclear_and_is_not_there_is_lost() -> None:
    assert _faults([], ("log", 200, UNCLEAR)) == ["lost"]


@pytest.mark.parametrize("entries", [[], [KEPT]])
def test_what_cannot_be_found_out_is_the_persons_to_look_at(entries: list[dict[str, Any]]) -> None:
    assert _faults(entries, ("log", 200, UNCLEAR), later=(":warning: w0001: I can't tell whether that arrived.",)) == []


def test_what_waits_and_is_let_go_is_well() -> None:
    assert _faults([], ("log", 200, SAVED), ("undo", 200, "Let go: Fix login · w0001. It won't be sent.")) == []


def test_what_stays_unclear_and_is_there_is_untold() -> None:
    assert _faults([KEPT], ("log", 200, UNCLEAR)) == ["untold"]
