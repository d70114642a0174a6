"""The table of who may do what to whose time: every cell is tried out on the services, and what they do is looked at."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from app.core import permissions
from app.core.accounts import Caller
from app.core.errors import NotAllowed, NotConnected, NotReached, TimerError
from app.core.model import Account, AssigneePermission, Capabilities, Draft, Person, Role, TimeEntry, Timer, Work
from app.core.operations import Create, Operation, State
from app.core.permissions import Deed, Footing, Reach

from .fakes import BERLIN, BO, FIX_LOGIN, HOUR, TEN, Desk, account, is_about

ANYBODY, OWN, NOBODY = Reach.ANYBODY, Reach.OWN, Reach.NOBODY
FIX = Work(FIX_LOGIN)
HOLDS = Capabilities(native_timer=False, assignees=True)

# What must hold, said a second time and in another way than the code says it.
MUST: dict[Footing, tuple[bool, bool]] = {  # footing: (their own time, somebody else's)
    Footing.OWNER: (True, True),
    Footing.ADMIN: (True, True),
    Footing.NARROWED: (True, False),
    Footing.MEMBER: (True, False),
    Footing.GUEST: (True, False),
    Footing.LEFT: (False, False),
}
ASKING = {
    Footing.OWNER: account("UADA", Role.OWNER),
    Footing.ADMIN: account("UADA", Role.ADMIN),
    Footing.NARROWED: replace(account("UADA", Role.ADMIN), assignee_permission=AssigneePermission.SELF),
    Footing.MEMBER: account("UADA", Role.MEMBER),
    Footing.GUEST: account("UADA", Role.GUEST),
    Footing.LEFT: replace(account("UADA", Role.OWNER), has_left=True),
}


async def log(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.logbook.log(asking, FIX, TEN - HOUR, TEN, whose)


async def start(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.tracker.start(asking, FIX, whose=whose)


async def stop(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.held.start(whose, FIX, TEN - HOUR, "ran")
    await desk.tracker.stop(asking, whose=whose)


async def stop_what_runs_there(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.tracker.stop(asking, whose=whose)


async def edit(desk: Desk, asking: Caller, whose: Account) -> None:
    entry = await desk.logbook.entry(asking, there_is(desk, whose).id, Deed.EDIT)
    await desk.logbook.edit(asking, entry, replace(entry, end=TEN))


async def edit_what_was_never_asked_for(desk: Desk, asking: Caller, whose: Account) -> None:
    entry = there_is(desk, whose)
    await desk.logbook.edit(asking, entry, replace(entry, end=TEN))


async def delete(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.logbook.delete(asking, there_is(desk, whose))


async def tag(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.logbook.retag(asking, there_is(desk, whose), ("design",), ())


async def undo(desk: Desk, asking: Caller, whose: Account) -> None:
    await was_logged(desk, whose)
    await desk.undo.take_back(asking, "logged")


async def see_a_day(desk: Desk, asking: Caller, whose: Account) -> None:
    entry = there_is(desk, whose)
    assert await desk.logbook.entries(asking, date(2026, 3, 4), whose=whose) == [entry]


async def see_an_entry(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.logbook.entry(asking, there_is(desk, whose).id, Deed.SEE)


async def see_what_runs(desk: Desk, asking: Caller, whose: Account) -> None:
    await desk.held.start(whose, FIX, TEN - HOUR, "ran")
    assert await desk.tracker.current(asking, whose)


Attempt = Callable[[Desk, Caller, Account], Awaitable[None]]
ATTEMPTS: tuple[tuple[Deed, Attempt], ...] = (
    (Deed.LOG, log),
    (Deed.START, start),
    (Deed.STOP, stop),
    (Deed.EDIT, edit),
    (Deed.EDIT, edit_what_was_never_asked_for),
    (Deed.DELETE, delete),
    (Deed.TAG, tag),
    (Deed.UNDO, undo),
    (Deed.SEE, see_a_day),
    (Deed.SEE, see_an_entry),
    (Deed.SEE, see_what_runs),
)


def there_is(desk: Desk, whose: Account) -> TimeEntry:
    entry = TimeEntry("there", FIX, TEN - 2 * HOUR, TEN - HOUR, whose.user_id)
    desk.service.entries[entry.id] = entry
    return entry


async def was_logged(desk: Desk, whose: Account) -> None:
    entry = there_is(desk, whose)
    draft = Draft(FIX, entry.start, entry.end, whose.user_id)
    place = (whose.team, whose.user, whose.provider, whose.workspace_id)
    await desk.store.note(Operation("logged", *place, Create(draft), TEN, State.DONE, entry))


@pytest.mark.parametrize("is_own", [True, False], ids=["their own", "somebody else's"])
@pytest.mark.parametrize(("deed", "attempt"), ATTEMPTS, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("footing", MUST, ids=lambda footing: footing.name.lower())
async def test_every_cell_of_the_table(
    desk: Desk, footing: Footing, deed: Deed, attempt: Attempt, is_own: bool
) -> None:
    asking = ASKING[footing]
    whose = asking if is_own else BO
    await desk.store.link(replace(asking, has_left=False))
    await desk.store.link(BO)
    caller = desk.caller(asking, capabilities=HOLDS)
    if MUST[footing][0 if is_own else 1]:
        await attempt(desk, caller, whose)
        return
    with pytest.raises((NotAllowed, NotConnected)) as refused:
        await attempt(desk, caller, whose)
    assert desk.service.writes == []
    held = await desk.held.current(whose)
    assert held is None or held.id == "held:ran"
    assert says_who_can_change_it(refused.value)


def says_who_can_change_it(error: TimerError) -> bool:
    return any(who in error.sentence for who in ("Ask an owner or admin", "Whoever runs this app", "Ask its owner"))


def test_the_table_says_what_must_hold() -> None:
    for footing, (own, others) in MUST.items():
        expected = ANYBODY if others else OWN if own else NOBODY
        assert {permissions.reach(footing, deed) for deed in Deed} == {expected}, footing
    for footing in (Footing.UNKNOWN, Footing.STRANGER):
        assert {permissions.reach(footing, deed) for deed in Deed} == {NOBODY}


def test_every_deed_is_attempted() -> None:
    assert {deed for deed, _ in ATTEMPTS} == set(Deed)


@pytest.mark.parametrize("deed", Deed)
async def test_who_is_not_connected_does_nothing_at_all(desk: Desk, deed: Deed) -> None:
    """There is no caller without an account, and whoever asks for one is told what to do."""
    assert permissions.footing_of(None) is Footing.UNKNOWN
    assert permissions.reach(Footing.UNKNOWN, deed) is NOBODY
    with pytest.raises(NotConnected, match="Type /timer connect"):
        await desk.accounts.caller(Person("T1", "UADA", BERLIN), "op1")


@pytest.mark.parametrize(("deed", "attempt"), ATTEMPTS, ids=lambda one: getattr(one, "__name__", ""))
async def test_an_owner_reaches_nobody_of_another_slack_workspace(desk: Desk, deed: Deed, attempt: Attempt) -> None:
    """Both are linked to the same workspace of the provider, where the owner could do it by hand."""
    there = replace(BO, team="T2")
    await desk.store.link(there)
    await desk.store.link(ASKING[Footing.OWNER])
    with pytest.raises(TimerError):
        await attempt(desk, desk.caller(ASKING[Footing.OWNER], capabilities=HOLDS), there)
    assert desk.service.writes == []


@pytest.mark.parametrize(
    ("deed", "attempt"),
    [one for one in ATTEMPTS if one[0] in (Deed.EDIT, Deed.DELETE, Deed.TAG) or one[1] is see_an_entry],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_nor_anybody_who_is_not_connected_here(desk: Desk, deed: Deed, attempt: Attempt) -> None:
    await desk.store.link(ASKING[Footing.OWNER])
    with pytest.raises(NotAllowed, match="somebody who isn't connected here"):
        await attempt(desk, desk.caller(ASKING[Footing.OWNER], capabilities=HOLDS), BO)
    assert desk.service.writes == []


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("footing", [Footing.NARROWED, Footing.MEMBER, Footing.GUEST], ids=lambda one: one.name.lower())
async def test_naming_somebody_is_refused_before_anybody_is_looked_up(desk: Desk, footing: Footing, deed: Deed) -> None:
    with pytest.raises(NotAllowed) as refused:
        await desk.accounts.assignee(desk.caller(ASKING[footing]), "UNOBODY", deed)
    assert says_who_can_change_it(refused.value)
    assert (desk.directory.asked, desk.service.calls) == ([], [])


@pytest.mark.parametrize("deed", Deed)
async def test_a_refusal_names_what_was_asked(desk: Desk, deed: Deed) -> None:
    with pytest.raises(NotAllowed) as refused:
        permissions.require(ASKING[Footing.GUEST], deed, whose=BO)
    assert refused.value.sentence.startswith("Only owners and admins can ")
    assert "somebody else" in refused.value.sentence
    assert "and you are a guest. Ask an owner or admin of the workspace" in refused.value.sentence


async def test_who_did_it_and_is_no_admin_any_more_does_not_take_it_back(desk: Desk) -> None:
    ada = ASKING[Footing.ADMIN]
    await desk.store.link(ada)
    await desk.store.link(BO)
    await desk.logbook.log(desk.caller(ada, "logged"), FIX, TEN - HOUR, TEN, BO)
    demoted = desk.caller(ASKING[Footing.MEMBER])
    for attempt in (desk.undo.latest(demoted), desk.undo.take_back(demoted, "logged")):
        with pytest.raises(NotAllowed, match="undo what was done to somebody else's time"):
            await attempt
    assert desk.service.writes == ["create"]


async def test_whose_time_it_is_takes_back_what_an_admin_did_to_it(desk: Desk) -> None:
    ada = ASKING[Footing.ADMIN]
    await desk.store.link(ada)
    await desk.store.link(BO)
    await desk.logbook.log(desk.caller(ada, "logged"), FIX, TEN - HOUR, TEN, BO)
    await desk.undo.take_back(desk.caller(BO), "logged")
    assert desk.service.entries == {}


@pytest.mark.parametrize("deed", ["edit", "delete", "tag"])
async def test_what_an_admin_did_to_an_entry_is_an_operation_on_the_time_of_whose_it_is(desk: Desk, deed: str) -> None:
    ada = ASKING[Footing.ADMIN]
    await desk.store.link(ada)
    await desk.store.link(BO)
    await {"edit": edit, "delete": delete, "tag": tag}[deed](desk, desk.caller(ada, "did"), BO)
    operation = await desk.store.operation("did")
    assert operation
    assert (operation.user, operation.by) == ("UBO", "UADA")
    await desk.undo.take_back(desk.caller(BO), "did")
    [entry] = desk.service.entries.values()
    assert is_about(entry.end, TEN - HOUR)
    assert entry.work.tags == ()


async def test_who_has_left_is_not_tracked_for_and_their_timer_is_kept(desk: Desk) -> None:
    ada = ASKING[Footing.OWNER]
    await desk.store.link(BO)
    await desk.held.start(BO, FIX, TEN - HOUR, "ran")
    await desk.store.keep_standing(replace(BO, has_left=True))
    with pytest.raises(NotAllowed) as refused:
        await desk.accounts.assignee(desk.caller(ada), "UBO", Deed.STOP)
    assert refused.value.sentence == (
        "<@UBO> is no active member of the ClickUp workspace any more, so nothing was done. Its owner can invite them"
        " again. Their timer stays here, unsaved, until they are back or drop it themselves."
    )
    assert await desk.held.current(BO)


async def test_a_timer_that_somebody_runs_with_their_own_sign_in_is_neither_stopped_nor_changed(desk: Desk) -> None:
    ada, theirs = ASKING[Footing.ADMIN], Timer("e1", FIX, TEN - HOUR, BO.user_id)
    await desk.store.link(BO)
    desk.service.running[BO.user_id] = theirs
    for attempt in (
        desk.tracker.stop(desk.caller(ada), whose=BO),
        desk.tracker.complete(desk.caller(ada), theirs.id, Work(FIX_LOGIN, "other"), at=TEN, whose=BO),
    ):
        with pytest.raises(NotAllowed, match="with their own sign-in"):
            await attempt
    assert desk.service.writes == []
    assert desk.service.running[BO.user_id] == theirs


@pytest.mark.parametrize("attempt", [start, stop_what_runs_there], ids=lambda one: one.__name__)
async def test_while_the_provider_is_away_nothing_meant_for_somebody_else_is_done_to_ones_own_time(
    desk: Desk, attempt: Attempt
) -> None:
    ada = ASKING[Footing.ADMIN]
    await desk.store.link(BO)
    desk.service.is_away = True
    with pytest.raises(NotReached):
        await attempt(desk, desk.caller(ada), BO)
    desk.service.is_away = False
    assert [await desk.held.current(one) for one in (ada, BO)] == [None, None]
    assert await desk.store.pending("T1", "UADA") == []
