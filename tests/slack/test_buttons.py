"""A button does one thing, once, to what it was made for, and leaves nothing dead behind."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from tests.person import Person
from tests.slack.wire import Json, Wire, texts, words
from tests.stage import Stage


def buttons(message: Any) -> list[Json]:
    elements = [one for block in message["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return [one for one in elements if one["type"] == "button"]


async def test_a_late_click_on_an_old_stop_never_stops_another_timer(wire: Wire, stage: Stage) -> None:
    old = buttons((await wire.command("start DEV-12")).json())[0]
    stage.clock.passes(minutes=5)
    await wire.command("start OPS-5")
    stage.clock.passes(minutes=5)
    await wire.click("stop", old["value"])
    await wire.front.drain(2)
    assert "another one is" in words(wire.told)
    assert [entry.is_running for entry in stage.entries()] == [False, True]


@pytest.mark.parametrize("pause", [False, True], ids=["at the same moment", "one after the other"])
async def test_a_double_click_is_one_effect_and_one_answer(wire: Wire, stage: Stage, *, pause: bool) -> None:
    stop = buttons((await wire.command("start DEV-12")).json())[0]
    stage.clock.passes(minutes=25)
    for _ in range(2):
        await wire.click("stop", stop["value"])
        await wire.front.drain(2 if pause else 0)
    await wire.front.drain(2)
    [told] = wire.told
    assert "Stopped after *25 min*" in words(told)
    assert stage.writes().count("POST /team/9018000001/time_entries/stop") == 1


async def test_a_double_click_on_a_choice_is_one_entry(wire: Wire, stage: Stage) -> None:
    choice = buttons((await wire.command("log 30m yesterday fix log")).json())[0]
    for _ in range(2):
        await wire.click("say", choice["value"])
    await wire.front.drain(2)
    assert len(stage.entries()) == 1
    assert len(wire.told) == 1


async def test_a_click_that_was_refused_may_be_repeated(wire: Wire, stage: Stage) -> None:
    logged = buttons((await wire.command("log 1h yesterday DEV-12")).json())
    delete = next(one for one in logged if one["action_id"].startswith("delete"))
    stage.workspace.faults.add("limited", times=1)
    await wire.click("delete", delete["value"])
    await wire.front.drain(2)
    [again] = buttons(wire.told[0])
    assert (again["action_id"], again["value"]) == ("delete:0", delete["value"])
    stage.clock.passes(minutes=2)
    await wire.click("delete", delete["value"])
    await wire.front.drain(2)
    assert "Deleted" in words(wire.told[1])


async def test_a_form_may_be_opened_again_and_again(stage: Stage, ada: Person) -> None:
    await ada.types("/timer yesterday")
    for _ in range(2):
        await ada.clicks("Log time")
        assert str(ada.modal).startswith("Log time")
        await ada.closes()


async def test_every_answer_to_a_click_replaces_the_message(wire: Wire, stage: Stage) -> None:
    await wire.command("start DEV-12")
    for value in ("status", "today", "stop", "stop", "nonsense", "log 1h 2026-03-03 OPS-5", "edit 2026-03-03"):
        await wire.click("say", value, message=value)
        await wire.front.drain(2)
    assert len(wire.told) >= 6
    assert all(told["replace_original"] is True for told in wire.told)
    assert all(told["response_type"] == "ephemeral" for told in wire.told)


async def test_no_button_is_dead(wire: Wire, stage: Stage) -> None:
    """Everything that is shown can be clicked, and answers with a message or a form."""
    lines = (
        "start DEV-12", "status", "today", "cancel", "log 1h yesterday fix log", "edit yesterday", "delete yesterday",
        "strat DEV-12", "lunch", "help tga", "yesterday", "week", "log 10m OPS-5", "edit 1 mar",
    )  # fmt: skip
    clicked = 0
    for line in lines:
        shown = (await wire.command(line)).json()
        for number, button in enumerate(buttons(shown)):
            before = len(wire.told) + len(stage.world.calls)
            name = button["action_id"].partition(":")[0]
            await wire.click(name, button["value"], message=f"{line}{number}", trigger=_trigger(stage))
            await wire.front.drain(2)
            assert len(wire.told) + len(stage.world.calls) > before, f"{line} → {button['text']['text']}"
            clicked += 1
    assert clicked > 25
    assert "our fault" not in words(wire.told)
    assert all(call.error == "" for call in stage.world.calls if call.method == "views.open")


async def test_every_button_says_what_it_does_in_words(wire: Wire) -> None:
    for line in (
        "strat DEV-12 #backend",
        "start fix log",
        "lunch &amp; <@U0BO> <#C0BACKEND|backend> <https://a.example>",
    ):
        shown = (await wire.command(line)).json()
        labels = [text["text"] for one in buttons(shown) for text in texts(one)]
        assert labels
        assert not any(mark in label for label in labels for mark in "<>;|"), labels


def _trigger(stage: Stage) -> str:
    return stage.world.triggers.issue("U0ADA", "T0SANDBOX", channel_id="C0GENERAL")


async def test_a_stop_waits_for_the_start_that_was_typed_before_it(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("slow", method="GET", seconds=0.6, times=2)
    await asyncio.gather(
        ada.types("/timer start DEV-12", within=0), _a_little_later(ada.types("/timer stop", within=0))
    )
    await ada.waits_for("Stopped after")
    assert [entry.is_running for entry in stage.entries()] == [False]


async def _a_little_later(typing: Awaitable[object]) -> None:
    await asyncio.sleep(0.1)
    await typing
