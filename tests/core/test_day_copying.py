"""A day is logged once more entry by entry: whatever goes wrong in the middle, nothing is lost and nothing doubled."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from app.core.day_copy import DayCopy, day_copy
from app.core.day_copying import Copied, DayCopying
from app.core.errors import AlreadySent, NoAnswer, PutOff, Refused
from app.core.model import TimeEntry, Work
from app.core.operations import State
from app.core.reminder import Brief

from .fakes import ADA, BERLIN, FIX_LOGIN, HERO, HOUR, MINUTE, Desk

WEDNESDAY = date(2026, 3, 4)


def the_day_before(desk: Desk, *works: Work) -> DayCopy:
    """An hour for each, from midnight on, onto Wednesday, where nothing is yet."""
    desk.clock.forward(10 * HOUR)
    midnight = desk.clock.now().replace(hour=0) - timedelta(days=1)
    before = tuple(
        TimeEntry(f"old{n}", work, midnight + n * HOUR, midnight + (n + 1) * HOUR, ADA.user_id)
        for n, work in enumerate(works)
    )
    return day_copy(Brief(WEDNESDAY, (), None, desk.clock.now(), before), desk.clock.now(), BERLIN)


async def copied(desk: Desk, plan: DayCopy, *, act: str = "click") -> list[Copied]:
    return await DayCopying(desk.logbook).copy(desk.caller(ADA, act), plan)


def names(desk: Desk) -> list[str]:
    return sorted(entry.work.description for entry in desk.service.entries.values())


ONE, TWO, THREE = (Work(FIX_LOGIN, name) for name in ("one", "two", "three"))


async def test_every_piece_is_logged_with_its_own_operation_of_the_one_act(desk: Desk) -> None:
    await desk.link(ADA)
    done = await copied(desk, the_day_before(desk, ONE, TWO))
    assert [one.entry.work.description for one in done if one.entry] == ["one", "two"]
    assert len({one.operation_id for one in done}) == 2


async def test_pressed_again_after_a_crash_in_the_middle_nothing_is_doubled(desk: Desk) -> None:
    await desk.link(ADA)
    plan = the_day_before(desk, ONE, TWO, THREE)
    await copied(desk, replace(plan, pieces=plan.pieces[:2]), act="first click")
    done = await copied(desk, plan, act="second click")
    assert all(one.entry for one in done)
    assert names(desk) == ["one", "three", "two"]


async def test_ended_in_the_middle_of_a_request_and_pressed_again_each_is_there_once(desk: Desk) -> None:
    await desk.link(ADA)
    plan = the_day_before(desk, ONE, TWO, THREE)
    desk.service.pause = 0.05
    first_press = asyncio.create_task(copied(desk, plan))
    for _ in ("the first request", "the second"):
        await desk.service.reached.wait()
        desk.service.reached.clear()
    first_press.cancel()
    with suppress(asyncio.CancelledError):
        await first_press
    desk.service.pause = 0
    _, second, _ = await copied(desk, plan, act="pressed again")
    assert isinstance(second.error, NoAnswer)
    for _ in range(3):
        desk.clock.forward(2 * MINUTE)
        await desk.settler.settle_due()
    assert names(desk) == ["one", "three", "two"]


async def test_two_processes_at_once_log_each_piece_once(desk: Desk) -> None:
    await desk.link(ADA)
    plan = the_day_before(desk, ONE, TWO, THREE)
    other = Desk(desk.store, service=desk.service)
    desk.service.pause = 0.02
    done = await asyncio.gather(copied(desk, plan, act="here"), copied(other, plan, act="there"))
    assert names(desk) == ["one", "three", "two"]
    assert all(one.entry or isinstance(one.error, AlreadySent) for part in done for one in part)


async def test_what_is_refused_keeps_nothing_else_from_being_logged(desk: Desk) -> None:
    await desk.link(ADA)
    desk.service.faults = ["", "refused"]
    first, second, third = await copied(desk, the_day_before(desk, ONE, TWO, THREE))
    assert isinstance(second.error, Refused)
    assert first.entry
    assert third.entry
    assert names(desk) == ["one", "three"]


async def test_once_the_service_is_away_the_rest_is_kept_without_asking_it_and_sent_later(desk: Desk) -> None:
    await desk.link(ADA)
    desk.service.faults = ["", "not reached"]
    done = await copied(desk, the_day_before(desk, ONE, TWO, THREE))
    assert [type(one.error) for one in done] == [type(None), PutOff, PutOff]
    assert desk.service.writes == ["create", "create"]
    desk.clock.forward(2 * MINUTE)
    await desk.settler.settle_due()
    assert names(desk) == ["one", "three", "two"]


async def test_what_may_have_arrived_is_looked_up_and_never_sent_blindly(desk: Desk) -> None:
    await desk.link(ADA)
    plan = the_day_before(desk, ONE, TWO)
    desk.service.faults = ["late"]
    first, second = await copied(desk, plan)
    assert isinstance(first.error, NoAnswer)
    assert isinstance(second.error, PutOff)
    assert isinstance((await copied(desk, plan))[0].error, NoAnswer)  # pressed again
    for _ in range(3):
        desk.clock.forward(2 * MINUTE)
        await desk.settler.settle_due()
    assert names(desk) == ["one", "two"]


async def test_after_a_sign_in_has_ended_all_of_it_waits_for_the_next(desk: Desk) -> None:
    await desk.link(ADA)
    desk.service.is_signed_out = True
    done = await copied(desk, the_day_before(desk, ONE, TWO))
    kept = [await desk.store.operation(one.operation_id) for one in done]
    assert [one.state for one in kept if one] == [State.WAITING, State.WAITING]


async def test_what_was_taken_back_or_is_gone_elsewhere_is_logged_anew(desk: Desk) -> None:
    await desk.link(ADA)
    plan = the_day_before(desk, ONE, TWO)
    first, second = await copied(desk, plan)
    await desk.undo.take_back(desk.caller(), first.operation_id)
    assert second.entry
    del desk.service.entries[second.entry.id]
    assert names(desk) == []
    await copied(desk, replace(plan, pieces=plan.pieces[:1]))
    assert names(desk) == ["one"]
    desk.clock.forward(5 * MINUTE)  # lists may lag behind for a while
    await copied(desk, replace(plan, pieces=plan.pieces[1:]))
    assert names(desk) == ["one", "two"]


async def test_the_same_work_twice_in_a_day_comes_along_twice(desk: Desk) -> None:
    await desk.link(ADA)
    await copied(desk, the_day_before(desk, Work(HERO), Work(HERO)))
    assert len(desk.service.entries) == 2
