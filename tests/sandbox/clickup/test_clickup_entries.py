"""Reading and writing time entries, with ClickUp's own idea of types and rights."""

from __future__ import annotations

from typing import Any

import pytest
from clickup_desk import ADA, BO, CY, DI, TIME

HOUR = 3_600_000
FIX_LOGIN = "86c7mc19h"
TAG = {"name": "backend", "tag_fg": "#fff", "tag_bg": "#000"}


async def test_create_answers_with_start_and_duration_as_numbers_and_end_as_a_string(ada, workspace, noon):
    body = {
        "start": noon,
        "duration": HOUR,
        "tid": FIX_LOGIN,
        "description": "Pairing",
        "billable": True,
        "tags": [TAG],
    }
    entry = (await ada("POST", TIME, body)).data
    assert (entry["start"], entry["end"], entry["duration"]) == (noon, str(noon + HOUR), HOUR)
    assert isinstance(entry["at"], int)
    assert len(entry["id"]) == 19
    assert int(entry["id"]) > 2**53
    assert entry["wid"] == "9018000001"
    assert entry["user"]["timezone"] == "Europe/Berlin"
    assert (entry["task"]["custom_id"], entry["task"]["name"]) == ("DEV-12", "Fix login")
    assert entry["tags"][0]["creator"] == ADA
    assert (entry["task_location"], entry["is_locked"], entry["billable"]) == ({}, False, True)
    assert not {"source", "assignee", "tid"} & entry.keys()
    assert workspace.complaints == []


async def test_create_takes_end_or_stop_for_duration_and_prefers_end(ada, noon):
    for body in ({"end": noon + HOUR}, {"stop": noon + HOUR}, {"end": noon + HOUR, "duration": 5}):
        assert (await ada("POST", TIME, {"start": noon, **body})).data["duration"] == HOUR


