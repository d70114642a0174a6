"""Reading for reminders leaves people's own commands the half of what a token grants, and is spread accordingly."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from app.core.allowances import SHORTEST, Allowances, place, place_in_line
from app.core.model import Capabilities, Secret
from app.storage.store import SqlStore

from .fakes import ADA, HOUR, MINUTE, TEN, account

TODAY = date(2026, 3, 4)
PAID = Capabilities(native_timer=True)
FREE = replace(PAID, reads_an_hour=15, grants_by_workspace=True)


async def leads(store: SqlStore, people: int, capabilities: Capabilities) -> list[timedelta]:
    """How long before their hour everybody in an office of so many is read."""
    office = [account(f"U{number}") for number in range(people)]
    for one in office:
        await store.link(one)
    allowances = Allowances(store.reminders)
    spreads = [await allowances.spread(one, capabilities, TEN) for one in office]
    places = [place_in_line(one.team, one.user, TODAY) for one in office]
    return [SHORTEST + spread * place for spread, place in zip(spreads, places, strict=True)]


async def test_a_small_team_is_read_just_before_its_hour(store: SqlStore):
    assert all(MINUTE <= lead <= 2 * MINUTE for lead in await leads(store, 5, PAID))


async def test_many_who_share_a_token_are_spread_over_as_long_as_it_takes(store: SqlStore):
    found = sorted(await leads(store, 150, PAID))
    assert 5 * MINUTE < found[-1] <= 7 * MINUTE
    assert found[0] < 2 * MINUTE
    assert len(set(found)) == 150


async def test_a_workspace_with_thirty_requests_an_hour_is_spread_over_the_whole_of_it(store: SqlStore):
    found = sorted(await leads(store, 20, FREE))
    assert 45 * MINUTE < found[-1] <= HOUR


def test_who_is_among_the_last_in_line_is_not_on_the_next_day():
    days = [TODAY + timedelta(days=number) for number in range(365)]
    for user in ("UADA", "UBO", "UCY"):
        places = [place_in_line("T1", user, day) for day in days]
        assert places == [place_in_line("T1", user, day) for day in days]
        assert all(max(pair) > 1 / 3 for pair in pairwise(places))
        assert sorted(places)[0] < 0.01 < 0.99 < sorted(places)[-1]


async def test_half_of_what_is_granted_is_left_for_people(store: SqlStore):
    allowances = Allowances(store.reminders)
    spent = [await allowances.spend(account(f"U{number}"), FREE, TEN) for number in range(10)]
    assert spent == [True] * 7 + [False] * 3
    assert await allowances.spend(ADA, FREE, TEN + HOUR)


async def test_what_one_process_has_in_hand_is_not_granted_to_another(store: SqlStore):
    hourly = replace(PAID, reads_an_hour=400)
    one, other = Allowances(store.reminders), Allowances(store.reminders)
    spent = [await process.spend(ADA, hourly, TEN) for _ in range(150) for process in (one, other)]
    assert spent.count(True) == 200
    assert not await Allowances(store.reminders).spend(ADA, hourly, TEN)


async def test_own_tokens_have_limits_of_their_own_unless_the_workspace_has_one():
    own = replace(ADA, credential=Secret("pk_1"))
    assert place(own, PAID) != place(ADA, PAID)
    assert place(own, FREE) == place(ADA, FREE)
