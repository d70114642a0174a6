"""What is said of the next reminder is what comes: an hour that was over when somebody named it is tomorrow's."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from app.core.model import Person
from app.core.rhythm import Rhythm
from app.storage.store import SqlStore

from .fakes import ADA, BERLIN, BO, HOUR, MINUTE, TEN
from .office import Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)


async def test_an_hour_that_is_over_when_they_name_it_is_tomorrows(office: Office) -> None:
    now = DUE - 15 * MINUTE
    office.desk.clock.moment = now.astimezone(TEN.tzinfo)
    await timed(office).reminders.keep_rhythm(ADA.team, ADA.user, Rhythm(at=time(16, 0)))
    await office.at(now)
    assert office.bell.users == []
    await office.at(now + timedelta(days=1))
    assert office.bell.users == ["UADA"]


async def test_who_connects_after_their_hour_is_not_asked_at_once(office: Office) -> None:
    await office.at(DUE + HOUR)
    office.bell.heard.clear()
    await office.desk.store.remember_person(Person(BO.team, BO.user, BERLIN, BO.user))
    await timed(office).link(BO)
    await office.at(DUE + HOUR + MINUTE)
    assert office.bell.users == []
    for seconds in range(3):
        await office.at(DUE + timedelta(days=1, seconds=seconds))
    assert sorted(office.bell.users) == ["UADA", "UBO"]


def timed(office: Office) -> SqlStore:
    """The store of a process whose clock is the office's."""
    assert isinstance(office.desk.store, SqlStore)
    return replace(office.desk.store, now=office.desk.clock.now)
