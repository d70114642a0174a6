"""Choosing a ClickUp task: by id, custom id or link, and by typing a few letters."""

import asyncio
from typing import Any, cast

import pytest

from app.core.errors import NotReached, ProviderError, SignInExpired
from app.providers import Connections
from app.providers.clickup import ClickUp
from app.providers.clickup_tasks import references
from providers.clickup_server import Said, Server
from providers.conftest import Watch, account
from providers.recorded import TASK_ANSWER, USER_ANSWER, WORKSPACE, refused, task

TASKS = f"/team/{WORKSPACE}/task"


@pytest.mark.parametrize(
    "text",
    [
        "86c7mc19h",
        "86C7MC19H",
        " 86c7mc19h ",
        "CU-86c7mc19h",
        "cu-86c7mc19h",
        "#86c7mc19h",
        "https://app.clickup.com/t/86c7mc19h",
        "https://app.clickup.com/t/86c7mc19h?comment=9&threadedComment=1#x",
        "http://APP.clickup.com/t/86c7mc19h/",
        f"https://app.clickup.com/t/{WORKSPACE}/86c7mc19h",
        "<https://app.clickup.com/t/86c7mc19h|Fix login>",
    ],
)
async def test_a_task_is_found_by_its_id_however_it_is_written(clickup: ClickUp, server: Server, text: str) -> None:
    server.answers("GET", "/task/86c7mc19h", TASK_ANSWER)
    found = await clickup.find_task(text)
    assert found is not None
    assert (found.name, found.custom_id, found.place) == ("Fix login", "DEV-12", "Website / Sprint 12")


@pytest.mark.parametrize(
    "text",
    ["DEV-12", f"https://app.clickup.com/t/{WORKSPACE}/DEV-12", f"https://app.clickup.com/t/{WORKSPACE}/DEV-12/?a=b"],
)
async def test_a_custom_id_is_looked_up_in_its_workspace(clickup: ClickUp, server: Server, text: str) -> None:
    server.answers("GET", "/task/DEV-12", TASK_ANSWER)
    assert await clickup.find_task(text)
    assert server.requests[0].asked == {"custom_task_ids": "true", "team_id": WORKSPACE}


async def test_a_custom_id_is_tried_as_it_was_typed_and_then_in_capitals(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/task/dev-12", Said({"err": "Not found", "ECODE": "ITEM_013"}, 404))
    server.answers("GET", "/task/DEV-12", TASK_ANSWER)
    assert await clickup.find_task("dev-12")
    assert server.lines == ["GET /task/dev-12", "GET /task/DEV-12"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "website",
        "fix login",
        "DEV-12 pairing with Bo",
        "1h30",
        "https://evil.example/t/86c7mc19h",
        "https://app.clickup.com.evil.example/t/86c7mc19h",
        "https://app.clickup.com@evil.example/t/86c7mc19h",
        "https://app.clickup.com/t/77/DEV-12",
        "https://app.clickup.com/9006054115/v/l/abc",
        "https://[app.clickup.com/t/86c7mc19h",
        "javascript://app.clickup.com/t/86c7mc19h",
        "../user",
        "#../../x",
    ],
)
async def test_words_other_hosts_and_other_workspaces_are_no_task_and_cost_no_request(
    clickup: ClickUp, server: Server, text: str
) -> None:
    assert await clickup.find_task(text) is None
    assert server.requests == []


def test_an_id_of_digits_after_cu_may_also_be_a_custom_one() -> None:
    assert [(one.id, one.is_custom) for one in references("CU-1234", WORKSPACE)] == [("1234", False), ("CU-1234", True)]


@pytest.mark.parametrize("code", ["OAUTH_018", "OAUTH_019", "OAUTH_023", "OAUTH_027", "OAUTH_056", "ACCESS_083"])
async def test_a_401_for_a_missing_task_with_a_good_token_means_that_there_is_none(
    clickup: ClickUp, server: Server, code: str
) -> None:
    server.answers("GET", "/task/86c7mc19h", Said(refused(code, "Oauth token not found"), 401))
    server.answers("GET", "/user", USER_ANSWER)
    assert await clickup.find_task("86c7mc19h") is None


