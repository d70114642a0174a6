"""Creating, reading, replacing and deleting a time entry."""

from __future__ import annotations

from typing import Any

import pytest
from clockify_desk import ENTRIES, FRIDAY, HERE, TIME, at, entry, no, times_of

from app.sandbox.clockify import PEOPLE, PROJECTS, TAGS


async def test_an_entry_is_made_and_its_length_is_iso_8601(bo, workspace):
    reply = await bo("POST", TIME, entry(end=at("13:30"), tagIds=[TAGS["backend"]]))
    made = reply.json
    assert reply.status == 201
    assert times_of(made) == (at("12:00"), at("13:30"), "PT1H30M")
    assert (made["userId"], made["projectId"], made["taskId"]) == (PEOPLE["Bo"], PROJECTS["Backend"], None)
    assert (made["tagIds"], made["type"], made["isLocked"]) == ([TAGS["backend"]], "REGULAR", False)
    assert len(made["id"]) == 24
    assert (await bo("GET", f"{TIME}/{made['id']}")).json["timeInterval"] == made["timeInterval"]
    assert workspace.complaints == []


async def test_tag_ids_are_null_when_none_were_sent(bo):
    assert (await bo("POST", TIME, entry())).json["tagIds"] is None
    assert (await bo("POST", TIME, entry(tagIds=[]))).json["tagIds"] == []


async def test_hours_may_exceed_a_day(bo):
    made = (await bo("POST", TIME, entry(start=at("00:00", days=-4), end=at("14:40", days=-1)))).json
    assert made["timeInterval"]["duration"] == "PT86H40M"


async def test_exact_duplicates_overlaps_and_the_future_are_accepted(bo):
    ids = {(await bo("POST", TIME, entry())).json["id"] for _ in range(3)}
    assert len(ids) == 3
    assert (await bo("POST", TIME, entry(start=at("12:00", days=3), end=at("13:00", days=3)))).status == 201


async def test_an_idempotency_key_changes_nothing(wire):
    key = {"Idempotency-Key": "0b5e"}
    ids = set()
    for _ in range(2):
        async with wire.post(TIME.removeprefix("/"), json=entry(), headers=key) as reply:
            ids.add((await reply.json())["id"])
    assert len(ids) == 2


@pytest.mark.parametrize("start", ["2026-11-20T12:00:00.000Z", "2026-11-20T12:00:00+01:00", "2026-11-20 12:00", "noon"])
async def test_times_are_utc_with_a_z_and_whole_seconds_or_refused(bo, start: str):
    assert no(await bo("POST", TIME, entry(start=start))) == (400, 3002)


async def test_fractions_can_be_cut_instead(bo, workspace):
    workspace.choices.fractions = "cut"
    assert times_of((await bo("POST", TIME, entry(start="2026-11-20T12:00:00.250Z"))).json)[0] == at("12:00")


async def test_an_end_without_a_start_is_refused(bo):
    reply = await bo("POST", TIME, {"end": at("13:00")})
    assert (no(reply), reply.json["message"]) == ((400, 501), "Can't create time entry with end time only.")


@pytest.mark.parametrize("end", ["12:00", "11:59"])
async def test_an_end_that_is_not_after_the_start_is_refused(bo, end: str):
    reply = await bo("POST", TIME, entry(end=at(end)))
    assert no(reply) == (400, 501)
    assert f"Start datetime {at('12:00')} is greater than end datetime" in reply.json["message"]


async def test_unknown_fields_are_ignored_and_complained_about(bo, workspace):
    reply = await bo("POST", TIME, entry(userId=PEOPLE["Ada"], customFieldValues=[]))
    assert (reply.status, reply.json["userId"]) == (201, PEOPLE["Bo"])
    assert sorted(workspace.complaints) == [
        f"POST /workspaces/{{workspaceId}}/time-entries was sent {name!r}, which Clockify ignores."
        for name in ("customFieldValues", "userId")
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"billable": "yes"}, {"tagIds": "backend"}, {"description": 5}, {"type": "HOLIDAY"}, {"start": 1763640000}],
)
async def test_fields_of_the_wrong_type_are_refused_and_complained_about(bo, workspace, wrong: dict[str, Any]):
    assert no(await bo("POST", TIME, entry(**wrong))) == (400, 3002)
    assert len(workspace.complaints) == 1


async def test_a_body_that_is_no_json_object_is_refused(bo):
    assert no(await bo("POST", TIME, raw=b"{start:")) == (400, 3002)
    assert no(await bo("POST", TIME, [])) == (400, 3002)


@pytest.mark.parametrize("text", ["a < b", "<b>bold</b>", "=>", "x" * 3001])
async def test_angle_brackets_and_long_descriptions_are_refused(bo, text: str):
    assert no(await bo("POST", TIME, entry(description=text))) == (400, 501)


