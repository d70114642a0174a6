"""A reminder outlives what goes wrong before its hour, and is not asked against what is known by then."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from app.core.model import Work
from app.core.reminder import Kind, Rule
from app.core.reminder_ports import Rung
from app.core.turn_taking import PATIENCE

from .fakes import ADA, BERLIN, FIX_LOGIN, HOUR, MINUTE
from .office import Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)
SECOND = timedelta(seconds=1)


async def test_slack_that_is_away_for_ten_minutes_costs_nobody_their_reminder(office: Office) -> None:
    for seconds in range(0, 600, 15):
        office.bell.answers = [Rung(again_after=15 * SECOND)]
        await office.at(DUE + seconds * SECOND)
    office.bell.answers = []
    await office.at(DUE + 11 * MINUTE)
    assert office.bell.users == ["UADA"]


async def test_a_provider_that_is_away_until_before_their_hour_costs_nobody_their_reminder(office: Office) -> None:
    """Read an hour ahead, as where many share a token."""
    reminders = office.desk.store.reminders
    planned = await office.kept()
    await reminders.replan(ADA.team, ADA.user)
    await reminders.add(replace(planned, act_at=planned.due_at - HOUR))
    office.desk.service.is_away = True
    for minutes in range(25):
        await office.at(DUE - HOUR + minutes * MINUTE)
    office.desk.service.is_away = False
    await office.at(DUE - 30 * MINUTE)
    await office.at(DUE)
    assert office.bell.users == ["UADA"]


async def test_a_timer_that_could_not_be_read_for_six_hours_is_asked_about_after_it(office: Office) -> None:
    await office.desk.tracker.start(office.desk.caller(ADA), Work(FIX_LOGIN))
    await office.reminding.plan()
    office.desk.service.is_away = True
    at = DUE + timedelta(hours=14, minutes=15)  # seven in the morning
    for minutes in range(0, 6 * 60, 15):
        await office.at(at + minutes * MINUTE)
    office.desk.service.is_away = False
    await office.at(at + 6 * HOUR + 15 * MINUTE)
    assert [one.kind for one in office.bell.heard] == [Kind.TIMER]


async def test_what_was_logged_here_in_the_minute_before_their_hour_counts(office: Office) -> None:
    await office.at(DUE - 30 * SECOND)
    caller, start = office.desk.caller(), DUE - 9 * HOUR
    await office.desk.logbook.log(caller, Work(description="all day"), start, start + 8 * HOUR, ADA)
    await office.at(DUE)
    assert office.bell.users == []
    assert await office.rule() is Rule.COMPLETE


async def test_a_day_that_could_not_be_read_again_is_not_asked_from_old_hours(office: Office) -> None:
    await office.at(DUE - SECOND)  # read
    office.desk.service.is_away = True
    await office.at(DUE + 90 * MINUTE)
    assert office.bell.users == []


async def test_a_day_that_is_read_an_hour_ahead_is_read_once(office: Office) -> None:
    reminders = office.desk.store.reminders
    planned = await office.kept()
    await reminders.replan(ADA.team, ADA.user)
    await reminders.add(replace(planned, act_at=planned.due_at - HOUR))
    await office.at(DUE - HOUR)
    await office.at(DUE)
    assert office.desk.service.calls.count("entries") == 1


async def test_what_cannot_be_read_again_after_they_logged_is_asked_once_it_can(office: Office) -> None:
    await office.at(DUE - SECOND)
    caller, start = office.desk.caller(), DUE - 9 * HOUR
    await office.desk.logbook.log(caller, Work(description="an hour"), start, start + HOUR, ADA)
    office.desk.service.is_away = True
    await office.at(DUE)
    assert office.bell.users == []
    office.desk.service.is_away = False
    await office.at(DUE + 2 * MINUTE)
    assert office.bell.users == ["UADA"]
    assert (await office.kept()).about == "7 h"


async def test_what_can_never_be_read_again_ends_in_silence(office: Office) -> None:
    await office.at(DUE - SECOND)
    office.desk.service.is_away = True
    for minutes in range(90, 122):
        await office.at(DUE + minutes * MINUTE)
    assert office.bell.users == []
    assert await office.rule() is Rule.UNREAD


async def test_what_slack_takes_while_the_process_is_being_stopped_is_noted(office: Office) -> None:
    await office.at(DUE - SECOND)
    office.desk.clock.moment += SECOND
    office.bell.slow["T1"] = asyncio.Event()
    sending = asyncio.create_task(office.reminding.send_due())
    await asyncio.sleep(0.1)
    sending.cancel()
    await asyncio.sleep(0.1)
    office.bell.slow["T1"].set()
    await asyncio.gather(sending, return_exceptions=True)
    assert office.bell.users == ["UADA"]
    assert await office.rule() is Rule.MISSING


def test_who_is_being_stopped_waits_for_slack_longer_than_slack_is_waited_for() -> None:
    assert 10 < PATIENCE < 15
