"""Everybody hears how it ended, whoever else can't be told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from app.core.acts import Act
from app.core.interrupted import Interrupted
from app.core.model import Draft, Work
from app.core.operations import Create, Operation
from app.core.settling import Settler

from .fakes import ADA, BO, FIX_LOGIN, HOUR, TEN, Desk, FixedClock

FIX = Work(FIX_LOGIN, "pairing")
DAY = timedelta(days=1)


@dataclass(slots=True)
class DeafInbox:
    """Keeps `Inbox`: what `UADA` is to be told Slack never takes, or our own words for it raise."""

    clock: FixedClock
    is_broken: bool = False
    told: list[str] = field(default_factory=list)
    tried: list[datetime] = field(default_factory=list)

    async def report(self, operation: Operation) -> bool:
        return self._tell(operation.user, operation.id)

    async def tell_about(self, operation: Operation, sentence: str) -> bool:
        return self._tell(operation.user, operation.id)

    async def cut_off(self, act: Act, *, is_half_done: bool = False) -> bool:
        return self._tell(act.user, act.id)

    def _tell(self, user: str, what: str) -> bool:
        if user == ADA.user:
            self.tried.append(self.clock.now())
            if self.is_broken:
                raise KeyError("no such word")
            return False
        self.told.append(what)
        return True


@dataclass(slots=True)
class BusyInbox(DeafInbox):
    """While it tells something, another process tells whatever it finds untold."""

    meanwhile: Callable[[], Awaitable[int]] | None = None

    async def report(self, operation: Operation) -> bool:
        return await self._tell_slowly(operation.id)

    async def cut_off(self, act: Act, *, is_half_done: bool = False) -> bool:
        return await self._tell_slowly(act.id)

    async def _tell_slowly(self, what: str) -> bool:
        if self.meanwhile:
            await self.meanwhile()
        self.told.append(what)
        return True


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await desk.link(ADA, BO)
    return desk


@pytest.fixture
def inbox(desk: Desk) -> DeafInbox:
    return DeafInbox(desk.clock)


@pytest.fixture
def settler(desk: Desk, inbox: DeafInbox) -> Settler:
    return replace(desk.settler, inbox=inbox)


@pytest.fixture
def interrupted(desk: Desk, inbox: DeafInbox) -> Interrupted:
    return replace(desk.interrupted, inbox=inbox)


async def put_off(desk: Desk, operation_id: str, who: str = "UADA", hours: int = 1) -> None:
    account = ADA if who == "UADA" else BO
    draft = Draft(FIX, TEN - HOUR * (hours + 1), TEN - HOUR * hours, account.user_id)
    await desk.journal.put_off(operation_id, desk.caller(account), Create(draft))


async def test_a_report_that_breaks_keeps_nobody_elses(desk: Desk, inbox: DeafInbox, settler: Settler) -> None:
    inbox.is_broken = True
    await put_off(desk, "Ada's")
    await settler.settle_due()
    await put_off(desk, "Bo's", "UBO")
    await settler.settle_due()
    assert inbox.told == ["Bo's"]


async def test_however_many_can_t_be_told_the_others_are(desk: Desk, inbox: DeafInbox, settler: Settler) -> None:
    for number in range(51):
        await put_off(desk, f"Ada's {number}", hours=number)
    await settler.settle_due()
    await settler.settle_due()
    await put_off(desk, "Bo's", "UBO")
    await settler.settle_due()
    assert inbox.told == ["Bo's"]


async def test_it_is_told_again_ever_more_rarely_and_for_a_day(desk: Desk, inbox: DeafInbox, settler: Settler) -> None:
    await put_off(desk, "Ada's")
    while desk.clock.now() < TEN + 2 * DAY:
        await settler.settle_due()
        desk.clock.forward(timedelta(seconds=30) if desk.clock.now() < TEN + HOUR else HOUR)
    assert 20 < len(inbox.tried) < 40
    assert TEN + DAY / 2 < inbox.tried[-1] < TEN + DAY + 2 * HOUR
    assert not await desk.store.untold(desk.clock.now())


async def test_of_what_was_cut_off_the_same_holds(desk: Desk, inbox: DeafInbox, interrupted: Interrupted) -> None:
    for number in range(51):
        await desk.store.claim_act(Act(f"Ada's {number}", "T1", "UADA", f"log {number}h", desk.clock.now()))
    desk.clock.forward(HOUR)
    await interrupted.tell()
    await interrupted.tell()
    assert len(inbox.tried) == 51
    await desk.store.claim_act(Act("Bo's", "T1", "UBO", "log 1h", desk.clock.now() - HOUR))
    inbox.is_broken = True
    await interrupted.tell()
    assert inbox.told == ["Bo's"]
    for _ in range(40):
        desk.clock.forward(HOUR)
        await interrupted.tell()
        await interrupted.tell()
    assert not await desk.store.unanswered_acts(desk.clock.now(), desk.clock.now())


async def test_two_processes_tell_each_end_once(desk: Desk) -> None:
    caller = desk.caller(BO)
    await desk.journal.put_off("waits", caller, Create(Draft(FIX, TEN - HOUR, TEN, BO.user_id)))
    await desk.store.claim_act(Act("cut", BO.team, BO.user, "log 1h", TEN))
    await desk.settler.settle_due()
    desk.inbox.reports.clear()
    await desk.store.retell(Act("waits", BO.team, BO.user, "", TEN))
    other = BusyInbox(desk.clock)
    mine = BusyInbox(desk.clock, meanwhile=replace(desk.settler, inbox=other).settle_due)
    desk.clock.forward(HOUR)
    await replace(desk.settler, inbox=mine).settle_due()
    mine.meanwhile = replace(desk.interrupted, inbox=other).tell
    await replace(desk.interrupted, inbox=mine).tell()
    assert (mine.told, other.told) == (["waits", "cut"], [])


async def test_an_end_whose_telling_a_crash_cut_off_is_told_by_the_next_process(desk: Desk) -> None:
    caller = desk.caller(BO)
    desk.inbox.is_open = False
    await desk.journal.put_off("waits", caller, Create(Draft(FIX, TEN - HOUR, TEN, BO.user_id)))
    await desk.settler.settle_due()
    desk.clock.forward(HOUR)
    (untold,) = await desk.store.untold(desk.clock.now())
    now = desk.clock.now()
    assert await desk.store.claim_telling(untold, now, until=now + desk.journal.lease)
    assert not await desk.store.claim_telling(untold, now, until=now + desk.journal.lease)
    desk.inbox.is_open = True
    await desk.settler.settle_due()
    assert desk.inbox.reports == []
    desk.clock.forward(desk.journal.lease)
    await desk.settler.settle_due()
    assert [report.id for report in desk.inbox.reports] == ["waits"]
