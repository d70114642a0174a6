"""Whether something happened at the provider, kind by kind, and what of it is still to be sent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.core.errors import NotReached
from app.core.lookups import KEYS_LAST, Found, look_up
from app.core.model import Capabilities, Draft, TimeEntry, Timer, Work
from app.core.operations import (
    Amend,
    Cancel,
    Create,
    Delete,
    Halt,
    Intent,
    Operation,
    Start,
    Stop,
    Tag,
    TakeBack,
    Update,
)

from .fakes import ADA, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, FakeProvider, FixedClock, Service

SECOND = timedelta(seconds=1)
FIX = Work(FIX_LOGIN, "pairing", ("backend",))
ENTRY = TimeEntry("e1", FIX, TEN - HOUR, TEN, ADA.user_id)
TIMER = Timer("t1", FIX, TEN - HOUR, ADA.user_id)
DRAFT = Draft(FIX, TEN - HOUR, TEN, ADA.user_id)


@pytest.fixture
def service() -> Service:
    return Service(FixedClock())


async def found(
    service: Service,
    intent: Intent | TakeBack,
    *,
    sent_at: datetime | None = TEN,
    now: datetime = TEN,
    keys_spent: int = 0,
    capabilities: Capabilities | None = None,
) -> Found:
    provider = FakeProvider(ADA, service, capabilities or Capabilities(native_timer=True, assignees=True))
    operation = Operation(
        "mine", "T1", "UADA", "clickup", "9001", intent, TEN, sent_at=sent_at, keys_spent=keys_spent
    )  # fmt: skip
    return await look_up(provider, operation, now=now)


def there(service: Service, *entries: TimeEntry) -> None:
    service.entries = {entry.id: entry for entry in entries}


def runs(service: Service, timer: Timer = TIMER) -> None:
    service.running = {ADA.user_id: timer}


# logged


async def test_what_was_never_sent_is_sent_without_a_look(service: Service) -> None:
    assert await found(service, Create(DRAFT), sent_at=None) == Found(remaining=Create(DRAFT))
    assert service.calls == []


async def test_what_may_be_there_is_looked_for(service: Service) -> None:
    there(service, ENTRY)
    assert await found(service, Create(DRAFT)) == Found([ENTRY], Create(DRAFT))
    assert service.calls == ["made_from"]


IDEMPOTENT = Capabilities(native_timer=False, idempotent=True)


@pytest.mark.parametrize(
    ("spent", "later", "calls"),
    [(0, timedelta(), []), (0, KEYS_LAST - SECOND, []), (0, KEYS_LAST, ["made_from"]), (1, timedelta(), ["made_from"])],
)
async def test_a_name_that_the_provider_knows_saves_the_look_while_it_lasts(
    service: Service, spent: int, later: timedelta, calls: list[str]
) -> None:
    looked = await found(service, Create(DRAFT), now=TEN + later, keys_spent=spent, capabilities=IDEMPOTENT)
    assert (looked.remaining, service.calls) == (Create(DRAFT), calls)


async def test_a_provider_that_is_away_tells_nothing(service: Service) -> None:
    service.is_away = True
    for intent in (Create(DRAFT), Delete(ENTRY), Stop(TIMER), Start(FIX), Cancel(TIMER), Amend(TIMER, FIX), Halt(TEN)):
        with pytest.raises(NotReached):
            await found(service, intent)


# changed, deleted, tagged


AFTER = replace(ENTRY, work=Work(HERO, "writing", ("docs",), True), end=TEN + HOUR)


async def test_a_change_that_is_there_happened(service: Service) -> None:
    there(service, AFTER)
    assert await found(service, Update(ENTRY, AFTER)) == Found([AFTER])


HALVES = [
    ENTRY,
    replace(ENTRY, end=AFTER.end),
    replace(ENTRY, work=replace(FIX, tags=("docs",))),
    replace(AFTER, work=replace(AFTER.work, tags=FIX.tags)),
    replace(AFTER, work=replace(AFTER.work, billable=False)),
]


@pytest.mark.parametrize("half", HALVES)
async def test_the_rest_of_a_change_is_sent(service: Service, half: TimeEntry) -> None:
    there(service, half)
    assert await found(service, Update(ENTRY, AFTER)) == Found(remaining=Update(half, AFTER))


THEIRS = [
    replace(ENTRY, work=replace(FIX, description="newer words")),
    replace(ENTRY, work=replace(FIX, tags=("theirs",))),
    replace(ENTRY, work=Work(None, "pairing", ("backend",))),
    replace(ENTRY, start=ENTRY.start - MINUTE),
    replace(ENTRY, end=ENTRY.end - MINUTE),
]


@pytest.mark.parametrize("theirs", THEIRS)
async def test_what_somebody_else_has_changed_since_is_left_alone(service: Service, theirs: TimeEntry) -> None:
    there(service, theirs)
    changed = await found(service, Update(ENTRY, replace(AFTER, start=ENTRY.start)))
    assert changed == Found(too_late="That entry was changed elsewhere since, so it was left as it is.")
    deleted = await found(service, Delete(ENTRY))
    assert deleted == Found(too_late="That entry was changed elsewhere since, so it was not deleted.")


async def test_what_is_gone_cannot_be_changed_and_need_not_be_deleted(service: Service) -> None:
    assert await found(service, Update(ENTRY, AFTER)) == Found(
        too_late="That entry is gone, so it couldn't be changed."
    )
    assert await found(service, Delete(ENTRY)) == Found([ENTRY])
    gone = await found(service, Tag(ENTRY, ("docs",), ()))
    assert gone == Found(too_late="What it was about is gone, so its tags couldn't be changed.")


async def test_what_is_still_as_it_was_is_deleted(service: Service) -> None:
    there(service, ENTRY)
    assert await found(service, Delete(ENTRY)) == Found(remaining=Delete(ENTRY))


async def test_where_the_time_of_day_is_not_kept_only_day_and_length_count(service: Service) -> None:
    untimed = replace(ENTRY, is_timed=False)
    there(service, replace(untimed, start=ENTRY.start - MINUTE, end=ENTRY.end - MINUTE))
    assert isinstance((await found(service, Delete(untimed))).remaining, Delete)


async def test_the_tags_that_are_missing_come_and_those_that_are_left_go(service: Service) -> None:
    there(service, ENTRY)
    assert await found(service, Tag(ENTRY, ("docs", "backend"), ("backend", "old"))) == Found(
        remaining=Tag(ENTRY, ("docs",), ("backend",))
    )
    assert await found(service, Tag(ENTRY, ("backend",), ("old",))) == Found([ENTRY])


async def test_tags_of_a_timer_are_those_of_its_entry_once_it_is_stopped(service: Service) -> None:
    runs(service)
    assert await found(service, Tag(TIMER, ("docs",), ())) == Found(remaining=Tag(TIMER, ("docs",), ()))
    service.running = {}
    there(service, replace(ENTRY, id="t1"))
    assert (await found(service, Tag(TIMER, ("docs",), ()))).remaining == Tag(replace(ENTRY, id="t1"), ("docs",), ())


async def test_what_runs_is_about_what_it_was_to_be_about(service: Service) -> None:
    runs(service)
    assert await found(service, Amend(TIMER, FIX)) == Found([TIMER])
    assert await found(service, Amend(TIMER, Work(HERO))) == Found(remaining=Amend(TIMER, Work(HERO)))
    runs(service, replace(TIMER, id="another"))
    gone = await found(service, Amend(TIMER, FIX))
    assert gone == Found(too_late="That timer isn't running any more, so it was left as it is.")


# timers


@pytest.mark.parametrize("at", [None, TEN - MINUTE])
async def test_what_still_runs_is_stopped_when_it_was_to_stop(service: Service, at: datetime | None) -> None:
    runs(service)
    assert await found(service, Stop(TIMER, at)) == Found(remaining=Stop(TIMER, at or TEN))


async def test_a_timer_lasts_at_least_a_second(service: Service) -> None:
    late = replace(TIMER, start=TEN)
    runs(service, late)
    assert await found(service, Stop(late)) == Found(remaining=Stop(late, TEN + SECOND))


@pytest.mark.parametrize("over", [timedelta(), 2 * SECOND])
async def test_a_timer_that_ended_about_then_was_stopped(service: Service, over: timedelta) -> None:
    entry = replace(ENTRY, id="t1", end=TEN + over)
    there(service, entry)
    assert await found(service, Stop(TIMER)) == Found([entry])


async def test_a_timer_that_ended_too_late_ends_when_it_was_clicked(service: Service) -> None:
    entry = replace(ENTRY, id="t1", end=TEN + 3 * SECOND)
    there(service, entry)
    assert await found(service, Stop(TIMER)) == Found(remaining=Update(entry, replace(entry, end=TEN)))


async def test_a_timer_that_is_gone_cannot_be_stopped_and_need_not_be_dropped(service: Service) -> None:
    assert await found(service, Stop(TIMER)) == Found(too_late="That timer is gone, so there was nothing left to stop.")
    assert await found(service, Cancel(TIMER)) == Found([TIMER])


async def test_what_was_to_be_dropped_is_dropped_also_when_it_was_stopped_first(service: Service) -> None:
    runs(service)
    assert await found(service, Cancel(TIMER)) == Found(remaining=Cancel(TIMER))
    service.running = {}
    stopped = replace(ENTRY, id="t1")
    there(service, stopped)
    assert await found(service, Cancel(TIMER)) == Found(remaining=Delete(stopped))
    there(service, replace(stopped, work=Work(HERO)))
    changed = await found(service, Cancel(TIMER))
    assert changed.too_late == (
        "That timer was stopped and changed elsewhere since, so its entry was left as it is."
    )  # fmt: skip


async def test_whatever_ran_is_stopped_at_that_moment(service: Service) -> None:
    runs(service)
    assert await found(service, Halt(TEN)) == Found(remaining=Stop(TIMER, TEN))
    assert await found(service, Halt(TEN, "t1")) == Found(remaining=Stop(TIMER, TEN))


async def test_what_began_later_or_is_another_is_not_stopped(service: Service) -> None:
    nothing = Found(too_late="Nothing ran then that is still to be stopped.")
    assert await found(service, Halt(TEN)) == nothing
    runs(service)
    assert await found(service, Halt(TEN, "another")) == nothing
    runs(service, replace(TIMER, start=TEN))
    assert await found(service, Halt(TEN)) == nothing
    assert await found(service, Halt(TEN, makes_room=True)) == Found([None])


@pytest.mark.parametrize(("hours", "is_too_long"), [(24, False), (25, True)])
async def test_what_ran_for_more_than_a_day_is_left_running(service: Service, hours: int, is_too_long: bool) -> None:
    runs(service, replace(TIMER, start=TEN - hours * HOUR))
    assert ("more than a day" in (await found(service, Halt(TEN))).too_late) == is_too_long


async def test_what_ran_and_ended_later_is_cut_where_it_is_sure_which_it_was(service: Service) -> None:
    entry = replace(ENTRY, id="t1", end=TEN + HOUR)
    there(service, entry)
    assert await found(service, Halt(TEN, "t1")) == Found(remaining=Update(entry, replace(entry, end=TEN)))
    assert "stopped later" in (await found(service, Halt(TEN))).too_late
    there(service, entry, replace(entry, id="t2"))
    assert "Nothing ran" in (await found(service, Halt(TEN))).too_late
    there(service, replace(entry, end=TEN + 2 * SECOND))
    assert "Nothing ran" in (await found(service, Halt(TEN))).too_late


# started


@pytest.mark.parametrize("early", [timedelta(), timedelta(minutes=2)])
async def test_a_timer_about_the_same_that_began_then_is_the_one(service: Service, early: timedelta) -> None:
    timer = replace(TIMER, start=TEN - early)
    runs(service, timer)
    assert (await found(service, Start(FIX))).happened == [timer]


OTHERS = [
    replace(TIMER, start=TEN - 3 * MINUTE),
    replace(TIMER, start=TEN, work=Work(HERO, "pairing")),
    replace(TIMER, start=TEN, work=Work(FIX_LOGIN, "alone")),
]


@pytest.mark.parametrize("other", OTHERS)
async def test_another_timer_is_not_taken_for_it(service: Service, other: Timer) -> None:
    runs(service, other)
    assert "another one runs now" in (await found(service, Start(FIX))).too_late


async def test_what_it_replaced_is_not_taken_for_it(service: Service) -> None:
    runs(service, replace(TIMER, start=TEN))
    assert "another one runs now" in (await found(service, Start(FIX, None, replace(TIMER, start=TEN)))).too_late


async def test_a_timer_that_began_then_and_ended_since_is_the_one(service: Service) -> None:
    entry = replace(ENTRY, start=TEN, end=TEN + MINUTE)
    there(service, entry, replace(entry, id="e2", work=Work(HERO)))
    assert list((await found(service, Start(FIX))).happened) == [entry]
    assert not (await found(service, Start(FIX, None, replace(TIMER, id="e1")))).happened


async def test_where_nothing_is_there_it_is_still_to_be_started(service: Service) -> None:
    assert await found(service, Start(FIX)) == Found([], Start(FIX))


async def test_what_was_only_noted_here_is_not_looked_up(service: Service) -> None:
    assert await found(service, TakeBack("mine")) == Found(too_late="That can't be looked up.")
