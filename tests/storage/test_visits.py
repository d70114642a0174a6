"""What is kept of sign-ins that are under way, and what is left of people who go."""

from datetime import timedelta

import pytest
from people import FIX_LOGIN, NINE, ada, running

from app.core.errors import NotAllowed
from app.core.model import Secret
from app.core.visits import Visit, name_of
from app.storage.store import SqlStore

LATER = NINE + timedelta(minutes=10)


def visit(name: str = "state", *, team: str = "T1", token: Secret | None = None) -> Visit:
    return Visit(name_of(name), team, "UADA", "clickup", LATER, token)


async def test_a_visit_is_claimed_once(store: SqlStore):
    await store.expect(visit(), NINE)
    assert await store.claim(name_of("state"), NINE) == visit()
    assert await store.claim(name_of("state"), NINE) is None


async def test_a_visit_ends(store: SqlStore):
    await store.expect(visit(), NINE)
    assert await store.claim(name_of("state"), LATER) is None


async def test_old_visits_are_thrown_away_with_the_next(store: SqlStore):
    await store.expect(visit("first"), NINE)
    await store.expect(Visit(name_of("second"), "T1", "UADA", "clickup", LATER + timedelta(minutes=10)), LATER)
    assert [row["name"] for row in await store.engine.read("select name from visit")] == [name_of("second")]


async def test_neither_the_state_nor_the_token_of_a_visit_is_in_the_database(store: SqlStore):
    await store.expect(visit("a secret state", token=Secret("a secret token")), NINE)
    rows = str([dict(row) for row in await store.engine.read("select * from visit")])
    assert "secret" not in rows
    claimed = await store.claim(name_of("a secret state"), NINE)
    assert claimed
    assert claimed.token == Secret("a secret token")


async def test_disconnecting_forgets_every_account_and_names_them(store: SqlStore):
    await store.link(ada(credential="first"))
    await store.remember_task(ada(), FIX_LOGIN, NINE)
    await store.expect(visit(), NINE)
    assert await store.disconnect("T1", "UADA") == ["clickup"]
    assert await store.disconnect("T1", "UADA") == []
    assert await store.accounts() == []
    assert await store.recent_tasks(ada()) == []
    assert await store.claim(name_of("state"), NINE) is None


async def test_nobody_is_disconnected_from_a_timer_that_is_held(store: SqlStore):
    await store.link(ada())
    await store.hold("T1", "UADA", running("timer1"))
    with pytest.raises(NotAllowed, match="still running"):
        await store.disconnect("T1", "UADA")
    assert await store.accounts() == [ada()]


async def test_an_uninstalled_team_keeps_its_hours_and_nothing_else(store: SqlStore):
    for team in ("T1", "T2"):
        await store.link(ada(team, credential="first"))
        await store.hold(team, "UADA", running("timer1"))
        await store.remember_task(ada(team), FIX_LOGIN, NINE)
    await store.expect(visit(token=Secret("x")), NINE)
    for _ in range(2):
        await store.forget_team("T1")
    assert [one.team for one in await store.accounts()] == ["T2"]
    assert await store.recent_tasks(ada("T1")) == []
    assert await store.claim(name_of("state"), NINE) is None
    assert await store.held_timer("T1", "UADA") == running("timer1")


async def test_a_held_timer_waits_for_the_user_it_belongs_to(store: SqlStore):
    """The account is gone; only the timer says whose it is."""
    await store.link(ada())
    mine = running("timer1")
    await store.hold("T1", "UADA", mine)
    await store.forget_team("T1")
    with pytest.raises(NotAllowed, match="still running"):
        await store.link(ada(user_id=f"not {mine.assignee}"))
    await store.link(ada(user_id=mine.assignee))
    await store.forget_team("T1")
    assert await store.unlink("T1", "UADA", "clickup", force=True)
    await store.link(ada(user_id="somebody else"))


async def test_a_token_whose_owner_never_came_back_is_not_kept(store: SqlStore):
    await store.expect(visit(token=Secret("x")), NINE)
    await store.forget_old_visits(LATER)
    assert await store.engine.read("select * from visit") == []
