"""What could not end at once ends all the same, once, and whoever did it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.acts import Act
from app.core.errors import NoAnswer, NotUndoable, PutOff, Refused
from app.core.model import Draft, Person, TimeEntry, Work
from app.core.operations import Cancel, Create, Delete, Intent, Operation, Start, State, Stop, Tag, Update
from app.core.phrases import Phrase

from .fakes import ADA, BERLIN, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk, account, is_about
from .mortal import Crash, MortalStore

QUARANTINE = timedelta(seconds=90)
FIX = Work(FIX_LOGIN, "pairing", ("backend",))
DRAFT = Draft(FIX, TEN - HOUR, TEN, ADA.user_id)
CREATE = Create(DRAFT)


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await desk.link(ADA)
    return desk


async def written(desk: Desk, fault: str, intent: Intent = CREATE, operation: str = "mine") -> None:
    desk.service.faults = [fault]
    with pytest.raises((NoAnswer, PutOff, KeyError)):
        await desk.journal.write(operation, desk.caller(), intent)


async def crashed(desk: Desk, intent: Intent = CREATE, operation: str = "mine") -> None:
    """As it is on disk when the process was killed before the request went out."""
    now = desk.clock.now()
    mine = Operation(
        operation, ADA.team, ADA.user, ADA.provider, ADA.workspace_id, intent, now, act=operation, sent_at=now
    )
    await desk.store.begin(mine, until=now + timedelta(seconds=20))


async def settled(desk: Desk, after: timedelta = QUARANTINE) -> None:
    desk.clock.forward(after)
    await desk.settler.settle_due()


async def state(desk: Desk, operation_id: str = "mine") -> State:
    operation = await desk.store.operation(operation_id)
    assert operation
    return operation.state


def told(desk: Desk) -> list[tuple[str, State]]:
    return [(report.id, report.state) for report in desk.inbox.reports]


async def logged(desk: Desk, operation: str = "logged") -> TimeEntry:
    entry = await desk.journal.write(operation, desk.caller(), Create(DRAFT))
    assert isinstance(entry, TimeEntry)
    return entry


@pytest.mark.parametrize("fault", ["late", "bug"])
async def test_what_arrived_without_an_answer_is_found_and_not_sent_again(desk: Desk, fault: str) -> None:
    await written(desk, fault)
    await settled(desk)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)
    assert desk.service.writes == ["create"]
    assert told(desk) == [("mine", State.DONE)]


async def test_what_did_not_arrive_is_sent_after_the_quarantine_and_not_before(desk: Desk) -> None:
    await written(desk, "no answer")
    await settled(desk, QUARANTINE - timedelta(seconds=1))
    assert (desk.service.writes, told(desk)) == (["create"], [])
    await settled(desk, timedelta(seconds=1))
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)
    assert told(desk) == [("mine", State.DONE)]


async def test_two_of_the_same_that_both_arrived_are_two(desk: Desk) -> None:
    await written(desk, "late", operation="mine")
    await written(desk, "late", operation="op2")
    await settled(desk)
    assert len(desk.service.entries) == 2
    assert desk.service.writes == ["create", "create"]
    assert sorted(told(desk)) == [("mine", State.DONE), ("op2", State.DONE)]


async def test_two_of_the_same_of_which_one_arrived_become_two(desk: Desk) -> None:
    await written(desk, "late", operation="mine")
    await written(desk, "no answer", operation="op2")
    await settled(desk)
    assert len(desk.service.entries) == 2


async def test_a_look_up_that_fails_is_no_excuse_to_send_again(desk: Desk) -> None:
    await written(desk, "late")
    desk.service.is_away = True
    for _ in range(5):
        await settled(desk, HOUR)
    assert (await state(desk), desk.service.writes, told(desk)) == (State.UNSURE, ["create"], [])
    desk.service.is_away = False
    await settled(desk, HOUR)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)


async def test_what_a_crash_left_is_looked_up_when_its_lease_and_the_quarantine_are_over(desk: Desk) -> None:
    await crashed(desk)
    await settled(desk, timedelta(seconds=19))
    assert await state(desk) is State.SENDING
    await settled(desk, timedelta(seconds=1))
    assert await state(desk) is State.UNSURE
    await settled(desk)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)
    assert told(desk) == [("mine", State.DONE)]


async def test_while_the_provider_is_away_it_is_tried_ever_more_rarely_and_sent_when_it_is_back(desk: Desk) -> None:
    desk.service.is_away = True
    await written(desk, "")
    for _ in range(600):
        await settled(desk, MINUTE)
    tries = desk.service.calls.count("create")
    assert 5 < tries < 20
    desk.service.is_away = False
    await settled(desk, HOUR)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)
    assert told(desk) == [("mine", State.DONE)]


async def test_what_is_refused_after_it_was_put_off_is_told_and_still_there_to_edit(desk: Desk) -> None:
    await written(desk, "not reached")
    desk.service.faults = ["refused"]
    await settled(desk)
    (report,) = desk.inbox.reports
    assert (report.state, report.reason) == (State.REFUSED, "ClickUp: refused.")
    assert [operation.id for operation in await desk.store.pending("T1", "UADA")] == ["mine"]
    assert isinstance(report.intent, Create)
    assert report.intent.draft.work == FIX


async def test_what_waits_for_a_sign_in_goes_on_when_the_person_has_connected_again(desk: Desk) -> None:
    await written(desk, "expired")
    await settled(desk, 5 * HOUR)
    assert (await state(desk), desk.service.entries) == (State.WAITING, {})
    await desk.link(ADA)
    await settled(desk)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)


async def test_after_disconnecting_what_waits_says_so_and_stays(desk: Desk) -> None:
    await written(desk, "not reached")
    await desk.store.disconnect("T1", "UADA")
    await settled(desk)
    assert await state(desk) is State.WAITING
    (report,) = desk.inbox.reports
    assert "You aren't connected to ClickUp any more" in report.reason


async def test_who_connects_another_workspace_is_not_told_about_what_waits_for_the_first(desk: Desk) -> None:
    await written(desk, "expired")
    await desk.link(account("UADA", workspace="9002"))
    await settled(desk)
    assert (await state(desk), told(desk)) == (State.WAITING, [])


async def test_nobody_who_can_be_told_only_later_goes_without(desk: Desk) -> None:
    desk.inbox.is_open = False
    await written(desk, "late")
    await settled(desk)
    desk.inbox.is_open = True
    await settled(desk)
    await settled(desk)
    assert told(desk) == [("mine", State.DONE)]


async def test_a_clock_that_is_set_back_keeps_nothing_waiting_for_hours(desk: Desk) -> None:
    desk.clock.forward(24 * HOUR)
    await written(desk, "late")
    desk.clock.forward(-24 * HOUR)
    await settled(desk)
    assert await state(desk) is State.DONE


@pytest.mark.parametrize("fault", ["late", "no answer"])
async def test_a_change_ends_as_it_was_meant(desk: Desk, fault: str) -> None:
    entry = await logged(desk)
    after = replace(entry, end=entry.end + HOUR, work=Work(HERO, "writing"))
    await written(desk, fault, Update(entry, after))
    await settled(desk)
    assert list(desk.service.entries.values()) == [after]
    assert told(desk) == [("mine", State.DONE)]


async def test_a_change_of_what_was_changed_elsewhere_since_is_left_alone_and_told(desk: Desk) -> None:
    entry = await logged(desk)
    await written(desk, "no answer", Update(entry, replace(entry, end=entry.end + HOUR)))
    theirs = replace(entry, work=Work(FIX_LOGIN, "newer words"))
    desk.service.entries[entry.id] = theirs
    await settled(desk)
    assert desk.service.entries[entry.id] == theirs
    (report,) = desk.inbox.reports
    assert (report.state, "changed elsewhere" in report.reason) == (State.REFUSED, True)


@pytest.mark.parametrize("fault", ["late", "no answer"])
async def test_a_deletion_ends_as_it_was_meant(desk: Desk, fault: str) -> None:
    entry = await logged(desk)
    await written(desk, fault, Delete(entry))
    await settled(desk)
    assert (desk.service.entries, told(desk)) == ({}, [("mine", State.DONE)])


@pytest.mark.parametrize("fault", ["late", "no answer"])
async def test_tags_end_as_they_were_meant(desk: Desk, fault: str) -> None:
    entry = await logged(desk)
    await written(desk, fault, Tag(entry, ("design",), ("backend",)))
    await settled(desk)
    assert [one.work.tags for one in desk.service.entries.values()] == [("design",)]


@pytest.mark.parametrize("fault", ["late", "no answer"])
async def test_a_stop_ends_when_it_was_clicked(desk: Desk, fault: str) -> None:
    timer = (await desk.tracker.start(desk.caller(), FIX)).timer
    desk.clock.forward(HOUR)
    await written(desk, fault, Stop(timer))
    await settled(desk)
    (entry,) = desk.service.entries.values()
    assert entry.duration == HOUR
    assert desk.service.running == {}


@pytest.mark.parametrize("fault", ["late", "no answer"])
async def test_a_timer_that_was_dropped_is_gone(desk: Desk, fault: str) -> None:
    timer = (await desk.tracker.start(desk.caller(), FIX)).timer
    await written(desk, fault, Cancel(timer))
    await settled(desk)
    assert (desk.service.running, desk.service.entries) == ({}, {})


async def test_a_start_that_arrived_is_told(desk: Desk) -> None:
    await written(desk, "late", Start(FIX))
    await settled(desk)
    assert told(desk) == [("mine", State.DONE)]
    assert len(desk.service.running) == 1
    assert desk.service.writes == ["start"]


async def test_a_start_that_did_not_arrive_is_held_from_when_it_was_asked_for(desk: Desk) -> None:
    await written(desk, "no answer", Start(FIX))
    await settled(desk)
    timer = await desk.held.current(ADA)
    assert timer
    assert (timer.work, timer.start) == (FIX, TEN)
    assert desk.service.writes == ["start"]
    assert told(desk) == [("mine", State.DONE)]


async def test_a_start_that_was_replaced_before_it_was_looked_up_is_found_among_the_entries(desk: Desk) -> None:
    await written(desk, "late", Start(FIX))
    desk.clock.forward(MINUTE)
    await desk.tracker.start(desk.caller(), Work(HERO))
    await settled(desk)
    (report,) = desk.inbox.reports
    assert report.state is State.DONE
    assert isinstance(report.result, TimeEntry)
    assert report.result.duration == MINUTE


async def test_a_task_that_could_not_be_looked_up_is_looked_up_before_it_is_sent(desk: Desk) -> None:
    desk.service.is_away = True
    caller = desk.caller(operation="mine")
    work = await desk.worklist.work(caller, Phrase("log", task="DEV-12", text="pairing"))
    with pytest.raises(PutOff, match="Saved"):
        await desk.logbook.log(caller, work, TEN - HOUR, TEN, ADA)
    desk.service.is_away = False
    await settled(desk)
    (entry,) = desk.service.entries.values()
    assert (entry.work.task, entry.work.description) == (FIX_LOGIN, "pairing")


async def test_a_name_that_turns_out_to_fit_several_tasks_is_asked_about_and_never_guessed(desk: Desk) -> None:
    desk.service.is_away = True
    caller = desk.caller(operation="mine")
    work = await desk.worklist.work(caller, Phrase("log", text="hero"))
    with pytest.raises(PutOff):
        await desk.logbook.log(caller, work, TEN - HOUR, TEN, ADA)
    desk.service.is_away = False
    await settled(desk)
    (report,) = desk.inbox.reports
    assert (report.state, desk.service.entries) == (State.REFUSED, {})
    assert "fits 2 tasks" in report.reason


async def test_one_that_cannot_be_settled_keeps_nobody_elses_from_it(desk: Desk) -> None:
    await written(desk, "not reached", operation="poison")
    await written(desk, "not reached", operation="mine")
    desk.service.faults = ["bug"]
    await settled(desk)
    await settled(desk, HOUR)
    assert {await state(desk, "poison"), await state(desk, "mine")} == {State.DONE}
    assert len(desk.service.entries) == 2


async def test_what_cannot_be_looked_up_asks_the_person(desk: Desk) -> None:
    await written(desk, "late")
    desk.service.blind = ["denied"]
    await settled(desk)
    (report,) = desk.inbox.reports
    assert (report.state, report.due_at) == (State.UNSURE, None)
    assert "I can't tell whether that arrived" in report.reason
    assert desk.service.writes == ["create"]


async def test_what_is_dropped_is_not_sent(desk: Desk) -> None:
    await written(desk, "not reached")
    assert await desk.store.drop("T1", "UADA", "mine", desk.clock.now())
    await settled(desk)
    assert (await state(desk), desk.service.entries, told(desk)) == (State.DROPPED, {}, [])


async def test_nobody_else_drops_or_hurries_what_waits(desk: Desk) -> None:
    await written(desk, "not reached")
    for team, user in (("T1", "UBO"), ("T2", "UADA")):
        assert await desk.store.drop(team, user, "mine", desk.clock.now()) is None
        assert not await desk.store.hurry(team, user, "mine", desk.clock.now())
        assert await desk.store.pending(team, user) == []


async def test_a_command_that_was_cut_off_before_anything_was_sent_is_handed_back(desk: Desk) -> None:
    act = Act("act1", "T1", "UADA", "log 1h DEV-12", TEN)
    await desk.store.claim_act(act)
    assert await desk.interrupted.tell() == 0
    desk.clock.forward(2 * QUARANTINE)
    assert await desk.interrupted.tell() == 1
    assert desk.inbox.cut_offs == [act]
    assert await desk.interrupted.tell() == 0


async def test_a_command_that_is_being_answered_here_is_not_cut_off_by_a_clock_that_leaps(desk: Desk) -> None:
    await desk.store.claim_act(Act("act1", "T1", "UADA", "log 1h DEV-12", TEN))
    desk.under_way.add("act1")
    desk.clock.forward(HOUR)
    assert await desk.interrupted.tell() == 0
    desk.under_way.clear()
    assert await desk.interrupted.tell() == 1


async def test_a_command_that_was_cut_off_after_it_was_done_is_told(desk: Desk) -> None:
    await desk.store.claim_act(Act("mine", "T1", "UADA", "log 1h DEV-12", TEN))
    await desk.journal.write("mine", desk.caller(), Create(DRAFT))
    desk.clock.forward(2 * QUARANTINE)
    await desk.interrupted.tell()
    await desk.settler.settle_due()
    assert (desk.inbox.cut_offs, told(desk)) == ([], [("mine", State.DONE)])


async def test_a_start_that_was_cut_off_after_it_stopped_what_ran_is_told_in_both_parts(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(operation="first"), FIX)
    act = Act("second", "T1", "UADA", "start DEV-13", TEN)
    await desk.store.claim_act(act)
    dying = Desk(MortalStore(desk.store, dies_at="hold"), service=desk.service)
    with pytest.raises(Crash):
        await dying.tracker.start(dying.holding(operation="second"), Work(HERO))
    desk.clock.forward(2 * QUARANTINE)
    await desk.interrupted.tell()
    await desk.settler.settle_due()
    assert (desk.inbox.cut_offs, told(desk)) == ([act], [("held:first", State.DONE)])


async def test_a_click_that_was_cut_off_may_be_clicked_again(desk: Desk) -> None:
    act = Act("act1", "T1", "UADA", "", TEN)
    await desk.store.claim_act(act)
    desk.clock.forward(2 * QUARANTINE)
    await desk.interrupted.tell()
    assert desk.inbox.cut_offs == [act]
    assert await desk.store.claim_act(act)


async def test_what_was_said_again_since_is_not_handed_back(desk: Desk) -> None:
    await desk.store.claim_act(Act("act1", "T1", "UADA", "log 1h", TEN))
    again = Act("act2", "T1", "UADA", "log 1h", TEN + MINUTE)
    await desk.store.claim_act(again)
    await desk.store.answer_act("T1", "act2", TEN + MINUTE, was_refused=False)
    desk.clock.forward(2 * QUARANTINE)
    await desk.interrupted.tell()
    assert desk.inbox.cut_offs == []


async def test_a_person_whose_zone_nobody_knows_is_served_all_the_same(desk: Desk) -> None:
    await desk.store.remember_person(Person("T1", "UADA", BERLIN))
    await written(desk, "late")
    await settled(desk)
    assert await state(desk) is State.DONE


async def test_a_refusal_at_once_waits_for_nothing(desk: Desk) -> None:
    desk.service.faults = ["refused"]
    with pytest.raises(Refused):
        await desk.journal.write("mine", desk.caller(), Create(DRAFT))
    await settled(desk, HOUR)
    assert (told(desk), await desk.store.pending("T1", "UADA")) == ([], [])


async def test_stops_are_settled_in_the_order_in_which_they_were_clicked(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.clock.forward(MINUTE)
    await desk.tracker.start(desk.caller(operation="start"), Work(HERO))
    desk.service.is_away = False
    await settled(desk)
    (entry,) = desk.service.entries.values()
    assert entry.duration == HOUR
    assert [(report.id, report.state) for report in desk.inbox.reports if report.id == "stop"] == [("stop", State.DONE)]


async def test_a_stop_when_nothing_ran_is_told_and_leaves_nothing_waiting(desk: Desk) -> None:
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.service.is_away = False
    await settled(desk)
    assert told(desk) == [("stop", State.DROPPED)]
    assert await desk.store.pending("T1", "UADA") == []


async def test_what_may_still_arrive_is_neither_hurried_nor_dropped(desk: Desk) -> None:
    await written(desk, "late")
    assert not await desk.store.hurry("T1", "UADA", "mine", desk.clock.now())
    assert await desk.store.drop("T1", "UADA", "mine", desk.clock.now()) is None
    await settled(desk)
    assert (await state(desk), len(desk.service.entries)) == (State.DONE, 1)


async def test_what_may_have_arrived_stays_in_doubt_when_the_next_try_is_not_even_reached(desk: Desk) -> None:
    desk.service.faults = ["late", "not reached"]
    desk.service.keeps_marks = False
    object.__setattr__(
        desk.settler.connections, "capabilities", replace(desk.caller().provider.capabilities, idempotent=True)
    )
    with pytest.raises(NoAnswer):
        await desk.journal.write("mine", desk.caller(), CREATE)
    await settled(desk)
    operation = await desk.store.operation("mine")
    assert operation
    assert (operation.state, operation.sent_at) == (State.QUEUED, TEN)
    with pytest.raises(NotUndoable, match="isn't clear"):
        await desk.undo.take_back(desk.caller(), "mine")


async def test_a_deletion_that_nobody_waits_for_is_sent_until_it_got_through(desk: Desk) -> None:
    entry = await logged(desk)
    desk.service.faults = ["no answer", "not reached", "not reached"]
    with pytest.raises(NoAnswer):
        await desk.journal.write("mine", desk.caller(), Delete(entry))
    for _ in range(4):
        await settled(desk, HOUR)
    assert (desk.service.entries, await state(desk)) == ({}, State.DONE)


async def test_a_timer_that_ran_again_goes_when_its_old_entry_cannot(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.holding())
    desk.service.faults = ["no answer", "refused"]
    with pytest.raises(NoAnswer):
        await desk.undo.take_back(desk.holding(), stopped.operation_id)
    await settled(desk)
    assert await desk.held.current(ADA) is None
    assert len(desk.service.entries) == 1


async def test_what_waits_is_stopped_before_the_next_timer_starts(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.clock.forward(2 * HOUR)
    desk.service.is_away = False
    await desk.tracker.start(desk.caller(), Work(HERO))
    (entry,) = desk.service.entries.values()
    assert (entry.work, entry.duration) == (FIX, HOUR)
    await settled(desk)
    assert ("stop", State.DONE) in told(desk)


async def test_what_was_stopped_does_not_run_any_more_for_whoever_asks(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller())
    desk.service.is_away = False
    desk.clock.forward(HOUR)
    assert await desk.tracker.current(desk.caller()) is None


async def test_a_timer_that_nobody_thought_of_for_days_is_asked_about(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(72 * HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.service.is_away = False
    await settled(desk)
    assert (desk.service.entries, len(desk.service.running)) == ({}, 1)
    (report,) = desk.inbox.reports
    assert "more than a day" in report.reason


async def test_a_start_that_did_not_arrive_does_not_run_once_it_was_stopped(desk: Desk) -> None:
    await written(desk, "no answer", Start(FIX))
    desk.clock.forward(20 * MINUTE)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.service.is_away = False
    await settled(desk, HOUR)
    await settled(desk)
    assert await desk.held.current(ADA) is None
    (entry,) = desk.service.entries.values()
    assert entry.duration == 20 * MINUTE


async def test_a_start_that_was_refused_is_not_tried_again_later(desk: Desk) -> None:
    await written(desk, "no answer", Start(FIX))
    desk.clock.forward(MINUTE)
    await desk.tracker.start(desk.caller(operation="later"), Work(HERO))
    await settled(desk)
    assert told(desk) == [("mine", State.REFUSED)]
    assert not await desk.store.hurry("T1", "UADA", "mine", desk.clock.now())
    assert await desk.store.drop("T1", "UADA", "mine", desk.clock.now())


async def test_a_start_that_did_not_arrive_does_not_run_beside_a_later_one(desk: Desk) -> None:
    await written(desk, "no answer", Start(FIX))
    desk.clock.forward(MINUTE)
    await desk.tracker.start(desk.caller(operation="later"), Work(HERO))
    desk.clock.forward(MINUTE)
    await desk.tracker.stop(desk.caller(operation="stopped"))
    await settled(desk)
    assert await desk.held.current(ADA) is None
    assert [entry.work for entry in desk.service.entries.values()] == [Work(HERO)]
    assert told(desk) == [("mine", State.REFUSED)]


async def test_a_put_off_stop_that_is_undone_while_the_provider_is_away_runs_on(desk: Desk) -> None:
    desk.service.is_away = True
    started = await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    with pytest.raises(PutOff) as put_off:
        await desk.tracker.stop(desk.caller())
    undone = await desk.undo.take_back(desk.caller(), put_off.value.operation_id)
    assert undone.timer
    assert undone.timer.work == started.timer.work
    assert is_about(undone.timer.start, started.timer.start)
    assert await desk.held.current(ADA) == undone.timer


async def test_what_got_through_lets_what_waits_follow_at_once(desk: Desk) -> None:
    desk.service.is_away = True
    await written(desk, "")
    for _ in range(60):
        await settled(desk, MINUTE)
    desk.service.is_away = False
    await logged(desk, "another")
    await settled(desk, timedelta(seconds=1))
    assert await state(desk) is State.DONE


async def test_an_entry_that_something_earlier_made_is_not_taken_for_a_start(desk: Desk) -> None:
    await desk.logbook.log(desk.caller(operation="logged"), FIX, TEN - MINUTE, TEN, ADA)
    await written(desk, "no answer", Start(FIX))
    desk.clock.forward(20 * MINUTE)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller(operation="stop"))
    desk.service.is_away = False
    await settled(desk, HOUR)
    await settled(desk)
    assert sorted(entry.duration for entry in desk.service.entries.values()) == [MINUTE, 20 * MINUTE]


async def test_a_timer_that_was_started_before_is_not_taken_for_a_later_start(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(operation="first"), FIX)
    desk.clock.forward(MINUTE)
    await written(desk, "no answer", Start(FIX))
    await settled(desk)
    assert told(desk) == [("mine", State.REFUSED)]


async def test_a_timer_that_ran_for_days_is_not_stopped_by_whoever_asks_what_runs(desk: Desk) -> None:
    timer = (await desk.tracker.start(desk.caller(), FIX)).timer
    desk.clock.forward(72 * HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff):
        await desk.tracker.stop(desk.caller())
    desk.service.is_away = False
    assert await desk.tracker.current(desk.caller()) == timer
    assert desk.service.entries == {}
