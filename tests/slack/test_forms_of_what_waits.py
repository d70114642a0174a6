"""The form that stands for what waits: until the new one is accepted the old one stays, and of what it says nothing is lost."""

import pytest

from app.core.operations import Operation, State
from tests.person import Person
from tests.stage import Stage


async def waiting(stage: Stage) -> list[Operation]:
    return await stage.app.store.pending("T0SANDBOX", "U0ADA")


async def edits_what_waits(stage: Stage, ada: Person, line: str = "log 8:00-8:45 DEV-12") -> Operation:
    stage.workspace.faults.add("limited", method="POST")
    await ada.types(f"/timer {line}")
    stage.workspace.faults.clear()
    stage.clock.passes(minutes=2)  # until it takes requests again
    (old,) = await waiting(stage)
    await ada.types("/timer pending")
    await ada.clicks("Edit")
    return old


async def logs_with_the_form(ada: Person, start: str, end: str) -> dict[str, str]:
    await ada.types("/timer log")
    await ada.picks("Task", "DEV-12  Fix login", typing="DEV-12")
    await ada.fills("From", start)
    await ada.fills("To", end)
    return await ada.submits()


async def test_the_same_by_line_and_by_form_is_the_same(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log 9:00-9:30 DEV-12")
    await logs_with_the_form(ada, "09:00", "09:30")
    assert "Exactly that is logged already" in ada.screen
    assert len(stage.entries()) == 1


@pytest.mark.parametrize(("end", "why"), [("23:00", "still to come"), ("09:30", "Exactly that is logged already")])
async def test_a_change_that_is_not_accepted_leaves_what_waits(stage: Stage, ada: Person, end: str, why: str) -> None:
    await logs_with_the_form(ada, "09:00", "09:30")
    old = await edits_what_waits(stage, ada)
    await ada.fills("From", "09:00")
    await ada.fills("To", end)
    refused = await ada.submits()
    assert why in f"{refused} {ada.screen}"
    assert [(one.id, one.state) for one in await waiting(stage)] == [(old.id, State.QUEUED)]


async def test_a_change_that_is_accepted_takes_its_place(stage: Stage, ada: Person) -> None:
    await edits_what_waits(stage, ada)
    await ada.fills("To", "08:30")
    await ada.submits()
    assert not await waiting(stage)
    assert len(stage.entries()) == 1
    assert "08:00–08:30" in ada.screen


async def test_what_is_not_changed_is_no_double_of_itself(stage: Stage, ada: Person) -> None:
    await edits_what_waits(stage, ada)
    await ada.submits()
    assert not await waiting(stage)
    assert len(stage.entries()) == 1


async def test_what_was_sent_meanwhile_is_not_sent_again(stage: Stage, ada: Person) -> None:
    await edits_what_waits(stage, ada)
    stage.clock.passes(hours=1)
    await stage.app.settler.settle_due()
    await ada.fills("To", "08:30")
    await ada.submits()
    assert "It has been sent meanwhile" in ada.screen
    assert len(stage.entries()) == 1
