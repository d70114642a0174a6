"""Who is asking, and whose time they may log."""

from dataclasses import replace

import pytest

from app.core.errors import NotAllowed, NotConnected
from app.core.model import AssigneePermission, Person, Role, default_permission
from app.core.permissions import Deed
from app.storage.store import SqlStore

from .fakes import ADA, BERLIN, BO, CY, Desk, FakeDirectory, account

ANYONE, SELF = AssigneePermission.ANYONE, AssigneePermission.SELF
MAY = {(Role.OWNER, ANYONE), (Role.ADMIN, ANYONE)}


@pytest.mark.parametrize("permission", AssigneePermission)
@pytest.mark.parametrize("role", Role)
async def test_only_owners_and_admins_log_for_others_and_only_while_that_is_switched_on(
    desk: Desk, role: Role, permission: AssigneePermission
) -> None:
    asking = replace(account("UADA", role), assignee_permission=permission)
    await desk.store.link(BO)
    if (role, permission) in MAY:
        assert await desk.accounts.assignee(desk.caller(asking), "UBO", Deed.LOG) == BO
        return
    with pytest.raises(NotAllowed) as refused:
        await desk.accounts.assignee(desk.caller(asking), "UBO", Deed.LOG)
    assert refused.value.field == "assignee"


@pytest.mark.parametrize("named", ["", "UADA"])
@pytest.mark.parametrize("role", Role)
async def test_everybody_logs_for_themselves(desk: Desk, role: Role, named: str) -> None:
    asking = replace(account("UADA", role), assignee_permission=SELF)
    assert await desk.accounts.assignee(desk.caller(asking), named, Deed.LOG) == asking


async def test_a_refusal_names_the_rule_and_who_can_change_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed) as member:
        await desk.accounts.assignee(desk.caller(BO), "UADA", Deed.LOG)
    assert member.value.sentence == (
        "Only owners and admins can track time for somebody else, and you are a member. "
        "Ask an owner or admin of the workspace to do it, or to change your role."
    )
    with pytest.raises(NotAllowed) as narrowed:
        await desk.accounts.assignee(desk.caller(replace(ADA, assignee_permission=SELF)), "UBO", Deed.LOG)
    assert narrowed.value.sentence == (
        "You are an admin, but other people's time is switched off for you. Whoever runs this app can change that."
    )


async def test_who_may_not_learns_nothing_about_whether_somebody_is_connected(desk: Desk) -> None:
    with pytest.raises(NotAllowed) as unknown:
        await desk.accounts.assignee(desk.caller(BO), "UNOBODY", Deed.LOG)
    await desk.store.link(CY)
    with pytest.raises(NotAllowed) as known:
        await desk.accounts.assignee(desk.caller(BO), "UCY", Deed.LOG)
    assert unknown.value.sentence == known.value.sentence


async def test_somebody_who_is_not_connected_cannot_be_logged_for(desk: Desk) -> None:
    with pytest.raises(NotConnected, match="<@UBO> isn't connected to ClickUp yet"):
        await desk.accounts.assignee(desk.caller(ADA), "UBO", Deed.LOG)


async def test_somebody_in_another_workspace_of_the_provider_cannot_be_logged_for(desk: Desk) -> None:
    await desk.store.link(account("UBO", workspace="9002"))
    with pytest.raises(NotAllowed, match="<@UBO> tracks time in another workspace"):
        await desk.accounts.assignee(desk.caller(ADA), "UBO", Deed.LOG)


async def test_somebody_in_another_slack_workspace_is_never_found(desk: Desk) -> None:
    await desk.store.link(account("UBO", team="T2"))
    with pytest.raises(NotConnected, match="isn't connected"):
        await desk.accounts.assignee(desk.caller(ADA), "UBO", Deed.LOG)
    with pytest.raises(NotConnected):
        await desk.accounts.caller(Person("T1", "UBO", BERLIN), "op1")


async def test_a_caller_has_their_own_account_and_provider(desk: Desk) -> None:
    await desk.store.link(ADA)
    caller = await desk.accounts.caller(Person("T1", "UADA", BERLIN), "op1")
    assert (caller.account, caller.provider.account, caller.operation_id) == (ADA, ADA, "op1")


async def test_who_is_not_connected_hears_what_to_do(desk: Desk) -> None:
    with pytest.raises(NotConnected) as told:
        await desk.accounts.caller(Person("T1", "UADA", BERLIN), "op1")
    assert told.value.sentence == ("You aren't connected to ClickUp yet. Type /timer connect; it takes a minute, once.")


async def test_a_person_is_looked_up_once(store: SqlStore) -> None:
    ada = Person("T1", "UADA", BERLIN, "Ada")
    desk = Desk(store, FakeDirectory((ada,)))
    assert [await desk.accounts.person("T1", "UADA") for _ in range(2)] == [ada, ada]
    assert desk.directory.asked == ["UADA"]
    assert await desk.accounts.person("T2", "UADA") is None


@pytest.mark.parametrize(
    ("role", "permission"), [(Role.OWNER, ANYONE), (Role.ADMIN, ANYONE), (Role.MEMBER, SELF), (Role.GUEST, SELF)]
)
def test_a_role_brings_its_permission(role: Role, permission: AssigneePermission) -> None:
    assert default_permission(role) is permission
