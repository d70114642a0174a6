"""Who is due is looked up once and told once; and where it is better to say nothing, nothing is said, and why is kept."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.model import Work
from app.core.reminder import Decision, Kind, Presence, Rule, Stage
from app.core.reminder_ports import Rung
from app.core.rhythm import Leave, Rhythm

from .fakes import ADA, BERLIN, BO, HOUR, MINUTE, TEN, account
from .office import TODAY, Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)
SECOND = timedelta(seconds=1)
CY = account("UCY", team="T2")


async def test_who_has_hours_missing_is_asked_once_at_their_hour(office: Office):
    office.logs(5.5)
    await office.at(DUE - SECOND)
    assert office.bell.users == []
    await office.at(DUE)
    await office.at(DUE + 10 * MINUTE)
    assert office.bell.users == ["UADA"]
    kept = await office.kept()
    assert (kept.stage, kept.rule, kept.about) == (Stage.SENT, Rule.MISSING, "2 h 30")
    assert kept.message == ("D1", "0.0")


async def test_the_provider_is_read_once_a_person(office: Office):
    await office.at(DUE)
    assert office.desk.service.calls.count("entries") == 1


async def test_they_are_asked_again_the_next_day(office: Office):
    await office.at(DUE)
    await office.at(DUE + timedelta(days=1))
    assert office.bell.users == ["UADA", "UADA"]
    assert [one.day for one in office.bell.heard] == [TODAY, TODAY + timedelta(days=1)]


async def test_who_has_reached_the_target_is_left_alone(office: Office):
    office.logs(8)
    await office.at(DUE)
    assert office.bell.users == []
    assert await office.rule() is Rule.COMPLETE


async def test_a_running_timer_counts(office: Office):
    office.logs(6)
    office.runs(DUE - 2 * HOUR)
    await office.at(DUE)
    assert office.bell.users == []
    assert await office.rule() is Rule.COMPLETE


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (Rhythm(quiet_until=TODAY + timedelta(days=1)), Rule.SNOOZED),
        (Rhythm(leave=(Leave(TODAY, TODAY),)), Rule.LEAVE),
    ],
)
async def test_a_rule_that_needs_no_reading_costs_no_request(office: Office, rhythm: Rhythm, rule: Rule):
    await office.employs(ADA, rhythm=rhythm)
    await office.at(DUE)
    assert await office.rule() is rule
    assert (office.desk.service.calls, office.presences.asked, office.bell.users) == ([], [], [])


async def test_nobody_is_asked_on_a_holiday(office: Office):
    office.holidays.named = "Reformation Day"
    await office.at(DUE)
    assert office.bell.users == []
    assert (await office.kept()).about == "Reformation Day"


async def test_who_wants_no_reminders_has_none_planned(office: Office):
    await office.employs(ADA, rhythm=Rhythm(is_on=False))
    await office.at(DUE)
    assert await office.desk.store.reminders.reminder("T1", "UADA", Kind.DAY, TODAY) is None
    assert office.bell.users == []


async def test_who_is_gone_from_slack_is_neither_told_nor_looked_up(office: Office):
    office.presences.known["UADA"] = Presence(is_gone=True)
    await office.at(DUE)
    assert await office.rule() is Rule.GONE
    assert (office.desk.service.calls, office.bell.users) == ([], [])


async def test_who_is_on_vacation_is_left_alone(office: Office):
    office.presences.known["UADA"] = Presence(zone=BERLIN, status_emoji=":palm_tree:", status_text="Vacationing")
    await office.at(DUE)
    assert await office.rule() is Rule.AWAY
    assert (office.desk.service.calls, office.bell.users) == ([], [])


async def test_who_has_paused_notifications_is_asked_when_that_ends(office: Office):
    office.presences.known["UADA"] = Presence(zone=BERLIN, quiet_until=DUE + HOUR)
    await office.at(DUE)
    await office.at(DUE + 59 * MINUTE)
    assert office.bell.users == []
    await office.at(DUE + 61 * MINUTE)
    assert office.bell.users == ["UADA"]


async def test_who_disconnects_is_asked_nothing(office: Office):
    await office.desk.store.disconnect("T1", "UADA")
    await office.at(DUE)
    assert await office.rule() is Rule.NOT_CONNECTED


async def test_a_failed_reading_never_becomes_a_nag(office: Office):
    office.desk.service.is_away = True
    for minutes in range(0, 40, 5):
        await office.at(DUE + minutes * MINUTE)
    assert office.bell.users == []
    assert await office.rule() is Rule.UNREAD
    assert office.desk.service.calls.count("entries") > 3


async def test_a_reading_that_succeeds_a_little_later_is_soon_enough(office: Office):
    office.desk.service.is_away = True
    await office.at(DUE)
    office.desk.service.is_away = False
    await office.at(DUE + 2 * MINUTE)
    assert office.bell.users == ["UADA"]


async def test_what_was_logged_here_after_the_reading_counts(office: Office):
    await office.at(DUE - SECOND)
    office.desk.clock.moment = (DUE - SECOND).astimezone(TEN.tzinfo)
    caller, start = office.desk.caller(), DUE - 9 * HOUR
    await office.desk.logbook.log(caller, Work(description="all day"), start, start + 8 * HOUR, ADA)
    await office.at(DUE + 10 * MINUTE)
    assert office.bell.users == []
    assert await office.rule() is Rule.COMPLETE


async def test_more_than_two_hours_late_after_an_outage_nothing_is_said(office: Office):
    await office.at(DUE + 2 * HOUR + SECOND)
    assert office.bell.users == []
    assert await office.rule() is Rule.LATE
    assert office.desk.service.calls == []


async def test_less_than_two_hours_late_they_are_asked(office: Office):
    await office.at(DUE + 2 * HOUR - SECOND)
    assert office.bell.users == ["UADA"]


async def test_a_workspace_hears_one_a_second_and_others_are_not_held_up(office: Office):
    await office.employs(BO, CY)
    await office.at(DUE)
    assert sorted(office.bell.users) in (["UADA", "UCY"], ["UBO", "UCY"])
    await office.at(DUE + 1.1 * SECOND)
    assert sorted(office.bell.users) == ["UADA", "UBO", "UCY"]


async def test_what_slack_asks_to_wait_for_is_sent_after_that(office: Office):
    office.bell.answers = [Rung(again_after=30 * SECOND)]
    await office.at(DUE)
    await office.at(DUE + 29 * SECOND)
    assert office.bell.users == []
    await office.at(DUE + 30 * SECOND)
    assert office.bell.users == ["UADA"]


@pytest.mark.parametrize("answer", [Rung(), RuntimeError("a bug")])
async def test_what_may_have_come_is_not_sent_again(office: Office, answer: Rung | Exception):
    office.bell.answers = [answer]
    await office.at(DUE)
    await office.at(DUE + 5 * MINUTE)
    assert office.bell.users == []
    assert await office.rule() is Rule.UNTOLD


async def test_a_slow_workspace_holds_up_nobody_else(office: Office):
    await office.employs(CY)
    office.bell.slow["T1"] = asyncio.Event()
    office.desk.clock.moment = DUE.astimezone(TEN.tzinfo)
    await office.reminding.read_due()
    sending = asyncio.create_task(office.reminding.send_due())
    async with asyncio.timeout(5):
        await office.bell.rung.wait()
    assert office.bell.users == ["UCY"]
    office.bell.slow["T1"].set()
    await sending
    assert office.bell.users == ["UCY", "UADA"]


async def test_who_travels_is_asked_where_they_are_now(office: Office):
    new_york = ZoneInfo("America/New_York")
    office.presences.known["UADA"] = Presence(zone=new_york)
    await office.desk.store.reminders.keep_profiles("T1", {"UADA": Presence(zone=new_york)}, TEN)
    await office.at(DUE)
    assert office.bell.users == []
    await office.at(datetime(2026, 3, 4, 16, 45, tzinfo=new_york))
    assert office.bell.users == ["UADA"]


async def test_who_travels_after_being_asked_is_not_asked_about_that_day_again(office: Office):
    new_york = ZoneInfo("America/New_York")
    await office.at(DUE)
    office.presences.known["UADA"] = Presence(zone=new_york)
    await office.desk.store.reminders.keep_profiles("T1", {"UADA": Presence(zone=new_york)}, DUE)
    await office.at(datetime(2026, 3, 4, 16, 45, tzinfo=new_york))
    assert office.bell.users == ["UADA"]
    await office.at(datetime(2026, 3, 5, 16, 45, tzinfo=new_york))
    assert [one.day for one in office.bell.heard] == [TODAY, TODAY + timedelta(days=1)]


async def test_where_they_are_is_seen_with_the_reading_before_anybody_is_asked(office: Office):
    office.presences.known["UADA"] = Presence(zone=ZoneInfo("America/New_York"))
    await office.at(DUE)
    assert office.bell.users == []
    assert (await office.kept()).stage is Stage.PLANNED


async def test_without_a_word_from_slack_what_was_known_last_counts(office: Office):
    await office.desk.store.reminders.keep_profiles("T1", {"UADA": Presence(status_emoji=":palm_tree:")}, TEN)
    office.presences.is_away = True
    await office.at(DUE)
    assert await office.rule() is Rule.AWAY


async def test_a_slack_that_does_not_answer_holds_up_nothing_and_is_not_asked_again_at_once(office: Office):
    await office.employs(BO)
    office.presences.is_away = True
    await office.at(DUE)
    await office.at(DUE + 2 * SECOND)
    assert sorted(office.bell.users) == ["UADA", "UBO"]
    assert len(office.presences.asked) == 1


async def test_slack_is_asked_for_many_people_at_once(office: Office):
    await office.employs(*(account(f"U{number}") for number in range(20)))
    await office.at(DUE)
    assert office.presences.asked == ["list", "quiet of 21"]


async def test_an_hour_in_the_gap_of_a_clock_change_comes_once(office: Office):
    await office.employs(ADA, rhythm=Rhythm(week=replace(Rhythm().week, days=(5, 6)), at=time(2, 30)))
    sunday = date(2026, 3, 29)
    await office.at(datetime(2026, 3, 28, 12, tzinfo=BERLIN))
    await office.at(datetime(2026, 3, 29, 1, 59, tzinfo=BERLIN))
    assert office.bell.users == []
    await office.at(datetime(2026, 3, 29, 3, 0, tzinfo=BERLIN))
    await office.at(datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN))
    assert [one.day for one in office.bell.heard] == [sunday]


async def test_an_hour_that_comes_twice_is_asked_at_once(office: Office):
    await office.employs(ADA, rhythm=Rhythm(week=replace(Rhythm().week, days=(5, 6)), at=time(2, 30)))
    await office.at(datetime(2026, 10, 24, 12, tzinfo=BERLIN))
    await office.at(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    await office.at(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1))
    await office.at(datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=1))
    assert [one.day for one in office.bell.heard] == [date(2026, 10, 25)]


async def test_a_clock_that_was_set_back_asks_about_a_day_that_comes_again(office: Office):
    reminding = office.reminding
    for moment in (DUE - timedelta(days=2), DUE + 5 * HOUR, DUE - timedelta(days=1, minutes=-1)):
        office.desk.clock.moment = moment.astimezone(TEN.tzinfo)
        for _ in range(3):
            await reminding.plan()
            await reminding.read_due()
            await reminding.send_due()
    assert TODAY - timedelta(days=1) in [one.day for one in office.bell.heard]


async def test_after_an_older_database_was_put_back_nothing_is_sent_before_it_is_reconciled(office: Office):
    await office.desk.store.generation.declare_put_back(TEN)
    await office.at(DUE)
    assert office.bell.users == []


async def test_who_answers_while_their_day_is_read_again_is_not_asked(office: Office):
    desk = office.desk
    desk.clock.moment = (DUE - SECOND).astimezone(TEN.tzinfo)
    await office.reminding.read_due()
    await desk.logbook.log(desk.caller(), Work(description="an hour"), TEN, TEN + HOUR, ADA)
    desk.clock.moment += 10 * MINUTE
    desk.service.pause = 0.2
    desk.service.reached.clear()
    sending = asyncio.create_task(office.reminding.send_due())
    await desk.service.reached.wait()
    await desk.store.reminders.close("T1", "UADA", Kind.DAY, TODAY, Decision(Rule.SAID_RIGHT), DUE)
    await sending
    assert office.bell.users == []
    assert await office.rule() is Rule.SAID_RIGHT
