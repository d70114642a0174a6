"""Whoever sets the clock, forwards or back by days, goes on working as before."""

from collections.abc import AsyncIterator

import pytest

from app.providers import SERVICES
from tests.person import Person
from tests.stage import Stage, raised

DAYS = [3, -3, 400]


@pytest.fixture(params=list(SERVICES))
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with raised(provider=request.param) as stage:
        yield stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    return await stage.person("Ada")


async def _works_a_little(stage: Stage, ada: Person) -> None:
    [started] = await ada.types("/timer start Upgrade Postgres")
    assert "Running since" in started
    stage.clock.passes(minutes=42)
    [stopped] = await ada.types("/timer stop")
    assert "Stopped after 42 min" in stopped
    [undone] = await ada.types("/timer undo")
    assert "Runs again" in undone
    stage.clock.passes(minutes=3)
    [stopped] = await ada.types("/timer stop")
    assert "Stopped after 45 min" in stopped
    [logged] = await ada.types("/timer log 30m yesterday Fix logout")
    assert "= 30 min" in logged
    [undone] = await ada.clicks("Undo")
    assert "is gone again" in undone
    [today] = await ada.types("/timer today")
    assert "Upgrade Postgres" in today
    [pending] = await ada.types("/timer pending")
    assert "Nothing of yours is waiting" in pending


@pytest.mark.parametrize("days", DAYS)
async def test_work_goes_on_after_the_clock_was_set(stage: Stage, ada: Person, days: int) -> None:
    await _works_a_little(stage, ada)
    stage.clock.passes(days=days)
    await _works_a_little(stage, ada)
    assert (stage.world.violations, stage.workspace.complaints) == ([], [])


async def test_what_was_logged_in_the_evening_is_there_in_the_morning(stage: Stage, ada: Person) -> None:
    stage.clock.passes(hours=6)
    await ada.types("/timer log 8:00-9:30 today Upgrade Postgres")
    stage.clock.passes(hours=-6)
    [today] = await ada.types("/timer today")
    assert "Upgrade Postgres" in today


async def test_a_limit_that_was_met_in_the_future_is_none_today(stage: Stage, ada: Person) -> None:
    stage.clock.passes(days=3)
    stage.workspace.rate_limit = 12
    said = [await ada.types(f"/timer log {minutes}m yesterday Upgrade Postgres") for minutes in range(20, 33)]
    assert any("more requests" in one for one in said[-1])
    stage.clock.passes(days=-3)
    [logged] = await ada.types("/timer log 45m yesterday Upgrade Postgres")
    assert "= 45 min" in logged