async def test_only_a_401_for_oneself_too_means_that_the_sign_in_is_over(clickup: ClickUp, server: Server) -> None:
    dead = Said(refused("OAUTH_019", "Oauth token not found"), 401)
    server.answers("GET", "/task/86c7mc19h", dead)
    server.answers("GET", "/user", dead)
    with pytest.raises(SignInExpired, match="Connect again with a new token"):
        await clickup.find_task("86c7mc19h")


@pytest.mark.parametrize("answer", [Said("<html>", 502), Said({}, 429), Said(USER_ANSWER, delay=0.6)])
async def test_a_401_that_cannot_be_confirmed_ends_nobodys_sign_in(
    clickup: ClickUp, server: Server, answer: Said
) -> None:
    server.answers("GET", "/task/86c7mc19h", Said(refused("OAUTH_018"), 401))
    server.answers("GET", "/user", answer)
    with pytest.raises(NotReached, match="didn't say"):
        await clickup.find_task("86c7mc19h")


async def test_a_task_of_another_workspace_that_the_token_also_sees_is_no_task_here(
    clickup: ClickUp, server: Server
) -> None:
    server.answers("GET", "/task/86c7mc19h", TASK_ANSWER | {"team_id": "77"})
    assert await clickup.find_task("86c7mc19h") is None


async def test_a_task_that_was_just_found_is_not_fetched_again(clickup: ClickUp, server: Server, watch: Watch) -> None:
    server.answers("GET", "/task/86c7mc19h", TASK_ANSWER)
    await clickup.find_task("86c7mc19h")
    await clickup.find_task("#86c7mc19h")
    assert len(server.requests) == 1
    watch.pass_time(seconds=61)
    await clickup.find_task("86c7mc19h")
    assert len(server.requests) == 2


def pages_of(server: Server, *tasks: dict[str, Any], mine: tuple[str, ...] = ()) -> None:
    """The same answer to both questions would do for most tests; here the person's own come apart by query."""
    server.answers("GET", TASKS, {"tasks": list(tasks), "last_page": True})


async def names(clickup: ClickUp, text: str) -> list[str]:
    return [found.name for found in await clickup.search(text)]


async def test_every_word_must_be_in_the_name_the_custom_id_or_the_place(clickup: ClickUp, server: Server) -> None:
    server.answers(
        "GET",
        TASKS,
        {
            "tasks": [
                task("a1", "Fix login", custom_id="DEV-12", place="Website"),
                task("b2", "Fix logout", place="Mobile"),
                task("c3", "Überprüfung der Café-Liste", place="Website"),
                task("d4", None),  # type: ignore[arg-type]
            ],
            "last_page": True,
        },
    )
    assert await names(clickup, "website LOG") == ["Fix login"]
    assert await names(clickup, "uberprufung cafe") == ["Überprüfung der Café-Liste"]
    assert await names(clickup, "dev-12") == ["Fix login"]
    assert await names(clickup, "fix nothing") == []


async def test_the_likeliest_come_first(clickup: ClickUp, server: Server) -> None:
    found = [
        task("a1", "Catalogue", updated=9),
        task("b2", "The log book", updated=8),
        task("c3", "Log in page", updated=1),
        task("d4", "Something", custom_id="LOG", updated=0),
        task("e5", "Log out page", updated=7),
    ]
    server.answers("GET", TASKS, {"tasks": found, "last_page": True})
    assert await names(clickup, "log") == ["Something", "Log out page", "Log in page", "The log book", "Catalogue"]


async def test_ones_own_tasks_come_before_others_of_the_same_rank(clickup: ClickUp, server: Server) -> None:
    theirs, own = task("a1", "Fix login", updated=9), task("b2", "Fix logout", updated=1)
    server.answers("GET", TASKS, {"tasks": [own], "last_page": True}, {"tasks": [theirs, own], "last_page": True})
    found = await names(clickup, "fix")
    asked = [one.asked.get("assignees[]") for one in server.requests]
    assert sorted(str(one) for one in asked) == ["183", "None"]
    assert asked[0] == "183"
    assert found == ["Fix logout", "Fix login"]


async def test_ten_keystrokes_make_one_fetch(clickup: ClickUp, server: Server, watch: Watch) -> None:
    pages_of(server, task("a1", "Fix login"))
    await asyncio.gather(*(clickup.search("fix login"[:n]) for n in range(1, 10)))
    assert len(server.requests) == 2
    watch.pass_time(seconds=59)
    await clickup.search("fix")
    assert len(server.requests) == 2
    watch.pass_time(seconds=2)
    await clickup.search("fix")
    assert len(server.requests) == 4