async def test_omitted_billable_means_not_billable(ada, noon):
    assert (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["billable"] is False


async def test_exact_duplicates_are_accepted(ada, noon):
    first, second = [await ada("POST", TIME, {"start": noon, "duration": HOUR, "tid": FIX_LOGIN}) for _ in range(2)]
    assert first.data["id"] != second.data["id"]


async def test_create_with_a_custom_id_needs_the_two_query_parameters(ada, noon):
    body = {"start": noon, "duration": HOUR, "tid": "DEV-12"}
    assert (await ada("POST", TIME, body)).refusal == (401, "OAUTH_018")
    found = await ada("POST", TIME, body, custom_task_ids="true", team_id="9018000001")
    assert found.data["task"]["id"] == FIX_LOGIN


async def test_list_answers_everything_as_strings(ada, noon):
    await ada("POST", TIME, {"start": noon, "duration": HOUR, "tid": FIX_LOGIN})
    (entry,) = (await ada("GET", TIME, start_date=noon - 1, end_date=noon + 1)).data
    numbers = [entry[name] for name in ("id", "wid", "start", "end", "duration", "at")]
    assert all(isinstance(value, str) for value in numbers)
    assert entry["source"] == "api"
    assert entry["task_location"]["list_id"] == "901800000031"
    assert entry["task_url"].endswith(FIX_LOGIN)
    assert "timezone" not in entry["user"]


async def test_list_bounds_are_exclusive(ada, noon):
    await ada("POST", TIME, {"start": noon, "duration": HOUR})
    for start, end, count in ((noon, noon + 1, 0), (noon - 1, noon, 0), (noon - 1, noon + 1, 1)):
        assert len((await ada("GET", TIME, start_date=start, end_date=end)).data) == count


async def test_list_shows_only_ones_own_last_thirty_days_unless_asked(ada, noon):
    await ada("POST", TIME, {"start": noon - 40 * 24 * HOUR, "duration": HOUR, "description": "Long ago"})
    entries = (await ada("GET", TIME)).data
    assert {entry["user"]["id"] for entry in entries} == {ADA}
    assert "Long ago" not in [entry["description"] for entry in entries]


async def test_without_a_task_the_field_is_absent_null_or_zero_depending_on_the_call(ada, noon):
    created = (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data
    (listed,) = (await ada("GET", TIME, start_date=noon - 1, end_date=noon + 1)).data
    single = (await ada("GET", f"{TIME}/{created['id']}")).data
    assert "task" not in created
    assert (listed["task"], single["task"]) == ("0", None)


async def test_a_task_filter_without_assignee_shows_everybodys_entries(bo, ada, noon):
    await ada("POST", TIME, {"start": noon, "duration": HOUR, "tid": FIX_LOGIN})
    found = (await bo("GET", TIME, task_id=FIX_LOGIN)).data
    assert {entry["user"]["id"] for entry in found} == {ADA}


@pytest.mark.parametrize(
    ("filters", "refusal"),
    [
        ({"task_id": FIX_LOGIN, "list_id": "901800000031"}, (400, "TIMEENTRY_065")),
        ({"space_id": "product"}, (400, "TIMEENTRY_062")),
        ({"start_date": "2026-11-20"}, (500, "TIMEENTRY_072")),
        ({"assignee": "999"}, (400, "TIMEENTRY_007")),
        ({"task_id": "86c7nosuch"}, (401, "OAUTH_018")),
    ],
)
async def test_filters_it_cannot_use_are_refused(ada, filters: dict[str, str], refusal: tuple[int, str]):
    assert (await ada("GET", TIME, **filters)).refusal == refusal


async def test_location_filters_and_billable_narrow_the_list(ada):
    on_the_web = (await ada("GET", TIME, list_id="901800000034")).data
    assert {entry["task"]["name"] for entry in on_the_web} == {"Hooli home page"}
    billable = (await ada("GET", TIME, is_billable="true")).data
    assert billable
    assert all(entry["billable"] for entry in billable)
    assert len(billable) < len((await ada("GET", TIME)).data)
    named = (await ada("GET", TIME, space_id="90180000012", include_location_names="true")).data
    assert named[0]["task_location"]["space_name"] == "Clients"


async def test_admins_may_read_others_and_members_may_not(ada, bo, oauth):
    assert {entry["user"]["id"] for entry in (await ada("GET", TIME, assignee=f"{BO},{ADA}")).data} == {ADA, BO}
    assert (await bo("GET", TIME, assignee=ADA)).refusal == (403, "TIMEENTRY_059")
    assert (await bo("GET", TIME, assignee=BO)).status == 200
    assert (await oauth("GET", TIME, assignee=BO)).status == 200
    assert (await oauth("GET", TIME, assignee=f"{BO},{ADA}")).refusal == (403, "TIMEENTRY_059")


async def test_owners_and_admins_log_for_anyone_and_others_for_themselves(person, workspace, noon):
    body = {"start": noon, "duration": HOUR}
    for who in (ADA, DI):
        assert (await person(who)("POST", TIME, {**body, "assignee": BO})).data["user"]["id"] == BO
    for who in (BO, CY):
        assert (await person(who)("POST", TIME, {**body, "assignee": ADA})).refusal == (403, "TIMEENTRY_059")
        assert (await person(who)("POST", TIME, {**body, "assignee": who})).status == 200
    workspace.choices.foreign_assignee = 400
    assert (await person(BO)("POST", TIME, {**body, "assignee": ADA})).status == 400
    assert (await person(ADA)("POST", TIME, {**body, "assignee": 999})).refusal == (400, "TIMEENTRY_007")
    unseen = {**body, "assignee": CY, "tid": FIX_LOGIN}
    assert (await person(ADA)("POST", TIME, unseen)).refusal == (400, "CHECK_026")


async def test_delete_answers_with_a_list_and_takes_several_ids(ada, workspace, noon):
    ids = [(await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["id"] for _ in range(2)]
    gone = (await ada("DELETE", f"{TIME}/{','.join(ids)}")).data
    assert [entry["id"] for entry in gone] == ids
    assert {entry["source"] for entry in gone} == {"api"}
    assert isinstance(gone[0]["at"], str)
    assert not set(ids) & workspace.entries.keys()
    assert (await ada("DELETE", f"{TIME}/{ids[0]}")).refusal == (404, "ACCESS_190")


async def test_members_cannot_touch_others_entries(bo, ada, noon):
    entry_id = (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["id"]
    for method, body in (("GET", None), ("DELETE", None), ("PUT", {"description": "Mine"})):
        assert (await bo(method, f"{TIME}/{entry_id}", body)).refusal == (403, "TIMEENTRY_059")


async def test_a_malformed_id_is_refused_without_rate_headers(ada):
    reply = await ada("GET", f"{TIME}/not-an-id")
    assert reply.refusal == (400, "INPUT_003")
    assert "x-ratelimit-limit" not in reply.headers


async def test_put_ignores_tags_and_refuses_a_body_with_nothing_else(ada, workspace, noon):
    entry_id = (await ada("POST", TIME, {"start": noon, "duration": HOUR, "tags": [TAG]})).data["id"]
    body: dict[str, Any] = {"tags": [TAG], "tag_action": "replace"}
    assert (await ada("PUT", f"{TIME}/{entry_id}", body)).refusal == (400, "TIMEENTRY_060")
    body = {"description": "Pairing with Bo", "tags": [], "tag_action": "add"}
    assert (await ada("PUT", f"{TIME}/{entry_id}", body)).json == {}
    assert workspace.entries[entry_id].description == "Pairing with Bo"
    assert [label.name for label in workspace.entries[entry_id].labels] == ["backend"]
    assert workspace.complaints == []


async def test_put_takes_start_and_end_together_only(ada, workspace, noon):
    entry_id = (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["id"]
    assert (await ada("PUT", f"{TIME}/{entry_id}", {"start": noon})).status == 400
    await ada("PUT", f"{TIME}/{entry_id}", {"start": noon, "end": noon + 2 * HOUR, "tid": FIX_LOGIN})
    assert workspace.entries[entry_id].duration == 2 * HOUR
    changed = {line["field"] for line in (await ada("GET", f"{TIME}/{entry_id}/history")).data}
    assert changed == {"end", "duration", "task_id"}


async def test_put_and_get_one_can_answer_in_the_other_documented_shape(ada, workspace, noon):
    entry_id = (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["id"]
    workspace.choices.put_answer, workspace.choices.single = "entry", "list"
    assert (await ada("PUT", f"{TIME}/{entry_id}", {"billable": True})).data["billable"] is True
    assert [entry["id"] for entry in (await ada("GET", f"{TIME}/{entry_id}")).data] == [entry_id]


async def test_locked_entries_refuse_every_change(ada, workspace, noon):
    entry_id = (await ada("POST", TIME, {"start": noon, "duration": HOUR})).data["id"]
    workspace.lock(entry_id)
    assert (await ada("PUT", f"{TIME}/{entry_id}", {"description": "Later"})).status == 403
    assert (await ada("DELETE", f"{TIME}/{entry_id}")).status == 403
    tags = {"time_entry_ids": [entry_id], "tags": [TAG]}
    assert (await ada("POST", f"{TIME}/tags", tags)).status == 403
    workspace.lock(entry_id, is_locked=False)
    assert (await ada("DELETE", f"{TIME}/{entry_id}")).status == 200


async def test_a_small_plan_runs_out_of_advanced_uses(ada, workspace, noon):
    workspace.advanced_uses_left = 1
    body = {"start": noon, "duration": HOUR, "tid": FIX_LOGIN}
    assert (await ada("POST", TIME, {**body, "description": "Pairing"})).status == 200
    assert (await ada("POST", TIME, {**body, "description": "Pairing"})).refusal == (400, "TIMEENTRY_064")
    assert (await ada("POST", TIME, {**body, "billable": False})).status == 200


async def test_a_negative_duration_starts_a_timer_and_is_complained_about(ada, workspace, noon):
    entry = (await ada("POST", TIME, {"start": noon, "duration": -1})).data
    assert entry["duration"] < 0
    assert "end" not in entry
    assert workspace.complaints == ["POST time_entries was sent a length of -1 ms."]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"start": 1, "duration": 1, "task": "x"}, "was sent 'task', which ClickUp does not know."),
        ({"start": "1", "duration": 1}, "was sent 'start' as '1'; it takes a whole number."),
        ({"start": 1.5, "duration": 1}, "was sent 'start' as 1.5; it takes a whole number."),
        ({"duration": 1}, "was sent without 'start', which ClickUp asks for."),
        ({"start": 1, "duration": 1, "tags": ["backend"]}, "a list of {name, tag_fg, tag_bg} objects."),
        ({"start": 1, "duration": 1, "tags": [{"name": "x"}]}, "a list of {name, tag_fg, tag_bg} objects."),
        ({"start": 1, "duration": 1, "assignee": "183"}, "was sent 'assignee' as '183'; it takes a whole number."),
        ([], "was sent a body that is not a JSON object."),
    ],
)
async def test_careless_bodies_are_complained_about(ada, workspace, body: Any, complaint: str):
    await ada("POST", TIME, body)
    (found,) = workspace.complaints
    assert found.endswith(complaint)


async def test_unknown_query_parameters_and_needless_bodies_are_complained_about(ada, workspace):
    await ada("GET", TIME, start="1")
    await ada("POST", f"{TIME}/stop", {"id": "1"})
    assert workspace.complaints == [
        "GET /team/{team_id}/time_entries was asked with 'start', which ClickUp does not know.",
        "POST /team/{team_id}/time_entries/stop was sent a body, and takes none.",
    ]
