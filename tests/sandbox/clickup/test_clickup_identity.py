"""Tokens, workspaces, tasks, limits and pages of HTML."""

from __future__ import annotations

import re

import pytest
from clickup_desk import ADA, BO, CY, TEAM, TIME, Direct

from app.sandbox.clickup import OPERATIONS, TOKENS, add_generated_tasks


async def test_user_ids_are_numbers_and_workspace_ids_strings(ada):
    user = (await ada("GET", "/user")).json["user"]
    assert (user["id"], user["username"], user["timezone"]) == (ADA, "Ada", "Europe/Berlin")
    (team,) = (await ada("GET", "/team")).json["teams"]
    roles = {member["user"]["username"]: member["user"]["role"] for member in team["members"]}
    assert team["id"] == "9018000001"
    assert roles == {"Ada": 2, "Bo": 3, "Cy": 4, "Di": 1}
    assert (await ada("GET", f"{TEAM}/plan")).json["plan_name"] == "Business"


async def test_a_personal_token_is_sent_raw_and_an_oauth_token_as_bearer(app, workspace):
    granted = workspace.grant(ADA)
    for header, status in (
        (TOKENS[ADA], 200),
        (f"Bearer {TOKENS[ADA]}", 401),
        (f"Bearer {granted}", 200),
        (granted, 401),
    ):
        assert (await Direct(app, header)("GET", "/user")).status == status
    assert (await Direct(app, None)("GET", "/user")).refusal == (400, "OAUTH_017")
    assert (await Direct(app, "pk_nobody")("GET", "/user")).refusal == (401, "OAUTH_025")


async def test_a_missing_task_looks_like_a_dead_token_and_a_revoked_one_is(ada, workspace):
    assert (await ada("GET", "/task/86c7zzzzz")).refusal == (401, "OAUTH_018")
    assert (await ada("GET", "/user")).status == 200
    workspace.choices.missing_task = 404
    assert (await ada("GET", "/task/86c7zzzzz")).refusal == (404, "ITEM_013")
    workspace.revoke(TOKENS[ADA])
    assert (await ada("GET", "/user")).refusal == (401, "OAUTH_019")


async def test_another_workspace_is_not_found_without_rate_headers(ada):
    for team_id, refusal in (("9018000002", (404, "SHARD_031")), ("acme", (400, "INPUT_003"))):
        reply = await ada("GET", f"/team/{team_id}/time_entries")
        assert reply.refusal == refusal
        assert "x-ratelimit-limit" not in reply.headers


async def test_unknown_paths_and_methods_get_a_page(ada):
    for method, path in (("GET", "/nowhere"), ("PATCH", TIME), ("POST", f"{TIME}/start/123"), ("GET", "/user/")):
        reply = await ada(method, path)
        assert reply.status == 404
        assert reply.headers["content-type"].startswith("text/html")
        assert f"Cannot {method}".encode() in reply.raw


async def test_a_hundred_calls_a_minute_and_then_429_until_the_reset(ada, bo, watch, workspace):
    first = await ada("GET", "/user")
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == ("100", "99")
    reset = int(first.headers["x-ratelimit-reset"])
    assert reset == workspace.now // 1000 + 60
    replies = [await ada("GET", "/user") for _ in range(100)]
    assert [reply.status for reply in replies] == [200] * 99 + [429]
    assert replies[-1].headers["x-ratelimit-remaining"] == "0"
    assert "retry-after" not in replies[-1].headers
    assert (await bo("GET", "/user")).status == 200
    watch.pass_by(seconds=61)
    assert (await ada("GET", "/user")).status == 200


async def test_an_oauth_code_is_good_once(app, workspace):
    workspace.oauth_codes["CODE"] = BO
    nobody, body = Direct(app, None), {"client_id": "SANDBOXCLIENT", "client_secret": "wrong", "code": "CODE"}
    assert (await nobody("POST", "/oauth/token", body)).refusal == (400, "OAUTH_010")
    body["client_secret"] = "sandbox-client-secret"
    token = (await nobody("POST", "/oauth/token", body)).json["access_token"]
    assert (await nobody("POST", "/oauth/token", body)).status == 400
    assert (await Direct(app, f"Bearer {token}")("GET", "/user")).json["user"]["id"] == BO
    assert "sandbox-client-secret" not in repr(workspace.requests)


async def test_the_named_tasks_are_there_and_have_believable_ids(ada, workspace):
    names = {
        "DEV-12": "Fix login",
        "DEV-13": "Fix logout",
        "DEV-14": "Search is slow",
        "DEV-21": "Fix login e-mail on staging",
        "WEB-3": "Landing page hero",
        "WEB-7": "Website relaunch",
        "OPS-2": "On-call rota",
        "OPS-5": "Weekly planning",
    }
    for custom_id, name in names.items():
        task = (await ada("GET", f"/task/{custom_id}", custom_task_ids="true", team_id="9018000001")).json
        assert (task["custom_id"], task["name"]) == (custom_id, name)
    assert len(workspace.tasks) == len(workspace.tasks_by_custom_id) == 44
    assert all(len(key) == 9 and key.startswith("86c7") for key in workspace.tasks)
    task = (await ada("GET", "/task/86c7mc19h")).json
    assert task["folder"]["name"] == "hidden"
    assert task["space"].keys() == {"id"}
    assert isinstance(task["time_spent"], int)


