"""Projects, the tasks under them, and tags."""

from __future__ import annotations

import pytest
from clockify_desk import HERE, no

from app.sandbox.clockify import PEOPLE, PROJECTS, TAGS


def names(reply) -> list[str]:
    return [item["name"] for item in reply.json]


def tasks(project: str) -> str:
    return f"{HERE}/projects/{PROJECTS[project]}/tasks"


async def test_leaving_out_archived_means_both(ada):
    assert "Intranet" in names(await ada("GET", f"{HERE}/projects"))
    assert "Intranet" not in names(await ada("GET", f"{HERE}/projects", archived="false"))
    assert names(await ada("GET", f"{HERE}/projects", archived="true")) == ["Intranet"]
    assert names(await ada("GET", f"{HERE}/tags", archived="false")) == [
        "backend",
        "design",
        "frontend",
        "meeting",
        "review",
        "staging",
    ]
    assert "urgent" in names(await ada("GET", f"{HERE}/tags"))


async def test_private_projects_are_seen_by_their_members_and_admins(ada, bo, cy):
    assert {"Hooli", "Initech"} <= set(names(await ada("GET", f"{HERE}/projects")))
    assert "Hooli" in names(await bo("GET", f"{HERE}/projects"))
    assert not {"Hooli", "Initech"} & set(names(await cy("GET", f"{HERE}/projects")))
    assert no(await cy("GET", tasks("Hooli"))) == (400, 501)
    mine = {"users": PEOPLE["Bo"], "contains-user": "true"}
    assert names(await ada("GET", f"{HERE}/projects", **mine)) == ["Hooli"]
    assert "Hooli" not in names(await ada("GET", f"{HERE}/projects", **mine | {"contains-user": "false"}))


async def test_names_are_searched_in_part_or_strictly(ada):
    assert names(await ada("GET", f"{HERE}/projects", name="oo")) == ["Hooli"]
    assert names(await ada("GET", tasks("Backend"), name="fix lo")) == [
        "Fix login",
        "Fix login e-mail on staging",
        "Fix logout",
    ]
    strict = {"strict-name-search": "true"}
    assert names(await ada("GET", tasks("Backend"), name="Fix", **strict)) == []
    assert names(await ada("GET", tasks("Backend"), name="Fix login", **strict)) == ["Fix login"]


async def test_lists_come_in_pages_and_a_header_says_which_is_the_last(ada):
    first = await ada("GET", f"{HERE}/projects", page="1", **{"page-size": "4"})
    second = await ada("GET", f"{HERE}/projects", page="2", **{"page-size": "4"})
    beyond = await ada("GET", f"{HERE}/projects", page="9")
    assert [page.headers["last-page"] for page in (first, second, beyond)] == ["false", "true", "true"]
    assert names(first) + names(second) == ["Backend", "Hooli", "Initech", "Intranet", "Ops", "Website"]
    assert beyond.json == []


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ({"page-size": "5001"}, (400, 501)),
        ({"page-size": "-1"}, (400, 501)),
        ({"page": "0"}, (400, 501)),
        ({"page": "two"}, (400, 3000)),
        ({"archived": "maybe"}, (400, 3000)),
    ],
)
async def test_pages_it_cannot_turn_to_are_refused(ada, query: dict[str, str], refusal: tuple[int, int]):
    assert no(await ada("GET", f"{HERE}/projects", **query)) == refusal


async def test_a_misspelt_parameter_is_ignored_and_complained_about(ada, workspace):
    assert len((await ada("GET", f"{HERE}/projects", pageSize="1")).json) == 6
    assert workspace.complaints == [
        "GET /workspaces/{workspaceId}/projects was asked with 'pageSize', which Clockify ignores."
    ]


async def test_two_projects_have_a_task_of_the_same_name(ada):
    ids = [(await ada("GET", tasks(name), name="Design")).json[0]["id"] for name in ("Website", "Hooli")]
    assert ids[0] != ids[1]


async def test_finished_tasks_are_listed_unless_only_active_ones_are_asked_for(ada):
    assert "Renew certificates" in names(await ada("GET", tasks("Ops")))
    assert "Renew certificates" not in names(await ada("GET", tasks("Ops"), **{"is-active": "true"}))


async def test_what_is_missing_belongs_to_somebody_else(ada):
    for path, words in (
        (f"{HERE}/projects/nonexistent", "Project doesn't belong to Workspace"),
        (f"{HERE}/projects/64a600000000000000000000/tasks", "Project doesn't belong to Workspace"),
        (f"{tasks('Ops')}/nonexistent", "Task doesn't belong to Project"),
        (f"{HERE}/tags/nonexistent", "Tag doesn't belong to Workspace"),
    ):
        reply = await ada("GET", path)
        assert (no(reply), reply.json["message"]) == ((400, 501), words)


async def test_admins_make_projects_and_tasks_and_anybody_tags(ada, bo, workspace):
    assert no(await bo("POST", f"{HERE}/projects", {"name": "Pied Piper"})) == (403, 501)
    assert no(await bo("POST", tasks("Ops"), {"name": "Tea"})) == (403, 501)
    made = await ada("POST", f"{HERE}/projects", {"name": "Pied Piper", "isPublic": False, "color": "#00aa55"})
    assert (made.status, made.json["public"], made.json["color"]) == (201, False, "#00aa55")
    task = await ada("POST", f"{HERE}/projects/{made.json['id']}/tasks", {"name": "Compression"})
    assert (task.status, task.json["status"], task.json["projectId"]) == (201, "ACTIVE", made.json["id"])
    tag = await bo("POST", f"{HERE}/tags", {"name": "deep work"})
    assert (tag.status, tag.json["archived"], len(tag.json["id"])) == (201, False, 24)
    assert (await bo("GET", f"{HERE}/tags/{tag.json['id']}")).json == tag.json
    workspace.configure(onlyAdminsCreateTag=True, onlyAdminsCreateProject=False)
    assert no(await bo("POST", f"{HERE}/tags", {"name": "tea"})) == (403, 501)
    assert (await bo("POST", f"{HERE}/projects", {"name": "Aviato"})).status == 201


async def test_names_that_exist_are_refused(ada):
    for path, name, words in (
        (f"{HERE}/tags", "backend", "Tag with name 'backend' already exists"),
        (f"{HERE}/projects", "Website", "Website project for client  already exists."),
        (tasks("Backend"), "Fix login", "Task with name 'Fix login' already exists"),
    ):
        reply = await ada("POST", path, {"name": name})
        assert (no(reply), reply.json["message"]) == ((400, 501), words)


async def test_a_project_without_a_name_is_refused_in_a_sentence(ada):
    reply = await ada("POST", f"{HERE}/projects", {"billable": True})
    assert (no(reply), reply.json["message"]) == ((400, 501), "Project name is required")
    assert no(await ada("POST", f"{HERE}/projects", {"name": "Blue", "color": "blue"})) == (400, 501)


async def test_a_tags_id_is_the_same_every_day(ada):
    assert {tag["name"]: tag["id"] for tag in (await ada("GET", f"{HERE}/tags")).json} == TAGS
