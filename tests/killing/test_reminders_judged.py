"""The judgement on killed reminders: who was forgotten, what came twice, and whether a death explains it."""

from tests.killing.mailbox import Taken
from tests.killing.reminders import judged

ONCE = {"UADA": [Taken("1.0", 11, at=5)]}
TWICE = {"UADA": [Taken("1.0", 11, at=5), Taken("2.0", 12, at=9)]}


def test_whoever_heard_it_once_was_neither_forgotten_nor_disturbed() -> None:
    figures = judged(["UADA"], ONCE, {"UADA": "1.0"}, [], {})
    assert (figures.lost, figures.doubled, figures.is_good) == (0, 0, True)


def test_whom_slack_has_no_message_for_was_forgotten() -> None:
    assert judged(["UADA"], {}, {"UADA": "1.0"}, [], {}).lost == 1
    assert not judged(["UADA"], ONCE, {}, [], {}).is_good


def test_who_is_on_disk_with_a_message_that_slack_never_took_was_forgotten() -> None:
    assert judged(["UADA"], ONCE, {"UADA": "7.0"}, [], {}).lost == 1


def test_a_message_came_twice_because_its_sender_died_before_it_was_on_disk() -> None:
    figures = judged(["UADA"], TWICE, {"UADA": "2.0"}, [], {11: 5.1})
    assert (figures.doubled, figures.explained, figures.is_good) == (1, 1, True)


def test_a_sender_that_lived_on_or_had_noted_it_explains_nothing() -> None:
    assert not judged(["UADA"], TWICE, {"UADA": "2.0"}, [], {}).is_good
    assert not judged(["UADA"], TWICE, {"UADA": "2.0"}, [], {11: 20.0}).is_good
    assert not judged(["UADA"], TWICE, {"UADA": "1.0"}, [], {11: 5.1}).is_good


def test_a_sender_that_was_through_with_a_message_explains_nothing_even_if_it_died_later() -> None:
    figures = judged(["UADA"], TWICE, {"UADA": "2.0"}, [("UADA", "1.0")], {11: 7.0})
    assert (figures.doubled, figures.explained, figures.is_good) == (1, 0, False)