async def test_every_other_character_is_welcome(bo):
    text = "Grüße an 日本 🎉\nzweite Zeile & mehr"
    assert (await bo("POST", TIME, entry(description=text))).json["description"] == text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"projectId": "64a600000000000000000000"}, "Project doesn't belong to Workspace"),
        ({"projectId": PROJECTS["Initech"]}, "Project doesn't belong to Workspace"),
        ({"taskId": "64a600000000000000000000"}, "Task doesn't belong to Project"),
        ({"tagIds": ["64a600000000000000000000"]}, "Tag doesn't belong to Workspace"),
        ({"tagIds": [TAGS["urgent"]]}, "You can not create entities for archived tag"),
    ],
)
async def test_missing_foreign_and_archived_things_are_rules_broken_and_not_404(bo, wrong: dict[str, Any], words: str):
    reply = await bo("POST", TIME, entry(**wrong))
    assert (no(reply), reply.json["message"]) == ((400, 501), words)


async def test_a_task_of_another_project_is_refused(bo):
    (task,) = (await bo("GET", f"{HERE}/projects/{PROJECTS['Website']}/tasks", name="Design")).json
    assert no(await bo("POST", TIME, entry(taskId=task["id"]))) == (400, 501)
    assert (await bo("POST", TIME, entry(projectId=PROJECTS["Website"], taskId=task["id"]))).status == 201


async def test_an_archived_project_is_accepted(bo):
    assert (await bo("POST", TIME, entry(projectId=PROJECTS["Intranet"]))).status == 201


async def test_admins_log_for_others_through_the_user_route_where_the_plan_allows_it(ada, bo, di, workspace):
    for person in (ada, di):
        assert (await person("POST", ENTRIES["Bo"], entry())).json["userId"] == PEOPLE["Bo"]
    assert (await bo("POST", ENTRIES["Bo"], entry())).status == 201
    assert no(await bo("POST", ENTRIES["Ada"], entry())) == (403, 501)
    assert no(await ada("POST", f"{HERE}/user/64a600000000000000000000/time-entries", entry())) == (400, 501)
    workspace.has_time_for_others = False
    assert no(await ada("POST", ENTRIES["Bo"], entry())) == (403, 501)
    assert (await ada("POST", ENTRIES["Ada"], entry())).status == 201


async def test_put_replaces_everything_and_what_is_not_sent_is_gone(bo, workspace):
    made = (await bo("POST", TIME, entry(tagIds=[TAGS["backend"]], billable=True))).json
    reply = await bo("PUT", f"{TIME}/{made['id']}", {"start": at("12:15"), "end": at("13:00")})
    assert reply.status == 200
    changed = (await bo("GET", f"{TIME}/{made['id']}")).json
    assert times_of(changed) == (at("12:15"), at("13:00"), "PT45M")
    assert (changed["description"], changed["projectId"], changed["tagIds"]) == ("", None, None)
    assert changed["billable"] is False
    assert no(await bo("PUT", f"{TIME}/{made['id']}", {"description": "Later"})) == (400, 501)


async def test_put_without_an_end_makes_a_finished_entry_run_again_or_keeps_it_as_chosen(bo, workspace):
    made = (await bo("POST", TIME, entry())).json
    workspace.choices.put_without_end = "kept"
    body = {"start": at("12:00")}
    assert times_of((await bo("PUT", f"{TIME}/{made['id']}", body)).json)[1] == at("13:00")
    workspace.choices.put_without_end = "runs"
    assert times_of((await bo("PUT", f"{TIME}/{made['id']}", body)).json) == (at("12:00"), None, None)


async def test_delete_answers_204_and_then_there_is_none(bo):
    made = (await bo("POST", TIME, entry())).json
    reply = await bo("DELETE", f"{TIME}/{made['id']}")
    assert (reply.status, reply.raw) == (204, b"")
    for method, body in (("GET", None), ("DELETE", None), ("PUT", entry())):
        again = await bo(method, f"{TIME}/{made['id']}", body)
        assert (no(again), again.json["message"]) == ((400, 501), "Time entry doesn't belong to Workspace")


async def test_members_cannot_touch_others_entries_and_admins_can(ada, bo, cy):
    made = (await bo("POST", TIME, entry())).json
    for method, body in (("GET", None), ("PUT", entry()), ("DELETE", None)):
        assert no(await cy(method, f"{TIME}/{made['id']}", body)) == (403, 501)
    assert (await ada("PUT", f"{TIME}/{made['id']}", entry(description="Corrected"))).json["userId"] == PEOPLE["Bo"]
    assert (await ada("DELETE", f"{TIME}/{made['id']}")).status == 204


async def test_an_empty_body_starts_a_timer_now(bo):
    made = (await bo("POST", TIME, {})).json
    assert times_of(made) == (FRIDAY.strftime("%Y-%m-%dT%H:%M:%SZ"), None, None)
