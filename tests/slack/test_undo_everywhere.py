"""What was done is taken back on every provider, and the back end's own record is what it was before."""

from collections.abc import AsyncIterator

import pytest

from app.providers import SERVICES
from tests.person import Person
from tests.stage import Stage, raised
from tests.stories.record import changes, recorded

PROVIDERS = list(SERVICES)


@pytest.fixture(params=PROVIDERS)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with raised(provider=request.param) as stage:
        yield stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    return await stage.person("Ada")


@pytest.fixture
def before(stage: Stage) -> dict[str, str]:
    return recorded(stage)


async def test_what_was_logged(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer log 1h yesterday Upgrade Postgres")
    assert changes(stage, before, "Ada")
    (said,) = await ada.clicks("Undo")
    assert "Undone: Upgrade Postgres" in said
    assert "is gone again" in said
    assert changes(stage, before, "Ada") == []


async def test_a_stop(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer start Upgrade Postgres")
    stage.clock.passes(minutes=42)
    await ada.types("/timer stop")
    (said,) = await ada.types("/timer undo")
    assert "Runs again, since 10:17. Its entry was taken out." in said
    assert changes(stage, before, "Ada") == []
    stage.clock.passes(minutes=18)
    (stopped,) = await ada.clicks("Stop")
    assert "Stopped after 1 h" in stopped
    assert len(changes(stage, before, "Ada")) == 1


async def test_a_start_that_replaced_another(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer start Upgrade Postgres")
    stage.clock.passes(minutes=30)
    await ada.types("/timer start Fix logout")
    (said,) = await ada.clicks("Undo")
    assert "Runs again, since 10:17." in said
    assert changes(stage, before, "Ada") == []
    stage.clock.passes(minutes=30)
    (stopped,) = await ada.types("/timer stop")
    assert "Stopped after 1 h" in stopped


async def test_a_start_that_replaced_nothing(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer start Upgrade Postgres")
    (said,) = await ada.clicks("Undo")
    assert "the timer was dropped" in said
    assert changes(stage, before, "Ada") == []
    (status,) = await ada.types("/timer status")
    assert "No timer is running." in status


async def test_a_deletion(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer log 1h 1 mar Upgrade Postgres")
    logged = recorded(stage)
    await ada.clicks("Delete")
    (said,) = await ada.clicks("Undo")
    assert "is back" in said
    assert sorted(logged.values()) == sorted(recorded(stage).values())


async def test_an_edit(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer log 1h 1 mar Upgrade Postgres")
    logged = recorded(stage)
    await ada.clicks("Edit")
    await ada.waits_for("Edit time entry")
    await ada.waits_for("Duration")
    await ada.fills("Date", "2026-02-27")
    assert await ada.submits() == {}
    await ada.waits_for("Changed")
    assert recorded(stage) != logged
    (said,) = await ada.clicks("Undo")
    assert "is as it was" in said
    assert recorded(stage) == logged


async def test_a_drop(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer start Upgrade Postgres")
    stage.clock.passes(minutes=5)
    await ada.clicks("Drop")
    (said,) = await ada.clicks("Undo")
    assert "Runs again, since 10:17." in said
    assert changes(stage, before, "Ada") == []


async def test_tags_where_there_are_any(stage: Stage, ada: Person, before: dict[str, str]) -> None:
    await ada.types("/timer log 1h 1 mar Upgrade Postgres")
    logged = recorded(stage)
    (said,) = await ada.types("/timer tag +review")
    if "has no tags" in said:
        assert recorded(stage) == logged
        return
    (undone,) = await ada.clicks("Undo")
    assert str(undone).endswith("again")
    assert recorded(stage) == logged
