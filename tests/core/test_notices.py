"""What somebody did to somebody else's time is told: to whom it concerns, once, and only when it happened."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from app.core.errors import PutOff
from app.core.model import Account, Role, Work
from app.core.notices import STILL_NEWS, Notices
from app.core.operations import UNDOING, Operation
from app.storage import queries

from .fakes import BO, CY, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk, account

ADA = account("UADA", Role.ADMIN)
FIX = Work(FIX_LOGIN)


@dataclass(slots=True)
class FakeHerald:
    """Keeps `Herald`; `cannot` reach somebody as long as that is set."""

    told: list[tuple[str, str]] = field(default_factory=list)
    cannot: str = ""

    async def tell(self, operation: Operation, to: str) -> None:
        if to == self.cannot:
            raise OSError("Slack is down")
        self.told.append((to, operation.kind))


@pytest.fixture
async def herald(desk: Desk) -> FakeHerald:
    for one in (ADA, BO, CY):
        await desk.store.link(one)
    return FakeHerald()


@pytest.fixture
def notices(desk: Desk, herald: FakeHerald) -> Notices:
    return Notices(desk.store, desk.clock, herald)


async def log(desk: Desk, by: Account = ADA, whose: Account = BO, operation: str = "logged") -> None:
    await desk.logbook.log(desk.caller(by, operation), FIX, TEN - HOUR, TEN, whose)


async def test_whose_time_was_logged_hears_it_once(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    assert [await notices.tell() for _ in range(3)] == [1, 0, 0]
    assert herald.told == [("UBO", "create")]


async def test_the_same_delivery_twice_is_told_once(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    await notices.tell()
    await log(desk)
    await notices.tell()
    assert herald.told == [("UBO", "create")]


async def test_two_processes_tell_it_once_between_them(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    unheard = await desk.store.unheard(TEN - HOUR)
    assert [await desk.store.heard(one) for one in unheard * 2] == [True, False]
    await notices.tell()
    assert herald.told == []


async def test_ones_own_time_is_no_news(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk, BO)
    await desk.tracker.start(desk.holding(BO), FIX)
    await notices.tell()
    assert herald.told == []


@pytest.mark.parametrize("fault", ["refused", "not reached", "no answer"])
async def test_what_did_not_happen_or_may_not_have_is_not_told(
    desk: Desk, herald: FakeHerald, notices: Notices, fault: str
) -> None:
    desk.service.faults.append(fault)
    with pytest.raises(Exception, match=r"."):
        await log(desk)
    await notices.tell()
    assert herald.told == []


async def test_every_deed_is_told(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    desk.clock.forward(MINUTE)
    [entry] = desk.service.entries.values()
    longer = await desk.logbook.edit(desk.caller(ADA), entry, replace(entry, start=TEN - 2 * HOUR))
    tagged = await desk.logbook.retag(desk.caller(ADA), longer, ("design",), ())
    await desk.logbook.delete(desk.caller(ADA), tagged)  # type: ignore[arg-type]
    await desk.tracker.start(desk.holding(ADA), FIX, whose=BO)
    desk.clock.forward(HOUR)
    await desk.tracker.start(desk.holding(ADA), Work(HERO), whose=BO)
    await notices.tell()
    kinds = ["create", "update", "tag", "delete", "start", "create", "start"]
    assert sorted(herald.told) == sorted(("UBO", kind) for kind in kinds)


async def test_whoever_did_it_hears_that_it_was_taken_back(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    await notices.tell()
    await desk.undo.take_back(desk.caller(BO), "logged")
    await notices.tell()
    assert herald.told == [("UBO", "create"), ("UADA", "delete")]


async def test_whoever_did_it_hears_that_it_was_taken_back_before_it_was_sent(
    desk: Desk, herald: FakeHerald, notices: Notices
) -> None:
    desk.service.faults = ["not reached"]
    with pytest.raises(PutOff):
        await log(desk)
    await desk.undo.take_back(desk.caller(BO), "logged")
    assert [await notices.tell() for _ in range(2)] == [1, 0]
    assert herald.told == [("UADA", "delete")]
    desk.clock.forward(MINUTE)
    await log(desk, BO, operation="by himself")
    assert len(desk.service.entries) == 1


async def test_who_takes_back_what_they_had_not_sent_yet_tells_nobody(
    desk: Desk, herald: FakeHerald, notices: Notices
) -> None:
    desk.service.faults = ["not reached"]
    with pytest.raises(PutOff):
        await log(desk)
    await desk.undo.latest(desk.caller(ADA))
    await notices.tell()
    assert herald.told == []


async def test_who_takes_back_their_own_deed_tells_whose_time_it_is(
    desk: Desk, herald: FakeHerald, notices: Notices
) -> None:
    await log(desk)
    await desk.undo.latest(desk.caller(ADA))
    await notices.tell()
    assert sorted(herald.told) == [("UBO", "create"), ("UBO", "delete")]


async def test_a_third_who_takes_it_back_tells_both(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    owner = account("UDI", Role.OWNER)
    await desk.store.link(owner)
    await log(desk)
    await notices.tell()
    await desk.undo.take_back(desk.caller(owner), "logged")
    await notices.tell()
    assert herald.told[1:] == [("UBO", "delete"), ("UADA", "delete")]


async def test_who_cannot_be_told_keeps_nobody_from_it_and_the_write_stands(
    desk: Desk, herald: FakeHerald, notices: Notices
) -> None:
    herald.cannot = "UBO"
    await log(desk)
    await log(desk, whose=CY, operation="another")
    assert await notices.tell() == 2
    assert herald.told == [("UCY", "create")]
    assert len(desk.service.entries) == 2


async def test_what_is_older_than_a_day_is_no_news(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await log(desk)
    desk.clock.moment = desk.store.now() + STILL_NEWS + timedelta(minutes=1)  # type: ignore[attr-defined]
    await notices.tell()
    assert herald.told == []


async def test_another_slack_workspace_hears_nothing(desk: Desk, herald: FakeHerald, notices: Notices) -> None:
    await desk.store.link(replace(BO, team="T2"))
    await log(desk)
    [told] = await desk.store.unheard(TEN - HOUR)
    assert not await desk.store.heard(replace(told, team="T2"))
    await notices.tell()
    assert herald.told == [("UBO", "create")]


async def test_looking_for_news_reads_none_of_what_is_none(desk: Desk, herald: FakeHerald) -> None:
    """It happens every second, and nearly everything that people do is done to their own time."""
    plan = await desk.store.engine.read(f"explain query plan {queries.UNHEARD}", since="2026")  # type: ignore[attr-defined]
    assert "USING INDEX operation_unheard" in str([dict(row) for row in plan])
    assert f"'{UNDOING}'" in queries.UNHEARD
