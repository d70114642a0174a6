"""Finished time: where it goes, what is checked, and what is sent."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import (
    AlreadySent,
    EntryLocked,
    EntryNotFound,
    LoggedAlready,
    NotAllowed,
    NoTimerRunning,
    NotUnderstood,
    PutOff,
    Refused,
)
from app.core.logbook import days, place, total
from app.core.model import TimeEntry, Work
from app.core.operations import State
from app.core.permissions import Deed
from app.core.phrases import Phrase

from .fakes import ADA, BERLIN, BO, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk
from .test_grammar_properties import zones

FIX = Work(FIX_LOGIN, "pairing", ("backend",))
TODAY = date(2026, 3, 4)


async def logged(desk: Desk, hours_ago: int = 2, length: timedelta = HOUR) -> TimeEntry:
    start = TEN - hours_ago * HOUR
    return await desk.logbook.log(desk.caller(), FIX, start, start + length, ADA)


def placed(length: timedelta, day: date, now: datetime = TEN) -> str:
    """Where it goes, on Berlin's clocks."""
    return "–".join(f"{moment.astimezone(BERLIN):%H:%M}" for moment in place(length, day, now=now, zone=BERLIN))


def test_today_a_length_ends_now() -> None:
    assert placed(90 * MINUTE, TODAY) == "08:30–10:00"
    assert placed(90 * MINUTE, TODAY, TEN + timedelta(seconds=59)) == "08:30–10:00"


def test_on_another_day_it_begins_at_nine() -> None:
    assert placed(90 * MINUTE, date(2026, 3, 3)) == "09:00–10:30"


def test_a_long_day_ends_at_midnight() -> None:
    assert placed(20 * HOUR, date(2026, 3, 3)) == "04:00–00:00"
    assert placed(24 * HOUR, date(2026, 3, 3)) == "00:00–00:00"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_nine_is_nine_on_the_clock_also_when_the_clocks_change(day: date) -> None:
    later = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert placed(HOUR, day, later) == "09:00–10:00"


def test_what_does_not_fit_into_the_day_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="That doesn't fit into the day yet"):
        placed(11 * HOUR, TODAY)
    with pytest.raises(NotUnderstood, match="That doesn't fit into the day at all"):
        placed(24 * HOUR, date(2026, 3, 29), datetime(2026, 4, 1, tzinfo=UTC))


@given(zones, st.dates(date(2024, 1, 2), date(2030, 12, 31)), st.integers(0, 3), st.integers(1, 1440))
def test_a_length_goes_into_its_day_whole_and_never_into_the_future(
    zone: ZoneInfo, today: date, back: int, minutes: int
) -> None:
    now = datetime(today.year, today.month, today.day, 15, 30, tzinfo=zone).astimezone(UTC)
    day, length = today - timedelta(days=back), timedelta(minutes=minutes)
    try:
        start, end = place(length, day, now=now, zone=zone)
    except NotUnderstood:
        return
    assert end - start == length
    assert end <= now
    assert start in days(day, day, zone)


async def test_an_entry_is_logged_for_its_assignee(desk: Desk) -> None:
    entry = await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN, BO)
    assert (entry.work, entry.duration, entry.assignee) == (FIX, HOUR, BO.user_id)
    assert await desk.store.recent_tasks(ADA) == [FIX_LOGIN]


