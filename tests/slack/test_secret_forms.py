"""The form with a token in it is acknowledged in time and its outcome is told, whatever goes wrong behind it."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.core.model import Person as Profile
from tests.person import Person
from tests.slack.wire import wired, words
from tests.stage import Stage

CY = "pk_185_CY00000000000000000000000000000"
TYPED = {"token": {"type": "plain_text_input", "value": CY}}
FORM = {"form": "f1", "provider": "clickup"}


@pytest.fixture
async def cy(stage: Stage) -> AsyncIterator[Person]:
    cy = await stage.person("Cy")
    await cy.types("/timer connect")
    yield cy
    stage.workspace.faults.clear()


@dataclass(frozen=True)
class SlowProfiles:
    """Slack's profiles, which take their time or fail."""

    seconds: float = 0
    error: Exception | None = None

    async def person(self, team: str, user: str) -> Profile | None:
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return None


async def submitted(stage: Stage, accounts: SlowProfiles) -> Any:
    """What the form gets for an answer where people are looked up like that."""
    front: Any = stage.app.front
    async with wired(stage, replace(front, services=replace(front.services, accounts=accounts))) as wire:
        began = time.monotonic()
        answered = await wire.submit("connect", TYPED, metadata=FORM, user="U0CY")
        assert time.monotonic() - began < 2.5
        assert answered.status_code == 200
        await wire.front.drain(5)
        return answered.json() if answered.text else {}


async def test_a_profile_that_comes_late_holds_up_no_answer(stage: Stage) -> None:
    answered = await submitted(stage, SlowProfiles(seconds=3))
    assert "ClickUp is slow to answer" in words(answered["view"])
    assert await stage.app.store.account("T0SANDBOX", "U0CY")


async def test_a_profile_that_fails_is_told_at_the_token(stage: Stage) -> None:
    answered = await submitted(stage, SlowProfiles(error=KeyError("zone")))
    assert "tell whoever runs this app" in str(answered["errors"]["token"])
    assert await stage.app.store.account("T0SANDBOX", "U0CY") is None


async def test_who_closed_the_form_hears_that_it_came_to_nothing(stage: Stage, cy: Person) -> None:
    await cy.fills("Personal API token", f"{CY[:-1]}1")
    stage.workspace.faults.add("slow", seconds=3)
    await cy.submits()
    await cy.closes()
    said = await cy.waits_for("ClickUp doesn't accept that token.")
    assert "[Connect]" in said
    assert CY[:-1] not in str(stage.world.calls)


async def test_who_closed_the_form_hears_that_there_is_something_to_choose(stage: Stage, cy: Person) -> None:
    stage.workspace.others = [("9018000009", "Globex")]
    await cy.fills("Personal API token", CY)
    stage.workspace.faults.add("slow", seconds=1.5)
    await cy.submits()
    await cy.closes()
    await cy.waits_for("that token leaves something to choose. Open the form again")
    assert CY not in str(stage.world.calls)
