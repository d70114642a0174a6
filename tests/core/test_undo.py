"""What was done a moment ago is taken back, and nothing else with it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.durations import to_minute
from app.core.errors import (
    AlreadySent,
    NoAnswer,
    NotAllowed,
    NoTimerRunning,
    NotOffered,
    NotReached,
    NotUndoable,
    PutOff,
)
from app.core.journal import Journal
from app.core.model import Capabilities, TimeEntry, Work
from app.core.timer_undo import Undone
from app.core.undo import UNDO_FOR
from app.storage.store import SqlStore

from .fakes import ADA, BO, CY, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk, FixedClock, Service, is_about

LOGIN, VIDEO = Work(FIX_LOGIN, "pairing", ("backend",)), Work(HERO)


@pytest.fixture(autouse=True)
async def everybody(desk: Desk) -> None:
    for account in (ADA, BO, CY):
        await desk.store.link(account)


async def logged(desk: Desk, operation: str = "logged") -> TimeEntry:
    caller = desk.caller(operation=operation)
    return await desk.logbook.log(caller, LOGIN, TEN - 2 * HOUR, TEN - HOUR, ADA, is_another=True)


async def undo(desk: Desk, operation: str) -> Undone:
    return await desk.undo.take_back(desk.caller(), operation)


async def test_what_was_logged_is_deleted(desk: Desk) -> None:
    await logged(desk)
    await undo(desk, "logged")
    assert desk.service.entries == {}


async def test_what_was_deleted_is_logged_again(desk: Desk) -> None:
    entry = await logged(desk)
    await desk.logbook.delete(desk.caller(operation="deleted"), entry)
    back = (await undo(desk, "deleted")).entry
    assert back
    assert (back.work, back.duration) == (entry.work, entry.duration)
    assert is_about(back.start, entry.start)
    assert list(desk.service.entries.values()) == [back]


async def test_what_was_changed_is_as_it_was(desk: Desk) -> None:
    entry = await logged(desk)
    after = replace(entry, work=VIDEO, end=entry.end - 5 * MINUTE)
    await desk.logbook.edit(desk.caller(operation="edited"), entry, after)
    await undo(desk, "edited")
    assert list(desk.service.entries.values()) == [entry]


async def test_what_was_changed_again_since_is_left_alone(desk: Desk) -> None:
    entry = await logged(desk)
    changed = await desk.logbook.edit(desk.caller(operation="edited"), entry, replace(entry, work=VIDEO))
    desk.service.entries[entry.id] = replace(changed, end=entry.end - MINUTE)
    with pytest.raises(NotUndoable, match="changed since"):
        await undo(desk, "edited")
    assert desk.service.entries[entry.id].work == VIDEO


async def test_tags_come_back_but_only_those_that_changed(desk: Desk) -> None:
    entry = await logged(desk)
    await desk.logbook.retag(desk.caller(operation="tagged"), entry, ("backend", "design"), ("none",))
    await undo(desk, "tagged")
    assert desk.service.entries[entry.id].work.tags == ("backend",)


async def test_tags_of_a_timer_that_the_app_holds_come_back(desk: Desk) -> None:
    started = await desk.tracker.start(desk.holding(), LOGIN)
    await desk.logbook.retag(desk.holding(operation="tagged"), started.timer, ("design",), ("backend",))
    await undo(desk, "tagged")
    running = await desk.held.current(ADA)
    assert running
    assert running.work.tags == ("backend",)


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_timer_that_was_stopped_runs_again_from_when_it_began(desk: Desk, kind: str) -> None:
    started = await desk.tracker.start(getattr(desk, kind)(), LOGIN)
    desk.clock.forward(42 * MINUTE)
    stopped = await desk.tracker.stop(getattr(desk, kind)(operation="stop"))
    again = (await undo(desk, stopped.operation_id)).timer
    assert again
    assert (again.work, again.is_held) == (LOGIN, True)
    assert is_about(again.start, started.timer.start)
    assert desk.service.entries == {}
    desk.clock.forward(18 * MINUTE)
    assert to_minute((await desk.tracker.stop(getattr(desk, kind)())).entry.duration) == HOUR
    assert len(desk.service.entries) == 1


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_start_is_dropped_and_what_it_replaced_runs_on(desk: Desk, kind: str) -> None:
    first = await desk.tracker.start(getattr(desk, kind)(), LOGIN)
    desk.clock.forward(30 * MINUTE)
    second = await desk.tracker.start(getattr(desk, kind)(operation="start"), VIDEO)
    assert second.stopped
    again = (await undo(desk, "start")).timer
    assert again
    assert (again.work, again.start) == (LOGIN, first.timer.start)
    assert (desk.service.entries, desk.service.running) == ({}, {})
    assert await desk.tracker.current(getattr(desk, kind)()) == again


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_start_that_replaced_nothing_leaves_nothing(desk: Desk, kind: str) -> None:
    await desk.tracker.start(getattr(desk, kind)(operation="start"), LOGIN)
    assert (await undo(desk, "start")).timer is None
    assert await desk.tracker.current(getattr(desk, kind)()) is None
    assert desk.service.entries == {}


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_timer_that_was_dropped_runs_again(desk: Desk, kind: str) -> None:
    started = await desk.tracker.start(getattr(desk, kind)(), LOGIN)
    desk.clock.forward(5 * MINUTE)
    await desk.tracker.cancel(getattr(desk, kind)(operation="drop"), started.timer.id)
    again = (await undo(desk, "drop")).timer
    assert again
    assert (again.work, again.start) == (LOGIN, started.timer.start)


async def test_a_timer_that_runs_meanwhile_is_not_touched(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), LOGIN)
    desk.clock.forward(5 * MINUTE)
    stopped = await desk.tracker.stop(desk.caller())
    running = (await desk.tracker.start(desk.caller(), VIDEO)).timer
    with pytest.raises(NotUndoable, match="Another timer was started since"):
        await undo(desk, stopped.operation_id)
    assert (await desk.tracker.current(desk.caller()), len(desk.service.entries)) == (running, 1)


async def test_undo_takes_the_latest_first_and_never_takes_back_an_undo(desk: Desk) -> None:
    await logged(desk, "first")
    desk.clock.forward(MINUTE)
    second = await logged(desk, "second")
    desk.clock.forward(MINUTE)
    assert (await desk.undo.latest(desk.caller())).entry == second
    desk.clock.forward(MINUTE)
    await desk.undo.latest(desk.caller())
    assert desk.service.entries == {}
    with pytest.raises(NotUndoable, match="nothing of yours from the last ten minutes"):
        await desk.undo.latest(desk.caller())


async def test_the_second_press_changes_nothing(desk: Desk) -> None:
    await logged(desk)
    await undo(desk, "logged")
    with pytest.raises(NotUndoable, match="undone already"):
        await undo(desk, "logged")
    assert desk.service.writes == ["create", "delete"]


async def test_what_had_to_wait_can_be_undone_for_ten_minutes_from_when_it_is_there(store: SqlStore) -> None:
    service = Service(FixedClock())
    desk = Desk(replace(store, now=service.clock.now), service=service)
    await desk.link(ADA)
    service.is_away = True
    with pytest.raises(PutOff):
        await logged(desk)
    desk.clock.forward(HOUR)
    service.is_away = False
    await desk.settler.settle_due()
    desk.clock.forward(UNDO_FOR)
    await undo(desk, "logged")
    assert desk.service.entries == {}


async def test_after_ten_minutes_it_stays(desk: Desk) -> None:
    await logged(desk)
    desk.clock.forward(UNDO_FOR + timedelta(seconds=1))
    with pytest.raises(NotUndoable, match="more than ten minutes ago"):
        await undo(desk, "logged")


async def test_what_nobody_can_be_sure_of_is_not_undone(desk: Desk) -> None:
    desk.service.faults.append("late")
    with pytest.raises(NoAnswer):
        await logged(desk)
    with pytest.raises(NotUndoable, match="isn't clear whether that was saved"):
        await undo(desk, "logged")


async def test_an_undo_that_was_not_reached_may_be_pressed_again(desk: Desk) -> None:
    await logged(desk)
    desk.service.faults.append("not reached")
    with pytest.raises(NotReached):
        await undo(desk, "logged")
    await undo(desk, "logged")
    assert desk.service.entries == {}


async def test_when_the_entry_stays_the_timer_does_not_run_again(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), LOGIN)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.holding())
    desk.service.faults.append("not reached")
    with pytest.raises(NotReached):
        await undo(desk, stopped.operation_id)
    assert (await desk.held.current(ADA), len(desk.service.entries)) == (None, 1)


async def test_a_member_takes_back_nothing_of_anybody_else(desk: Desk) -> None:
    await logged(desk)
    with pytest.raises(NotAllowed, match="Only owners and admins can undo"):
        await desk.undo.take_back(desk.caller(CY), "logged")
    with pytest.raises(NotUndoable, match="can't be undone from here"):
        await desk.undo.take_back(desk.caller(replace(ADA, team="T2")), "logged")
    assert len(desk.service.entries) == 1


async def test_an_admin_takes_back_what_they_did_for_somebody_else(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), LOGIN, whose=BO)
    desk.clock.forward(HOUR)
    await desk.tracker.stop(desk.holding(), whose=BO)
    again = (await desk.undo.latest(desk.holding())).timer
    assert again
    assert await desk.held.current(BO) == again
    assert (await desk.held.current(ADA), desk.service.entries) == (None, {})


async def test_where_only_timers_are_taken_a_stop_is_final(desk: Desk) -> None:
    strict = Capabilities(native_timer=True, timers_only=True)
    await desk.tracker.start(desk.caller(capabilities=strict), LOGIN)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.caller(capabilities=strict))
    with pytest.raises(NotUndoable, match="doesn't let that be undone"):
        await desk.undo.take_back(desk.caller(capabilities=strict), stopped.operation_id)
    with pytest.raises(NotOffered, match="takes time from timers only"):
        await desk.logbook.log(desk.caller(capabilities=strict), LOGIN, TEN, TEN + MINUTE, ADA)


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_an_entry_that_came_back_is_the_one_that_an_earlier_undo_takes_out(desk: Desk, kind: str) -> None:
    await desk.tracker.start(getattr(desk, kind)(operation="start"), LOGIN)
    desk.clock.forward(HOUR)
    entry = (await desk.tracker.stop(getattr(desk, kind)(operation="stop"))).entry
    desk.clock.forward(MINUTE)
    await desk.logbook.delete(desk.caller(operation="delete"), entry)
    desk.clock.forward(MINUTE)
    await desk.undo.latest(desk.caller())
    desk.clock.forward(MINUTE)
    again = (await desk.undo.latest(getattr(desk, kind)())).timer
    assert again
    assert is_about(again.start, TEN)
    assert desk.service.entries == {}


async def test_what_was_logged_and_deleted_and_undone_twice_is_gone(desk: Desk) -> None:
    entry = await logged(desk)
    desk.clock.forward(MINUTE)
    await desk.logbook.delete(desk.caller(), entry)
    desk.clock.forward(MINUTE)
    await desk.undo.latest(desk.caller())
    await desk.undo.latest(desk.caller())
    assert desk.service.entries == {}


@pytest.mark.parametrize("what", ["log", "stop"])
async def test_an_entry_that_was_changed_since_is_not_deleted(desk: Desk, what: str) -> None:
    if what == "log":
        entry, operation = await logged(desk), "logged"
    else:
        await desk.tracker.start(desk.caller(), LOGIN)
        desk.clock.forward(HOUR)
        stopped = await desk.tracker.stop(desk.caller())
        entry, operation = stopped.entry, stopped.operation_id
    desk.service.entries[entry.id] = replace(entry, end=entry.end - 30 * MINUTE)
    with pytest.raises(NotUndoable, match="changed since"):
        await undo(desk, operation)
    assert len(desk.service.entries) == 1
    assert await desk.held.current(ADA) is None


async def test_an_entry_that_is_gone_is_not_run_again(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), LOGIN)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.caller())
    desk.service.entries.clear()
    with pytest.raises(NotUndoable, match="gone already"):
        await undo(desk, stopped.operation_id)
    assert await desk.held.current(ADA) is None


async def test_two_processes_that_undo_the_same_stop_leave_one_timer_and_no_entry(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), LOGIN)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.holding())
    other = Desk(desk.store)
    other.service, other.clock = desk.service, desk.clock
    other.journal = Journal(desk.store, desk.clock)
    other.undo = replace(desk.undo, journal=other.journal, timers=replace(desk.undo.timers, journal=other.journal))
    desk.service.pause = 0.02
    outcomes = await asyncio.gather(
        desk.undo.take_back(desk.holding(), stopped.operation_id),
        other.undo.take_back(desk.holding(), stopped.operation_id),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Undone) for outcome in outcomes) == 1
    assert desk.service.entries == {}
    assert await desk.held.current(ADA)


async def test_an_undo_that_nobody_can_be_sure_of_is_not_tried_again(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), LOGIN)
    desk.clock.forward(HOUR)
    stopped = await desk.tracker.stop(desk.holding())
    desk.service.faults.append("late")
    with pytest.raises(NoAnswer, match="runs again meanwhile"):
        await undo(desk, stopped.operation_id)
    desk.clock.forward(MINUTE)
    assert (await desk.tracker.stop(desk.holding())).entry.duration > HOUR
    with pytest.raises(NotUndoable, match="isn't clear whether that was undone"):
        await undo(desk, stopped.operation_id)
    assert await desk.held.current(ADA) is None


async def test_a_start_that_is_delivered_again_after_the_stop_starts_nothing(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(operation="start"), LOGIN)
    desk.clock.forward(HOUR)
    await desk.tracker.stop(desk.holding())
    with pytest.raises(AlreadySent, match="started and stopped already"):
        await desk.tracker.start(desk.holding(operation="start"), LOGIN)
    assert await desk.held.current(ADA) is None


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_after_a_stop_was_undone_its_start_can_be_undone_too(desk: Desk, kind: str) -> None:
    await desk.tracker.start(getattr(desk, kind)(operation="start"), LOGIN)
    desk.clock.forward(MINUTE)
    await desk.tracker.stop(getattr(desk, kind)(operation="stop"))
    desk.clock.forward(MINUTE)
    await desk.undo.latest(getattr(desk, kind)())
    await desk.undo.latest(getattr(desk, kind)())
    assert await desk.tracker.current(getattr(desk, kind)()) is None
    assert (desk.service.entries, desk.service.running) == ({}, {})


async def test_tags_of_a_timer_that_was_stopped_meanwhile_stay(desk: Desk) -> None:
    started = await desk.tracker.start(desk.holding(), LOGIN)
    await desk.logbook.retag(desk.holding(operation="tagged"), started.timer, ("design",), ())
    desk.clock.forward(MINUTE)
    await desk.tracker.stop(desk.holding())
    with pytest.raises(NotUndoable, match="isn't running any more"):
        await undo(desk, "tagged")


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_only_the_tag_that_was_undone_goes(desk: Desk, kind: str) -> None:
    timer = (await desk.tracker.start(getattr(desk, kind)(), VIDEO)).timer
    timer_now = await desk.logbook.retag(getattr(desk, kind)(operation="first"), timer, ("design",), ())
    await desk.logbook.retag(getattr(desk, kind)(), timer_now, ("backend",), ())
    told = (await undo(desk, "first")).timer
    assert told
    assert told.work.tags == ("backend",)


async def test_the_same_undo_delivered_twice_takes_back_one_thing(desk: Desk) -> None:
    await logged(desk, "first")
    desk.clock.forward(MINUTE)
    await logged(desk, "second")
    await desk.undo.latest(desk.caller(operation="typed"))
    with pytest.raises(NotUndoable, match="undone already"):
        await desk.undo.latest(desk.caller(operation="typed"))
    assert len(desk.service.entries) == 1


async def test_after_something_unsure_nothing_before_it_is_taken_back(desk: Desk) -> None:
    await logged(desk, "first")
    desk.clock.forward(MINUTE)
    desk.service.faults.append("no answer")
    with pytest.raises(NoAnswer):
        await logged(desk, "second")
    with pytest.raises(NotUndoable, match="isn't clear whether that was saved"):
        await desk.undo.latest(desk.caller())
    assert len(desk.service.entries) == 1


async def test_a_timer_that_is_being_saved_is_not_dropped(desk: Desk) -> None:
    timer = (await desk.tracker.start(desk.holding(), LOGIN)).timer
    desk.clock.forward(HOUR)
    desk.service.pause = 0.05
    stopping = asyncio.create_task(desk.tracker.stop(desk.holding()))
    await desk.service.reached.wait()
    with pytest.raises(NoTimerRunning):
        await desk.tracker.cancel(desk.holding(), timer.id)
    assert (await stopping).entry.duration == HOUR


async def test_what_was_only_to_be_stopped_runs_on_when_the_start_is_undone(desk: Desk) -> None:
    before = (await desk.tracker.start(desk.caller(), LOGIN)).timer
    desk.clock.forward(HOUR)
    desk.service.faults = ["not reached"]
    started = await desk.tracker.start(desk.caller(), Work(HERO), at=desk.clock.now() - 5 * MINUTE)
    undone = await desk.undo.take_back(desk.caller(), started.operation_id)
    assert undone.timer == before
    await desk.link(ADA)
    await desk.settler.settle_due()
    assert (list(desk.service.running.values()), desk.service.entries) == ([before], {})
