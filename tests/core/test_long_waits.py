"""What Slack asks to wait for is waited for, however long; and a question that is put off until the morning holds up nobody."""

from datetime import datetime, timedelta

from app.core.model import Work
from app.core.reminder import Kind, Presence, Rule, Stage
from app.core.reminder_ports import Rung

from .fakes import ADA, BERLIN, FIX_LOGIN, HOUR, MINUTE, TEN
from .office import Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)


async def test_four_hours_are_not_cut_short(office: Office):
    office.bell.answers = [Rung(again_after=4 * HOUR)] * 50
    await office.at(DUE)
    await office.at(DUE + MINUTE)
    assert len(office.bell.answers) == 49


async def test_a_clock_that_was_set_back_after_sending_still_sends(office: Office):
    """As in the demo: Wednesday's end of day, and back to Tuesday's."""
    yesterday = DUE - timedelta(days=1)
    await office.at(DUE)
    await office.desk.store.reminders.replan_everybody()
    for moment in (yesterday - 2 * MINUTE, yesterday, yesterday + MINUTE):
        await office.at(moment)
    assert [one.day for one in office.bell.heard] == [DUE.date(), yesterday.date()]


async def test_who_wants_quiet_overnight_is_asked_about_a_timer_in_the_morning(office: Office):
    """Though it was to be sent at that moment."""
    await office.desk.tracker.start(office.desk.caller(ADA), Work(FIX_LOGIN))
    await office.reminding.plan()
    late, store = datetime(2026, 3, 4, 18, 30, tzinfo=BERLIN), office.desk.store
    await office.at(late - MINUTE)
    office.desk.clock.moment = late.astimezone(TEN.tzinfo)
    await office.reminding.read_due()
    quiet = Presence(zone=BERLIN, quiet_until=late + 14 * HOUR)
    await store.reminders.keep_quiet("T1", {"UADA": quiet}, office.desk.clock.moment)
    office.presences.known["UADA"] = quiet
    await office.reminding.send_due()
    waiting = await office.kept(kind=Kind.TIMER)
    assert (waiting.stage, waiting.act_at) == (Stage.PLANNED, late + 14 * HOUR)
    await office.at(late + 14 * HOUR)
    assert (await office.kept(kind=Kind.TIMER)).rule is Rule.FORGOTTEN
