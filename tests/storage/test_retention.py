"""What nobody needs any more goes; what has not ended stays, however old it is."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from people import FIX_LOGIN, NINE, ada, begun, bo, ended, log_time, noted, running

from app.core.acts import Act
from app.core.operations import State
from app.storage.retention import BATCH
from app.storage.store import SqlStore

YEAR = timedelta(days=365)


async def kept(store: SqlStore) -> list[str]:
    return sorted([row["id"] for row in await store.engine.read("select id from operation")])


def old(store: SqlStore, now: datetime = NINE) -> SqlStore:
    """The same store at another time."""
    return replace(store, now=lambda: now)


@pytest.mark.parametrize("state", [State.DONE, State.REFUSED])
async def test_what_has_ended_goes_after_more_than_a_year(store: SqlStore, state: State):
    await begun(store, log_time(ada(), "op1"))
    await ended(old(store), log_time(ada(), "op1"), state)
    await store.retention.prune(NINE + timedelta(days=399))
    assert await kept(store) == ["op1"]
    await store.retention.prune(NINE + timedelta(days=401))
    assert await kept(store) == []


@pytest.mark.parametrize("state", [State.QUEUED, State.UNSURE, State.WAITING])
async def test_what_has_not_ended_stays_for_ever(store: SqlStore, state: State):
    await begun(store, log_time(ada(), "op1"))
    await begun(store, log_time(ada(), "op2"))
    await ended(old(store), log_time(ada(), "op1"), state)
    await store.retention.prune(NINE + 10 * YEAR)
    assert await kept(store) == ["op1", "op2"]


async def test_last_december_can_be_taken_away_in_january(store: SqlStore):
    first_of_the_year = NINE.replace(month=1, day=1)
    await begun(store, log_time(ada(), "op1"))
    await ended(old(store, first_of_the_year), log_time(ada(), "op1"), State.DONE)
    await store.retention.prune(first_of_the_year.replace(year=2027, day=31))
    assert await kept(store) == ["op1"]


async def test_more_than_one_batch_goes_at_once(store: SqlStore):
    await noted(old(store), *(log_time(ada(), f"op{number}") for number in range(BATCH + 6)))
    assert await store.retention.prune(NINE + 2 * YEAR) == BATCH + 6
    assert await kept(store) == []


async def test_deliveries_are_forgotten_after_slack_has_stopped_repeating_them(store: SqlStore):
    await store.claim_act(Act("act1", "T1", "UADA", "log 1h", NINE))
    await store.retention.prune(NINE + timedelta(hours=47))
    assert not await store.claim_act(Act("act1", "T1", "UADA", "log 1h", NINE))
    await store.retention.prune(NINE + timedelta(hours=49))
    assert await store.claim_act(Act("act1", "T1", "UADA", "log 1h", NINE))


async def settled_in(store: SqlStore, team: str) -> None:
    await store.link(ada(team), is_ordered=True)
    await store.remember_task(ada(team), FIX_LOGIN, NINE)
    await store.hold(team, "UADA", running("held:1"))
    await begun(store, log_time(ada(team), f"op {team}"))


async def records(store: SqlStore, team: str) -> list[str]:
    return [record["record"] async for record in store.belongings.records(team)]


async def test_what_waits_can_be_exported_for_a_month_after_the_app_was_uninstalled(store: SqlStore):
    await settled_in(store, "T1")
    await settled_in(store, "T2")
    for _ in range(2):
        await old(store).forget_team("T1")
    assert await store.account("T1", "UADA") is None
    await store.retention.prune(NINE + timedelta(days=29))
    assert await records(store, "T1") == ["rule", "held timer", "operation"]
    await store.retention.prune(NINE + timedelta(days=31))
    assert await records(store, "T1") == []
    assert len(await records(store, "T2")) == 5


async def test_whoever_installs_it_again_keeps_what_waits(store: SqlStore):
    await settled_in(store, "T1")
    await old(store).forget_team("T1")
    await store.link(bo("T1"))
    await store.retention.prune(NINE + YEAR)
    assert "operation" in await records(store, "T1")
