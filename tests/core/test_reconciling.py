"""After a backup was put back, nothing is sent that may have been sent since, and nothing is lost either."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import NotReached, PutOff
from app.core.model import Capabilities, Draft, TimeEntry, Timer, Work
from app.core.operations import Create, Operation, Start, State
from app.core.reconciling import Reconciled, Reconciler, Verdict
from app.storage.store import SqlStore

from .fakes import ADA, BO, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk, FakeConnections

FIX = Work(FIX_LOGIN, "pairing")
CREATE = Create(Draft(FIX, TEN - HOUR, TEN, ADA.user_id))
HELD = Timer("held:op7", FIX, TEN - HOUR, ADA.user_id, is_held=True)


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await desk.link(ADA)
    return desk


async def put_back(desk: Desk) -> None:
    assert isinstance(desk.store, SqlStore)
    await desk.store.generation.declare_put_back(TEN)


async def looked_back(desk: Desk, capabilities: Capabilities | None = None) -> list[tuple[str, Verdict]]:
    settler = desk.settler
    if capabilities:
        settler = replace(settler, connections=FakeConnections(desk.service, capabilities))
    found: list[Reconciled] = [one async for one in Reconciler(desk.store, settler, desk.clock).look_back()]
    return [(one.about.id, one.verdict) for one in found]


async def in_the_backup(desk: Desk, operation_id: str = "mine", state: State = State.QUEUED) -> Create:
    """An operation that had not ended when the backup was taken; as it is sent."""
    caller = desk.caller()
    draft = caller.provider.marked(CREATE.draft, operation_id)
    operation = Operation(operation_id, ADA.team, ADA.user, ADA.provider, ADA.workspace_id, Create(draft), TEN)
    await desk.store.begin(replace(operation, state=state, sent_at=TEN), until=TEN)
    desk.clock.forward(MINUTE)
    return Create(draft)


async def sent_since(desk: Desk, create: Create, entry_id: str = "since") -> None:
    draft = create.draft
    desk.service.entries[entry_id] = TimeEntry(entry_id, draft.work, draft.start, draft.end, draft.assignee)


async def state_of(desk: Desk, operation_id: str) -> State:
    operation = await desk.store.operation(operation_id)
    assert operation
    return operation.state


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.UNSURE, State.WAITING])
async def test_what_was_sent_after_the_backup_is_found_and_not_sent_again(desk: Desk, state: State) -> None:
    await sent_since(desk, await in_the_backup(desk, state=state))
    await put_back(desk)
    assert await looked_back(desk) == [("mine", Verdict.THERE)]
    assert await state_of(desk, "mine") is State.DONE
    assert desk.service.writes == []


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.UNSURE])
async def test_what_was_not_sent_is_sent_once_when_all_is_clear(desk: Desk, state: State) -> None:
    await in_the_backup(desk, state=state)
    await put_back(desk)
    assert await looked_back(desk) == [("mine", Verdict.NOT_THERE)]
    assert await desk.settler.settle_due() == 0
    assert desk.service.writes == []
    assert isinstance(desk.store, SqlStore)
    await desk.store.generation.reconciled()
    await desk.settler.settle_due()
    await desk.settler.settle_due()
    assert desk.service.writes == ["create"]
    assert await state_of(desk, "mine") is State.DONE


async def test_while_it_is_not_clear_what_people_do_is_kept_and_nothing_is_sent(desk: Desk) -> None:
    await put_back(desk)
    with pytest.raises(PutOff, match="A backup of mine was put back"):
        await desk.journal.write("new", desk.caller(), CREATE)
    with pytest.raises(NotReached):
        await desk.journal.write("start", desk.caller(), Start(FIX))
    assert desk.service.writes == []
    assert await state_of(desk, "new") is State.QUEUED
    assert await looked_back(desk) == [("new", Verdict.NOT_THERE)]


async def test_what_cannot_be_looked_up_keeps_everything_from_being_sent(desk: Desk) -> None:
    await in_the_backup(desk)
    desk.service.is_away = True
    assert await looked_back(desk) == [("mine", Verdict.UNKNOWN)]


async def test_one_key_that_makes_one_entry_is_looked_up_as_well(desk: Desk) -> None:
    """Its key may have been another one."""
    await sent_since(desk, await in_the_backup(desk))
    assert await looked_back(desk, Capabilities(native_timer=True, idempotent=True)) == [("mine", Verdict.THERE)]


async def test_where_no_times_are_kept_a_held_timer_is_left_to_its_owner(desk: Desk) -> None:
    await desk.store.hold(ADA.team, ADA.user, HELD)
    assert await looked_back(desk, Capabilities(native_timer=False, clock_times=False)) == [(HELD.id, Verdict.UNCLEAR)]
    assert await desk.store.held_timer(ADA.team, ADA.user) == HELD


@pytest.mark.parametrize(("trouble", "verdict"), [("denied", Verdict.LEFT), ("expired", Verdict.SIGNED_OUT)])
async def test_what_may_not_be_seen_keeps_nobody_else_waiting(desk: Desk, trouble: str, verdict: Verdict) -> None:
    await in_the_backup(desk)
    desk.service.blind = [trouble]
    assert await looked_back(desk) == [("mine", verdict)]


async def test_who_is_signed_out_keeps_nobody_else_waiting(desk: Desk) -> None:
    await in_the_backup(desk)
    assert isinstance(desk.store, SqlStore)
    await desk.store.unlink(ADA.team, ADA.user, ADA.provider)
    assert await looked_back(desk) == [("mine", Verdict.SIGNED_OUT)]
    assert await state_of(desk, "mine") is State.UNSURE


async def test_one_entry_is_not_what_two_operations_made(desk: Desk) -> None:
    create = await in_the_backup(desk)
    await sent_since(desk, create)
    await desk.store.note(
        replace(
            Operation("other", ADA.team, ADA.user, ADA.provider, ADA.workspace_id, create, TEN, state=State.DONE),
            result=desk.service.entries["since"],
        )
    )
    assert await looked_back(desk) == [("mine", Verdict.NOT_THERE)]


async def test_a_held_timer_that_was_stopped_after_the_backup_is_let_go(desk: Desk) -> None:
    await desk.store.hold(ADA.team, ADA.user, HELD)
    stopped = desk.caller().provider.marked(Draft(FIX, HELD.start, TEN + 5 * MINUTE, ADA.user_id), HELD.id)
    await sent_since(desk, Create(stopped))
    assert await looked_back(desk) == [(HELD.id, Verdict.STOPPED)]
    assert await desk.store.held_timer(ADA.team, ADA.user) is None


async def test_a_held_timer_that_was_not_stopped_runs_on(desk: Desk) -> None:
    await desk.store.hold(ADA.team, ADA.user, HELD)
    other = Draft(Work(HERO), HELD.start + 2 * MINUTE, TEN, ADA.user_id)
    await sent_since(desk, Create(other))
    assert await looked_back(desk) == [(HELD.id, Verdict.RUNS)]
    assert await desk.store.held_timer(ADA.team, ADA.user) == HELD


@pytest.mark.parametrize(("keeps_marks", "work"), [(True, FIX), (False, Work(HERO))])
async def test_another_entry_of_the_same_second_is_not_taken_for_the_stop(
    desk: Desk, keeps_marks: bool, work: Work
) -> None:
    desk.service.keeps_marks = keeps_marks
    await desk.store.hold(ADA.team, ADA.user, HELD)
    await sent_since(desk, Create(Draft(work, HELD.start, TEN - 5 * MINUTE, ADA.user_id)))
    assert await looked_back(desk) == [(HELD.id, Verdict.UNCLEAR)]
    assert await desk.store.held_timer(ADA.team, ADA.user) == HELD


async def test_where_no_marks_are_kept_the_same_work_of_the_same_second_is_the_stop(desk: Desk) -> None:
    desk.service.keeps_marks = False
    await desk.store.hold(ADA.team, ADA.user, HELD)
    await sent_since(desk, Create(Draft(FIX, HELD.start, TEN - 5 * MINUTE, ADA.user_id)))
    assert await looked_back(desk) == [(HELD.id, Verdict.STOPPED)]


async def test_while_it_is_not_clear_a_change_is_refused_and_not_said_to_be_saved(desk: Desk) -> None:
    entry = await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN, ADA)
    await put_back(desk)
    with pytest.raises(NotReached, match="Nothing was changed: do it once more then") as refused:
        await desk.logbook.delete(desk.caller(), entry)
    assert not refused.value.sentence.startswith("Saved")
    assert desk.service.entries == {entry.id: entry}


async def test_while_it_is_not_clear_a_start_says_why_its_timer_is_kept_here(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    await put_back(desk)
    started = await desk.tracker.start(desk.caller(), Work(HERO))
    assert started.timer.is_held
    assert started.note.startswith("A backup of mine was put back")


async def test_a_timer_that_was_stopped_a_second_time_meanwhile_is_logged_once(desk: Desk) -> None:
    """It came back with the backup, and its owner stopped it before anybody had looked."""
    await desk.store.hold(ADA.team, ADA.user, HELD)
    first = desk.caller().provider.marked(Draft(FIX, HELD.start, TEN - 5 * MINUTE, ADA.user_id), HELD.id)
    await sent_since(desk, Create(first))
    await put_back(desk)
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.holding())
    desk.clock.forward(MINUTE)
    assert await looked_back(desk) == [(HELD.id, Verdict.THERE)]
    assert len(desk.service.entries) == 1


async def test_a_held_timer_whose_account_is_gone_is_left_to_its_owner(desk: Desk) -> None:
    await desk.store.hold(BO.team, BO.user, replace(HELD, assignee=BO.user_id))
    assert await looked_back(desk) == [(HELD.id, Verdict.UNCLEAR)]
    assert await desk.store.held_timer(BO.team, BO.user)


async def test_what_is_being_sent_at_this_moment_is_left_to_whoever_sends_it(desk: Desk) -> None:
    now = desk.clock.now()
    mine = Operation("mine", ADA.team, ADA.user, ADA.provider, ADA.workspace_id, CREATE, now, sent_at=now)
    await desk.store.begin(mine, until=now + timedelta(seconds=20))
    assert await looked_back(desk) == []
    assert await state_of(desk, "mine") is State.SENDING
