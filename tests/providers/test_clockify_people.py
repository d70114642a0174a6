"""Who somebody is at Clockify, what the workspace lets them do, and how many requests it has left."""

import asyncio
from datetime import timedelta

import pytest

from app.core.errors import (
    AccessDenied,
    NoAnswer,
    NotConnected,
    NotReached,
    ProviderError,
    SignInExpired,
    TooManyRequests,
)
from app.core.model import Capabilities, Role, Secret, Window
from app.providers import SERVICES, Connections, Site
from app.providers.clockify import Clockify
from app.providers.http import Http
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BO,
    ELEVEN,
    ENTRY,
    LOGGED,
    MOBILE,
    NOON,
    PROJECTS,
    TEN,
    USER,
    USERS,
    hydrated,
    iso,
    refused,
    settings,
)
from providers.clockify_server import (
    HERE,
    LAST,
    MINE,
    ONE,
    PROJECT,
    TAG_LIST,
    adas,
    connected,
    member,
    say_yes,
)
from providers.conftest import Watch

DEAD = Said(refused(4003, "Api key does not exist"), 401)
MORNING = Window(TEN, NOON)


@pytest.fixture
def server(clockify_server: Server) -> Server:
    say_yes(clockify_server)
    return clockify_server


async def test_one_learns_who_one_is_and_in_which_role(clockify: Clockify, server: Server) -> None:
    me = await clockify.whoami()
    assert (me.id, me.name, me.role, me.zone) == (ADA, "Ada", Role.OWNER, "Europe/Berlin")
    assert server.lines == ["GET /user", f"GET {HERE}/users"]


@pytest.mark.parametrize("said", [Said(USERS[1:], headers=LAST), Said(refused(None), 403), Said("", 404)])
async def test_somebody_outside_the_workspace_has_no_role_in_it(clockify: Clockify, server: Server, said: Said) -> None:
    server.answers("GET", f"{HERE}/users", said)
    assert (await clockify.whoami()).role is None


async def test_an_answer_that_does_not_say_who_one_is_is_none(clockify: Clockify, server: Server) -> None:
    server.answers("GET", "/user", {})
    with pytest.raises(NoAnswer, match="who you are"):
        await clockify.whoami()
    assert clockify.label == "Clockify"


async def test_members_come_with_their_roles_and_without_those_who_left(clockify: Clockify, server: Server) -> None:
    assert [(one.name, one.role) for one in await clockify.members()] == [
        ("Ada", Role.OWNER),
        ("Bo", Role.MEMBER),
        ("cy", Role.ADMIN),
    ]
    assert server.requests[0].asked["include-roles"] == "true"


async def test_several_who_ask_at_once_make_one_request(clockify: Clockify, server: Server, watch: Watch) -> None:
    await asyncio.gather(*(clockify.members() for _ in range(5)))
    watch.pass_time(minutes=9)
    await clockify.members()
    assert len(server.requests) == 1


async def test_the_key_goes_in_its_own_header_and_alone(clockify: Clockify, server: Server) -> None:
    await clockify.members()
    headers = {name.lower(): value for name, value in server.requests[0].headers.items()}
    assert headers["x-api-key"] == "YWRhCANARYCANARYCANARY"
    assert not {"authorization", "x-addon-token"} & set(headers)


@pytest.mark.parametrize("key", ["", "two words", "é", "abc\r\nX-Evil: 1"])
async def test_a_key_that_cannot_be_one_is_not_sent(http: Http, watch: Watch, server: Server, key: str) -> None:
    provider = await connected(http, watch, server, adas(credential=Secret(key)))
    with pytest.raises(SignInExpired):
        await provider.members()
    assert server.requests == []


async def test_a_dead_key_is_told_once_it_is_confirmed(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, DEAD)
    server.answers("GET", "/user", DEAD)
    with pytest.raises(SignInExpired, match="Connect Clockify again"):
        await clockify.learn()
    assert server.lines == [f"GET {HERE}", "GET /user"]
    server.requests.clear()
    with pytest.raises(SignInExpired):
        await clockify.whoami()
    assert server.lines == ["GET /user"]


