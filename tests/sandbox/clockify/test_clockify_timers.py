"""Start, stop and what runs."""

from __future__ import annotations

from clockify_desk import ENTRIES, HERE, TIME, at, entry, no, times_of

from app.sandbox.clockify import PEOPLE, PROJECTS

RUNNING = {"in-progress": "true"}


async def test_an_entry_without_an_end_runs_and_a_patch_on_the_person_stops_it(bo, watch, workspace):
    started = (await bo("POST", TIME, {"start": at("14:00"), "projectId": PROJECTS["Backend"]})).json
    assert times_of(started) == (at("14:00"), None, None)
    watch.pass_by(hours=1)
    reply = await bo("PATCH", ENTRIES["Bo"], {"end": at("15:00")})
    assert (reply.status, reply.json["id"]) == (200, started["id"])
    assert times_of(reply.json) == (at("14:00"), at("15:00"), "PT1H")
    assert workspace.complaints == []


async def test_stopping_when_nothing_runs_is_404_with_code_404(bo):
    reply = await bo("PATCH", ENTRIES["Bo"], {"end": at("14:00")})
    assert no(reply) == (404, 404)
    assert reply.json["message"] == (
        f"Currently running time entry doesn't exist on workspace {HERE.split('/')[2]} for user {PEOPLE['Bo']}."
    )


async def test_a_stop_that_is_not_after_the_start_is_refused_and_it_runs_on(bo):
    await bo("POST", TIME, {"start": at("14:00")})
    assert no(await bo("PATCH", ENTRIES["Bo"], {"end": at("14:00")})) == (400, 501)
    assert no(await bo("PATCH", ENTRIES["Bo"], {})) == (400, 501)
    assert len((await bo("GET", ENTRIES["Bo"], **RUNNING)).json) == 1


async def test_starting_while_one_runs_stops_it_where_the_new_one_starts(bo):
    first = (await bo("POST", TIME, {"start": at("13:00")})).json["id"]
    second = (await bo("POST", TIME, {"start": at("14:00")})).json["id"]
    assert times_of((await bo("GET", f"{TIME}/{first}")).json) == (at("13:00"), at("14:00"), "PT1H")
    assert [item["id"] for item in (await bo("GET", ENTRIES["Bo"], **RUNNING)).json] == [second]


async def test_starting_while_an_incomplete_one_runs_is_refused_on_its_behalf(bo, workspace):
    workspace.configure(forceProjects=True)
    await bo("POST", TIME, {"start": at("13:00")})
    assert no(await bo("POST", TIME, {"start": at("14:00"), "projectId": PROJECTS["Backend"]})) == (400, 501)


async def test_starting_while_one_runs_can_also_make_two_or_be_refused(bo, workspace):
    await bo("POST", TIME, {"start": at("13:00")})
    workspace.choices.start_while_running = "refused"
    assert no(await bo("POST", TIME, {"start": at("14:00")})) == (400, 501)
    workspace.choices.start_while_running = "both"
    second = (await bo("POST", TIME, {"start": at("14:00")})).json["id"]
    assert len((await bo("GET", ENTRIES["Bo"], **RUNNING)).json) == 2
    assert (await bo("PATCH", ENTRIES["Bo"], {"end": at("15:00")})).json["id"] == second


async def test_a_finished_entry_leaves_the_timer_alone(bo):
    started = (await bo("POST", TIME, {"start": at("14:00")})).json["id"]
    await bo("POST", TIME, entry())
    assert [item["id"] for item in (await bo("GET", ENTRIES["Bo"], **RUNNING)).json] == [started]


async def test_what_runs_in_the_workspace_is_seen_by_admins_and_ten_to_a_page(ada, bo, cy, workspace):
    for person in (bo, cy):
        await person("POST", TIME, {"start": at("14:00")})
    path = f"{TIME}/status/in-progress"
    assert {item["userId"] for item in (await ada("GET", path)).json} == {PEOPLE["Bo"], PEOPLE["Cy"]}
    assert [item["userId"] for item in (await bo("GET", path)).json] == [PEOPLE["Bo"]]
    workspace.configure(onlyAdminsSeeAllTimeEntries=False)
    reply = await bo("GET", path, **{"page-size": "1"})
    assert (len(reply.json), reply.headers["last-page"]) == (1, "false")


async def test_admins_stop_others_timers_and_members_do_not(ada, bo, cy):
    await bo("POST", TIME, {"start": at("13:00")})
    assert no(await cy("PATCH", ENTRIES["Bo"], {"end": at("14:00")})) == (403, 501)
    assert (await ada("PATCH", ENTRIES["Bo"], {"end": at("14:00")})).json["userId"] == PEOPLE["Bo"]


async def test_a_timer_may_be_backdated_and_thrown_away(bo):
    started = (await bo("POST", TIME, {"start": at("09:00")})).json
    assert times_of(started)[0] == at("09:00")
    assert (await bo("DELETE", f"{TIME}/{started['id']}")).status == 204
    assert (await bo("GET", ENTRIES["Bo"], **RUNNING)).json == []
