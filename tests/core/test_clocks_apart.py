"""Two machines whose clocks differ by as much as is tolerated send a reminder once, and a long claim delays nothing."""

import asyncio
from datetime import datetime, timedelta

from app.core.briefs import Briefs
from app.core.reminder import Rule
from app.core.reminding import reminding_of

from .fakes import BERLIN, MINUTE, TEN, FixedClock
from .office import Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)
TWO_MINUTES = timedelta(minutes=2)


async def test_two_machines_whose_clocks_differ_by_two_minutes_send_it_once(office: Office):
    desk = office.desk
    desk.clock.moment = DUE.astimezone(TEN.tzinfo)
    await office.reminding.read_due()
    office.bell.slow["T1"] = asyncio.Event()
    ahead = FixedClock(desk.clock.moment + TWO_MINUTES)
    briefs = Briefs(desk.logbook, desk.tracker, ahead)
    other = reminding_of(desk.accounts, briefs, office.presences, office.bell, office.holidays, ahead)
    first = asyncio.create_task(office.reminding.send_due())
    await asyncio.sleep(0.1)
    second = asyncio.create_task(other.send_due())
    await asyncio.sleep(0.1)
    office.bell.slow["T1"].set()
    await asyncio.gather(first, second)
    assert (office.bell.users, await office.rule()) == (["UADA"], Rule.MISSING)


async def test_what_is_put_off_for_a_minute_is_sent_then_and_not_when_the_claim_would_have_ended(office: Office):
    store = office.desk.store
    office.desk.clock.moment = now = DUE.astimezone(TEN.tzinfo)
    await office.reminding.read_due()
    taken = await store.reminders.claim_sending(now, lease="a", until=now + 5 * MINUTE, pause=timedelta(seconds=1))
    later = now + timedelta(seconds=2)
    assert await store.reminders.claim_sending(later, lease="b", until=later + MINUTE, pause=timedelta()) is None
    assert await store.reminders.retry(taken, now + MINUTE)
    assert await store.reminders.next_sending(later) == now + MINUTE
