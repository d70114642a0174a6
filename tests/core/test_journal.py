"""Every write is on disk before it is sent, is sent once, and is told as it ended."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import AlreadySent, NoAnswer, NotReached, NotSaved, PutOff, Refused
from app.core.model import Draft, TimeEntry, Work
from app.core.operations import Create, Operation, Start, State, Tag
from app.core.ports import Store
from app.storage.store import SqlStore

from .fakes import ADA, BO, FIX_LOGIN, HOUR, TEN, Desk

FIX = Create(Draft(Work(FIX_LOGIN, "pairing"), TEN - HOUR, TEN, ADA.user_id))


class FailingStore:
    """A store whose disk is full when it is to `begin` or to `settle`."""

    def __init__(self, store: Store, *fails: str) -> None:
        self._store, self._fails = store, fails

    def __getattr__(self, name: str) -> Any:
        if name in self._fails:
            return self._fail
        return getattr(self._store, name)

    async def _fail(self, *_: Any, **__: Any) -> None:
        raise NotSaved("The disk is full.")


async def state(desk: Desk, operation_id: str = "op1") -> State:
    operation = await desk.store.operation(operation_id)
    assert operation
    return operation.state


async def test_a_write_is_on_disk_before_it_is_sent(desk: Desk) -> None:
    desk.service.pause = 0.01
    writing = asyncio.create_task(desk.journal.write("op1", desk.caller(), FIX))
    await desk.service.reached.wait()
    operation = await desk.store.operation("op1")
    assert operation
    assert operation.state is State.SENDING
    assert isinstance(operation.intent, Create)
    assert operation.intent.draft.work == FIX.draft.work
    await writing
    assert await state(desk) is State.DONE


async def test_a_second_call_with_the_same_id_sends_nothing_and_gets_the_same_result(desk: Desk) -> None:
    first = await desk.journal.write("op1", desk.caller(), FIX)
    second = await desk.journal.write("op1", desk.caller(), FIX)
    assert second == first
    assert desk.service.writes == ["create"]


async def test_ten_calls_at_once_send_one_and_get_the_same_result(desk: Desk) -> None:
    desk.service.pause = 0.01
    calls = [desk.journal.write("op1", desk.caller(), FIX) for _ in range(10)]
    results = await asyncio.gather(*calls)
    assert all(result == results[0] for result in results)
    assert desk.service.writes == ["create"]


async def test_ten_calls_at_once_get_the_same_refusal(desk: Desk) -> None:
    desk.service.pause, desk.service.faults = 0.01, ["refused"]
    calls = [desk.journal.write("op1", desk.caller(), FIX) for _ in range(10)]
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, Refused) for result in results)
    assert desk.service.writes == ["create"]


async def test_the_same_id_from_somebody_else_gets_nobodys_result(desk: Desk) -> None:
    desk.service.pause = 0.01
    adas, bos = (desk.journal.write("op1", desk.caller(who), FIX) for who in (ADA, BO))
    result, refusal = await asyncio.gather(adas, bos, return_exceptions=True)
    assert isinstance(result, TimeEntry)
    assert isinstance(refusal, AlreadySent)
    assert desk.service.writes == ["create"]


async def test_what_was_refused_may_be_sent_again(desk: Desk) -> None:
    desk.service.faults = ["refused"]
    with pytest.raises(Refused):
        await desk.journal.write("op1", desk.caller(), FIX)
    assert await state(desk) is State.REFUSED
    assert isinstance(await desk.journal.write("op1", desk.caller(), FIX), TimeEntry)
    assert len(desk.service.entries) == 1


@pytest.mark.parametrize("fault", ["no answer", "late"])
async def test_without_an_answer_it_says_so_and_never_sends_again(desk: Desk, fault: str) -> None:
    desk.service.faults = [fault]
    for _ in range(2):
        with pytest.raises(NoAnswer) as unsure:
            await desk.journal.write("op1", desk.caller(), FIX)
        assert "It may or may not have been saved" in unsure.value.sentence
    assert await state(desk) is State.UNSURE
    assert desk.service.writes == ["create"]


async def test_our_own_mistake_after_sending_leaves_us_unsure(desk: Desk) -> None:
    desk.service.faults = ["bug"]
    with pytest.raises(KeyError):
        await desk.journal.write("op1", desk.caller(), FIX)
    assert await state(desk) is State.UNSURE
    with pytest.raises(NoAnswer, match="Something went wrong"):
        await desk.journal.write("op1", desk.caller(), FIX)
    assert len(desk.service.entries) == 1


async def test_nothing_is_sent_when_the_disk_does_not_take_it(store: SqlStore) -> None:
    desk = Desk(FailingStore(store, "begin"))  # type: ignore[arg-type]
    with pytest.raises(NotSaved):
        await desk.journal.write("op1", desk.caller(), FIX)
    assert desk.service.writes == []


async def test_what_is_done_is_not_told_as_a_failure_because_our_note_failed(store: SqlStore) -> None:
    desk = Desk(FailingStore(store, "settle"))  # type: ignore[arg-type]
    assert isinstance(await desk.journal.write("op1", desk.caller(), FIX), TimeEntry)


@pytest.mark.parametrize(("fault", "error"), [("no answer", NoAnswer), ("refused", Refused), ("bug", KeyError)])
async def test_what_the_provider_said_is_told_although_our_note_failed(
    store: SqlStore, fault: str, error: type[Exception]
) -> None:
    desk = Desk(FailingStore(store, "settle"))  # type: ignore[arg-type]
    desk.service.faults = [fault]
    with pytest.raises(error):
        await desk.journal.write("op1", desk.caller(), FIX)


async def test_who_waits_for_a_call_that_is_cut_off_hears_that_it_is_unsure(desk: Desk) -> None:
    desk.service.pause = 1
    first, second = (asyncio.create_task(desk.journal.write("op1", desk.caller(), FIX)) for _ in range(2))
    await desk.service.reached.wait()
    first.cancel()
    with pytest.raises(NoAnswer, match="I was stopped while I was sending that"):
        await second
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await state(desk) is State.UNSURE


async def test_what_can_wait_is_put_off_while_the_provider_is_not_reached(desk: Desk) -> None:
    desk.service.faults = ["not reached"]
    for _ in range(2):
        with pytest.raises(PutOff, match=r"Saved\. ClickUp isn't answering; I'll send it and tell you"):
            await desk.journal.write("op1", desk.caller(), FIX)
    assert await state(desk) is State.QUEUED
    assert desk.service.writes == ["create"]


async def test_what_cannot_wait_is_refused_while_the_provider_is_not_reached(desk: Desk) -> None:
    desk.service.faults = ["not reached"]
    with pytest.raises(NotReached):
        await desk.journal.write("op1", desk.caller(), Start(FIX.draft.work))
    assert await state(desk) is State.REFUSED


async def test_what_another_process_is_sending_just_now_is_left_alone(desk: Desk) -> None:
    at = desk.clock.now()
    sending = Operation("op1", ADA.team, ADA.user, ADA.provider, ADA.workspace_id, FIX, at)
    await desk.store.begin(sending, until=at + timedelta(seconds=20))
    with pytest.raises(AlreadySent):
        await desk.journal.write("op1", desk.caller(), FIX)
    assert await desk.settler.settle_due() == 0


async def test_tags_are_added_and_taken_off_by_what_differs(desk: Desk) -> None:
    entry = await desk.journal.write("op1", desk.caller(), FIX)
    changed = await desk.journal.write("op2", desk.caller(), Tag(entry, ("design",), ("draft",)))
    assert changed.work.tags == ("design",)
    assert desk.service.writes == ["create", "tag", "untag"]
    await desk.journal.write("op3", desk.caller(), Tag(changed, (), ("design",)))
    assert desk.service.writes[3:] == ["untag"]


async def test_what_was_refused_and_is_sent_again_is_another_attempt(desk: Desk) -> None:
    desk.service.faults.append("refused")
    with pytest.raises(Refused):
        await desk.journal.write("op1", desk.caller(), FIX)
    desk.clock.forward(timedelta(minutes=1))
    await desk.journal.write("op1", desk.caller(), FIX)
    first, second = desk.service.attempts
    assert first != second
    assert first.split(":")[0] == second.split(":")[0]
