"""What somebody may do follows their role at the provider, though the workspace-wide token could do more."""

from dataclasses import replace

import pytest

from app.core.model import AssigneePermission, Role
from tests.person import Person
from tests.slack.speaking import ACME, speaks_for
from tests.stage import Stage

FOR_BO = "/timer log 1h DEV-12 for @Bo"
ONLY_ADMINS = "Only owners and admins can track time for somebody else, and you are a member."


@pytest.fixture
async def ada(shared: Stage) -> Person:
    return await shared.person("Ada")


def becomes(stage: Stage, user_id: int, role: str) -> None:
    users = stage.workspace.users
    users[user_id] = replace(users[user_id], role=role)


def asked(stage: Stage) -> int:
    return sum(one.path == "/team" for one in stage.workspace.requests)


async def test_who_is_no_admin_any_more_logs_for_nobody_else_the_day_after(shared: Stage, ada: Person) -> None:
    assert "1 h" in str(await ada.types(FOR_BO))
    becomes(shared, 183, "member")
    shared.clock.passes(hours=30)
    assert ONLY_ADMINS in str(await ada.types(FOR_BO))
    assert len(shared.entries("Bo")) == 1
    account = await shared.app.store.account("T0SANDBOX", "U0ADA")
    assert account
    assert (account.role, account.assignee_permission) == (Role.MEMBER, AssigneePermission.SELF)


async def test_who_has_become_an_admin_logs_for_others(shared: Stage) -> None:
    bo = await shared.person("Bo")
    await bo.types("/timer status")
    becomes(shared, 184, "admin")
    shared.clock.passes(hours=30)
    assert "1 h" in str(await bo.types("/timer log 1h DEV-12 for @Ada"))


async def test_a_role_that_was_only_said_is_looked_up(shared: Stage) -> None:
    await speaks_for(shared, "U0BO", "184", Role.OWNER)
    bo = await shared.person("Bo")
    assert ONLY_ADMINS in str(await bo.types("/timer log 1h DEV-12 for @Ada"))


async def test_whoever_runs_the_app_may_say_less_and_not_more(shared: Stage, ada: Person) -> None:
    await speaks_for(shared, "U0ADA", "183", Role.MEMBER, is_ordered=True)
    assert "You are an admin, but other people's time is switched off for you." in str(await ada.types(FOR_BO))


async def test_who_has_left_tracks_nothing(shared: Stage, ada: Person) -> None:
    await ada.types("/timer log 1h DEV-12")
    del shared.workspace.users[183]
    shared.clock.passes(hours=30)
    for _ in range(2):
        [said] = await ada.types("/timer log 2h DEV-12")
        assert "You are no active member of your ClickUp workspace any more" in said
        shared.workspace.faults.add("error")  # what is known stays known
        shared.clock.passes(minutes=10)
    shared.workspace.faults.clear()
    assert shared.writes() == [f"POST /team/{ACME}/time_entries"]


async def test_who_comes_back_is_let_in_again(shared: Stage, ada: Person) -> None:
    gone = shared.workspace.users.pop(183)
    assert "no active member" in str(await ada.types("/timer status"))
    shared.workspace.users[183] = gone
    shared.clock.passes(minutes=16)
    assert "No timer is running" in str(await ada.types("/timer status"))


async def test_it_is_asked_once_a_day_and_never_waited_for(shared: Stage, ada: Person) -> None:
    await ada.types("/timer status")
    before = asked(shared)
    for _ in range(3):
        shared.clock.passes(hours=1)
        await ada.types("/timer status")
    assert asked(shared) == before
    shared.clock.passes(days=1)
    shared.workspace.faults.add("hang", path="/team", times=1)
    becomes(shared, 183, "member")
    assert "1 h" in str(await ada.types(FOR_BO))


async def test_a_list_that_shows_nobody_else_proves_nothing(shared: Stage, ada: Person) -> None:
    """A token of somebody who is not in charge may not see everybody."""
    becomes(shared, 186, "member")
    kept = shared.workspace.users.pop(183)
    assert "no active member" not in str(await ada.types("/timer status"))
    shared.workspace.users[183] = kept


async def test_with_a_token_of_their_own_it_is_known_from_the_next_command_on(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer status")
    becomes(stage, 183, "member")
    stage.clock.passes(hours=30)
    await ada.types("/timer status")
    await stage.app.front.drain(2)
    assert ONLY_ADMINS in str(await ada.types(FOR_BO))
    assert stage.entries("Bo") == []
