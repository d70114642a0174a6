"""A request that was given up on and arrives hours later leaves nobody with an hour too many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import NoAnswer, NotUndoable
from app.core.model import Draft, TimeEntry, Work
from app.core.operations import Create, State

from .fakes import ADA, FIX_LOGIN, HOUR, TEN, Desk

QUARANTINE = timedelta(seconds=90)
QUARTER, DAY = 10 * QUARANTINE, 960 * QUARANTINE


@pytest.fixture
async def sent_twice(desk: Desk) -> Desk:
    """An hour that got no answer, was not there after the quarantine, and was sent again."""
    await desk.link(ADA)
    desk.service.faults = ["no answer"]
    with pytest.raises(NoAnswer):
        await desk.journal.write("mine", desk.caller(), Create(Draft(Work(FIX_LOGIN), TEN - HOUR, TEN, ADA.user_id)))
    desk.clock.forward(QUARANTINE)
    await desk.settler.settle_due()
    return desk


def arrives_late(desk: Desk) -> TimeEntry:
    """The first request after all: the same entry, under another id."""
    (entry,) = desk.service.entries.values()
    copy = replace(entry, id="late")
    desk.service.entries["late"] = copy
    return entry


@pytest.mark.parametrize("after", [QUARTER, DAY])
async def test_the_second_copy_is_taken_out_and_told(sent_twice: Desk, after: timedelta) -> None:
    desk = sent_twice
    if after is DAY:
        desk.clock.forward(QUARTER)
        assert await desk.late_arrivals.look() == 0
    entry = arrives_late(desk)
    desk.clock.forward(after)
    assert await desk.late_arrivals.look() == 1
    await desk.settler.settle_due()
    assert list(desk.service.entries.values()) == [entry]
    (sentence,) = desk.inbox.sentences
    assert "The second one is being taken out" in sentence
    assert await desk.late_arrivals.look() == 0


async def test_what_arrived_once_is_left_alone(sent_twice: Desk) -> None:
    sent_twice.clock.forward(DAY)
    assert await sent_twice.late_arrivals.look() == 0
    assert len(sent_twice.service.entries) == 1


async def test_nobody_looks_before_the_time(sent_twice: Desk) -> None:
    arrives_late(sent_twice)
    sent_twice.clock.forward(QUARTER - 2 * QUARANTINE)
    assert await sent_twice.late_arrivals.look() == 0
    assert len(sent_twice.service.entries) == 2


async def test_what_another_operation_made_is_no_copy(sent_twice: Desk) -> None:
    desk = sent_twice
    operation = await desk.store.operation("mine")
    assert operation
    arrives_late(desk)
    other = replace(operation, id="other", result=desk.service.entries["late"])
    assert await desk.store.note(other)
    desk.clock.forward(QUARTER)
    assert await desk.late_arrivals.look() == 0
    assert len(desk.service.entries) == 2


async def test_without_marks_it_is_the_persons_to_say_which_is_which(sent_twice: Desk) -> None:
    desk = sent_twice
    desk.service.keeps_marks = False
    arrives_late(desk)
    desk.clock.forward(QUARTER)
    assert await desk.late_arrivals.look() == 1
    assert len(desk.service.entries) == 2
    (sentence,) = desk.inbox.sentences
    assert "seems to be there twice" in sentence


async def test_the_last_one_is_never_taken_for_a_copy(sent_twice: Desk) -> None:
    desk = sent_twice
    entry = arrives_late(desk)
    del desk.service.entries[entry.id]
    desk.clock.forward(QUARTER)
    assert await desk.late_arrivals.look() == 0
    await desk.settler.settle_due()
    assert list(desk.service.entries) == ["late"]


async def test_undo_is_about_what_the_person_did_and_not_about_the_copy(sent_twice: Desk) -> None:
    desk = sent_twice
    arrives_late(desk)
    desk.clock.forward(QUARTER)
    await desk.late_arrivals.look()
    await desk.settler.settle_due()
    with pytest.raises(NotUndoable, match="nothing of yours"):
        await desk.undo.latest(desk.caller())
    assert len(desk.service.entries) == 1


async def test_a_look_that_fails_is_taken_again(sent_twice: Desk) -> None:
    desk = sent_twice
    arrives_late(desk)
    desk.clock.forward(QUARTER)
    desk.service.is_away = True
    assert await desk.late_arrivals.look() == 0
    desk.service.is_away = False
    assert await desk.late_arrivals.look() == 1
    operation = await desk.store.operation("mine")
    assert operation
    assert operation.state is State.DONE
