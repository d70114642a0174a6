"""Bad days on demand, the strings behind the stage, and the page of records."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from hoursmith_desk import ADA, ENTRIES, ENTRY

from app.sandbox.hoursmith import TOKENS
from tests.serving import free_socket, serving


@pytest.fixture
async def wire(app):
    """Ada over a real socket: paths are relative to /api/v1/."""
    bound, url = free_socket()
    headers = {"Authorization": f"Bearer {TOKENS['Ada']}", "Idempotency-Key": "k1"}
    async with serving(app, bound), aiohttp.ClientSession(f"{url}/api/v1/", headers=headers) as session:
        yield session


@pytest.mark.parametrize("committed", [False, True])
async def test_after_a_cut_connection_the_same_key_makes_it_one_entry(wire, organisation, committed):
    before = len(organisation.entries)
    organisation.faults.add("reset", times=1, method="POST", path=ENTRIES, committed=committed)
    with pytest.raises(aiohttp.ClientConnectionError):
        await wire.post("time-entries", json=ENTRY)
    assert len(organisation.entries) - before == committed
    async with wire.post("time-entries", json=ENTRY) as reply:
        assert (reply.status, "Idempotent-Replayed" in reply.headers) == (201, committed)
    assert len(organisation.entries) - before == 1


async def test_a_hanging_call_never_answers(wire, organisation):
    organisation.faults.add("hang", path="/me")
    with pytest.raises(TimeoutError):
        await wire.get("me", timeout=aiohttp.ClientTimeout(total=0.05))


async def test_a_late_commit_arrives_after_its_error(wire, organisation):
    before = len(organisation.entries)
    organisation.faults.add("late_commit", times=1, seconds=0.02, path=ENTRIES)
    async with wire.post("time-entries", json=ENTRY) as reply:
        assert (reply.status, "html" in reply.headers["content-type"]) == (500, True)
    assert len(organisation.entries) == before
    await asyncio.sleep(0.04)
    assert len(organisation.entries) == before + 1


async def test_limits_and_dead_tokens_on_demand_are_worded_as_the_real_ones(ada, organisation):
    organisation.faults.add("limited", times=1)
    limited = await ada("GET", "/me")
    assert (limited.refusal, limited.headers["retry-after"]) == ((429, "rate_limited"), "10")
    assert limited.headers["x-ratelimit-remaining"] == "0"
    organisation.faults.add("dead_token", times=1)
    assert (await ada("GET", "/me")).refusal == (401, "unauthenticated")
    assert (await ada("GET", "/me")).status == 200


@pytest.mark.parametrize("kind", ["empty", "garbage"])
async def test_a_success_can_be_unreadable(ada, organisation, kind):
    before = len(organisation.entries)
    organisation.faults.add(kind, times=1)
    reply = await ada("POST", ENTRIES, ENTRY)
    assert reply.status == 201
    assert len(reply.raw) < 200
    assert len(organisation.entries) == before + 1


async def test_the_record_of_requests_keeps_no_token(ada, control, organisation):
    await ada("POST", ENTRIES, ENTRY)
    (request,) = (await control("GET", "/state")).json["requests"]
    assert (request["method"], request["path"], request["body"], request["status"]) == ("POST", ENTRIES, ENTRY, 201)
    assert request["headers"]["authorization"] == "Bearer hsk_…"
    assert TOKENS["Ada"] not in str((await control("GET", "/state")).json)


async def test_the_strings_are_pulled_over_http(ada, control, organisation):
    assert (await control("POST", "/choices", {"plan": "free"})).status == 200
    assert (await ada("GET", "/me")).status == 402
    assert (await control("POST", "/choices", {"plan": "agency", "rate_limit": 1, "deleted": "nothing"})).status == 200
    assert (await ada("GET", "/me")).headers["x-ratelimit-limit"] == "1"
    assert (await control("POST", "/choices", {"mood": "bad"})).status == 400
    assert (await control("POST", "/lock", {})).json == {"locked": True}
    assert all(entry.invoice_id for entry in organisation.entries.values())
    assert (await control("POST", "/unlock", {})).json == {"locked": False}
    assert (await control("POST", "/revoke", {"user": ADA})).json == {"revoked": 1}
    assert (await ada("GET", "/me")).status == 401
    assert (await control("POST", "/faults", {"kind": "error"})).status == 200
    assert (await control("POST", "/reset")).status == 200
    assert (await ada("GET", "/me")).data["plan"] == "studio"


async def test_the_page_tells_days_where_there_is_no_time_of_day(ada, control, organisation):
    await ada("POST", ENTRIES, ENTRY | {"note": "<b>Bold</b>", "taskId": "ta_design"})
    record = (await control("GET", "/record")).json
    newest = record["entries"][0]
    assert (newest["timeless"], newest["start"], newest["seconds"]) == (True, "2026-11-20T12:00:00+01:00", 5400)
    assert newest["task"] == {"id": "Website", "name": "Design", "color": "#0f766e"}
    assert (newest["description"], newest["person"], newest["locked"]) == ("<b>Bold</b>", ADA, False)
    assert {one["timeless"] for one in record["entries"]} == {True, False}
    assert (record["workspace"], record["mood"]) == ("Acme Studio", "normal")
