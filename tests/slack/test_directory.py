"""Whose e-mail address may tell who they are."""

from dataclasses import replace
from typing import Any

import pytest

from app.slack.directory import is_own_person
from tests.stage import Stage

BO: dict[str, Any] = {"team_id": "T1", "is_bot": False, "deleted": False, "is_email_confirmed": True}


def test_a_person_of_this_workspace() -> None:
    assert is_own_person(BO, "T1")
    assert is_own_person({"team_id": "T1"}, "T1")


@pytest.mark.parametrize(
    "about",
    [
        {"team_id": "T2"},
        {"team_id": None},
        {"is_stranger": True},
        {"is_bot": True},
        {"is_app_user": True},
        {"deleted": True},
        {"is_email_confirmed": False},
    ],
    ids=str,
)
def test_nobody_from_another_company_no_bot_and_no_unconfirmed_address(about: dict[str, Any]) -> None:
    assert not is_own_person(BO | about, "T1")


async def test_slack_tells_the_address_to_whom_it_granted_the_scope_only(stage: Stage) -> None:

    directory = stage.app.front.services.accounts.directory
    assert await directory.email("T0SANDBOX", "U0CY") == "cy@acme.example"
    assert await directory.email("T0OTHER", "U0CY") == ""
    assert await directory.email("T0SANDBOX", "U0NOBODY") == ""
    stage.world.manifest = replace(stage.world.manifest, scopes=frozenset({"users:read"}))
    assert await directory.email("T0SANDBOX", "U0CY") == ""
