"""Whoever runs the app may narrow whose time somebody logs, and connecting anew doesn't undo it."""

from dataclasses import replace

import pytest

from app.core.model import AssigneePermission, Role
from tests.person import Person
from tests.stage import Stage

SELF, ANYONE = AssigneePermission.SELF, AssigneePermission.ANYONE


@pytest.fixture
async def ada(stage: Stage) -> Person:
    return await stage.person("Ada")


async def orders(stage: Stage, role: Role, permission: AssigneePermission) -> None:
    """As `people role` does."""
    account = await stage.app.store.account("T0SANDBOX", "U0ADA")
    assert account
    await stage.app.store.link(replace(account, role=role, assignee_permission=permission), is_ordered=True)


async def connects_anew(stage: Stage, ada: Person) -> None:
    await ada.types("/timer connect")
    await ada.fills("Personal API token", stage.demo.backends["clickup"].people["Ada"][1].reveal())
    await ada.submits()
    await ada.waits_for("You are Ada, admin of Acme Studio in ClickUp.")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER])
async def test_connecting_anew_keeps_it(stage: Stage, ada: Person, role: Role) -> None:
    await orders(stage, role, SELF)
    await connects_anew(stage, ada)
    [said] = await ada.types("/timer log 1h DEV-12 for @Bo")
    assert "You are an admin, but other people's time is switched off for you." in said


async def test_so_does_disconnecting_first(stage: Stage, ada: Person) -> None:
    await orders(stage, Role.ADMIN, SELF)
    await ada.types("/timer disconnect")
    await ada.clicks("Disconnect")
    await connects_anew(stage, ada)
    [said] = await ada.types("/timer log 1h DEV-12 for @Bo")
    assert "other people's time is switched off for you" in said


async def test_what_was_narrowed_can_be_widened_again(stage: Stage, ada: Person) -> None:
    await orders(stage, Role.ADMIN, SELF)
    await orders(stage, Role.ADMIN, ANYONE)
    await connects_anew(stage, ada)
    assert "1 h" in str(await ada.types("/timer log 1h DEV-12 for @Bo"))
    assert len(stage.entries("Bo")) == 1


async def test_who_only_connects_is_narrowed_by_nobody(stage: Stage) -> None:
    """Cy was a guest when they connected, and has become an admin since."""
    cy = await stage.person("Cy")
    await stage.link("T0SANDBOX", "U0CY", "Cy", "Cy", role=Role.GUEST)
    assert not await stage.app.store.is_narrowed("T0SANDBOX", "U0CY", "clickup")
    stage.workspace.users[185] = replace(stage.workspace.users[185], role="admin")
    await cy.types("/timer connect")
    await cy.fills("Personal API token", "pk_185_CY00000000000000000000000000000")
    await cy.submits()
    await cy.waits_for("You are Cy, admin of Acme Studio in ClickUp.")
    assert "1 h" in str(await cy.types("/timer log 1h DEV-12 for @Bo"))
