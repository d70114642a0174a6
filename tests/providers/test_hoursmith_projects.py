"""Finding what to work on at Hoursmith: projects and tasks, by name, by id and by link."""

import pytest

from app.core.errors import NoAnswer
from app.core.model import Task
from app.providers.hoursmith import Hoursmith
from providers.clickup_server import Said, Server
from providers.conftest import Watch
from providers.hoursmith_recorded import PROJECTS, refused

WEBSITE = Task("pr_website", "Website")
BACKEND = Task("pr_backend", "Backend", place="Initech")
DESIGN = Task("pr_website/ta_design", "Design", place="Website")
FIX_LOGIN = Task("pr_backend/ta_fix-login", "Fix login", place="Backend")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [BACKEND, WEBSITE, DESIGN, FIX_LOGIN]),
        ("website", [WEBSITE, DESIGN]),
        ("Website/Design", [DESIGN]),
        ("web des", [DESIGN]),
        ("fix", [FIX_LOGIN]),
        ("LÖGIN", [FIX_LOGIN]),
        ("initech", [BACKEND]),
        ("logout", []),
        ("old", []),
    ],
)
async def test_typing_finds_open_projects_before_their_open_tasks(
    hoursmith: Hoursmith, typed: str, found: list[Task]
) -> None:
    assert await hoursmith.search(typed) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pr_website", WEBSITE),
        ("pr_website/ta_design", DESIGN),
        ("ta_design", DESIGN),
        (" <https://hoursmith.app/projects/pr_backend/tasks/ta_fix-login/> ", FIX_LOGIN),
        ("https://www.hoursmith.app/projects/pr_backend|Backend", BACKEND),
        ("pr_old", Task("pr_old", "Old website")),
        ("https://hoursmith.example/projects/pr_backend", None),
        ("http://hoursmith.app/projects/pr_backend", None),
        ("https://[", None),
        ("design", None),
        ("", None),
    ],
)
async def test_an_id_or_a_link_names_exactly_one(hoursmith: Hoursmith, text: str, found: Task | None) -> None:
    assert await hoursmith.find_task(text) == found


async def test_an_id_that_two_tasks_share_names_none(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    twice = [{"id": "ta_1", "projectId": project, "name": "One"} for project in ("pr_website", "pr_backend")]
    hoursmith_server.answers("GET", "/tasks", {"data": twice})
    assert await hoursmith.find_task("ta_1") is None


async def test_projects_and_tasks_are_listed_once_a_minute(
    hoursmith: Hoursmith, hoursmith_server: Server, watch: Watch
) -> None:
    await hoursmith.search("web")
    await hoursmith.find_task("pr_website")
    assert hoursmith_server.lines == ["GET /projects", "GET /tasks"]
    watch.pass_time(seconds=61)
    await hoursmith.search("web")
    assert len(hoursmith_server.requests) == 4


async def test_a_role_that_may_not_see_tasks_still_finds_projects(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("GET", "/tasks", Said(refused("forbidden_scope"), 403))
    assert await hoursmith.search("") == [BACKEND, WEBSITE]


async def test_small_letters_are_understood_as_well(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    small = [one | {"status": str(one.get("status", "")).lower()} for one in PROJECTS["data"]]
    hoursmith_server.answers("GET", "/projects", {"data": small})
    assert await hoursmith.search("website") == [WEBSITE, DESIGN]


async def test_no_answer_is_said_and_not_taken_for_nothing(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", "/projects", Said("<html>", 502))
    with pytest.raises(NoAnswer):
        await hoursmith.search("web")
    hoursmith_server.answers("GET", "/projects", PROJECTS)
    assert await hoursmith.search("backend") == [BACKEND, FIX_LOGIN]
