"""Lists show one's own time unless somebody is named who may be, and nobody is tracked for who has left."""

from dataclasses import replace

import pytest

from tests.person import Person
from tests.slack.speaking import TEAM
from tests.stage import Stage

GONE = (
    "@Bo is no active member of the ClickUp workspace any more, so nothing was done. Its owner can invite them again."
)


@pytest.fixture
async def ada(shared: Stage) -> Person:
    return await shared.person("Ada")


@pytest.fixture
async def bo(shared: Stage) -> Person:
    return await shared.person("Bo")


async def leaves(stage: Stage, user_id: int) -> None:
    del stage.workspace.users[user_id]
    stage.clock.passes(minutes=6)  # what was read of the members a moment ago counts no more


@pytest.mark.parametrize(
    "line",
    ["status", "today", "yesterday", "week", "last", "edit", "edit yesterday", "delete yesterday", "undo", "cancel"],
)
async def test_an_admins_lists_show_their_own_time(shared: Stage, ada: Person, bo: Person, line: str) -> None:
    await bo.types("/timer log 1h yesterday DEV-13 secret plans")
    await bo.types("/timer start 30m ago DEV-13 secret plans")
    [said] = await ada.types(f"/timer {line}")
    assert "secret plans" not in said


async def test_nor_does_resuming_begin_with_anybody_elses(shared: Stage, ada: Person, bo: Person) -> None:
    await bo.types("/timer log 1h DEV-13 secret plans")
    [said] = await ada.types("/timer resume")
    assert "secret plans" not in said


async def test_whoever_is_named_may_be_seen_by_an_admin(shared: Stage, ada: Person, bo: Person) -> None:
    await bo.types("/timer log 1h yesterday DEV-13")
    [said] = await ada.types("/timer yesterday for @Bo")
    assert "Fix logout (DEV-13)" in said
    assert "[Edit]" not in said


async def test_who_has_left_is_not_tracked_for(shared: Stage, ada: Person, bo: Person) -> None:
    await bo.types("/timer start 10m ago DEV-13")
    await leaves(shared, 184)
    for line in ("log 1h yesterday DEV-12", "start DEV-12", "stop", "status", "week"):
        [said] = await ada.types(f"/timer {line} for @Bo")
        assert GONE in said, line
        assert "Their timer stays here, unsaved, until they are back or drop it themselves." in said
    assert shared.writes() == []
    assert await shared.app.store.held_timer(TEAM, "U0BO")


async def test_nor_picked_in_the_form(shared: Stage, ada: Person, bo: Person) -> None:
    await ada.types("/timer log")
    await ada.fills("Duration", "30m")
    await ada.picks("Whose time", "Bo")
    account = await shared.app.store.account(TEAM, "U0BO")
    assert account
    await leaves(shared, 184)
    await shared.app.store.keep_standing(replace(account, has_left=True))
    errors = await ada.submits()
    assert "is no active member of the ClickUp workspace any more" in errors["Whose time"]
    assert shared.writes() == []


async def test_a_timer_of_who_has_left_waits_for_them(shared: Stage, bo: Person) -> None:
    await bo.types("/timer start 10m ago DEV-13")
    kept = shared.workspace.users[184]
    await leaves(shared, 184)
    shared.clock.passes(hours=25)
    assert "no active member" in str(await bo.types("/timer stop"))
    assert shared.writes() == []
    shared.workspace.users[184] = kept
    shared.clock.passes(minutes=20)
    [said] = await bo.types("/timer stop yesterday at 11:00")
    assert "Stopped after 53 min" in said or "10:07–11:00" in said


async def test_or_is_dropped_by_themselves(shared: Stage, bo: Person) -> None:
    await bo.types("/timer start 10m ago DEV-13")
    await leaves(shared, 184)
    shared.clock.passes(hours=25)
    await bo.types("/timer cancel")
    [said] = await bo.clicks("Drop it")
    assert "Dropped Fix logout (DEV-13)" in said
    assert await shared.app.store.held_timer(TEAM, "U0BO") is None
