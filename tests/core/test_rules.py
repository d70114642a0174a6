"""The table of who may do what, cell by cell, and the sentence of each refusal; without anything around it."""

from dataclasses import dataclass, field, replace

import pytest

from app.core import permissions
from app.core.errors import NotAllowed, NotConnected, TimerError
from app.core.model import Account, AssigneePermission, Role
from app.core.permissions import Deed, Footing, Reach

from .fakes import account

ADA, BO = account("UADA", Role.OWNER), account("UBO", Role.MEMBER)
NARROWED = replace(ADA, assignee_permission=AssigneePermission.SELF)
LEFT = replace(ADA, has_left=True)

EVERYBODYS = [Footing.OWNER, Footing.ADMIN]
THEIR_OWN = [Footing.NARROWED, Footing.MEMBER, Footing.GUEST]
NOTHING = [Footing.LEFT, Footing.UNKNOWN, Footing.STRANGER]


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("footing", Footing)
def test_a_cell_says_what_its_footing_may(footing: Footing, deed: Deed) -> None:
    groups = {Reach.ANYBODY: EVERYBODYS, Reach.OWN: THEIR_OWN, Reach.NOBODY: NOTHING}
    assert [reach for reach, footings in groups.items() if footing in footings] == [permissions.reach(footing, deed)]


@pytest.mark.parametrize(
    ("who", "footing"),
    [
        (None, Footing.UNKNOWN),
        (ADA, Footing.OWNER),
        (account("UADA", Role.ADMIN), Footing.ADMIN),
        (NARROWED, Footing.NARROWED),
        (BO, Footing.MEMBER),
        (replace(BO, assignee_permission=AssigneePermission.ANYONE), Footing.MEMBER),
        (account("UGI", Role.GUEST), Footing.GUEST),
        (LEFT, Footing.LEFT),
        (replace(BO, has_left=True), Footing.LEFT),
    ],
)
def test_what_somebody_is_follows_from_their_account(who: Account | None, footing: Footing) -> None:
    assert permissions.footing_of(who) is footing


@pytest.mark.parametrize("deed", Deed)
def test_nobody_reaches_into_another_slack_workspace(deed: Deed) -> None:
    """Not even oneself, under the same name."""
    permissions.require(ADA, deed, whose=ADA)
    permissions.require(ADA, deed, whose=BO)
    for elsewhere in (replace(BO, team="T2"), replace(ADA, team="T2")):
        with pytest.raises(NotAllowed):
            permissions.require(ADA, deed, whose=elsewhere)
    with pytest.raises(NotAllowed):
        permissions.require(BO, deed, whose=replace(BO, team="T2"))


def sentence_of(who: Account, deed: Deed) -> tuple[type[TimerError], str]:
    with pytest.raises(TimerError) as refused:
        permissions.require(who, deed, whose=BO if who is not BO else ADA)
    with pytest.raises(TimerError) as before:
        permissions.require_anybody(who, deed)
    assert str(before.value) == str(refused.value)
    return type(refused.value), refused.value.sentence


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        (Deed.LOG, "track time for somebody else"),
        (Deed.START, "track time for somebody else"),
        (Deed.STOP, "track time for somebody else"),
        (Deed.EDIT, "change somebody else's time"),
        (Deed.DELETE, "delete somebody else's time"),
        (Deed.TAG, "tag somebody else's time"),
        (Deed.UNDO, "undo what was done to somebody else's time"),
        (Deed.SEE, "see somebody else's time"),
    ],
)
def test_a_refusal_names_the_deed_the_rule_and_who_can_change_it(deed: Deed, what: str) -> None:
    assert sentence_of(BO, deed) == (
        NotAllowed,
        f"Only owners and admins can {what}, and you are a member."
        " Ask an owner or admin of the workspace to do it, or to change your role.",
    )


def test_who_is_narrowed_hears_by_whom() -> None:
    for role, a in ((Role.OWNER, "an owner"), (Role.ADMIN, "an admin")):
        assert sentence_of(replace(NARROWED, role=role), Deed.EDIT) == (
            NotAllowed,
            f"You are {a}, but other people's time is switched off for you. Whoever runs this app can change that.",
        )


def test_who_has_left_hears_how_to_come_back() -> None:
    told = (
        f"You are no active member of your {LEFT.provider} workspace any more, so nothing was done."
        " Ask its owner to invite you again, or connect another account."
    )
    assert sentence_of(LEFT, Deed.LOG) == (NotConnected, told)
    with pytest.raises(NotConnected):
        permissions.require(LEFT, Deed.LOG, whose=LEFT)


def test_strangers_and_who_is_not_connected_hear_what_to_do() -> None:
    assert permissions.stranger().sentence == (
        "This app keeps the time of another Slack workspace than yours, and is for its people only, so nothing was done."
        " Ask an admin of that workspace to make you a member there."
    )
    assert permissions.not_connected("ClickUp", "/timer").sentence == (
        "You aren't connected to ClickUp yet. Type /timer connect; it takes a minute, once."
    )


@dataclass
class Register:
    """Of accounts: who is asked for stands in `asked`."""

    accounts: list[Account]
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def account_of(self, team: str, provider: str, workspace_id: str, user_id: str) -> Account | None:
        self.asked.append((team, provider, workspace_id, user_id))
        place = (team, provider, workspace_id, user_id)
        return next(
            (one for one in self.accounts if (one.team, one.provider, one.workspace_id, one.user_id) == place), None
        )


async def test_whose_time_it_is_is_looked_up_only_for_who_may_reach_it() -> None:
    register = Register([ADA, BO])
    assert await permissions.owner(register, ADA, BO.user_id, Deed.EDIT) == BO  # type: ignore[arg-type]
    assert register.asked == [(ADA.team, ADA.provider, ADA.workspace_id, BO.user_id)]
    with pytest.raises(NotAllowed):
        await permissions.owner(register, BO, ADA.user_id, Deed.EDIT)  # type: ignore[arg-type]
    assert len(register.asked) == 1


async def test_ones_own_time_is_ones_own_without_looking() -> None:
    register = Register([])
    assert await permissions.owner(register, BO, BO.user_id, Deed.EDIT) == BO  # type: ignore[arg-type]
    with pytest.raises(NotConnected):
        await permissions.owner(register, LEFT, LEFT.user_id, Deed.EDIT)  # type: ignore[arg-type]
    assert register.asked == []


async def test_time_of_somebody_who_is_not_connected_is_out_of_reach() -> None:
    with pytest.raises(NotAllowed) as refused:
        await permissions.owner(Register([]), ADA, "999", Deed.EDIT)  # type: ignore[arg-type]
    assert refused.value.sentence == (
        "That is the time of somebody who isn't connected here, and it can only be reached from here when they are."
        " They can connect themselves."
    )
