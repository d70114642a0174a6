"""What is theirs can be taken away and deleted, and nobody else's is touched."""

import json
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from people import FIX_LOGIN, LOGGED, NINE, TOKEN, ada, begun, bo, ended, log_time, noted, running

from app.core.belongings import Kept
from app.core.errors import NotAllowed
from app.core.model import Person
from app.core.operations import State
from app.core.reminder import Decision, Kind, Presence, Rule
from app.core.rhythm import Leave, Rhythm
from app.storage.belongings import PAGE
from app.storage.store import SqlStore

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 4)


async def everything(store: SqlStore, team: str = "T1", user: str | None = "UADA") -> list[dict]:
    return [record async for record in store.belongings.records(team, user)]


async def settle_in(store: SqlStore, account, name: str) -> None:
    """Somebody who has used everything that leaves a trace."""
    await store.remember_person(Person(account.team, account.user, BERLIN, name))
    await store.link(account, is_ordered=True)
    await store.remember_task(account, FIX_LOGIN, NINE)
    await store.hold(account.team, account.user, running(f"held:{account.team}{account.user}"))
    await begun(store, log_time(account, f"op {account.team} {account.user}"))
    await store.reminders.keep_rhythm(account.team, account.user, Rhythm(leave=(Leave(DAY, DAY, is_half=True),)))
    await store.reminders.keep_profiles(account.team, {account.user: Presence(status_emoji=":palm_tree:")}, NINE)
    asked = (account.team, account.user, Kind.DAY, DAY)
    await store.reminders.close(*asked, Decision(Rule.NOT_TODAY), NINE)


@pytest.fixture
async def office(store: SqlStore) -> SqlStore:
    await settle_in(store, ada(credential=TOKEN), "Ada")
    await settle_in(store, bo(credential="pk_184_BOSOWNTOKEN"), "Bo")
    await settle_in(store, ada("T2", credential="pk_9_OTHER"), "Ada of the other company")
    return store


async def test_a_person_takes_everything_but_secrets(office: SqlStore):
    records = await everything(office)
    assert [one["record"] for one in records] == [
        *("person", "account", "rule", "held timer", "recent task", "rhythm", "presence", "reminder", "operation")
    ]
    assert (records[5]["asked_at"], records[5]["hours"]) == ("16:45", ["8"] * 5 + ["0"] * 2)
    assert records[5]["leave"] == ["2026-03-04/2026-03-04 half"]
    assert records[6]["description"] == ":palm_tree:"
    assert (records[7]["day"], records[7]["reason"]) == ("2026-03-04", "not_today")
    assert {(one["slack_team"], one["slack_user"]) for one in records} == {("T1", "UADA")}
    assert records[1]["has_own_token"] is True
    shown = json.dumps(records)
    assert TOKEN not in shown
    [row] = await office.engine.read("select sealed from account where slack_team = 'T1' and slack_user = 'UADA'")
    assert row["sealed"] not in shown


async def test_a_workspace_takes_everybody_of_its_own(office: SqlStore):
    assert {one["slack_user"] for one in await everything(office, "T1", None)} == {"UADA", "UBO"}
    assert {one["slack_team"] for one in await everything(office, "T1", None)} == {"T1"}
    assert await everything(office, "T3", None) == []


async def test_what_they_did_for_others_is_theirs_to_take_as_well(store: SqlStore):
    await begun(store, replace(log_time(bo(), "for Bo"), by="UADA"))
    [record] = await everything(store)
    assert (record["slack_user"], record["by"]) == ("UBO", "UADA")


async def test_a_long_history_comes_whole_and_the_latest_first(store: SqlStore):
    await noted(store, *(log_time(ada(), f"op{number:04}") for number in range(PAGE + 8)))
    names = [record["id"] for record in await everything(store)]
    assert names == sorted(names, reverse=True)
    assert len(set(names)) == PAGE + 8


async def test_a_history_is_read_page_by_page(store: SqlStore):
    for minute in range(5):
        await begun(store, replace(log_time(ada(), f"op{minute}"), accepted_at=NINE + timedelta(minutes=minute)))
    first = await store.belongings.operations("T1", "UADA", limit=2)
    second = await store.belongings.operations("T1", "UADA", before="op3", limit=2)
    last = await store.belongings.operations("T1", "UADA", before="op1", limit=2)
    assert [[one.id for one in page] for page in (first, second, last)] == [["op4", "op3"], ["op2", "op1"], ["op0"]]


async def test_a_page_that_follows_somebody_else_s_operation_is_empty(office: SqlStore):
    assert await office.belongings.operations("T1", "UADA", before="op T1 UBO") == []
    assert await office.belongings.operations("T1", "UADA", before="op T2 UADA") == []


async def test_how_much_there_is_of_somebody_is_told(office: SqlStore):
    assert await office.belongings.kept("T1", "UADA") == Kept(accounts=1, operations=1, since=NINE)
    assert await office.belongings.kept("T1", "UCY") == Kept(0, 0)


async def test_what_has_not_ended_keeps_them_from_being_forgotten(office: SqlStore):
    [waiting] = await office.belongings.waiting("T1", "UADA")
    with pytest.raises(NotAllowed, match="has not ended"):
        await office.belongings.forget("T1", "UADA")
    assert len(await everything(office)) == 9
    await begun(office, log_time(ada(), "meanwhile"))
    with pytest.raises(NotAllowed, match="came meanwhile"):
        await office.belongings.forget("T1", "UADA", lets_go=[waiting.id])
    assert len(await everything(office)) == 10


async def test_who_is_forgotten_leaves_the_others_and_the_rule_about_them(office: SqlStore, tmp_path):
    for_bo = replace(log_time(bo(), "for Bo", "what Bo did"), by="UADA")
    await begun(office, for_bo)
    await ended(office, for_bo, State.DONE, LOGGED)
    waiting = await office.belongings.waiting("T1", "UADA")
    await office.belongings.forget("T1", "UADA", lets_go=[one.id for one in waiting])
    assert [one["record"] for one in await everything(office)] == ["rule"]
    assert await office.is_narrowed("T1", "UADA", "clickup")
    assert await office.account("T1", "UADA") is None
    assert len(await everything(office, "T1", "UBO")) == 10
    assert len(await everything(office, "T2", "UADA")) == 9
    [kept] = [one for one in await everything(office, "T1", "UBO") if one.get("id") == "for Bo"]
    assert kept["by"] == "forgotten"


async def test_what_they_began_for_others_goes_on_as_those_others_own(office: SqlStore):
    await begun(office, replace(log_time(bo(), "for Bo"), by="UADA"))
    assert [one.id for one in await office.pending("T1", "UBO")] == []
    await office.belongings.forget("T1", "UADA", lets_go=["op T1 UADA"])
    assert (await office.operation("for Bo")).by == ""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_deleted_is_not_in_the_file_any_more(store: SqlStore, tmp_path):
    await begun(store, log_time(ada(), "op1", "a very particular CANARY of a description"))
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"CANARY" in written
    await store.belongings.forget("T1", "UADA", lets_go=["op1"])
    assert b"CANARY" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_who_is_forgotten_while_something_is_sent_stays_forgotten(store: SqlStore):
    await begun(store, log_time(ada(), "op1"))
    await store.belongings.forget("T1", "UADA", lets_go=["op1"])
    assert not await ended(store, log_time(ada(), "op1"), State.DONE, LOGGED)
    assert await everything(store) == []