async def test_two_people_share_what_the_same_token_lists_but_not_what_is_theirs(
    connections: Connections, server: Server
) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", {"teams": []})
    pages_of(server, task("a1", "Fix login"))
    for user_id in ("183", "184"):
        await (await connections.provider(account(user_id, None))).search("fix")
    asked = [one.asked.get("assignees[]", "everybody") for one in server.sent("GET", TASKS)]
    assert sorted(asked) == ["183", "184", "everybody"]


async def test_what_one_token_may_see_is_not_shown_to_another(connections: Connections, server: Server) -> None:
    from app.core.model import Secret

    pages_of(server, task("a1", "Secret plan"))
    ada = cast(ClickUp, await connections.provider(account()))
    assert await names(ada, "plan") == ["Secret plan"]
    pages_of(server)
    bo = cast(ClickUp, await connections.provider(account("184", Secret("pk_184_other"))))
    assert await names(bo, "plan") == []


async def test_pages_are_turned_until_the_last(clickup: ClickUp, server: Server) -> None:
    full = [
        {"tasks": [task(f"p{page}", f"Page {page}", updated=-page)], "last_page": page >= 3}
        for page in (0, 0, 1, 2, 3, 4)
    ]
    server.answers("GET", TASKS, *full)
    assert await names(clickup, "page") == ["Page 0", "Page 1", "Page 2", "Page 3", "Page 4"]


async def test_pages_that_come_oldest_first_are_asked_the_other_way_round(clickup: ClickUp, server: Server) -> None:
    oldest = [task("a1", "Old", updated=0), task("b2", "Less old", updated=5)]
    server.answers("GET", TASKS, {"tasks": oldest, "last_page": False})
    await clickup.search("old")
    assert server.requests[-1].asked["reverse"] == "true"


async def test_a_page_that_fails_ends_the_list_and_spoils_nothing(clickup: ClickUp, server: Server) -> None:
    first = {"tasks": [task("a1", "Fix login")], "last_page": False}
    server.answers("GET", TASKS, first, first, Said("", 500))
    assert await names(clickup, "fix") == ["Fix login"]


async def test_typing_leaves_the_last_requests_of_the_minute_to_people(
    clickup: ClickUp, server: Server, watch: Watch
) -> None:
    headers = {"x-ratelimit-remaining": "39", "x-ratelimit-reset": str(int(watch.at.timestamp()) + 50)}
    server.answers("GET", TASKS, Said({"tasks": [task("a1", "Fix login")], "last_page": False}, headers=headers))
    assert await names(clickup, "fix") == ["Fix login"]
    assert len(server.requests) == 2


async def test_a_list_that_cannot_be_fetched_is_an_error_and_is_not_kept(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", TASKS, Said("<html>", 502))
    with pytest.raises(ProviderError):
        await clickup.search("fix")
    pages_of(server, task("a1", "Fix login"))
    assert await names(clickup, "fix") == ["Fix login"]


async def test_somebody_who_stops_waiting_stops_nobody_else(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", TASKS, Said({"tasks": [task("a1", "Fix login")], "last_page": True}, delay=0.1))
    first, second = (asyncio.create_task(clickup.search("fix")) for _ in range(2))
    await asyncio.sleep(0.03)
    first.cancel()
    assert [found.name for found in await second] == ["Fix login"]
    assert len(server.requests) == 2


async def test_an_exact_id_is_found_even_if_it_was_not_listed(clickup: ClickUp, server: Server) -> None:
    pages_of(server)
    server.answers("GET", "/task/86c7mc19h", TASK_ANSWER)
    assert await names(clickup, "86c7mc19h") == ["Fix login"]


async def test_a_listed_task_is_found_without_another_request(clickup: ClickUp, server: Server) -> None:
    pages_of(server, task("a1b2c3", "Fix login", custom_id="DEV-12"))
    await clickup.search("")
    found = await clickup.find_task("DEV-12")
    assert found is not None
    assert (found.id, len(server.requests)) == ("a1b2c3", 2)


async def test_a_hidden_folder_is_not_shown_as_a_place(clickup: ClickUp, server: Server) -> None:
    pages_of(server, task("a1", "Fix login", place="Sprint 12"))
    assert [found.place for found in await clickup.search("fix")] == ["Sprint 12"]
