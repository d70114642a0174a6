"""Choosing what one works on in Clockify: a project or a task of one, by id, link, name, and by typing."""

import asyncio
from typing import Any

import pytest

from app.core.errors import NoAnswer, ProviderError, SignInExpired
from app.core.model import Task
from app.providers.clockify import Clockify
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    DESIGN,
    FOREIGN,
    LOGIN,
    MOBILE,
    ON_DESIGN,
    ON_WEBSITE,
    PROJECTS,
    WEBSITE,
    project,
    refused,
    settings,
    task,
)
from providers.clockify_server import HERE, LAST, MORE, PROJECT, say_yes
from providers.conftest import Watch

ONE_PROJECT = f"{PROJECT}/{WEBSITE}"
TASKS = f"{ONE_PROJECT}/tasks"


@pytest.fixture
def server(clockify_server: Server) -> Server:
    say_yes(clockify_server)
    return clockify_server


def listed(server: Server, *projects: dict[str, Any]) -> None:
    server.answers("GET", PROJECT, Said(list(projects), headers=LAST))


def bare(raw: dict[str, Any]) -> dict[str, Any]:
    """A project from a list that is not as hydrated as it was asked to be."""
    return {name: value for name, value in raw.items() if name != "tasks"}


async def names(clockify: Clockify, text: str) -> list[str]:
    return [f"{one.place}/{one.name}" if "/" in one.id else one.name for one in await clockify.search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WEBSITE, ON_WEBSITE),
        (f"https://app.clockify.me/projects/{WEBSITE}/edit", ON_WEBSITE),
        (f"{WEBSITE}/{DESIGN}", ON_DESIGN),
        (f" {WEBSITE.upper()}/{DESIGN} ", ON_DESIGN),
    ],
)
async def test_an_id_or_a_link_is_found_without_listing_everything(
    clockify: Clockify, server: Server, text: str, found: Task
) -> None:
    assert await clockify.find_task(text) == found
    assert await clockify.find_task(text) == found
    assert f"GET {PROJECT}" not in server.lines
    assert len(server.requests) <= 2


async def test_what_is_listed_is_found_without_another_request(clockify: Clockify, server: Server) -> None:
    await clockify.search("")
    assert await clockify.find_task(WEBSITE) == ON_WEBSITE
    assert await clockify.find_task(f"{WEBSITE}/{DESIGN}") == ON_DESIGN
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(FOREIGN, 400),
        Said(refused(501, "hunter2"), 400),
        Said(project(WEBSITE, "Website", archived=True)),
        Said({}),
    ],
)
async def test_an_id_of_elsewhere_of_nothing_or_of_an_archived_project_is_no_task(
    clockify: Clockify, server: Server, said: Said
) -> None:
    server.answers("GET", ONE_PROJECT, said)
    assert await clockify.find_task(WEBSITE) is None
    assert await clockify.find_task(f"{WEBSITE}/{DESIGN}") is None


async def test_a_task_that_is_done_or_of_another_project_is_none(clockify: Clockify, server: Server) -> None:
    server.answers("GET", f"{TASKS}/{DESIGN}", task(DESIGN, "Design", status="DONE"))
    assert await clockify.find_task(f"{WEBSITE}/{DESIGN}") is None
    server.answers("GET", f"{TASKS}/{DESIGN}", Said(refused(501, "Task doesn't belong to Project"), 400))
    assert await clockify.find_task(f"{WEBSITE}/{DESIGN}") is None


@pytest.mark.parametrize("text", ["Website/Design", "website / DESIGN", "wébsite/désign", "WEBSITE/  design "])
async def test_project_and_task_are_named_without_regard_to_case_and_accents(
    clockify: Clockify, server: Server, text: str
) -> None:
    assert await clockify.find_task(text) == ON_DESIGN


@pytest.mark.parametrize("text", ["Website/Nothing", "Nothing/Design", "Web/Design", "Website/", "/Design", "a/b/c"])
async def test_names_must_fit_exactly(clockify: Clockify, server: Server, text: str) -> None:
    assert await clockify.find_task(text) is None


async def test_a_name_that_holds_a_slash_itself_is_found(clockify: Clockify, server: Server) -> None:
    listed(server, project(WEBSITE, "R&D/Ops", task(DESIGN, "On call/Night")))
    found = await clockify.find_task("r&d/ops/on call/night")
    assert found is not None
    assert found.id == f"{WEBSITE}/{DESIGN}"


async def test_names_that_fit_two_tasks_name_none_of_them(clockify: Clockify, server: Server) -> None:
    listed(
        server, project(WEBSITE, "Website", task(DESIGN, "Design")), project(MOBILE, "website", task(LOGIN, "Design"))
    )
    assert await clockify.find_task("Website/Design") is None