async def test_a_401_with_a_good_key_is_no_expired_sign_in(clockify: Clockify, server: Server) -> None:
    server.answers("GET", f"{HERE}/users", Said(refused(1000), 401))
    with pytest.raises(AccessDenied, match="may not enter that workspace"):
        await clockify.members()


@pytest.mark.parametrize("answer", [Said("<html>", 502), Said({}, 429), Said(USER, delay=0.6)])
async def test_a_401_that_cannot_be_confirmed_ends_nobodys_sign_in(
    clockify: Clockify, server: Server, answer: Said
) -> None:
    server.answers("GET", ONE, Said(refused(1000), 401))
    server.answers("GET", "/user", answer)
    with pytest.raises(NotReached, match="didn't say"):
        await clockify.entry(ENTRY)


async def test_the_workspace_wide_key_speaks_for_its_owner_as_for_oneself(
    http: Http, watch: Watch, server: Server
) -> None:
    ada = await connected(http, watch, server, adas(ADA, None))
    bo = await connected(http, watch, server, member(BO, None))
    assert (ada.capabilities.native_timer, bo.capabilities.native_timer) == (True, False)


async def test_when_the_workspace_wide_key_dies_whoever_runs_the_app_is_named(
    http: Http, watch: Watch, server: Server
) -> None:
    server.answers("GET", "/user", DEAD)
    with pytest.raises(SignInExpired, match="whoever runs the app"):
        await connected(http, watch, server, adas(ADA, None))


async def test_without_any_key_one_is_asked_to_connect(http: Http, watch: Watch) -> None:
    with pytest.raises(NotConnected, match="There is no Clockify token for you"):
        await Connections(http, watch, {"clockify": Site()}).provider(adas(credential=None))


async def test_a_region_is_only_another_address(http: Http, watch: Watch) -> None:
    service = SERVICES["clockify"]
    assert (service.label, service.base_url) == ("Clockify", "https://api.clockify.me/api/v1")
    site = Site("https://euc1.clockify.me/api/v1/")
    provider = await Connections(http, watch, {"clockify": site}).provider(adas())
    assert isinstance(provider, Clockify)
    assert provider.entry_calls.calls.base_url == "https://euc1.clockify.me/api/v1"


async def test_before_the_workspace_was_asked_nothing_is_forbidden(clockify: Clockify, server: Server) -> None:
    assert clockify.capabilities == Capabilities(
        native_timer=True,
        backdated_start=True,
        billable_by_default=True,
        assignees=True,
        reads_an_hour=15,  # what a free workspace allows, until it is known to be more
        grants_by_workspace=True,
    )
    assert server.requests == []


async def test_what_can_be_done_follows_from_the_workspaces_settings(http: Http, watch: Watch, server: Server) -> None:
    strict = settings(
        forceProjects=True,
        forceTasks=True,
        forceTags=True,
        forceDescription=True,
        timeTrackingMode="STOPWATCH_ONLY",
        onlyAdminsCanChangeBillableStatus=True,
        lockTimeEntries=iso(ELEVEN),
    )
    server.answers("GET", HERE, strict)
    bo, ada = await connected(http, watch, server, member()), await connected(http, watch, server, adas())
    await bo.learn()
    await ada.learn()
    assert bo.capabilities == Capabilities(
        native_timer=True,
        backdated_start=False,
        billable=False,
        billable_by_default=True,
        task_required=True,
        project_required=True,
        tags_required=True,
        description_required=True,
        timers_only=True,
        locked_before=ELEVEN,
        reads_an_hour=36_000,
        grants_by_workspace=True,
    )
    loose = ada.capabilities
    assert (loose.timers_only, loose.billable, loose.locked_before, loose.assignees) == (False, True, None, True)


async def test_a_project_alone_is_enough_where_only_projects_are_wanted(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, settings(forceProjects=True))
    await clockify.learn()
    assert (clockify.capabilities.project_required, clockify.capabilities.task_required) == (True, False)


