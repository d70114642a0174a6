"""A Slack status as a reason to keep silent: who is away, and who only sits somewhere else."""

from datetime import UTC, datetime

import pytest

from app.core.away import is_away, status
from app.core.reminder import Presence

NOW = datetime(2026, 11, 20, 15, 45, tzinfo=UTC)


def away(emoji: str = "", text: str = "") -> bool:
    return is_away(Presence(status_emoji=emoji, status_text=text), NOW)


@pytest.mark.parametrize(
    "emoji",
    [
        ":palm_tree:", ":desert_island:", ":beach_with_umbrella:", ":umbrella_on_ground:", ":airplane:",
        ":airplane_departure:", ":face_with_thermometer:", ":mask:", ":hospital:", ":baby:", ":breast-feeding:",
        ":baby::skin-tone-3:", ":snowboarder::skin-tone-2:", ":camping:", ":small_airplane:", ":ambulance:", ":baby_symbol:", "palm_tree",
    ],
)  # fmt: skip
def test_such_an_emoji_says_that_somebody_is_away(emoji: str) -> None:
    assert away(emoji)


@pytest.mark.parametrize(
    "text",
    [
        "Vacationing", "on vacation", "VACATION until Monday", "Out sick", "Out of office", "out of the office",
        "OOO", "On leave", "parental leave", "Maternity leave", "PTO", "Day off", "on holiday", "Urlaub bis 3.12.", "krank",
    ],
)  # fmt: skip
def test_such_words_say_it_too(text: str) -> None:
    assert away(":speech_balloon:", text)
    assert away("", text)


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        ("", ""),
        (":spiral_calendar_pad:", "In a meeting"),
        (":calendar:", "In a meeting"),
        (":house_with_garden:", "Working remotely"),
        (":bus:", "Commuting"),
        (":headphones:", "Focusing"),
        (":baby_chick:", ""),
        ("", "Vacations API"),
        ("", "Krankenhaus project"),
        ("", "leave me a message"),
        ("", "cryptography"),
        (":::", ""),
    ],
)
def test_who_works_elsewhere_or_is_busy_is_not_away(emoji: str, text: str) -> None:
    assert not away(emoji, text)


def test_a_status_counts_until_it_runs_out() -> None:
    def at(until: datetime | None) -> bool:
        return is_away(Presence(status_emoji=":palm_tree:", status_text="OOO", status_until=until), NOW)

    assert at(None)
    assert at(NOW.replace(minute=46))
    assert not at(NOW)
    assert not at(NOW.replace(minute=44))


def test_a_status_is_told_as_slack_shows_it() -> None:
    assert status(Presence(status_emoji=":palm_tree:", status_text="Vacationing")) == ":palm_tree: Vacationing"
    assert status(Presence(status_emoji=":palm_tree:")) == ":palm_tree:"
    assert status(Presence(status_text="OOO")) == "OOO"
