"""Keys, people, the workspace, the hourly budget and wrong addresses."""

from __future__ import annotations

import pytest
from clockify_desk import ENTRIES, HERE, TIME, Direct, entry, no

from app.sandbox.clockify import FREE_LIMIT, PEOPLE, TOKENS


async def test_a_key_is_the_person(ada, bo):
    user = (await ada("GET", "/user")).json
    assert (user["id"], user["name"], user["settings"]["timeZone"]) == (PEOPLE["Ada"], "Ada", "Europe/Berlin")
    assert user["activeWorkspace"] == HERE.removeprefix("/workspaces/")
    assert (await bo("GET", "/user")).json["id"] == PEOPLE["Bo"]
    assert all(len(user_id) == 24 for user_id in PEOPLE.values())


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        ({}, (401, 1000)),
        ({"authorization": f"Bearer {TOKENS['Ada']}"}, (401, 1000)),
        ({"x-api-key": "nobody's"}, (401, 4003)),
        ({"x-addon-token": "eyJ"}, (401, 4017)),
    ],
)
async def test_exactly_one_key_header_is_taken(app, headers, refusal: tuple[int, int]):
    (header, key) = next(iter(headers.items()), ("x-api-key", None))
    assert no(await Direct(app, key, "/api/v1", header=header)("GET", "/user")) == refusal


async def test_key_and_add_on_token_together_are_as_bad_as_none(wire):
    async with wire.get("user", headers={"X-Addon-Token": "eyJ"}) as reply:
        assert (reply.status, (await reply.json())["code"]) == (401, 1000)


async def test_a_revoked_key_does_not_exist(ada, workspace):
    workspace.revoke(TOKENS["Ada"])
    assert no(await ada("GET", "/user")) == (401, 4003)


async def test_the_workspace_tells_its_settings(bo, workspace):
    workspace.configure(forceProjects=True)
    (listed,) = (await bo("GET", "/workspaces")).json
    found = (await bo("GET", HERE)).json
    assert listed == found
    assert found["workspaceSettings"]["forceProjects"] is True
    assert found["workspaceSettings"]["lockTimeEntries"] is None
    assert "ADD_TIME_FOR_OTHERS" in found["features"]
    assert {one["userId"] for one in found["memberships"]} == set(PEOPLE.values())


async def test_owners_do_not_count_as_admins_where_workspaces_are_asked_for_by_role(ada, di):
    assert len((await ada("GET", "/workspaces", roles="WORKSPACE_ADMIN")).json) == 1
    assert (await di("GET", "/workspaces", roles="WORKSPACE_ADMIN")).json == []
    assert len((await di("GET", "/workspaces", roles=["WORKSPACE_ADMIN", "OWNER"])).json) == 1


async def test_roles_are_told_when_asked_for_and_a_plain_member_has_none(bo, workspace):
    people = (await bo("GET", f"{HERE}/users", **{"include-roles": "true"})).json
    roles = {person["name"]: [role["role"] for role in person["roles"]] for person in people}
    assert roles == {"Ada": ["WORKSPACE_ADMIN"], "Bo": [], "Cy": [], "Di": ["OWNER"]}
    assert [person["name"] for person in people if person["settings"]] == ["Bo"]
    (found,) = (await bo("GET", f"{HERE}/users", email="cy@", **{"include-roles": "false"})).json
    assert (found["name"], "roles" in found) == ("Cy", False)
    assert workspace.complaints == []


async def test_some_workspaces_do_not_let_members_list_people(ada, bo, workspace):
    workspace.choices.members_list_users = False
    assert no(await bo("GET", f"{HERE}/users")) == (403, 501)
    assert (await ada("GET", f"{HERE}/users")).status == 200


async def test_an_unknown_workspace_is_404_without_a_word(ada):
    reply = await ada("GET", "/workspaces/000000000000000000000000/projects")
    assert (reply.status, reply.raw) == (404, b"")


async def test_an_unknown_route_is_404_and_a_wrong_verb_405_both_with_code_3000(ada):
    assert no(await ada("GET", f"{HERE}/nowhere")) == (404, 3000)
    assert no(await ada("PATCH", f"{ENTRIES['Ada']}/stop", {})) == (404, 3000)
    reply = await ada("GET", TIME)
    assert (no(reply), reply.json["message"]) == ((405, 3000), "Request method 'GET' is not supported")
    assert no(await ada("PUT", HERE, {})) == (405, 3000)


async def test_the_key_is_looked_at_before_the_route(app):
    assert no(await Direct(app, "nobody's", "/api/v1", header="x-api-key")("GET", TIME)) == (401, 4003)


async def test_new_free_workspaces_have_thirty_requests_an_hour_for_everybody_together(ada, bo, workspace, watch):
    workspace.rate_limit = FREE_LIMIT
    statuses = [(await person("GET", "/user")).status for person in [ada, bo] * 15]
    assert statuses == [200] * 30
    reply = await bo("POST", TIME, entry())
    assert (reply.status, reply.json["message"]) == (429, "Too Many Requests")
    assert "retry-after" not in reply.headers
    watch.pass_by(minutes=61)
    assert (await bo("GET", "/user")).status == 200


async def test_nothing_is_counted_unless_it_is_asked_for(ada):
    assert {(await ada("GET", "/user")).status for _ in range(FREE_LIMIT + 5)} == {200}
