"""Nobody leaves an account behind on which a timer runs on unseen."""

import time

import pytest

from tests.person import Person
from tests.stage import Stage

SYSTEM = "Where do you track time?"


@pytest.fixture
async def bo(stage: Stage) -> Person:
    bo = await stage.person("Bo")
    await bo.types("/timer start DEV-12")
    return bo


async def connects_to_clockify(stage: Stage, bo: Person) -> None:
    await bo.types("/timer connect")
    await bo.picks(SYSTEM, "Clockify")
    await bo.waits_for("API key: []")
    await bo.fills("API key", stage.demo.backends["clockify"].people["Bo"][1].reveal())
    await bo.submits()


async def test_connecting_elsewhere_waits_for_the_timer_that_runs_there(stage: Stage, bo: Person) -> None:
    await connects_to_clockify(stage, bo)
    assert (
        "Your timer “Fix login” runs in ClickUp, with the account you have now. Stop or cancel it first,"
        " then connect another." in str(bo.modal)
    )
    account = await stage.app.store.account("T0SANDBOX", "U0BO")
    assert account
    assert account.provider == "clickup"
    await bo.closes()
    await bo.types("/timer stop")
    await connects_to_clockify(stage, bo)
    await bo.waits_for("You are Bo, member of Acme Studio in Clockify.")


async def test_disconnecting_waits_for_the_timer_that_runs_there(stage: Stage, bo: Person) -> None:
    [said] = await bo.types("/timer disconnect")
    assert (
        "Your timer “Fix login” runs in ClickUp and would run on unseen. Stop or cancel it first, then disconnect."
        in said
    )
    await bo.types("/timer stop")
    assert "Disconnect from ClickUp?" in str(await bo.types("/timer disconnect"))


async def test_a_timer_that_was_started_after_the_question_stops_the_click(stage: Stage) -> None:
    bo = await stage.person("Bo")
    await bo.types("/timer disconnect")
    await bo.types("/timer start DEV-12")
    [said] = await bo.clicks("Disconnect")
    assert "would run on unseen" in said
    assert await stage.app.store.account("T0SANDBOX", "U0BO")


async def test_the_same_account_may_be_connected_anew_while_its_timer_runs(stage: Stage, bo: Person) -> None:
    await bo.types("/timer connect")
    await bo.fills("Personal API token", stage.demo.backends["clickup"].people["Bo"][1].reveal())
    await bo.submits()
    await bo.waits_for("You are Bo, member of Acme Studio in ClickUp.")
    assert "Fix login" in str(await bo.types("/timer status"))


@pytest.mark.parametrize("fault", ["error", "hang", "dead_token"])
async def test_a_system_that_does_not_answer_keeps_nobody(stage: Stage, bo: Person, fault: str) -> None:
    stage.workspace.faults.add(fault)  # type: ignore[arg-type]
    began = time.monotonic()
    [said] = await bo.types("/timer disconnect")
    assert "Disconnect from ClickUp?" in said
    assert time.monotonic() - began < 2
    stage.workspace.faults.clear()


async def test_a_timer_whose_account_is_gone_waits_for_that_one_or_is_dropped(stage: Stage) -> None:
    """The app was uninstalled and came back; Bo's token is for another system now."""
    bo = await stage.person("Bo")
    await bo.types("/timer start 10m ago DEV-12")
    await stage.app.store.forget_team("T0SANDBOX")
    await connects_to_clockify(stage, bo)
    assert (
        "Your timer “Fix login” is kept here for the account you had in ClickUp, and this is another one."
        " Connect that one again and stop the timer, or drop it with cancel." in str(bo.modal)
    )
    await bo.closes()
    [asked] = await bo.types("/timer cancel")
    assert "Drop Fix login (DEV-12)?" in asked
    [said] = await bo.clicks("Drop it")
    assert "Dropped Fix login (DEV-12)" in said
    await connects_to_clockify(stage, bo)
    await bo.waits_for("You are Bo, member of Acme Studio in Clockify.")


async def test_a_timer_whose_account_is_gone_is_taken_up_by_who_comes_back(stage: Stage) -> None:
    bo = await stage.person("Bo")
    await bo.types("/timer start 10m ago DEV-12")
    await stage.app.store.forget_team("T0SANDBOX")
    await bo.types("/timer connect")
    await bo.fills("Personal API token", stage.demo.backends["clickup"].people["Bo"][1].reveal())
    await bo.submits()
    await bo.waits_for("You are Bo, member of Acme Studio in ClickUp.")
    assert "Stopped after" in str(await bo.types("/timer stop"))


async def test_without_an_account_or_a_timer_there_is_nothing_to_drop(stage: Stage) -> None:
    cy = await stage.person("Cy")
    assert "You aren't connected to ClickUp yet." in str(await cy.types("/timer cancel"))


async def test_what_still_waits_is_shown_before_somebody_disconnects_and_goes_on_when_they_are_back(
    stage: Stage,
) -> None:
    bo = await stage.person("Bo")
    await bo.types("/timer today")
    stage.workspace.faults.add("error", status=503)
    await bo.types("/timer log 45m yesterday DEV-12")
    [asked] = await bo.types("/timer disconnect")
    assert "These still wait to be sent, and will wait until you connect again:" in asked
    assert "45 min" in asked
    await bo.clicks("Disconnect")
    stage.workspace.faults.clear()
    stage.clock.passes(hours=2)
    await stage.app.settler.settle_due()
    assert stage.entries("Bo") == []
    await bo.types("/timer connect")
    await bo.fills("Personal API token", stage.demo.backends["clickup"].people["Bo"][1].reveal())
    await bo.submits()
    await bo.waits_for("You are Bo, member of Acme Studio in ClickUp.")
    stage.clock.passes(minutes=1)
    await stage.app.settler.settle_due()
    [entry] = stage.entries("Bo")
    assert entry.end - entry.start == 45 * 60_000