async def test_tasks_come_in_pages_of_a_hundred_newest_first(ada, workspace):
    add_generated_tasks(workspace, 150)
    pages = [(await ada("GET", f"{TEAM}/task", page=page, order_by="updated")).json for page in (0, 1)]
    assert [page["last_page"] for page in pages] == [False, True]
    assert len(pages[0]["tasks"]) == 100
    updated = [int(task["date_updated"]) for page in pages for task in page["tasks"]]
    assert updated == sorted(updated, reverse=True)
    assert workspace.complaints == []


async def test_tasks_are_filtered_by_person_list_and_state(ada, workspace):
    mine = (await ada("GET", f"{TEAM}/task", **{"assignees[]": [ADA], "subtasks": "true"})).json["tasks"]
    assert mine
    assert all([person["id"] for person in task["assignees"]] == [ADA] for task in mine)
    ops = (await ada("GET", f"{TEAM}/task", **{"list_ids[]": ["901800000033"]})).json["tasks"]
    assert {task["custom_id"].split("-")[0] for task in ops} == {"OPS"}
    every = (await ada("GET", f"{TEAM}/task", include_closed="true", reverse="true")).json["tasks"]
    assert len(every) == 44
    assert len((await ada("GET", f"{TEAM}/task")).json["tasks"]) < 44
    assert int(every[0]["date_created"]) < int(every[-1]["date_created"])
    since = workspace.now - 1
    assert (await ada("GET", f"{TEAM}/task", date_updated_gt=since, date_updated_lt=since + 1)).json["tasks"] == []


async def test_guests_see_what_is_shared_with_them(cy, ada):
    tasks = (await cy("GET", f"{TEAM}/task")).json["tasks"]
    assert {task["custom_id"] for task in tasks} == {"WEB-3", "WEB-7", "WEB-9", "WEB-10"}
    assert (await cy("GET", "/task/86c7mc19h")).refusal == (401, "OAUTH_018")
    assert (await cy("GET", "/list/901800000031")).refusal == (401, "OAUTH_018")
    assert (await ada("GET", "/list/901800000031")).json["name"] == "Backend"


async def test_lists_are_found_through_spaces_and_folders(ada):
    spaces = {
        space["name"]: space["id"] for space in (await ada("GET", f"{TEAM}/space", archived="false")).json["spaces"]
    }
    assert spaces.keys() == {"Product", "Clients"}
    lists = (await ada("GET", f"/space/{spaces['Product']}/list")).json["lists"]
    assert [place["name"] for place in lists] == ["Backend", "Website", "Ops"]
    (folder,) = (await ada("GET", f"/space/{spaces['Clients']}/folder")).json["folders"]
    (inside,) = (await ada("GET", f"/folder/{folder['id']}/list")).json["lists"]
    assert inside["name"] == "Initech"
    assert (await ada("GET", "/space/1")).refusal == (401, "OAUTH_018")
    assert (await ada("GET", "/space/product")).refusal == (400, "INPUT_003")


KNOWN = {(known.method, re.sub(r"{\w+}", "{}", known.path)) for known in OPERATIONS}


def test_every_call_is_in_the_vendors_document(vendor_calls):
    assert vendor_calls >= KNOWN


def test_everything_the_vendor_offers_for_time_is_answered(vendor_calls):
    about_time = re.compile(r"/team/{}/time_entries|/task/{}/time(/|$)")
    assert {call for call in vendor_calls if about_time.match(call[1])} <= KNOWN


async def test_the_diary_is_the_same_every_time_and_stays_in_the_past(workspace, watch):
    before = [(entry.id, entry.start, entry.description) for entry in workspace.entries.values()]
    workspace.reset()
    assert [(entry.id, entry.start, entry.description) for entry in workspace.entries.values()] == before
    assert {entry.user_id for entry in workspace.entries.values()} == {ADA, BO}
    assert all(20 * 60_000 <= (entry.duration or 0) <= 150 * 60_000 for entry in workspace.entries.values())
    assert all((entry.end or 0) <= workspace.now for entry in workspace.entries.values())
    assert CY not in {entry.user_id for entry in workspace.entries.values()}


@pytest.mark.parametrize(("hour", "count"), [(8, 0), (11, 1)])
def test_today_holds_one_entry_of_adas_once_it_is_past_eleven_in_berlin(workspace, watch, hour: int, count: int):
    watch.now = watch.now.replace(hour=hour)
    workspace.reset()
    midnight = workspace.now - (hour * 60 + 63) * 60_000
    assert [entry.user_id for entry in workspace.entries.values() if (entry.start or 0) >= midnight] == [ADA] * count
