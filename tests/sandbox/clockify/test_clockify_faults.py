"""Bad days on demand; what all back ends have in common is played through the sandbox ClickUp's own tests."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from clockify_desk import ENTRIES, HERE, TIME, at, entry, no

from app.sandbox.clockify import PEOPLE, TOKENS

ON_CREATE: dict[str, Any] = {"method": "POST", "path": "/workspaces/*/time-entries"}


@pytest.fixture
def count(workspace):
    before = len(workspace.entries)
    return lambda: len(workspace.entries) - before


async def test_an_entry_can_be_denied_although_it_was_made(bo, workspace, count):
    workspace.faults.add("denied", times=1, **ON_CREATE)
    reply = await bo("POST", TIME, entry())
    made = list(workspace.entries)[-1]
    assert (no(reply), reply.json["message"]) == ((400, 501), f"TIMEENTRY with ID '{made}' not found")
    assert count() == 1


async def test_a_denied_start_runs_on(bo, workspace):
    workspace.faults.add("denied", times=1, **ON_CREATE)
    assert no(await bo("POST", TIME, {"start": at("14:00")})) == (400, 501)
    assert len((await bo("GET", ENTRIES["Bo"], **{"in-progress": "true"})).json) == 1


async def test_a_refusal_is_not_denied_a_second_time(bo, workspace):
    workspace.faults.add("denied", **ON_CREATE)
    assert (await bo("POST", TIME, entry(description="<"))).json["message"].startswith("Description")


@pytest.mark.parametrize("committed", [False, True])
async def test_a_reset_is_a_cut_connection_before_or_after_the_commit(wire, workspace, count, committed: bool):
    workspace.faults.add("reset", times=1, committed=committed, **ON_CREATE)
    with pytest.raises(aiohttp.ClientConnectionError):
        await wire.post(TIME.removeprefix("/"), json=entry())
    assert count() == committed
    async with wire.get("user") as reply:
        assert reply.status == 200


@pytest.mark.parametrize("kind", ["hang", "slow"])
async def test_an_answer_can_be_slow_or_never_come(wire, workspace, kind: str):
    workspace.faults.add(kind, seconds=0.2 if kind == "slow" else 0, **ON_CREATE)
    with pytest.raises(TimeoutError):
        await wire.post(TIME.removeprefix("/"), json=entry(), timeout=aiohttp.ClientTimeout(total=0.05))


async def test_a_commit_can_come_after_the_error(bo, workspace, count):
    workspace.faults.add("late_commit", seconds=0.03, status=504, times=1, **ON_CREATE)
    reply = await bo("POST", TIME, entry())
    assert (reply.status, reply.raw[:6], count()) == (504, b"<html>", 0)
    await asyncio.sleep(0.06)
    assert count() == 1


async def test_answers_can_be_pages_empty_or_cut_short(bo, workspace, count):
    workspace.faults.add("error", status=503, committed=True, times=1)
    workspace.faults.add("empty", times=1)
    workspace.faults.add("garbage", times=1)
    page, empty, garbage = [await bo("POST", TIME, entry()) for _ in range(3)]
    assert (page.status, page.headers["content-type"]) == (503, "text/html")
    assert (empty.status, empty.raw) == (201, b"")
    assert garbage.status == 201
    with pytest.raises(json.JSONDecodeError):
        _ = garbage.json
    assert count() == 3


async def test_a_429_and_a_dead_key_are_told_in_clockifys_words_and_commit_nothing(bo, workspace, count):
    workspace.faults.add("limited", times=1)
    workspace.faults.add("dead_token")
    limited = await bo("POST", TIME, entry())
    assert (limited.status, limited.json["message"]) == (429, "Too Many Requests")
    for method, path in (("GET", "/user"), ("POST", TIME)):
        assert no(await bo(method, path)) == (401, 4003)
    assert count() == 0


async def test_new_entries_can_lag_behind_in_every_list(bo, workspace, watch):
    workspace.faults.add("list_lag", seconds=100)
    made = (await bo("POST", TIME, entry(description="Late"))).json
    assert (await bo("GET", ENTRIES["Bo"], description="Late")).json == []
    assert (await bo("GET", f"{TIME}/{made['id']}")).status == 200
    watch.pass_by(seconds=100)
    assert len((await bo("GET", ENTRIES["Bo"], description="Late")).json) == 1


async def test_faults_are_added_cleared_and_refused_over_http(bo, control):
    assert (await control("POST", "/faults", {"kind": "denied", "path": "/user"})).json[0]["kind"] == "denied"
    assert (await control("DELETE", "/faults")).json == []
    assert (await control("POST", "/faults", {"kind": "meteor"})).status == 400


async def test_settings_and_choices_are_set_over_http(bo, control, workspace):
    assert (await control("POST", "/settings", {"forceProjects": True})).json["forceProjects"] is True
    await control("POST", "/choices", {"start_while_running": "both", "rate_limit": 30, "forceTags": True})
    assert (workspace.choices.start_while_running, workspace.rate_limit) == ("both", 30)
    assert (await bo("GET", HERE)).json["workspaceSettings"]["forceTags"] is True
    for name in ("settings", "choices"):
        reply = await control("POST", f"/{name}", {"weather": "fine"})
        assert (reply.status, "weather" in reply.json["error"]) == (400, True)


async def test_everything_so_far_or_one_entry_is_locked_and_unlocked_over_http(ada, bo, control):
    made = (await bo("POST", TIME, entry())).json
    assert (await control("POST", "/lock", {})).json == {"locked": True}
    assert no(await bo("DELETE", f"{TIME}/{made['id']}")) == (403, 1003)
    assert (await control("POST", "/unlock", {})).json == {"locked": False}
    assert (await control("POST", "/lock", {"until": at("12:00")})).json == {"locked": True}
    assert (await bo("PUT", f"{TIME}/{made['id']}", entry(description="Not that old"))).status == 200
    await control("POST", "/lock", {"entry": made["id"]})
    assert no(await ada("DELETE", f"{TIME}/{made['id']}")) == (403, 4005)
    await control("POST", "/unlock", {"entry": made["id"]})
    assert (await ada("DELETE", f"{TIME}/{made['id']}")).status == 204


async def test_everything_recorded_can_be_read_over_http_and_no_key_is_in_it(bo, control):
    made = (await bo("POST", TIME, entry())).json
    reply = await control("GET", "/state")
    (request,) = reply.json["requests"]
    assert (request["method"], request["path"], request["status"]) == ("POST", TIME, 201)
    assert request["headers"]["x-api-key"] == "…"
    assert made["id"] in [one["id"] for one in reply.json["entries"]]
    assert TOKENS["Bo"].encode() not in reply.raw


async def test_keys_are_revoked_and_the_first_day_comes_back_over_http(bo, control, workspace):
    assert (await control("POST", "/revoke", {"user": PEOPLE["Bo"]})).json == {"revoked": 1}
    assert no(await bo("GET", "/user")) == (401, 4003)
    workspace.configure(forceTags=True)
    await control("POST", "/reset")
    assert (await bo("POST", TIME, entry())).status == 201
