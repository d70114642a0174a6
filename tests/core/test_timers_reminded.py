"""Who seems to have forgotten a timer is asked about it, once, and not where it has been stopped meanwhile."""

from datetime import date, datetime, time, timedelta

import pytest

from app.core.model import Work
from app.core.reminder import Decision, Kind, Presence, Reminder, Rule
from app.core.reminder_ports import Rung
from app.core.rhythm import Rhythm
from app.core.timer_reminders import said_working

from .fakes import ADA, BERLIN, FIX_LOGIN, HERO, MINUTE
from .office import TODAY, Office

THURSDAY = TODAY + timedelta(days=1)
SECOND = timedelta(seconds=1)


def at(clock: str, day: date = TODAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


async def start(office: Office) -> None:
    """At ten."""
    await office.desk.tracker.start(office.desk.caller(ADA), Work(FIX_LOGIN))
    await office.reminding.plan()


async def comes(office: Office, moment: datetime) -> None:
    """A Slack workspace takes one message a second, and there may be one about the day."""
    await office.at(moment)
    await office.at(moment + 2 * SECOND)


def asked(office: Office) -> list[Reminder]:
    return [one for one in office.bell.heard if one.kind is Kind.TIMER]


async def kept(office: Office, day: date = TODAY) -> Reminder:
    return await office.kept(day=day, kind=Kind.TIMER)


async def test_a_timer_that_runs_past_the_usual_end_is_asked_about_once(office: Office) -> None:
    await start(office)
    await comes(office, at("18:29"))
    assert asked(office) == []
    for moment in (at("18:30"), at("18:31"), at("20:30"), at("08:00", THURSDAY)):
        await comes(office, moment)
    [reminder] = asked(office)
    assert reminder.brief
    assert reminder.brief.timer
    assert reminder.brief.timer.work.task == FIX_LOGIN
    assert (await kept(office)).rule is Rule.FORGOTTEN


async def test_a_timer_that_was_stopped_is_not_asked_about(office: Office) -> None:
    await start(office)
    await comes(office, at("12:00"))
    await office.desk.tracker.stop(office.desk.caller(ADA))
    await comes(office, at("18:30"))
    assert asked(office) == []
    assert (await kept(office)).rule is Rule.STOPPED


async def test_a_timer_that_was_started_elsewhere_is_asked_about_once_their_day_was_read(office: Office) -> None:
    office.runs(at("09:12"))
    await comes(office, at("16:45"))
    await comes(office, at("18:30"))
    assert len(asked(office)) == 1


async def test_what_was_started_in_place_of_it_has_a_time_of_its_own(office: Office) -> None:
    await start(office)
    await comes(office, at("17:55"))
    await office.desk.tracker.start(office.desk.caller(ADA), Work(HERO))
    await comes(office, at("18:30"))
    assert asked(office) == []
    await comes(office, at("18:55"))
    [reminder] = asked(office)
    assert reminder.brief
    assert reminder.brief.timer
    assert reminder.brief.timer.work.task == HERO


async def test_a_timer_of_the_evening_is_asked_about_in_the_morning(office: Office) -> None:
    await start(office)
    await comes(office, at("18:15"))
    await office.desk.tracker.start(office.desk.caller(ADA), Work(HERO))
    await comes(office, at("18:30"))
    assert (await kept(office)).rule is Rule.STOPPED
    await comes(office, at("06:59", THURSDAY))
    assert asked(office) == []
    await comes(office, at("07:00", THURSDAY))
    assert [one.day for one in asked(office)] == [THURSDAY]


async def test_one_started_elsewhere_in_the_evening_is_asked_about_in_the_morning(office: Office) -> None:
    await start(office)
    await comes(office, at("18:15"))
    office.runs(at("18:15"))
    await comes(office, at("18:30"))
    await comes(office, at("07:00", THURSDAY))
    assert [one.day for one in asked(office)] == [THURSDAY]


async def test_who_is_still_working_is_asked_again_with_what_they_said(office: Office) -> None:
    await start(office)
    await comes(office, at("18:30"))
    who = (ADA.team, ADA.user, Kind.TIMER, TODAY)
    await office.desk.store.reminders.reask(*who, said_working(at("18:31")), at("20:31"))
    await comes(office, at("20:30"))
    assert len(asked(office)) == 1
    await comes(office, at("20:31"))
    assert [one.rule for one in asked(office)] == [None, Rule.PUT_OFF]
    assert datetime.fromisoformat(asked(office)[1].about) == at("18:31")


async def test_paused_notifications_are_waited_for_however_long_and_nothing_that_was_said_is_lost(
    office: Office,
) -> None:
    await start(office)
    await comes(office, at("18:30"))
    who = (ADA.team, ADA.user, Kind.TIMER, TODAY)
    await office.desk.store.reminders.reask(*who, said_working(at("18:31")), at("20:31"))
    office.presences.known[ADA.user] = Presence(zone=BERLIN, quiet_from=at("20:00"), quiet_until=at("08:00", THURSDAY))
    await comes(office, at("20:31"))
    await comes(office, at("07:59", THURSDAY))
    assert len(asked(office)) == 1
    await comes(office, at("08:00", THURSDAY))
    assert asked(office)[1].rule is Rule.PUT_OFF


async def test_what_could_not_be_asked_in_an_outage_is_asked_after_it_and_not_at_night(office: Office) -> None:
    await start(office)
    await comes(office, at("23:30"))
    assert asked(office) == []
    await comes(office, at("07:00", THURSDAY))
    assert len(asked(office)) == 1


async def test_what_cannot_be_read_is_tried_again_for_hours(office: Office) -> None:
    await start(office)
    office.desk.service.is_away = True
    for minutes in range(0, 3 * 60, 15):
        await comes(office, at("18:30") + minutes * MINUTE)
    office.desk.service.is_away = False
    await comes(office, at("21:30"))
    assert len(asked(office)) == 1


async def test_who_does_not_want_to_be_asked_about_their_day_is_asked_about_a_timer(office: Office) -> None:
    await office.employs(ADA, rhythm=Rhythm(is_on=False))
    await start(office)
    await comes(office, at("18:30"))
    assert [one.kind for one in office.bell.heard] == [Kind.TIMER]


@pytest.mark.parametrize(
    ("presence", "rule"),
    [(Presence(zone=BERLIN, is_gone=True), Rule.GONE), (Presence(zone=BERLIN), Rule.NOT_CONNECTED)],
)
async def test_who_cannot_answer_is_not_asked(office: Office, presence: Presence, rule: Rule) -> None:
    await start(office)
    office.presences.known[ADA.user] = presence
    if rule is Rule.NOT_CONNECTED:
        await office.desk.store.disconnect(ADA.team, ADA.user)
    await comes(office, at("18:30"))
    assert asked(office) == []
    assert (await kept(office)).rule is rule


async def test_a_stop_that_was_undone_has_it_asked_about_once_more(office: Office) -> None:
    await start(office)
    await comes(office, at("18:30"))
    stopped = await office.desk.tracker.stop(office.desk.caller(ADA), at=at("18:00"))
    await office.desk.store.reminders.close(
        ADA.team, ADA.user, Kind.TIMER, TODAY, Decision(Rule.STOPPED), office.desk.clock.now()
    )
    await office.desk.undo.take_back(office.desk.caller(ADA), stopped.operation_id)
    await office.reminding.plan()
    await comes(office, at("20:29"))
    assert len(asked(office)) == 1
    await comes(office, at("20:30"))
    assert len(asked(office)) == 2


async def test_a_timer_started_elsewhere_is_still_asked_about_after_they_have_changed_their_hour(
    office: Office,
) -> None:
    office.runs(at("09:12"))
    await comes(office, at("16:45"))
    await office.desk.store.reminders.keep_rhythm(ADA.team, ADA.user, Rhythm(at=time(17, 0)))
    await comes(office, at("18:30"))
    assert len(asked(office)) == 1


async def test_who_names_an_earlier_end_of_their_day_is_asked_by_that(office: Office) -> None:
    await start(office)
    await comes(office, at("12:00"))
    await office.employs(ADA, rhythm=Rhythm(ends=time(15, 0)))
    await comes(office, at("15:29"))
    assert asked(office) == []
    await comes(office, at("15:30"))
    assert len(asked(office)) == 1


async def test_a_timer_is_asked_about_by_who_connects_again(office: Office) -> None:
    await start(office)
    await office.desk.store.disconnect(ADA.team, ADA.user)
    await comes(office, at("18:30"))
    await office.desk.store.link(ADA)
    await comes(office, at("18:40"))
    await comes(office, at("20:39"))
    assert asked(office) == []
    await comes(office, at("20:40"))
    assert len(asked(office)) == 1


async def test_a_timer_started_elsewhere_that_could_not_be_asked_about_is_when_it_is_seen_again(office: Office) -> None:
    office.runs(at("09:12"))
    await comes(office, at("16:45"))
    office.bell.answers = [Rung()]
    await comes(office, at("18:30"))
    assert (await kept(office)).rule is Rule.UNTOLD
    await comes(office, at("16:45", THURSDAY))
    assert len(asked(office)) == 1


async def test_who_comes_back_to_slack_is_asked_about_what_still_runs(office: Office) -> None:
    await start(office)
    office.presences.known[ADA.user] = Presence(zone=BERLIN, is_gone=True)
    await comes(office, at("18:30"))
    office.presences.known[ADA.user] = Presence(zone=BERLIN)
    await comes(office, at("16:45", THURSDAY))
    await comes(office, at("18:45", THURSDAY))
    assert len(asked(office)) == 1
