"""Tokens, plans, scopes, limits, and who is told what about whom."""

from __future__ import annotations

import re

import pytest
from hoursmith_desk import ENTRIES, ENTRY, Direct

from app.sandbox.hoursmith import TOKENS
from app.sandbox.hoursmith.limits import Limits
from app.sandbox.hoursmith.refusals import Refused

SHAPE = re.compile(r"hsk_(live|test)_[A-Za-z0-9]{12}_[A-Za-z0-9]{32}")


def test_every_person_has_a_token_of_the_documented_shape():
    assert list(TOKENS) == ["Ada", "Bo", "Cy", "Di"]
    assert all(SHAPE.fullmatch(token) for token in TOKENS.values())
    assert len(set(TOKENS.values())) == 4


@pytest.mark.parametrize("token", [None, "", "hsk_test_nobody000000_0", "pk_183_ADA"])
async def test_without_a_good_token_there_is_nothing(app, token):
    assert (await Direct(app, token)("GET", "/me")).refusal == (401, "unauthenticated")


async def test_a_revoked_token_and_a_removed_members_token_are_dead(ada, bo, organisation):
    organisation.revoke(TOKENS["Ada"])
    assert (await ada("GET", "/me")).status == 401
    del organisation.members["us_bo"]
    assert (await bo("GET", "/me")).status == 401


async def test_me_names_the_role_and_nobody(ada, bo, organisation):
    me = (await ada("GET", "/me")).data
    assert me.keys() == {"orgId", "orgName", "plan", "role", "tokenName", "scopes", "projectIds"}
    assert (me["orgName"], me["plan"], me["role"]) == ("Acme Studio", "studio", "ADMIN")
    assert (await bo("GET", "/me")).data["projectIds"] == ["pr_website", "pr_backend", "pr_old-site"]
    organisation.choices.me = "email"
    assert (await bo("GET", "/me")).data["email"] == "bo@acme.example"


async def test_members_are_shown_themselves_alone(ada, bo):
    assert [one["name"] for one in (await bo("GET", "/members")).data] == ["Bo"]
    everybody = {one["name"]: one["role"] for one in (await ada("GET", "/members")).data}
    assert everybody == {"Ada": "ADMIN", "Bo": "MEMBER", "Cy": "MEMBER", "Di": "OWNER"}
    assert [one["userId"] for one in (await ada("GET", "/members", search="DI@")).data] == ["us_di"]
    assert [one["userId"] for one in (await ada("GET", "/members", role="OWNER")).data] == ["us_di"]


async def test_the_organisation_has_a_name(ada):
    assert (await ada("GET", "/organization")).data == {"id": "or_acme", "name": "Acme Studio", "plan": "studio"}


async def test_a_smaller_plan_has_no_api_whatever_is_called(ada, organisation):
    organisation.plan = "free"
    for method, path in (("GET", "/me"), ("POST", ENTRIES), ("GET", "/nowhere")):
        reply = await ada(method, path, ENTRY if method == "POST" else None)
        assert reply.refusal == (402, "forbidden_plan")
        assert (reply.json["error"]["requiredPlan"], reply.json["error"]["feature"]) == ("studio", "apiAccess")


async def test_a_token_that_may_only_read_does_not_write(ada, organisation):
    organisation.tokens[TOKENS["Ada"]].scopes = ("read",)
    assert (await ada("GET", "/projects")).status == 200
    reply = await ada("POST", ENTRIES, ENTRY)
    assert reply.refusal == (403, "forbidden_scope")
    assert "“write”" in reply.json["error"]["message"]


async def test_what_is_not_there_is_json_as_well(ada):
    assert (await ada("GET", "/timers")).refusal == (404, "not_found")
    assert (await ada("PUT", ENTRIES)).refusal == (404, "not_found")


async def test_every_answer_tells_what_is_left_of_the_longer_window(ada, watch):
    for left in (599, 598):
        headers = (await ada("GET", "/me")).headers
        assert (headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]) == ("600", str(left))
        assert int(headers["x-ratelimit-reset"]) == int(watch.now.timestamp()) + 61


@pytest.mark.parametrize(("plan", "burst"), [("studio", 30), ("agency", 60)])
async def test_more_than_the_short_window_takes_is_limited_until_it_ends(ada, organisation, watch, plan, burst):
    organisation.plan = plan
    replies = [await ada("GET", "/me") for _ in range(burst + 1)]
    assert [reply.status for reply in replies] == [200] * burst + [429]
    assert replies[-1].refusal == (429, "rate_limited")
    assert replies[-1].headers["retry-after"] == "10"
    watch.pass_by(seconds=10)
    assert (await ada("GET", "/me")).status == 200


def test_more_than_the_longer_window_takes_is_limited_for_longer(watch):
    limits = Limits()
    for _ in range(5):
        limits.count("ada", watch(), burst=2, sustained=5)
        watch.pass_by(seconds=10)
    with pytest.raises(Refused) as caught:
        limits.count("ada", watch(), burst=2, sustained=5)
    assert (caught.value.status, caught.value.retry_after) == (429, 10)


async def test_each_token_has_limits_of_its_own_and_strangers_share_theirs(ada, bo, stranger, organisation):
    organisation.rate_limit = 2
    assert [(await ada("GET", "/me")).status for _ in range(3)] == [200, 200, 429]
    assert (await bo("GET", "/me")).status == 200
    assert [(await stranger("GET", "/me")).status for _ in range(11)] == [401] * 10 + [429]
