"""Whose time somebody else touched hears it from the app, with a button that takes it back."""

import pytest

from app.settings import ProviderName
from tests.person import Person
from tests.slack.wire import Wire
from tests.stage import Stage, raised
from tests.stories.record import changes, recorded


@pytest.fixture
async def ada(stage: Stage) -> Person:
    return await stage.person("Ada")


@pytest.fixture
async def bo(stage: Stage) -> Person:
    return await stage.person("Bo")


async def hears(stage: Stage, person: Person) -> str:
    """What the app tells them by itself."""
    await stage.app.notices.tell()
    return "\n".join(str(said) for said in await person.reads(within=0.2))


async def test_logged_and_taken_back(stage: Stage, ada: Person, bo: Person) -> None:
    await bo.reads(within=0)
    await ada.types("/timer log 1h30m yesterday DEV-12 #backend for @Bo")
    said = await hears(stage, bo)
    assert "@Ada logged this as your time:" in said
    assert "Fix login (DEV-12)  ·  Tue 3 Mar, 09:00–10:30 = 1 h 30" in said
    assert "#backend" in said
    assert await hears(stage, bo) == ""
    (undone,) = await bo.clicks("Undo")
    assert "is gone again" in undone
    assert stage.entries("Bo") == []
    said = await hears(stage, ada)
    assert "@Bo took back what you did to their time:" in said
    assert "Tue 3 Mar, 09:00–10:30 = 1 h 30 is gone again" in said


async def test_saved_for_somebody_and_taken_back_before_it_was_sent(stage: Stage, ada: Person, bo: Person) -> None:
    stage.workspace.faults.add("limited", method="POST")
    await ada.types("/timer log 1h30m yesterday DEV-12 for @Bo")
    services = stage.app.front.services
    (waits,) = await services.store.pending("T0SANDBOX", "U0ADA")
    person = await services.accounts.person("T0SANDBOX", "U0BO")
    assert person
    await services.undo.take_back(await services.accounts.caller(person, "click"), waits.id)
    assert "Fix login (DEV-12)  ·  Tue 3 Mar, 09:00–10:30 = 1 h 30 won't be sent" in await hears(stage, ada)
    assert await hears(stage, bo) == ""


@pytest.mark.parametrize("provider", ["clockify", "hoursmith"])
async def test_so_it_is_on_the_other_systems_that_take_time_for_others(provider: ProviderName) -> None:
    async with raised(provider=provider) as stage:
        ada, bo = await stage.person("Ada"), await stage.person("Bo")
        before = recorded(stage)
        await ada.types("/timer log 1h30m yesterday Upgrade Postgres for @Bo")
        assert len(changes(stage, before, "Bo")) == 1
        said = await hears(stage, bo)
        assert "@Ada logged this as your time:" in said
        assert "= 1 h 30" in said
        (undone,) = await bo.clicks("Undo")
        assert "is gone again" in undone
        assert changes(stage, before, "Bo") == []
        assert "@Bo took back what you did to their time:" in await hears(stage, ada)


async def test_changed_and_put_back(stage: Stage, ada: Person, bo: Person) -> None:
    await ada.types("/timer log 1h30m yesterday DEV-12 for @Bo")
    await ada.clicks("Edit")
    await ada.waits_for("Edit time entry")
    await ada.fills("To", "10:00")
    assert await ada.submits() == {}
    await ada.waits_for("Changed")
    said = await hears(stage, bo)
    assert "@Ada changed your time:" in said
    assert "09:00–10:00 = 1 h" in said
    assert "Before: Fix login (DEV-12)  ·  Tue 3 Mar, 09:00–10:30 = 1 h 30" in said


async def test_deleted_and_brought_back(stage: Stage, ada: Person, bo: Person) -> None:
    await ada.types("/timer log 1h30m yesterday DEV-12 for @Bo")
    await hears(stage, bo)
    await ada.clicks("Delete")
    assert "@Ada deleted this from your time:" in await hears(stage, bo)
    (undone,) = await bo.clicks("Undo")
    assert "is back" in undone
    assert len(stage.entries("Bo")) == 1


async def test_a_timer_started_and_stopped(shared: Stage) -> None:
    ada, bo = await shared.person("Ada"), await shared.person("Bo")
    await ada.types("/timer start DEV-12 for @Bo")
    said = await hears(shared, bo)
    assert "@Ada started a timer for you:" in said
    assert "Fix login (DEV-12), since 10:17" in said
    shared.clock.passes(minutes=30)
    await ada.types("/timer stop for @Bo")
    assert "@Ada stopped your timer and saved it:" in await hears(shared, bo)
    (undone,) = await bo.clicks("Undo")
    assert "Runs again, since 10:17" in undone
    assert shared.entries("Bo") == []


async def test_a_start_is_taken_back(shared: Stage) -> None:
    ada, bo = await shared.person("Ada"), await shared.person("Bo")
    await ada.types("/timer start DEV-12 for @Bo")
    await hears(shared, bo)
    (undone,) = await bo.clicks("Undo")
    assert "the timer was dropped" in undone
    said = await hears(shared, ada)
    assert "@Bo took back what you did to their time:" in said
    assert "Fix login (DEV-12) was dropped" in said
    assert await shared.app.store.held_timer("T0SANDBOX", "U0BO") is None


async def test_the_same_delivery_twice_is_told_once(wire: Wire, stage: Stage, bo: Person) -> None:
    for _ in range(2):
        await wire.command("log 1h yesterday DEV-12 for <@U0BO>", trigger="the same")
    await hears(stage, bo)
    said = [call for call in stage.world.calls if call.method == "chat.postMessage"]
    assert [call.arguments["channel"] for call in said] == ["U0BO"]


async def test_what_was_refused_is_not_told(stage: Stage, ada: Person, bo: Person) -> None:
    await ada.types("/timer log 1h yesterday NO-99 for @Bo")
    stage.workspace.faults.add("limited", method="POST")
    await ada.types("/timer log 2h yesterday DEV-12 for @Bo")
    assert await hears(stage, bo) == ""


async def test_what_is_sent_later_is_told_when_it_is_done(stage: Stage, ada: Person, bo: Person) -> None:
    stage.workspace.faults.add("limited", method="POST")
    await ada.types("/timer log 2h yesterday DEV-12 for @Bo")
    assert await hears(stage, bo) == ""
    stage.workspace.faults.clear()
    stage.clock.passes(hours=2)
    await stage.app.settler.settle_due()
    assert "@Ada logged this as your time:" in await hears(stage, bo)


async def test_the_write_stands_where_slack_takes_no_message(
    stage: Stage, ada: Person, bo: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await ada.types("/timer log 1h yesterday DEV-12 for @Bo")
    stage.world.fail("chat.postMessage", "fatal_error")
    assert await hears(stage, bo) == ""
    assert len(stage.entries("Bo")) == 1
    assert "is done but U0BO was not told" in caplog.text


async def test_without_a_sign_in_it_is_told_without_buttons(stage: Stage, ada: Person, bo: Person) -> None:
    await ada.types("/timer log 1h yesterday DEV-12 for @Bo")
    await stage.app.store.disconnect("T0SANDBOX", "U0BO")
    said = await hears(stage, bo)
    assert "@Ada logged this as your time:" in said
    assert "[Undo]" not in said
