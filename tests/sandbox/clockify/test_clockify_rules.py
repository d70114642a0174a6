"""What a workspace's settings refuse, and what they change without a word."""

from __future__ import annotations

from typing import Any

import pytest
from clockify_desk import ENTRIES, TIME, at, entry, no, times_of

from app.sandbox.clockify import PROJECTS, TAGS

FORCED = ["forceProjects", "forceTasks", "forceTags", "forceDescription"]


@pytest.mark.parametrize("setting", FORCED)
async def test_a_finished_entry_without_a_required_field_is_refused(bo, ada, workspace, setting: str):
    workspace.configure(**{setting: True})
    for person in (bo, ada):
        assert no(await person("POST", TIME, {"start": at("12:00"), "end": at("13:00")})) == (400, 501)


async def test_required_fields_that_are_there_are_enough(bo, workspace):
    workspace.configure(**dict.fromkeys(FORCED, True))
    task = next(task for task in workspace.tasks.values() if task.name == "Fix login")
    assert (await bo("POST", TIME, entry(taskId=task.id, tagIds=[TAGS["backend"]]))).status == 201


@pytest.mark.parametrize("setting", FORCED)
async def test_a_timer_starts_without_required_fields_and_stops_once_a_put_has_filled_them(
    bo, workspace, watch, setting: str
):
    workspace.configure(**{setting: True})
    started = (await bo("POST", TIME, {"start": at("14:00")})).json
    watch.pass_by(hours=1)
    stop = {"end": at("15:00")}
    assert no(await bo("PATCH", ENTRIES["Bo"], stop)) == (400, 501)
    assert len((await bo("GET", ENTRIES["Bo"], **{"in-progress": "true"})).json) == 1
    task = next(task for task in workspace.tasks.values() if task.name == "Fix login")
    filled = {"projectId": PROJECTS["Backend"], "taskId": task.id, "tagIds": [TAGS["backend"]], "description": "Login"}
    assert (await bo("PUT", f"{TIME}/{started['id']}", {"start": at("14:00"), **filled})).status == 200
    assert times_of((await bo("PATCH", ENTRIES["Bo"], stop)).json) == (at("14:00"), at("15:00"), "PT1H")


async def test_the_refusal_of_a_missing_project_speaks_of_archives_too(bo, workspace):
    workspace.configure(forceProjects=True)
    words = (await bo("POST", TIME, {"start": at("12:00"), "end": at("13:00")})).json["message"]
    assert words.startswith("Time entry couldn't be created. Project is either required field or given project is arch")


async def test_where_only_timers_are_allowed_the_plain_route_refuses_everybody_and_the_user_route_lets_admins(
    ada, bo, di, workspace
):
    workspace.configure(timeTrackingMode="STOPWATCH_ONLY")
    for person in (ada, bo, di):
        assert no(await person("POST", TIME, entry())) == (403, 4030)
    assert no(await bo("POST", ENTRIES["Bo"], entry())) == (403, 4030)
    assert (await ada("POST", ENTRIES["Ada"], entry())).status == 201
    assert (await di("POST", ENTRIES["Bo"], entry())).status == 201


async def test_where_only_timers_are_allowed_they_start_and_stop_and_keep_their_times(bo, workspace):
    workspace.configure(timeTrackingMode="STOPWATCH_ONLY")
    made = (await bo("POST", TIME, {"start": at("13:00")})).json
    assert (await bo("PATCH", ENTRIES["Bo"], {"end": at("14:00")})).status == 200
    same = {"start": at("13:00"), "end": at("14:00")}
    assert (await bo("PUT", f"{TIME}/{made['id']}", {**same, "description": "Named"})).status == 200
    assert no(await bo("PUT", f"{TIME}/{made['id']}", {**same, "end": at("15:00")})) == (403, 4030)