@pytest.mark.parametrize(
    "text", ["", "website", "fix login", "https://evil.example/a/b", "https://app.clockify.me/x/y"]
)
async def test_words_and_other_hosts_are_no_task_and_cost_no_request(
    clockify: Clockify, server: Server, text: str
) -> None:
    assert await clockify.find_task(text) is None
    assert server.requests == []


async def test_typing_finds_projects_and_their_tasks_likeliest_first(clockify: Clockify, server: Server) -> None:
    listed(
        server,
        project(WEBSITE, "Website", task(DESIGN, "Design"), task(LOGIN, "Fix login")),
        project(MOBILE, "Design system"),
        project("25b687e29ae1f428e7ebe103", "Redesign"),
    )
    assert await names(clockify, "design") == ["Website/Design", "Design system", "Redesign"]
    assert await names(clockify, "website") == ["Website", "Website/Design", "Website/Fix login"]
    assert await names(clockify, "website/design") == ["Website/Design"]
    assert await names(clockify, "log web") == ["Website/Fix login"]
    assert await names(clockify, "nothing") == []


async def test_a_client_is_where_a_project_is_found_too(clockify: Clockify, server: Server) -> None:
    assert await names(clockify, "babbage") == ["Website"]


async def test_archived_projects_and_done_tasks_are_not_offered_though_the_wire_may_send_them(
    clockify: Clockify, server: Server
) -> None:
    listed(
        server,
        project(WEBSITE, "Website", task(DESIGN, "Design", status="DONE")),
        project(MOBILE, "Mobile", archived=True),
        {"id": None},
    )
    assert await names(clockify, "") == ["Website"]
    assert server.requests[0].asked["archived"] == "false"


async def test_ten_keystrokes_make_one_request_for_everything(clockify: Clockify, server: Server, watch: Watch) -> None:
    await asyncio.gather(*(clockify.search("design"[:n]) for n in range(1, 7)))
    watch.pass_time(minutes=4)
    await clockify.search("fix")
    assert server.lines == [f"GET {PROJECT}"]
    watch.pass_time(minutes=2)
    await clockify.search("fix")
    assert len(server.requests) == 2


async def test_all_pages_are_read(clockify: Clockify, server: Server) -> None:
    server.answers("GET", PROJECT, Said([PROJECTS[0]], headers=MORE), Said([PROJECTS[1]], headers=LAST))
    assert await names(clockify, "mobile") == ["Mobile"]


@pytest.mark.parametrize(("plan", "most"), [("PRO", 12), (None, 4)])
async def test_projects_that_come_without_their_tasks_are_opened_few_at_a_time(
    clockify: Clockify, server: Server, plan: str | None, most: int
) -> None:
    server.answers("GET", HERE, settings() | {"featureSubscriptionType": plan})
    await clockify.learn()
    others = [bare(project(f"{number:024x}", f"Other {number}")) for number in range(1, 40)]
    listed(server, *others, bare(PROJECTS[0]))
    for number in range(1, 40):
        server.answers("GET", f"{PROJECT}/{number:024x}/tasks", Said([], headers=LAST))
    assert await names(clockify, "website design") == ["Website/Design"]
    opened = [line for line in server.lines if line.endswith("/tasks")]
    assert f"GET {TASKS}" in opened
    assert len(opened) == most


async def test_a_project_that_cannot_be_opened_spoils_nothing(clockify: Clockify, server: Server) -> None:
    listed(server, bare(PROJECTS[0]), PROJECTS[1])
    server.answers("GET", TASKS, Said("", 500))
    assert await names(clockify, "") == ["Mobile", "Website"]
    with pytest.raises(NoAnswer):
        await clockify.find_task("Website/Design")
    server.answers("GET", TASKS, Said(PROJECTS[0]["tasks"], headers=LAST))
    assert await clockify.find_task("Website/Design") == ON_DESIGN


async def test_a_list_that_cannot_be_fetched_is_an_error_and_is_not_kept(clockify: Clockify, server: Server) -> None:
    server.answers("GET", PROJECT, Said("<html>", 502))
    with pytest.raises(ProviderError):
        await clockify.search("design")
    listed(server, *PROJECTS)
    assert await names(clockify, "design") == ["Website/Design"]


async def test_a_dead_key_is_not_taken_for_no_task(clockify: Clockify, server: Server) -> None:
    dead = Said(refused(4003), 401)
    server.answers("GET", ONE_PROJECT, dead)
    server.answers("GET", "/user", dead)
    with pytest.raises(SignInExpired):
        await clockify.find_task(WEBSITE)
