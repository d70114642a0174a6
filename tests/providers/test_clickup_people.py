"""Who somebody is at ClickUp, and whose token speaks for whom."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from app.core.errors import AccessDenied, NotConnected, NotReached, SignInExpired
from app.core.model import Draft, Role, Secret, Work
from app.core.ports import Provider
from app.providers import Connections, Site
from app.providers.clickup import ClickUp
from app.providers.http import Http
from providers.clickup_server import ENTRIES, Said, Server
from providers.conftest import OAUTH, Watch, account
from providers.recorded import ADA, BO, TEAM_ANSWER, USER_ANSWER, WORKSPACE, created, refused

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)


async def test_one_learns_who_one_is_and_in_which_role(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", TEAM_ANSWER)
    me = await clickup.whoami()
    assert (me.id, me.name, me.role, me.zone) == ("183", "Ada", Role.OWNER, "Europe/Berlin")


async def test_somebody_outside_the_workspace_has_no_role_in_it(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", {"teams": []})
    assert (await clickup.whoami()).role is None


async def test_members_are_those_of_the_workspace_with_their_roles(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/team", TEAM_ANSWER)
    members = await clickup.members()
    assert [(one.id, one.name, one.role) for one in members] == [
        ("183", "Ada", Role.OWNER),
        ("184", "Bo", Role.MEMBER),
        ("185", "cy", Role.GUEST),
        ("186", "Di", Role.ADMIN),
    ]


async def test_members_are_remembered_for_minutes(clickup: ClickUp, server: Server, watch: Watch) -> None:
    server.answers("GET", "/team", TEAM_ANSWER)
    await asyncio.gather(clickup.members(), clickup.members())
    watch.pass_time(minutes=4)
    await clickup.members()
    assert len(server.requests) == 1
    watch.pass_time(minutes=2)
    await clickup.members()
    assert len(server.requests) == 2


async def test_a_workspace_that_the_sign_in_does_not_see_is_named(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/team", {"teams": [{"id": "1", "members": []}]})
    with pytest.raises(AccessDenied, match="9006054115"):
        await clickup.members()


async def test_a_dead_token_is_told_at_once(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", "/user", Said(refused("OAUTH_019"), 401))
    with pytest.raises(SignInExpired):
        await clickup.whoami()
    assert len(server.requests) == 1


async def test_personal_tokens_go_raw_and_oauth_tokens_as_bearers(connections: Connections, server: Server) -> None:
    server.answers("GET", "/team", TEAM_ANSWER)
    await (await connections.provider(account())).members()
    await (await connections.provider(account(credential=OAUTH))).members()
    assert [one.headers["Authorization"] for one in server.requests] == [
        "pk_183_CANARYCANARYCANARY",
        "Bearer 183_oauthCANARY",
    ]


@pytest.mark.parametrize("token", ["", "two words", "pk_é", "pk_1\r\nX-Evil: 1"])
async def test_a_token_that_cannot_be_one_is_not_sent(connections: Connections, server: Server, token: str) -> None:
    provider = await connections.provider(account(credential=Secret(token)))
    with pytest.raises(SignInExpired):
        await provider.members()
    assert server.requests == []


def whose(provider: Provider) -> tuple[bool, bool]:
    return cast(ClickUp, provider).written.speaks_for_self, provider.capabilities.native_timer


async def test_the_workspace_wide_token_speaks_for_its_owner_as_for_oneself(
    connections: Connections, server: Server
) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", TEAM_ANSWER)
    assert whose(await connections.provider(account(ADA, None))) == (True, True)
    assert whose(await connections.provider(account(BO, None))) == (False, False)


async def test_whose_the_workspace_wide_token_is_is_asked_once(connections: Connections, server: Server) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", TEAM_ANSWER)
    await asyncio.gather(*(connections.provider(account(user, None)) for user in (ADA, BO, ADA, "185")))
    assert server.lines == ["GET /user", "GET /team"]


async def test_a_failure_to_learn_whose_token_it_is_is_asked_again_and_changed_nothing(
    connections: Connections, server: Server
) -> None:
    server.answers("GET", "/user", Said("<html>", 502), USER_ANSWER)
    server.answers("GET", "/team", TEAM_ANSWER)
    with pytest.raises(NotReached):
        await connections.provider(account(ADA, None))
    assert whose(await connections.provider(account(ADA, None))) == (True, True)


@pytest.fixture
async def patient() -> AsyncIterator[Http]:
    """A client that would wait longer than Slack does."""
    http = Http()
    yield http
    await http.aclose()


async def test_nobody_waits_for_whose_token_it_is_and_what_was_known_of_it_holds(
    patient: Http, watch: Watch, server: Server
) -> None:
    shared = {"clickup": Site(server.url, Secret("pk_shared_CANARY"), WORKSPACE)}
    connections = Connections(patient, watch, shared, owner_patience=0.2)
    server.answers("GET", "/user", Said(USER_ANSWER, delay=5), USER_ANSWER, Said("", 502), Said(USER_ANSWER, delay=5))
    server.answers("GET", "/team", TEAM_ANSWER)
    with pytest.raises(NotReached, match="didn't say in time whose this app's own token is"):
        await connections.provider(account(ADA, None))
    connections = Connections(patient, watch, shared, owner_patience=0.2)
    assert whose(await connections.provider(account(ADA, None))) == (True, True)
    watch.pass_time(days=1, seconds=1)
    assert whose(await connections.provider(account(ADA, None))) == (True, True)  # ClickUp is down
    assert whose(await connections.provider(account(BO, None))) == (False, False)  # and now it hangs
    assert server.lines.count("GET /user") == 4


async def test_the_workspace_wide_token_names_whom_it_logs_for(connections: Connections, server: Server) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", TEAM_ANSWER)
    server.answers("POST", ENTRIES, {"data": created(user={"id": 184})})
    for_bo = await connections.provider(account(BO, None))
    await for_bo.create(Draft(Work(), TEN, TEN + timedelta(hours=1), BO))
    assert server.requests[-1].body["assignee"] == 184
    assert server.requests[-1].headers["Authorization"] == "pk_shared_CANARY"


async def test_when_the_workspace_wide_token_dies_whoever_runs_the_app_is_named(
    connections: Connections, server: Server
) -> None:
    server.answers("GET", "/user", Said(refused("OAUTH_019"), 401))
    with pytest.raises(SignInExpired, match="whoever runs the app"):
        await connections.provider(account(ADA, None))


async def test_the_workspace_wide_token_stays_in_its_workspace(connections: Connections, server: Server) -> None:
    with pytest.raises(NotConnected, match="There is no ClickUp token for you"):
        await connections.provider(account(ADA, None, workspace_id="77"))
    assert server.requests == []


async def test_without_any_token_one_is_asked_to_connect(http: Http, watch: Watch) -> None:
    with pytest.raises(NotConnected, match="There is no ClickUp token for you"):
        await Connections(http, watch, {"clickup": Site()}).provider(account(ADA, None))


async def test_only_those_who_may_log_for_anyone_are_offered_it(connections: Connections) -> None:
    may = await connections.provider(account())
    may_not = await connections.provider(account(permission="self"))
    assert (may.capabilities.assignees, may_not.capabilities.assignees) == (True, False)
    assert (may.label, connections.label("clickup")) == ("ClickUp", "ClickUp")


async def test_when_no_requests_are_left_nothing_is_sent_until_the_minute_is_over(
    connections: Connections, clickup: ClickUp, server: Server, watch: Watch
) -> None:
    from app.core.errors import TooManyRequests

    reset = int(watch.at.timestamp()) + 30
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)}
    server.answers("GET", "/team", Said(TEAM_ANSWER, headers=headers))
    server.answers("GET", f"{ENTRIES}/tags", {"data": []})
    await clickup.members()
    with pytest.raises(TooManyRequests, match="30 seconds") as caught:
        await (await connections.provider(account())).tags()
    assert caught.value.until == datetime.fromtimestamp(reset, UTC)
    assert len(server.requests) == 1
    watch.pass_time(seconds=31)
    assert await clickup.tags() == []


async def test_one_tokens_limit_is_not_anothers(connections: Connections, clickup: ClickUp, server: Server) -> None:
    from app.core.errors import TooManyRequests

    server.answers("GET", "/team", Said({}, 429), TEAM_ANSWER)
    with pytest.raises(TooManyRequests):
        await clickup.members()
    assert await (await connections.provider(account(BO, OAUTH))).members()