@pytest.mark.parametrize(
    ("start", "end", "hint"),
    [
        (TEN, TEN, "It ends before it begins"),
        (TEN, TEN - HOUR, "It ends before it begins"),
        (TEN - 25 * HOUR, TEN, "over 24 h"),
        (TEN - HOUR, TEN + MINUTE, "The end is still to come"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_before_anything_is_sent(
    desk: Desk, start: datetime, end: datetime, hint: str
) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        await desk.logbook.log(desk.caller(), FIX, start, end, ADA)
    assert desk.service.calls == []


async def test_entries_may_overlap(desk: Desk) -> None:
    await logged(desk)
    await desk.logbook.log(desk.caller(), Work(HERO), TEN - HOUR, TEN, ADA)
    entries = await desk.logbook.entries(desk.caller(), TODAY)
    assert total(entries) == 2 * HOUR


async def test_a_day_is_the_persons_day(desk: Desk) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight on Tuesday in Berlin
    await desk.logbook.log(desk.caller(), FIX, late, late + HOUR, ADA)
    assert await desk.logbook.entries(desk.caller(), date(2026, 3, 2)) == []
    assert len(await desk.logbook.entries(desk.caller(), date(2026, 3, 3))) == 1


async def test_edit_sends_what_it_was_and_what_it_shall_be(desk: Desk) -> None:
    before = await logged(desk)
    desk.clock.forward(MINUTE)
    after = replace(before, work=Work(HERO), end=before.end - 15 * MINUTE)
    assert await desk.logbook.edit(desk.caller(), before, after) == after
    assert desk.service.entries == {before.id: after}
    assert await desk.store.recent_tasks(ADA) == [HERO, FIX_LOGIN]


@pytest.mark.parametrize("act", ["edit", "delete"])
async def test_a_locked_entry_stays_as_it_is(desk: Desk, act: str) -> None:
    locked = replace(await logged(desk), is_locked=True)
    arguments = (locked, locked) if act == "edit" else (locked,)
    with pytest.raises(EntryLocked, match="has locked that entry"):
        await getattr(desk.logbook, act)(desk.caller(), *arguments)
    assert desk.service.writes == ["create"]


async def test_delete_takes_an_entry_away(desk: Desk) -> None:
    entry = await logged(desk)
    await desk.logbook.delete(desk.caller(), entry)
    assert desk.service.entries == {}


async def test_an_entry_of_somebody_else_is_in_reach_of_who_may_log_for_them(desk: Desk) -> None:
    entry = await logged(desk)
    assert await desk.logbook.entry(desk.caller(ADA), entry.id, Deed.EDIT) == entry
    with pytest.raises(NotAllowed):
        await desk.logbook.entry(desk.caller(BO), entry.id, Deed.EDIT)


async def test_the_last_entry_is_the_one_that_ended_last(desk: Desk) -> None:
    await logged(desk, hours_ago=5, length=4 * HOUR)
    await logged(desk, hours_ago=3, length=MINUTE)
    assert (await desk.logbook.last(desk.caller())).duration == 4 * HOUR


async def test_without_entries_there_is_no_last_one(desk: Desk) -> None:
    await logged(desk, hours_ago=24 * 10)
    with pytest.raises(EntryNotFound, match="You have logged nothing in the last 7 days"):
        await desk.logbook.last(desk.caller())


async def test_tags_of_an_entry_change_at_the_provider(desk: Desk) -> None:
    entry = await logged(desk)
    changed = await desk.logbook.retag(desk.caller(), entry, ("design",), ("backend",))
    assert changed.work.tags == ("design",)
    assert desk.service.entries[entry.id].work.tags == ("design",)


async def test_the_very_same_entry_is_asked_about_before_it_is_logged_again(desk: Desk) -> None:
    work = Work(FIX_LOGIN, "pairing")
    entry = await desk.logbook.log(desk.caller(), work, TEN - HOUR, TEN, ADA)
    with pytest.raises(LoggedAlready, match="Exactly that is logged already, since Wed 4 Mar, 10:00"):
        await desk.logbook.log(desk.caller(), work, TEN - HOUR, TEN, ADA)
    await desk.logbook.log(desk.caller(), work, TEN - HOUR, TEN, ADA, is_another=True)
    await desk.logbook.log(desk.caller(), Work(FIX_LOGIN, "reviewing"), TEN - HOUR, TEN, ADA)
    assert len(desk.service.entries) == 3
    assert entry.id in desk.service.entries


async def test_what_waits_for_a_sign_in_is_asked_about_before_it_is_kept_again(desk: Desk) -> None:
    work = Work(sought="Fix login")
    await desk.logbook.keep(desk.caller(), work, TEN - HOUR, TEN, ADA)
    with pytest.raises(LoggedAlready, match="Exactly that waits to be sent already"):
        await desk.logbook.keep(desk.caller(), work, TEN - HOUR, TEN, ADA)
    await desk.logbook.keep(desk.caller(), work, TEN - HOUR, TEN, ADA, is_another=True)
    assert len(await desk.store.pending(ADA.team, ADA.user)) == 2


async def test_two_who_tag_a_held_timer_at_once_both_have_their_tag(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    timer = await desk.tracker.current(desk.holding())
    assert timer
    tagging = (desk.logbook.retag(desk.holding(), timer, (tag,), ()) for tag in ("late", "paid"))
    await asyncio.gather(*tagging)
    tagged = await desk.tracker.current(desk.holding())
    assert tagged
    assert {"late", "paid"} <= set(tagged.work.tags)


async def test_a_held_timer_that_was_stopped_meanwhile_takes_no_tag(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    timer = await desk.tracker.current(desk.holding())
    assert timer
    desk.clock.forward(HOUR)
    await desk.tracker.stop(desk.holding())
    with pytest.raises(NoTimerRunning):
        await desk.logbook.retag(desk.holding(operation="tagging"), timer, ("late",), ())
    assert await desk.store.operation("tagging") is None


async def test_what_was_looked_up_later_is_the_same_as_what_is_looked_up_at_once(desk: Desk) -> None:
    await desk.link(ADA)
    desk.service.is_away = True
    sought = await desk.worklist.work(desk.caller(), Phrase("log", task="DEV-12", text="pairing"))
    with pytest.raises(PutOff):
        await desk.logbook.log(desk.caller(), sought, TEN - HOUR, TEN, ADA)
    desk.service.is_away = False
    desk.clock.forward(HOUR)
    await desk.settler.settle_due()
    found = await desk.worklist.work(desk.caller(), Phrase("log", task="DEV-12", text="pairing"))
    with pytest.raises(LoggedAlready):
        await desk.logbook.log(desk.caller(), found, TEN - HOUR, TEN, ADA)


async def test_what_was_deleted_may_be_logged_again(desk: Desk) -> None:
    work = Work(FIX_LOGIN, "pairing")
    await desk.logbook.delete(desk.caller(), await desk.logbook.log(desk.caller(), work, TEN - HOUR, TEN, ADA))
    await desk.logbook.log(desk.caller(), work, TEN - HOUR, TEN, ADA)
    assert len(desk.service.entries) == 1


async def test_what_was_made_another_may_be_logged_again(desk: Desk) -> None:
    entry = await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN, ADA)
    await desk.logbook.edit(desk.caller(), entry, replace(entry, start=TEN - 2 * HOUR, end=TEN - HOUR))
    await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN, ADA)
    assert len(desk.service.entries) == 2


async def test_what_was_refused_may_be_logged_again(desk: Desk) -> None:
    desk.service.faults = ["refused"]
    with pytest.raises(Refused):
        await desk.logbook.log(desk.caller(), Work(FIX_LOGIN), TEN - HOUR, TEN, ADA)
    assert await desk.logbook.log(desk.caller(), Work(FIX_LOGIN), TEN - HOUR, TEN, ADA)


async def test_what_takes_the_place_of_what_waits_is_alone_there(desk: Desk) -> None:
    old = await put_off(desk)
    await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN - MINUTE, ADA, instead_of=old)
    assert not await desk.store.pending("T1", "UADA")
    assert [entry.duration for entry in desk.service.entries.values()] == [HOUR - MINUTE]


@pytest.mark.parametrize("end", [TEN + HOUR, TEN - 2 * HOUR])
async def test_what_cannot_be_takes_no_ones_place(desk: Desk, end: datetime) -> None:
    old = await put_off(desk)
    with pytest.raises(NotUnderstood):
        await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, end, ADA, instead_of=old)
    assert [(one.id, one.state) for one in await desk.store.pending("T1", "UADA")] == [(old, State.QUEUED)]


async def test_of_what_the_service_refuses_in_its_place_nothing_is_lost(desk: Desk) -> None:
    old = await put_off(desk)
    desk.service.faults = ["refused"]
    with pytest.raises(Refused):
        await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN - MINUTE, ADA, instead_of=old)
    assert [(one.id, one.state) for one in await desk.store.pending("T1", "UADA")] == [(old, State.REFUSED)]
    await desk.settler.settle_due()
    assert not desk.service.entries
    await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN - 2 * MINUTE, ADA, instead_of=old)
    assert not await desk.store.pending("T1", "UADA")
    assert len(desk.service.entries) == 1


async def test_what_went_out_meanwhile_has_no_place_to_take(desk: Desk) -> None:
    old = await put_off(desk)
    desk.clock.forward(MINUTE)
    await desk.settler.settle_due()
    with pytest.raises(AlreadySent):
        await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN - MINUTE, ADA, instead_of=old)
    assert [entry.duration for entry in desk.service.entries.values()] == [HOUR]
    assert [one.id for one in await desk.store.belongings.operations("T1", "UADA")] == [old]


async def test_nobody_takes_the_place_of_somebody_elses(desk: Desk) -> None:
    old = await put_off(desk)
    with pytest.raises(AlreadySent):
        await desk.logbook.log(desk.caller(BO), FIX, TEN - HOUR, TEN, BO, instead_of=old)
    assert [one.id for one in await desk.store.pending("T1", "UADA")] == [old]
    assert not desk.service.entries


async def put_off(desk: Desk) -> str:
    await desk.link(ADA, BO)
    desk.service.faults = ["not reached"]
    with pytest.raises(PutOff) as away:
        await desk.logbook.log(desk.caller(), FIX, TEN - HOUR, TEN, ADA)
    return away.value.operation_id
