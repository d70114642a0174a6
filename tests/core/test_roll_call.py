"""In a Slack workspace of any size few calls tell who is there, and what they told is never asked for again."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.reminder import Presence, Rule
from app.core.roll_call import FEW, RollCall

from .fakes import Desk, account
from .office import FakePresences, Office

DUE = datetime(2026, 3, 4, 15, 45, tzinfo=UTC)  # 16:45 in Berlin
AWAY = Presence(status_emoji=":palm_tree:")
STAFF = [account(f"U{number:03}") for number in range(40)]


@pytest.fixture
async def office(desk: Desk) -> Office:
    return Office(desk)


async def everybody_is_away(office: Office, *, of: list[str]) -> None:
    await office.employs(*STAFF)
    office.presences.known = {one.user: AWAY for one in STAFF}
    office.presences.members = of


def members(strangers: int) -> list[str]:
    """The staff stands at the end of the list."""
    return [f"USTRANGER{number}" for number in range(strangers)] + [one.user for one in STAFF]


def lists(presences: FakePresences) -> list[str]:
    return [one for one in presences.asked if one.startswith("list")]


async def test_few_are_asked_for_one_by_one(office: Office):
    await office.employs(*STAFF[:3])
    await office.at(DUE)
    assert office.presences.asked == ["profile of U000", "profile of U001", "profile of U002", "quiet of 3"]


async def test_the_list_is_read_once_for_all_who_are_due(office: Office):
    await everybody_is_away(office, of=members(strangers=60))
    office.presences.page = 10
    await office.at(DUE)
    assert lists(office.presences) == ["list", *(f"list {at}" for at in range(10, 100, 10))]
    assert [one for one in office.presences.asked if one.startswith("profile")] == []
    assert {await office.rule(one) for one in STAFF} == {Rule.AWAY}


async def test_while_the_list_is_broken_off_people_are_asked_for_one_by_one(office: Office):
    await everybody_is_away(office, of=members(strangers=60))
    office.presences.page, office.presences.breaks_at = 10, "70"
    await office.at(DUE)
    assert {await office.rule(one) for one in STAFF} == {Rule.AWAY}
    assert lists(office.presences)[-1] == "list 70"


async def test_a_list_that_broke_off_is_read_on_from_there(office: Office):
    await everybody_is_away(office, of=members(strangers=60))
    presences, clock = office.presences, office.desk.clock
    roll_call = RollCall(office.desk.store.reminders, presences, clock)
    presences.page, presences.breaks_at = 10, "70"
    found = await roll_call.read("T1", [one.user for one in STAFF])
    assert len(found) == 10 + FEW
    clock.moment += timedelta(minutes=2)
    presences.asked.clear()
    left = [one.user for one in STAFF if one.user not in found]
    assert await roll_call.read("T1", left) == set(left)
    assert presences.asked == ["list 70", "list 80", "list 90"]


async def test_where_the_list_is_long_some_are_asked_for_one_by_one(office: Office):
    store = office.desk.store
    await store.reminders.claim_roll("T1", DUE, until=DUE)
    roll = await store.reminders.roll("T1")
    for cursor in [*(str(page) for page in range(1, 50)), ""]:
        roll = roll.turned(cursor)
    await store.reminders.keep_roll("T1", roll, until=None)
    await everybody_is_away(office, of=members(strangers=60))
    await office.at(DUE)
    assert lists(office.presences) == []
    assert {await office.rule(one) for one in STAFF} == {Rule.AWAY}


async def test_a_list_that_another_process_reads_is_left_to_it(office: Office):
    await everybody_is_away(office, of=members(strangers=0))
    now = DUE - timedelta(minutes=30)
    assert await office.desk.store.reminders.claim_roll("T1", now, until=DUE + timedelta(minutes=1))
    await office.at(DUE)
    assert lists(office.presences) == []
    assert {await office.rule(one) for one in STAFF} == {Rule.AWAY}


async def test_a_list_is_read_anew_when_what_it_told_is_old(office: Office):
    await everybody_is_away(office, of=members(strangers=0))
    await office.at(DUE)
    await office.at(DUE + timedelta(days=1))
    assert lists(office.presences) == ["list", "list"]