async def test_a_plan_without_time_for_others_offers_no_assignee(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, settings() | {"features": [], "featureSubscriptionType": None})
    await clockify.learn()
    assert not clockify.capabilities.assignees


async def test_settings_are_kept_for_ten_minutes(clockify: Clockify, server: Server, watch: Watch) -> None:
    await clockify.learn()
    watch.pass_time(minutes=9)
    await clockify.learn()
    assert len(server.requests) == 1
    watch.pass_time(minutes=2)
    await clockify.learn()
    assert len(server.requests) == 2


async def test_settings_that_cannot_be_read_again_stay_as_they_were(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    server.answers("GET", HERE, settings(forceTags=True))
    await clockify.learn()
    watch.pass_time(minutes=11)
    server.answers("GET", HERE, Said("", 500))
    await clockify.learn()
    assert clockify.capabilities.tags_required


async def test_a_workspace_that_is_not_there_is_named_as_a_setting_to_check(clockify: Clockify, server: Server) -> None:
    server.answers("GET", f"{HERE}/users", Said("", 404))
    with pytest.raises(ProviderError, match=r"no such workspace.*region"):
        await clockify.members()


async def test_settings_that_are_hidden_from_a_member_are_not_asked_for_with_every_entry(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, Said(refused(501, "Access Denied"), 403))
    await clockify.learn()
    await clockify.learn()
    assert len(server.requests) == 1
    assert clockify.capabilities.billable


FREE = settings() | {"featureSubscriptionType": None, "features": []}


async def test_a_limit_with_a_time_is_kept_to_until_then(clockify: Clockify, server: Server, watch: Watch) -> None:
    server.answers("GET", ONE, Said({"message": "Too many requests"}, 429, {"Retry-After": "30"}), hydrated())
    for _ in range(2):
        with pytest.raises(TooManyRequests, match="30 seconds") as caught:
            await clockify.entry(ENTRY)
        assert caught.value.until == watch.at + timedelta(seconds=30)
    assert len(server.requests) == 1
    watch.pass_time(seconds=31)
    assert await clockify.entry(ENTRY) == LOGGED


async def test_a_paid_workspace_waits_seconds(clockify: Clockify, server: Server, watch: Watch) -> None:
    await clockify.learn()
    server.answers("GET", ONE, Said({}, 429))
    with pytest.raises(TooManyRequests, match="2 seconds"):
        await clockify.entry(ENTRY)


async def test_a_free_workspace_that_others_used_up_is_asked_again_in_minutes(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    server.answers("GET", HERE, FREE)
    await clockify.learn()
    server.answers("GET", ONE, Said({}, 429))
    with pytest.raises(TooManyRequests, match=r"30 requests an hour.*5 minutes"):
        await clockify.entry(ENTRY)


async def test_a_limit_of_an_unknown_plan_is_the_hourly_one_when_it_comes_again(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    server.answers("GET", ONE, Said({}, 429))
    with pytest.raises(TooManyRequests, match=r"just now.*60 seconds"):
        await clockify.entry(ENTRY)
    watch.pass_time(seconds=61)
    with pytest.raises(TooManyRequests, match=r"30 requests an hour.*5 minutes"):
        await clockify.entry(ENTRY)


async def test_once_the_hourly_limit_is_known_it_is_counted_here_and_the_next_free_minute_told(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    server.answers("GET", HERE, FREE)
    await clockify.learn()
    for _ in range(29):
        watch.pass_time(minutes=1)
        await clockify.entry(ENTRY)
    server.answers("GET", ONE, Said({}, 429), hydrated())
    with pytest.raises(TooManyRequests, match="31 minutes") as caught:
        await clockify.entry(ENTRY)
    first_free = caught.value.until
    assert first_free == watch.at + timedelta(minutes=31)
    watch.at = first_free
    assert await clockify.entry(ENTRY) == LOGGED
    sent = len(server.requests)
    with pytest.raises(TooManyRequests, match="60 seconds"):  # thirty again, and Clockify need not be asked
        await clockify.entry(ENTRY)
    assert len(server.requests) == sent


async def test_what_was_taken_for_the_hourly_limit_is_doubted_again_an_hour_later(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    """Older free workspaces have no such limit; they must not be held to it for ever after one 429."""
    server.answers("GET", HERE, FREE)
    await clockify.learn()
    server.answers("GET", ONE, Said({}, 429), hydrated())
    with pytest.raises(TooManyRequests):
        await clockify.entry(ENTRY)
    watch.pass_time(minutes=61)
    for _ in range(45):
        assert await clockify.entry(ENTRY) == LOGGED


async def test_the_budget_is_the_workspaces_whoever_asks(http: Http, watch: Watch, server: Server) -> None:
    connections = Connections(http, watch, {"clockify": Site(server.url)})
    ada = await connections.provider(adas())
    bo = await connections.provider(member(BO, Secret("Ym8")))
    server.answers("GET", ONE, Said({}, 429))
    with pytest.raises(TooManyRequests):
        await ada.entry(ENTRY)
    with pytest.raises(TooManyRequests):
        await bo.tags()
    assert server.lines == [f"GET {ONE}"]


async def scarce(clockify: Clockify, server: Server, watch: Watch) -> None:
    """Ada's free workspace has used most of its hour, and lists are old."""
    server.answers("GET", HERE, FREE)
    await clockify.learn()
    await clockify.search("")
    await clockify.tags()
    await clockify.members()
    server.answers("GET", ONE, Said({}, 429), hydrated())
    with pytest.raises(TooManyRequests):
        await clockify.entry(ENTRY)
    watch.pass_time(minutes=6)
    for _ in range(20):
        await clockify.entry(ENTRY)
    watch.pass_time(minutes=6)
    server.requests.clear()


async def test_when_few_requests_are_left_what_is_known_is_old_and_good_enough(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    await scarce(clockify, server, watch)
    await clockify.learn()
    assert [task.name for task in await clockify.search("design")] == ["Design"]
    assert await clockify.tags() == ["backend", "urgent"]
    assert len(await clockify.members()) == 3
    assert server.requests == []


async def test_when_few_requests_are_left_no_project_is_opened_for_its_tasks(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    bare = [{name: value for name, value in one.items() if name != "tasks"} for one in PROJECTS]
    server.answers("GET", PROJECT, Said(bare, headers=LAST))
    server.answers("GET", f"{PROJECT}/{MOBILE}/tasks", Said([], headers=LAST))
    await scarce(clockify, server, watch)
    watch.pass_time(minutes=6)
    assert [task.name for task in await clockify.search("")] == ["Mobile", "Website"]
    assert server.requests == []


async def test_a_limit_on_a_list_that_is_known_costs_nobody_their_suggestions(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    await clockify.search("")
    watch.pass_time(minutes=6)
    server.answers("GET", PROJECT, Said({}, 429))
    assert [task.name for task in await clockify.search("design")] == ["Design"]
    assert await clockify.search("website")


async def test_a_limit_on_a_list_that_is_not_known_is_told(clockify: Clockify, server: Server) -> None:
    server.answers("GET", PROJECT, Said({}, 429))
    with pytest.raises(TooManyRequests):
        await clockify.search("design")


async def test_two_keys_share_no_list(http: Http, watch: Watch, server: Server) -> None:
    connections = Connections(http, watch, {"clockify": Site(server.url)})
    ada = await connections.provider(adas())
    bo = await connections.provider(member(BO, Secret("Ym8")))
    assert await ada.search("design")
    server.answers("GET", PROJECT, Said([PROJECTS[1]], headers=LAST))
    assert await bo.search("design") == []


async def test_lists_and_entries_are_asked_through_the_same_few_calls(clockify: Clockify, server: Server) -> None:
    """A day of one person, counted: what thirty an hour must suffice for."""
    await clockify.learn()
    await clockify.search("design")
    await clockify.search("website")
    await clockify.find_task("Website/Design")
    await clockify.tags()
    await clockify.entries(MORNING, ADA)
    assert server.lines == [f"GET {HERE}", f"GET {PROJECT}", f"GET {TAG_LIST}", f"GET {MINE}"]
