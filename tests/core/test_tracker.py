"""Timers: at most one runs for a person, and nothing between two of them is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.durations import to_minute
from app.core.errors import NoAnswer, NotAllowed, NoTimerRunning, NotUnderstood, PutOff, Refused, SignInExpired
from app.core.model import Timer, Work
from app.core.operations import State
from app.storage.store import SqlStore

from .fakes import ADA, BO, FIX_LOGIN, HERO, HOUR, MINUTE, TEN, Desk, is_about

FIX, DESIGN = Work(FIX_LOGIN, "pairing", ("backend",)), Work(HERO)


async def test_a_timer_starts_at_the_provider_that_has_timers(desk: Desk) -> None:
    started = await desk.tracker.start(desk.caller(), FIX)
    assert (started.timer.start, started.timer.is_held, started.stopped) == (TEN, False, None)
    assert await desk.tracker.current(desk.caller()) == started.timer


async def test_a_timer_is_held_where_the_provider_has_none(desk: Desk) -> None:
    started = await desk.tracker.start(desk.holding(), FIX)
    assert started.timer.is_held
    assert await desk.tracker.current(desk.holding()) == started.timer
    assert desk.service.writes == []


async def test_switching_stops_what_runs_in_the_same_instant_and_reports_it(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    switched = await desk.tracker.start(desk.caller(), DESIGN)
    assert switched.stopped
    assert (switched.stopped.work, switched.stopped.duration) == (FIX, HOUR)
    assert switched.stopped.end == switched.timer.start
    assert desk.service.writes == ["start", "start"]


async def test_switching_between_held_timers_leaves_no_gap(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    switched = await desk.tracker.start(desk.holding(), DESIGN)
    assert switched.stopped
    assert is_about(switched.stopped.end, switched.timer.start)
    assert (switched.timer.start, switched.stopped.duration) == (TEN + HOUR, HOUR)
    assert [entry.work for entry in desk.service.entries.values()] == [FIX]


async def test_a_held_timer_is_saved_before_a_native_one_starts(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    switched = await desk.tracker.start(desk.caller(), DESIGN)
    assert switched.stopped
    assert switched.stopped.work == FIX
    assert not switched.timer.is_held
    assert await desk.held.current(ADA) is None


async def test_when_the_next_timer_cannot_start_the_one_that_was_stopped_is_told(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    desk.service.faults = ["", "refused"]
    with pytest.raises(Refused) as refused:
        await desk.tracker.start(desk.caller(), DESIGN)
    assert refused.value.sentence == "ClickUp: refused. Fix login was stopped and saved."


async def test_a_timer_that_began_earlier_is_held_and_ends_what_ran_at_its_beginning(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    began = desk.clock.now() - 10 * MINUTE
    switched = await desk.tracker.start(desk.caller(), DESIGN, at=began)
    assert switched.timer.is_held
    assert switched.timer.start == began
    assert switched.stopped
    assert switched.stopped.end == began


async def test_a_timer_cannot_begin_before_the_one_that_runs(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    with pytest.raises(NotUnderstood, match="Fix login was started after that"):
        await desk.tracker.start(desk.caller(), DESIGN, at=TEN - HOUR)
    assert desk.service.writes == ["start"]


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_start_that_is_delivered_twice_starts_one_timer(desk: Desk, kind: str) -> None:
    first = await desk.tracker.start(getattr(desk, kind)(operation="op"), FIX)
    second = await desk.tracker.start(getattr(desk, kind)(operation="op"), FIX)
    assert second.timer == first.timer
    assert desk.service.writes in (["start"], [])
    assert desk.service.entries == {}


async def test_a_provider_whose_clock_is_ahead_does_not_keep_anybody_from_switching(desk: Desk) -> None:
    desk.service.running[ADA.user_id] = Timer("e9", FIX, TEN + timedelta(seconds=3), ADA.user_id)
    assert (await desk.tracker.start(desk.caller(), DESIGN)).timer.work == DESIGN


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_stop_saves_what_ran(desk: Desk, kind: str) -> None:
    await desk.tracker.start(getattr(desk, kind)(), FIX)
    desk.clock.forward(HOUR)
    entry = (await desk.tracker.stop(getattr(desk, kind)())).entry
    assert (entry.work, entry.duration) == (FIX, HOUR)
    assert is_about(entry.start, TEN)
    assert list(desk.service.entries.values()) == [entry]
    assert await desk.tracker.current(getattr(desk, kind)()) is None


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_stop_at_an_earlier_moment_saves_until_then(desk: Desk, kind: str) -> None:
    await desk.tracker.start(getattr(desk, kind)(), FIX)
    desk.clock.forward(HOUR)
    entry = (await desk.tracker.stop(getattr(desk, kind)(), at=TEN + 20 * MINUTE)).entry
    assert entry.duration == 20 * MINUTE


@pytest.mark.parametrize(
    ("at", "hint"),
    [
        (TEN - MINUTE, "Fix login was started on Wed 4 Mar at"),
        (TEN, "Fix login was started on Wed 4 Mar at"),
        (TEN + 2 * HOUR, "That is still to come"),
    ],
)
async def test_a_timer_cannot_stop_before_it_began_or_in_the_future(desk: Desk, at: object, hint: str) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    with pytest.raises(NotUnderstood, match=hint):
        await desk.tracker.stop(desk.caller(), at=at)  # type: ignore[arg-type]
    assert await desk.tracker.current(desk.caller())


async def test_a_timer_that_ran_for_longer_than_a_day_asks_when_it_ended(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(25 * HOUR)
    with pytest.raises(NotUnderstood, match="has run for 25 h, longer than a day"):
        await desk.tracker.stop(desk.holding())
    assert (await desk.tracker.stop(desk.holding(), at=TEN + 7 * HOUR)).entry.duration == 7 * HOUR


async def test_stop_says_when_nothing_runs(desk: Desk) -> None:
    with pytest.raises(NoTimerRunning, match="No timer is running"):
        await desk.tracker.stop(desk.caller())


async def test_the_stop_button_of_an_old_message_stops_nothing_else(desk: Desk) -> None:
    old = await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    await desk.tracker.start(desk.caller(), DESIGN)
    with pytest.raises(NoTimerRunning, match="Nothing was changed"):
        await desk.tracker.stop(desk.caller(), timer_id=old.timer.id)


async def test_a_held_timer_runs_on_when_its_entry_is_refused(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    desk.service.faults = ["refused"]
    with pytest.raises(Refused):
        await desk.tracker.stop(desk.holding())
    assert await desk.tracker.current(desk.holding())
    assert (await desk.tracker.stop(desk.holding())).entry.duration == HOUR
    assert len(desk.service.entries) == 1


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_a_stop_while_the_provider_is_away_is_fixed_at_the_click_and_sent_later(desk: Desk, kind: str) -> None:
    await desk.link(ADA)
    await desk.tracker.start(getattr(desk, kind)(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    with pytest.raises(PutOff, match=r"Saved\. ClickUp isn't answering"):
        await desk.tracker.stop(getattr(desk, kind)())
    desk.clock.forward(3 * HOUR)
    desk.service.is_away = False
    await desk.settler.settle_due()
    (entry,) = desk.service.entries.values()
    assert (entry.work, to_minute(entry.duration)) == (FIX, HOUR)
    assert [report.state for report in desk.inbox.reports] == [State.DONE]


async def test_a_start_while_the_provider_is_away_is_held_and_ends_what_runs_there_at_that_moment(desk: Desk) -> None:
    await desk.link(ADA)
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    started = await desk.tracker.start(desk.caller(), DESIGN)
    assert (started.timer.is_held, started.timer.start) == (True, TEN + HOUR)
    assert "ClickUp isn't answering" in started.note
    desk.clock.forward(HOUR)
    desk.service.is_away = False
    await desk.settler.settle_due()
    (entry,) = desk.service.entries.values()
    assert (entry.work, entry.duration) == (FIX, HOUR)
    assert (await desk.tracker.stop(desk.caller())).entry.work == DESIGN
    assert [to_minute(one.duration) for one in desk.service.entries.values()] == [HOUR, HOUR]


async def test_what_is_held_is_put_off_when_the_next_timer_starts_while_the_provider_is_away(desk: Desk) -> None:
    await desk.link(ADA)
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_away = True
    started = await desk.tracker.start(desk.holding(), DESIGN)
    assert started.timer.work == DESIGN
    assert "Saved. ClickUp isn't answering" in started.note
    desk.service.is_away = False
    desk.clock.forward(HOUR)
    await desk.settler.settle_due()
    (entry,) = desk.service.entries.values()
    assert (entry.work, entry.duration) == (FIX, HOUR)


async def test_a_held_timer_whose_entry_got_no_answer_is_the_journals_to_settle(desk: Desk) -> None:
    started = await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    desk.service.faults = ["late"]
    with pytest.raises(NoAnswer, match="It may or may not have been saved"):
        await desk.tracker.stop(desk.holding())
    assert await desk.tracker.current(desk.holding()) is None
    assert await desk.store.operation(started.timer.id)
    assert len(desk.service.entries) == 1


async def test_two_clicks_on_stop_save_a_held_timer_once(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    desk.clock.forward(HOUR)
    timer = await desk.held.current(ADA)
    assert timer
    first = await desk.tracker.stop(desk.holding())
    with pytest.raises(NoTimerRunning):
        await desk.tracker.stop(desk.holding())
    assert list(desk.service.entries.values()) == [first.entry]
    assert len(desk.service.entries) == 1
    assert await desk.held.current(ADA) is None


async def test_a_timer_for_somebody_else_is_held_and_becomes_their_time(desk: Desk) -> None:
    started = await desk.tracker.start(desk.caller(), FIX, whose=BO)
    assert (started.timer.is_held, started.timer.assignee) == (True, BO.user_id)
    assert await desk.tracker.current(desk.caller(BO)) == started.timer
    assert await desk.tracker.current(desk.caller()) is None
    desk.clock.forward(HOUR)
    assert (await desk.tracker.stop(desk.caller(), whose=BO)).entry.assignee == BO.user_id


async def test_a_timer_that_somebody_runs_with_their_own_sign_in_is_theirs_to_stop(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(BO), FIX)
    desk.clock.forward(HOUR)
    with pytest.raises(NotAllowed, match="<@UBO> runs Fix login with their own sign-in"):
        await desk.tracker.start(desk.caller(), DESIGN, whose=BO)
    with pytest.raises(NotAllowed):
        await desk.tracker.stop(desk.caller(), whose=BO)
    assert (await desk.tracker.stop(desk.caller(BO))).entry.duration == HOUR


@pytest.mark.parametrize("kind", ["caller", "holding"])
async def test_cancel_drops_what_runs_without_saving(desk: Desk, kind: str) -> None:
    started = await desk.tracker.start(getattr(desk, kind)(), FIX)
    assert await desk.tracker.cancel(getattr(desk, kind)(), started.timer.id) == started.timer
    assert await desk.tracker.current(getattr(desk, kind)()) is None
    assert desk.service.entries == {}
    with pytest.raises(NoTimerRunning, match="nothing to drop"):
        await desk.tracker.cancel(getattr(desk, kind)(), started.timer.id)


async def test_held_timers_survive_a_restart(desk: Desk, store: SqlStore) -> None:
    started = await desk.tracker.start(desk.holding(), FIX)
    restarted = Desk(store)
    assert await restarted.tracker.current(restarted.holding()) == started.timer


async def test_a_held_timer_can_be_tagged(desk: Desk) -> None:
    started = await desk.tracker.start(desk.holding(), FIX)
    await desk.logbook.retag(desk.holding(), started.timer, ("design",), ("backend",))
    timer = await desk.tracker.current(desk.holding())
    assert timer
    assert timer.work.tags == ("design",)
    assert desk.service.writes == []


async def test_what_was_started_is_among_the_tasks_used_lately(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    await desk.tracker.start(desk.holding(), DESIGN)
    assert await desk.store.recent_tasks(ADA) == [HERO, FIX_LOGIN]


async def test_a_timer_cannot_begin_in_the_instant_of_the_one_that_runs(desk: Desk) -> None:
    await desk.tracker.start(desk.holding(), FIX)
    with pytest.raises(NotUnderstood, match="Fix login was started after that"):
        await desk.tracker.start(desk.holding(), DESIGN, at=TEN)


async def test_a_timer_of_one_second_is_saved(desk: Desk) -> None:
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(timedelta(seconds=1))
    assert (await desk.tracker.stop(desk.caller())).entry.duration == timedelta(seconds=1)


async def test_what_somebody_runs_natively_is_seen_by_who_has_no_timers_of_their_own(desk: Desk) -> None:
    started = await desk.tracker.start(desk.caller(BO), FIX)
    assert await desk.tracker.current(desk.holding(), BO) == started.timer
    assert await desk.tracker.current(desk.holding()) is None


async def test_a_stop_counts_from_the_click_however_long_the_provider_is_silent(desk: Desk) -> None:
    await desk.link(ADA)
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    clicked = replace(desk.caller(), acted_at=desk.clock.now())
    desk.clock.forward(20 * timedelta(seconds=1))
    assert (await desk.tracker.stop(clicked)).entry.duration == HOUR


async def test_a_stop_without_a_sign_in_is_kept_from_the_click_and_sent_after_it(desk: Desk) -> None:
    await desk.link(ADA)
    await desk.tracker.start(desk.caller(), FIX)
    desk.clock.forward(HOUR)
    desk.service.is_signed_out = True
    with pytest.raises(SignInExpired, match="Your stop is saved, from this moment"):
        await desk.tracker.stop(desk.caller())
    desk.clock.forward(HOUR)
    desk.service.is_signed_out = False
    await desk.link(ADA)
    desk.clock.forward(300 * 24 * HOUR)  # connecting has the time of day of this machine
    await desk.settler.settle_due()
    (entry,) = desk.service.entries.values()
    assert entry.duration == HOUR
