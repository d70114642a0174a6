"""A shutdown lets people's answers out of the door first."""

import asyncio

from tests.slack.wire import Wire, words
from tests.stage import Stage


async def test_an_answer_under_way_is_finished(wire: Wire, stage: Stage) -> None:
    stage.workspace.faults.add("slow", method="POST", seconds=0.2)
    await wire.click("say", "log 1h 2026-03-03 DEV-12")
    assert wire.told == []
    await wire.front.drain(5)
    assert "Logged: Tue 3 Mar" in words(wire.told)
    assert len(stage.entries()) == 1


async def test_what_takes_too_long_is_not_waited_for(wire: Wire, stage: Stage) -> None:
    stage.workspace.faults.add("hang", method="POST")
    await wire.click("say", "log 1h 2026-03-03 DEV-12")
    async with asyncio.timeout(1):
        await wire.front.drain(0.1)
    stage.workspace.faults.clear()
    await wire.front.drain(5)
