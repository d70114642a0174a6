"""What waits is sent with the account it was meant for, and only by whoever may still do it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import NoAnswer, PutOff
from app.core.model import AssigneePermission, Draft, Role, Timer, Work
from app.core.operations import Create, State

from .fakes import ADA, BO, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk

FIX = Work(FIX_LOGIN, "pairing")
SOMEBODY_ELSE = replace(ADA, user_id="id-OTHER")
DEMOTED = replace(ADA, role=Role.MEMBER, assignee_permission=AssigneePermission.SELF)


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await desk.link(ADA, BO)
    return desk


async def settled(desk: Desk, after: timedelta = 2 * MINUTE) -> None:
    desk.clock.forward(after)
    await desk.settler.settle_due()


async def connected_as_somebody_else(desk: Desk) -> None:
    await desk.store.disconnect("T1", "UADA")
    await desk.link(SOMEBODY_ELSE)


async def put_off_for_bo(desk: Desk, fault: str = "not reached") -> None:
    desk.service.faults = [fault]
    with pytest.raises((PutOff, NoAnswer)):
        await desk.logbook.log(desk.caller(operation="for Bo"), FIX, TEN - HOUR, TEN, BO)


async def state(desk: Desk, operation_id: str) -> State:
    operation = await desk.store.operation(operation_id)
    assert operation
    return operation.state


async def test_a_stop_that_waits_stops_nobody_elses_timer(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller())
    await connected_as_somebody_else(desk)
    theirs = desk.service.running["id-OTHER"] = Timer("theirs", Work(HERO), TEN, "id-OTHER")
    desk.service.is_away = False
    await settled(desk)
    assert desk.service.running["id-OTHER"] == theirs
    assert [report.state for report in desk.inbox.reports] == [State.WAITING]
    assert "somebody else" in desk.inbox.reports[0].reason


async def test_it_goes_on_when_they_connect_as_who_they_were(desk: Desk) -> None:
    desk.service.faults = ["not reached"]
    with pytest.raises(PutOff):
        await desk.logbook.log(desk.caller(operation="mine"), FIX, TEN - HOUR, TEN, ADA)
    await connected_as_somebody_else(desk)
    await settled(desk)
    assert not desk.service.entries
    await desk.store.disconnect("T1", "UADA")
    await desk.link(ADA)
    await settled(desk)
    assert [entry.assignee for entry in desk.service.entries.values()] == [ADA.user_id]


async def test_what_may_have_arrived_waits_for_whose_it_is_too(desk: Desk) -> None:
    desk.service.faults = ["late"]
    with pytest.raises(NoAnswer):
        await desk.logbook.log(desk.caller(operation="mine"), FIX, TEN - HOUR, TEN, ADA)
    await connected_as_somebody_else(desk)
    await settled(desk)
    assert await state(desk, "mine") is State.WAITING
    await desk.store.disconnect("T1", "UADA")
    await desk.link(ADA)
    await settled(desk)
    assert await state(desk, "mine") is State.DONE
    assert desk.service.writes == ["create"]


async def test_what_is_of_before_that_was_kept_goes_out_as_ever(desk: Desk) -> None:
    intent = Create(Draft(FIX, TEN - HOUR, TEN, ADA.user_id))
    await desk.journal.put_off("old", desk.caller(replace(ADA, user_id="")), intent)
    await settled(desk)
    assert await state(desk, "old") is State.DONE


async def test_who_may_not_any_more_logs_for_nobody(desk: Desk) -> None:
    await put_off_for_bo(desk)
    await desk.store.keep_standing(DEMOTED)
    await settled(desk)
    assert not desk.service.entries
    assert [report.state for report in desk.inbox.reports] == [State.REFUSED]
    assert "Only owners and admins" in desk.inbox.reports[0].reason
    assert [one.id for one in await desk.store.pending("T1", "UADA")] == ["for Bo"]


async def test_who_has_left_logs_for_nobody(desk: Desk) -> None:
    await put_off_for_bo(desk)
    await desk.store.keep_standing(replace(ADA, has_left=True))
    await settled(desk)
    assert not desk.service.entries
    assert await state(desk, "for Bo") is State.WAITING


async def test_what_arrived_while_they_might_is_done(desk: Desk) -> None:
    await put_off_for_bo(desk, "late")
    await desk.store.keep_standing(DEMOTED)
    await settled(desk)
    assert await state(desk, "for Bo") is State.DONE
    assert desk.service.writes == ["create"]


async def test_what_did_not_arrive_while_they_might_is_not_sent_again(desk: Desk) -> None:
    await put_off_for_bo(desk, "no answer")
    await desk.store.keep_standing(DEMOTED)
    await settled(desk)
    assert desk.service.writes == ["create"]
    assert not desk.service.entries
    assert [report.state for report in desk.inbox.reports] == [State.UNSURE]


async def test_ones_own_goes_out_whatever_became_of_ones_role(desk: Desk) -> None:
    desk.service.faults = ["not reached"]
    with pytest.raises(PutOff):
        await desk.logbook.log(desk.caller(operation="mine"), FIX, TEN - HOUR, TEN, ADA)
    await desk.store.keep_standing(DEMOTED)
    await settled(desk)
    assert await state(desk, "mine") is State.DONE
