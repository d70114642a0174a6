"""Nobody floods the provider: a person's acts are counted, and what is too much is refused politely and does nothing."""

import pytest

from app.core.errors import TooFast
from app.slack.pace import AT_ONCE, Pace
from tests.slack.wire import Wire, words
from tests.stage import MORNING, SetClock, Stage

HERE = {"team": "T0SANDBOX", "user": "U0ADA"}
TOO_MUCH = "That is more than I take from one person at once, so nothing was done."


def taken(pace: Pace, acts: int, user: str = "UADA") -> int:
    """How many of so many acts are taken."""
    refused = 0
    for _ in range(acts):
        try:
            pace.check("T1", user, kind="")
        except TooFast:
            refused += 1
    return acts - refused


def test_a_thousand_a_minute_are_cut_to_what_a_person_can_mean() -> None:
    clock = SetClock(MORNING)
    pace = Pace(clock)
    done = 0
    for _ in range(1000):
        clock.passes(milliseconds=60)
        done += taken(pace, 1)
    assert AT_ONCE + 59 <= done <= AT_ONCE + 60


def test_the_bucket_fills_by_the_second_and_not_beyond_its_brim() -> None:
    clock = SetClock(MORNING)
    pace = Pace(clock)
    assert taken(pace, 1000) == AT_ONCE
    clock.passes(seconds=3)
    assert taken(pace, 1000) == 3
    clock.passes(days=1)
    assert taken(pace, 1000) == AT_ONCE


def test_everybody_has_a_bucket_of_their_own_and_letters_are_not_commands() -> None:
    pace = Pace(SetClock(MORNING))
    taken(pace, 1000)
    assert taken(pace, 1, "UBO") == 1
    pace.check("T2", "UADA", kind="")
    pace.check("T1", "UADA", kind="block_suggestion")
    with pytest.raises(TooFast):
        pace.check("T1", "UADA", kind="")


def test_a_clock_that_is_set_back_neither_fills_nor_locks_it() -> None:
    clock = SetClock(MORNING)
    pace = Pace(clock)
    taken(pace, AT_ONCE)
    clock.passes(hours=-1)
    assert taken(pace, 1) == 0
    clock.passes(seconds=2)
    assert taken(pace, 1000) == 2


async def test_a_flood_of_commands_reaches_the_provider_no_further(wire: Wire, stage: Stage) -> None:
    said = [words((await wire.command("status", **HERE)).json()) for _ in range(AT_ONCE)]
    assert TOO_MUCH not in "".join(said)
    asked = len(stage.workspace.requests)
    for _ in range(20):
        assert TOO_MUCH in words((await wire.command("log 1h yesterday DEV-12", **HERE)).json())
    assert len(stage.workspace.requests) == asked
    assert stage.writes() == []
    assert TOO_MUCH not in words((await wire.command("status", user="U0BO")).json())
    stage.clock.passes(seconds=1)
    assert "Logged" in words((await wire.command("log 1h yesterday DEV-12", **HERE)).json())
    assert len(stage.entries("Ada")) == 1


async def test_a_flood_of_forms_keeps_what_was_typed(wire: Wire, stage: Stage) -> None:
    held = {"duration": {"type": "plain_text_input", "value": ""}}
    for number in range(AT_ONCE):
        await wire.submit("log_time", held, metadata={"form": f"f{number}"}, **HERE)
    answer = (await wire.submit("log_time", held, metadata={"form": "late"}, **HERE)).json()
    assert answer["response_action"] == "update"
    assert TOO_MUCH in words(answer)
    assert "duration" in [block.get("block_id") for block in answer["view"]["blocks"]]
    assert stage.writes() == []