async def test_a_lock_refuses_members_what_starts_before_it_and_lets_admins(ada, bo, workspace):
    old, young = entry(), entry(start=at("14:00"), end=at("14:02"))
    made = (await bo("POST", TIME, old)).json
    workspace.configure(lockTimeEntries=at("13:30"))
    for route in (TIME, ENTRIES["Bo"]):
        assert no(await bo("POST", route, old)) == (403, 1003)
        assert (await bo("POST", route, young)).status == 201
    assert (await bo("GET", f"{TIME}/{made['id']}")).json["isLocked"] is True
    assert no(await bo("PUT", f"{TIME}/{made['id']}", young)) == (403, 1003)
    assert no(await bo("DELETE", f"{TIME}/{made['id']}")) == (403, 1003)
    assert (await ada("POST", ENTRIES["Bo"], old)).status == 201
    assert (await ada("DELETE", f"{TIME}/{made['id']}")).status == 204


async def test_an_entry_cannot_be_moved_behind_the_lock(bo, workspace):
    workspace.configure(lockTimeEntries=at("13:30"))
    made = (await bo("POST", TIME, entry(start=at("14:00"), end=at("14:02")))).json
    assert no(await bo("PUT", f"{TIME}/{made['id']}", entry())) == (403, 1003)


async def test_a_timer_from_before_the_lock_cannot_be_stopped_by_a_member(ada, bo, workspace):
    await bo("POST", TIME, {"start": at("13:00")})
    workspace.configure(lockTimeEntries=at("13:30"))
    assert no(await bo("PATCH", ENTRIES["Bo"], {"end": at("14:00")})) == (403, 1003)
    assert (await ada("PATCH", ENTRIES["Bo"], {"end": at("14:00")})).status == 200


async def test_the_ban_on_manual_entries_is_told_before_the_lock(bo, workspace):
    workspace.configure(timeTrackingMode="STOPWATCH_ONLY", lockTimeEntries=at("13:30"))
    assert no(await bo("POST", TIME, entry())) == (403, 4030)


async def test_an_approved_entry_refuses_everybody(ada, workspace):
    made = (await ada("POST", TIME, entry())).json
    workspace.lock(made["id"])
    assert no(await ada("DELETE", f"{TIME}/{made['id']}")) == (403, 4005)
    assert no(await ada("PUT", f"{TIME}/{made['id']}", entry())) == (403, 4005)
    workspace.lock(made["id"], is_locked=False)
    assert (await ada("DELETE", f"{TIME}/{made['id']}")).status == 204


@pytest.mark.parametrize(("project", "billable"), [("Hooli", True), ("Backend", False)])
async def test_where_only_admins_change_billable_a_members_wish_is_replaced_without_a_word(
    ada, bo, workspace, project: str, billable: bool
):
    workspace.configure(onlyAdminsCanChangeBillableStatus=True)
    body = entry(projectId=PROJECTS[project], billable=not billable)
    reply = await bo("POST", TIME, body)
    assert (reply.status, reply.json["billable"]) == (201, billable)
    assert (await bo("PUT", f"{TIME}/{reply.json['id']}", body)).json["billable"] is billable
    assert (await ada("POST", TIME, body)).json["billable"] is not billable


async def test_billable_left_out_is_the_projects_or_false_as_chosen(bo, workspace):
    body = entry(projectId=PROJECTS["Hooli"])
    assert (await bo("POST", TIME, body)).json["billable"] is True
    workspace.choices.omitted_billable = "false"
    assert (await bo("POST", TIME, body)).json["billable"] is False


@pytest.mark.parametrize(
    "wrong", [{"forceWeather": True}, {"forceTags": "yes"}, {"timeTrackingMode": "LAX"}, {"lockTimeEntries": "today"}]
)
def test_settings_that_clockify_does_not_have_are_refused(workspace, wrong: dict[str, Any]):
    before = dict(workspace.settings)
    with pytest.raises(ValueError, match=next(iter(wrong))):
        workspace.configure(**wrong)
    assert workspace.settings == before
