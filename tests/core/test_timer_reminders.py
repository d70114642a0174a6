"""What is planned about a timer, what decides when its time has come, and what is told then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from app.core.model import Person, Timer, Work
from app.core.reminder import Decision, Kind, Presence, Reminder, Rule
from app.core.rhythm import Rhythm
from app.core.timer_reminders import TimerReminders, after_reading, said_working, told, without_reading
from app.storage.store import SqlStore

from .fakes import ADA, BERLIN, FIX_LOGIN, HOUR, MINUTE, Desk

DAY = date(2026, 3, 4)
PERSON = Person("T1", "UADA", BERLIN, "Ada", Rhythm())
FOR_ADA = replace(ADA, team="T1", user="UADA")
NOBODY = Presence()


def at(clock: str, day: int = 4) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), BERLIN)


def running(since: str, day: int = 4) -> Timer:
    return Timer("t1", Work(FIX_LOGIN), at(since, day), ADA.user_id)


def due(clock: str = "18:30", rule: Rule | None = None, about: str = "") -> Reminder:
    return Reminder("T1", "UADA", Kind.TIMER, DAY, at(clock), at(clock), rule=rule, about=about)


@pytest.fixture
async def timers(desk: Desk, store: SqlStore) -> TimerReminders:
    await desk.link(FOR_ADA)
    await store.remember_person(PERSON)
    return TimerReminders(store.reminders, desk.tracker, desk.clock)


async def claimed(timers: TimerReminders, now: datetime) -> Reminder:
    found = await timers.reminders.claim_reading(now, lease="a", until=now + MINUTE)
    assert found
    return found


async def planned(timers: TimerReminders) -> None:
    """Whoever is to be planned is, as the worker does it."""
    now = timers.clock.now()
    for team, user in await timers.reminders.claim_planning(now, until=now + MINUTE, limit=10):
        await timers.reminders.plan(team, user, await timers.to_plan(PERSON), until=now + MINUTE)


async def when_planned(timers: TimerReminders, day: date = DAY) -> datetime | None:
    found = await timers.reminders.reminder("T1", "UADA", Kind.TIMER, day)
    return found.due_at if found else None


@pytest.mark.parametrize("is_held", [False, True], ids=["the provider's own", "held here"])
async def test_a_timer_that_starts_is_planned_to_be_asked_about(
    timers: TimerReminders, desk: Desk, is_held: bool
) -> None:
    caller = desk.holding(FOR_ADA) if is_held else desk.caller(FOR_ADA)
    await desk.tracker.start(caller, Work(FIX_LOGIN))
    await planned(timers)
    assert await when_planned(timers) == at("18:30")


async def test_a_start_that_was_put_off_is_planned_too(timers: TimerReminders, desk: Desk) -> None:
    desk.service.is_away = True
    await desk.tracker.start(desk.caller(FOR_ADA), Work(FIX_LOGIN))
    await planned(timers)
    assert await when_planned(timers) == at("18:30")


async def test_where_nothing_was_started_from_here_nothing_is_planned(timers: TimerReminders) -> None:
    await planned(timers)
    assert await when_planned(timers) is None


async def test_a_timer_that_was_seen_running_is_planned_wherever_it_was_started(timers: TimerReminders) -> None:
    await timers.seen(PERSON, running("09:12"))
    assert await when_planned(timers) == at("18:30")


async def test_what_was_just_started_for_a_time_long_ago_is_asked_about_two_hours_later(
    timers: TimerReminders, desk: Desk
) -> None:
    desk.clock.forward(9 * HOUR)
    await desk.tracker.start(desk.caller(FOR_ADA), Work(FIX_LOGIN), at=at("10:00"))
    await planned(timers)
    assert await when_planned(timers) == at("21:00")


async def test_a_timer_that_runs_again_after_an_undone_stop_is_asked_about_once_more(
    timers: TimerReminders, desk: Desk
) -> None:
    await desk.tracker.start(desk.holding(FOR_ADA), Work(FIX_LOGIN))
    await planned(timers)
    desk.clock.forward(9 * HOUR)
    stopped = await desk.tracker.stop(desk.holding(FOR_ADA), at=at("18:00"))
    await timers.reminders.close("T1", "UADA", Kind.TIMER, DAY, Decision(Rule.STOPPED), desk.clock.now())
    await desk.undo.take_back(desk.holding(FOR_ADA), stopped.operation_id)
    await planned(timers)
    assert await when_planned(timers) == at("21:00")


async def test_who_does_not_answer_is_not_asked_again_and_another_timer_is_asked_about(
    timers: TimerReminders, desk: Desk
) -> None:
    early = replace(PERSON, rhythm=Rhythm(ends=time(21)))
    await timers.seen(early, running("07:05"))
    asked = await claimed(timers, at("17:05"))
    assert await timers.reminders.settle(asked, Decision(Rule.FORGOTTEN), at("17:05"), message=("D1", "1.1"))
    await timers.seen(early, running("07:05"))
    assert await when_planned(timers) == at("17:05")
    await timers.seen(early, running("17:10"))
    assert await when_planned(timers) == at("21:30")


@pytest.mark.parametrize(
    ("timer", "decision"),
    [
        (None, Decision(Rule.STOPPED)),
        (running("09:12"), Decision(Rule.FORGOTTEN)),
        (running("17:30"), Decision(Rule.FORGOTTEN)),
        (running("17:55"), Decision(Rule.FORGOTTEN, until=at("18:55"))),
        (running("18:05"), Decision(Rule.STOPPED)),
    ],
    ids=["nothing runs", "the same", "another, long enough", "another, not long yet", "one to be asked about tomorrow"],
)
def test_what_runs_decides(timer: Timer | None, decision: Decision) -> None:
    assert after_reading(due(), timer, PERSON, at("18:30")) == decision


@pytest.mark.parametrize(
    ("presence", "is_connected", "now", "decision"),
    [
        (NOBODY, True, at("18:30"), None),
        (Presence(is_gone=True), True, at("18:30"), Decision(Rule.GONE)),
        (NOBODY, False, at("18:30"), Decision(Rule.NOT_CONNECTED)),
        (Presence(status_emoji=":palm_tree:"), True, at("18:30"), None),
        (Presence(quiet_until=at("19:00")), True, at("18:30"), Decision(Rule.QUIET, until=at("19:00"))),
        (Presence(quiet_from=at("18:00"), quiet_until=at("08:00", 5)), True, at("18:30"), Decision(Rule.QUIET, until=at("08:00", 5))),
        (Presence(quiet_from=at("22:00"), quiet_until=at("08:00", 5)), True, at("18:30"), None),
        (Presence(quiet_until=at("18:30")), True, at("18:30"), None),
        (NOBODY, True, at("23:10"), Decision(Rule.QUIET, until=at("07:00", 5))),
        (NOBODY, True, at("21:10"), None),
        (NOBODY, True, at("12:00", 6), None),
    ],
    ids=[
        "nothing keeps it back", "deactivated", "not connected", "a status does not", "paused", "until the morning", "only later",
        "no longer", "late, and at night", "late", "days late",
    ],
)  # fmt: skip
def test_what_decides_before_anything_is_read(
    presence: Presence, is_connected: bool, now: datetime, decision: Decision | None
) -> None:
    assert without_reading(due(), PERSON, now, presence=presence, is_connected=is_connected) == decision


def test_a_day_off_and_remind_off_do_not_keep_it_back() -> None:
    resting = replace(PERSON, rhythm=Rhythm(is_on=False, quiet_until=date(2026, 4, 1)))
    assert without_reading(due(), resting, at("18:30"), presence=NOBODY, is_connected=True) is None


def test_the_end_of_the_day_is_proposed_and_then_when_they_last_said_that_they_work() -> None:
    assert told(due(), running("09:12"), PERSON, at("18:30")).proposed == at("18:00")
    said = said_working(at("18:31") + timedelta(seconds=20))
    again = told(due("20:31", said.rule, said.about), running("09:12"), PERSON, at("20:31"))
    assert again.proposed == at("18:31")
