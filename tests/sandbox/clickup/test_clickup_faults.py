"""Bad days on demand, over a real socket, because a cut connection is nothing that can be called directly."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp
import pytest
from clickup_desk import ADA, TEAM, TIME

from app.sandbox.clickup import TOKENS

CREATE = f"{TIME}".removeprefix("/")
ON_CREATE: dict[str, Any] = {"method": "POST", "path": "/team/*/time_entries"}


@pytest.fixture
def body(noon) -> dict[str, Any]:
    return {"start": noon, "duration": 60_000, "tid": "86c7mc19h"}


@pytest.fixture
def count(workspace):
    before = len(workspace.entries)
    return lambda: len(workspace.entries) - before


@pytest.mark.parametrize("committed", [False, True])
async def test_a_reset_is_a_cut_connection_without_an_answer_and_without_noise(
    wire, workspace, body, count, caplog, committed: bool
):
    workspace.faults.add("reset", times=1, committed=committed, **ON_CREATE)
    with caplog.at_level(logging.DEBUG, "uvicorn"), pytest.raises(aiohttp.ClientConnectionError):
        await wire.post(CREATE, json=body)
    assert count() == committed
    assert [record.message for record in caplog.records if record.name.startswith("uvicorn")] == []
    async with wire.post(CREATE, json=body) as reply:
        assert reply.status == 200
    assert [request.status for request in workspace.requests] == [None, 200]


async def test_a_kept_connection_is_cut_as_well(wire, workspace):
    async with wire.get("user") as reply:
        assert reply.status == 200
    workspace.faults.add("reset", times=2, path="/user")
    with pytest.raises(aiohttp.ClientConnectionError):
        await wire.get("user")


@pytest.mark.parametrize("committed", [False, True])
async def test_a_hanging_call_never_answers(wire, workspace, body, count, committed: bool):
    workspace.faults.add("hang", committed=committed, **ON_CREATE)
    with pytest.raises(TimeoutError):
        await wire.post(CREATE, json=body, timeout=aiohttp.ClientTimeout(total=0.1))
    assert count() == committed


async def test_clearing_the_faults_lets_go_what_hangs(wire, workspace, body):
    workspace.faults.add("hang", **ON_CREATE)
    waiting = asyncio.create_task(wire.post(CREATE, json=body))
    await asyncio.sleep(0.05)
    workspace.faults.clear()
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting


async def test_a_slow_call_answers_late_and_commits_even_when_the_client_has_gone(wire, workspace, body, count):
    workspace.faults.add("slow", seconds=0.08, **ON_CREATE)
    with pytest.raises(TimeoutError):
        await wire.post(CREATE, json=body, timeout=aiohttp.ClientTimeout(total=0.04))
    assert count() == 0
    await asyncio.sleep(0.12)
    assert count() == 1


@pytest.mark.parametrize("answer", ["error", "reset", "hang"])
async def test_a_late_commit_happens_after_the_answer_has_failed(wire, workspace, body, count, answer: str):
    workspace.faults.add("late_commit", seconds=0.08, answer=answer, status=504, times=1, **ON_CREATE)
    if answer == "error":
        async with wire.post(CREATE, json=body) as reply:
            assert reply.status == 504
    else:
        with pytest.raises((aiohttp.ClientConnectionError, TimeoutError)):
            await wire.post(CREATE, json=body, timeout=aiohttp.ClientTimeout(total=0.04))
    assert count() == 0
    await asyncio.sleep(0.12)
    assert count() == 1


async def test_a_reset_workspace_forgets_the_late_commits(wire, workspace, body, count):
    workspace.faults.add("late_commit", seconds=0.05, **ON_CREATE)
    await wire.post(CREATE, json=body)
    workspace.reset()
    await asyncio.sleep(0.08)
    assert count() == 0


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("committed", [False, True])
async def test_server_errors_are_pages_of_html(ada, workspace, body, count, status: int, committed: bool):
    workspace.faults.add("error", status=status, committed=committed, times=1)
    reply = await ada("POST", TIME, body)
    assert (reply.status, reply.headers["content-type"]) == (status, "text/html")
    assert reply.raw.startswith(b"<html>")
    assert count() == committed


async def test_answers_can_be_empty_or_cut_short_after_the_commit(ada, workspace, body, count):
    workspace.faults.add("empty", times=1)
    workspace.faults.add("garbage", times=1)
    empty, garbage = [await ada("POST", TIME, body) for _ in range(2)]
    assert (empty.status, empty.raw) == (200, b"")
    assert garbage.status == 200
    with pytest.raises(json.JSONDecodeError):
        _ = garbage.json
    assert count() == 2


async def test_429_says_when_to_come_back_and_commits_nothing(ada, workspace, body, count):
    workspace.faults.add("limited", times=1)
    reply = await ada("POST", TIME, body)
    assert reply.status == 429
    assert int(reply.headers["x-ratelimit-reset"]) == workspace.now // 1000 + 60
    assert count() == 0
    assert (await ada("POST", TIME, body)).status == 200


async def test_a_dead_token_is_dead_for_every_call(ada, workspace):
    workspace.faults.add("dead_token")
    for path in ("/user", "/team", TIME):
        assert (await ada("GET", path)).refusal == (401, "OAUTH_019")


async def test_new_entries_can_lag_behind_in_lists(ada, workspace, watch, body, noon):
    workspace.faults.add("list_lag", seconds=45)
    entry_id = (await ada("POST", TIME, body)).data["id"]
    bounds = {"start_date": noon - 1, "end_date": noon + 1}
    assert (await ada("GET", TIME, **bounds)).data == []
    assert (await ada("GET", f"{TIME}/{entry_id}")).status == 200
    watch.pass_by(seconds=45)
    assert [entry["id"] for entry in (await ada("GET", TIME, **bounds)).data] == [entry_id]


async def test_faults_hit_what_they_name_as_often_as_they_say(ada, workspace):
    workspace.faults.add("error", method="GET", path="/team/*/time_entries/current", times=2)
    statuses = [(await ada("GET", path)).status for path in ("/user", TIME, *[f"{TIME}/current"] * 3)]
    assert statuses == [200, 200, 500, 500, 200]


async def test_faults_are_added_cleared_and_refused_over_http(ada, control):
    asked = {"kind": "error", "status": 503, "path": "/user"}
    assert (await control("POST", "/faults", [asked])).json[0]["status"] == 503
    assert (await ada("GET", "/user")).status == 503
    assert (await control("DELETE", "/faults")).json == []
    assert (await ada("GET", "/user")).status == 200
    for wrong in ({"kind": "meteor"}, {"kind": "slow", "colour": "red"}, {"kind": "slow", "times": 0}):
        reply = await control("POST", "/faults", wrong)
        assert reply.status == 400
        assert reply.json["error"]


async def test_everything_recorded_can_be_read_over_http_and_no_token_is_in_it(ada, control, body):
    entry_id = (await ada("POST", TIME, body)).data["id"]
    await ada("GET", TIME, assignee=ADA)
    reply = await control("GET", "/state")
    state = reply.json
    first, second = state["requests"]
    assert (first["method"], first["path"], first["body"], first["status"]) == ("POST", TIME, body, 200)
    assert first["headers"]["authorization"] == "pk_…"
    assert second["query"] == {"assignee": ["183"]}
    assert entry_id in [entry["id"] for entry in state["entries"]]
    assert TOKENS[ADA].encode() not in reply.raw


async def test_tokens_locks_choices_and_the_first_day_are_set_over_http(ada, control, workspace, body):
    entry_id = (await ada("POST", TIME, body)).data["id"]
    assert (await control("POST", "/lock", {"entry": entry_id})).json["locked"] is True
    assert (await ada("DELETE", f"{TIME}/{entry_id}")).status == 403
    await control("POST", "/choices", {"stop_with_nothing": "refused", "rate_limit": 1000})
    stop = await ada("POST", f"{TIME}/stop")
    assert (stop.status, stop.headers["x-ratelimit-limit"]) == (400, "1000")
    assert (await control("POST", "/choices", {"weather": "fine"})).status == 400
    assert (await control("POST", "/revoke", {"user": ADA})).json == {"revoked": 1}
    assert (await ada("GET", "/user")).status == 401
    await control("POST", "/reset")
    assert (await ada("GET", f"{TEAM}/plan")).status == 200
    assert entry_id not in workspace.entries


async def test_everything_so_far_is_locked_and_unlocked_over_http(ada, control, workspace, body):
    entry_id = (await ada("POST", TIME, body)).data["id"]
    assert (await control("POST", "/lock", {})).json == {"locked": True}
    assert (await ada("DELETE", f"{TIME}/{entry_id}")).status == 403
    assert (await control("GET", "/record")).json["mood"] == "locked"
    younger = (await ada("POST", TIME, body)).data["id"]
    assert (await ada("DELETE", f"{TIME}/{younger}")).status == 200
    assert (await control("POST", "/unlock", {})).json == {"locked": False}
    assert (await ada("DELETE", f"{TIME}/{entry_id}")).status == 200


@pytest.mark.parametrize(
    ("fault", "mood"),
    [({"kind": "slow", "seconds": 8}, "slow"), ({"kind": "error"}, "down"), ({"kind": "limited"}, "limited")],
)
async def test_the_page_is_told_the_mood(control, fault: dict[str, Any], mood: str):
    assert (await control("GET", "/record")).json["mood"] == "normal"
    await control("POST", "/faults", fault)
    assert (await control("GET", "/record")).json["mood"] == mood


def test_a_fault_that_clickup_does_not_have_is_refused(workspace):
    with pytest.raises(ValueError, match="denied"):
        workspace.faults.add("denied")
