"""Whoever only shares a channel with this Slack workspace (Slack Connect) is refused politely, and sees and does nothing."""

import pytest

from app.sandbox.slack.team import Someone
from app.slack.strangers import is_from_elsewhere, is_profile_from_elsewhere
from tests.person import Person
from tests.slack.wire import Json, Wire, words
from tests.stage import Stage

REFUSED = (
    "This app keeps the time of another Slack workspace than yours, and is for its people only, so nothing was done."
)
ZOE = Someone("U0ZOE", "Zoe", "Zoe Client", "zoe@client.example", "Europe/Berlin", home="T0CLIENT")
THEIRS = {"team": {"id": "T0SANDBOX"}, "user": {"id": "U0ZOE", "team_id": "T0CLIENT"}}
HELD = {"duration": {"type": "plain_text_input", "value": "20m"}}


@pytest.fixture
async def zoe(stage: Stage) -> Person:
    """A client's person, in the channels that both companies share."""
    stage.world.invite(ZOE)
    return await stage.person("Zoe")


def asked(stage: Stage) -> int:
    return len(stage.workspace.requests)


@pytest.mark.parametrize(
    "line", ["help", "status", "log 1h DEV-12", "start DEV-12", "today for @Ada", "connect", "last", "undo", "pending"]
)
async def test_a_command_is_refused(stage: Stage, zoe: Person, line: str) -> None:
    [said] = await zoe.types(f"/timer {line}")
    assert REFUSED in said
    assert "Ask an admin of that workspace to make you a member there." in said
    assert said.is_ephemeral
    assert asked(stage) == 0
    await stage.app.front.drain(2)
    assert await stage.app.store.engine.read("select * from act") == []
    assert await stage.app.store.person("T0SANDBOX", "U0ZOE") is None


async def test_a_direct_message_is_refused(stage: Stage, zoe: Person) -> None:
    [said] = await zoe.types("start DEV-12", channel="app")
    assert REFUSED in said
    assert asked(stage) == 0
    await stage.app.front.drain(2)
    assert await stage.app.store.engine.read("select * from act") == []


async def test_a_shortcut_is_refused(stage: Stage, zoe: Person) -> None:
    await zoe.uses_shortcut("Log time")
    await zoe.waits_for(REFUSED)
    assert asked(stage) == 0


async def test_so_is_one_on_a_message_of_ours(stage: Stage, zoe: Person) -> None:
    ada = await stage.person("Ada")
    await ada.types("We should fix DEV-12", channel="general")
    await zoe.reads()
    await zoe.uses_message_shortcut("Track this message", zoe.messages[-1])
    await zoe.waits_for(REFUSED)
    assert asked(stage) == 0


@pytest.mark.parametrize(
    "name", ["stop", "cancel", "edit", "delete", "undo", "again", "resume", "say", "form", "connect"]
)
async def test_a_click_is_refused(wire: Wire, stage: Stage, zoe: Person, name: str) -> None:
    await wire.command("start DEV-12", user="U0ADA")
    [running] = stage.entries("Ada")
    before = asked(stage)
    payload = {"type": "block_actions", "container": {"message_ts": "1.1", "channel_id": "C0GENERAL"}}
    action = {"type": "button", "action_id": f"{name}:0", "block_id": "b", "value": running.id}
    await wire.interact({**payload, "actions": [action], **THEIRS})
    await wire.front.drain(2)
    assert REFUSED in words(wire.told)
    assert asked(stage) == before
    assert stage.entries("Ada") == [running]


@pytest.mark.parametrize("callback_id", ["log_time", "edit_entry", "finish_timer"])
@pytest.mark.parametrize("is_opened_elsewhere", [False, True])
async def test_a_form_is_refused(
    wire: Wire, stage: Stage, zoe: Person, callback_id: str, is_opened_elsewhere: bool
) -> None:
    """A form that was opened in a shared channel is submitted from the person's own workspace."""
    blocks = [{"type": "input", "block_id": "duration", "element": {"action_id": "duration"}}]
    view: Json = {"id": "V1", "type": "modal", "callback_id": callback_id, "blocks": blocks}
    view |= {"state": {"values": {"duration": {"duration": HELD["duration"]}}}, "private_metadata": "{}"}
    view |= {"title": {"type": "plain_text", "text": "Log time"}}
    who = dict(THEIRS)
    if is_opened_elsewhere:
        view["app_installed_team_id"], who["team"] = "T0SANDBOX", {"id": "T0CLIENT"}
    answer = await wire.interact({"type": "view_submission", "view": view, **who})
    assert "another Slack workspace than yours" in words(answer.json())
    assert asked(stage) == 0


async def test_nothing_is_suggested(wire: Wire, stage: Stage, zoe: Person) -> None:
    about = {"action_id": "task", "block_id": "task", "value": "", "container": {"type": "view", "view_id": "V1"}}
    answer = await wire.interact({"type": "block_suggestion", **about, **THEIRS})
    assert answer.json() == {"options": []}
    assert asked(stage) == 0


async def test_nobody_tracks_for_them(stage: Stage, zoe: Person) -> None:
    ada = await stage.person("Ada")
    for line in ("log 1h DEV-12 for @Zoe", "start DEV-12 for @Zoe", "status for @Zoe"):
        [said] = await ada.types(f"/timer {line}")
        assert "belongs to another Slack workspace, and time is tracked here for the people of this one only." in said
    assert stage.writes() == []


async def test_nobody_picks_them_in_the_form(wire: Wire, stage: Stage, zoe: Person) -> None:
    picked = HELD | {"assignee": {"type": "users_select", "selected_user": "U0ZOE"}}
    answer = (await wire.submit("log_time", picked, metadata={"form": "f"})).json()
    assert "belongs to another Slack workspace" in answer["errors"]["assignee"]
    assert stage.writes() == []


async def test_their_name_is_used_in_a_text_and_nothing_is_kept_of_them(stage: Stage, zoe: Person) -> None:
    ada = await stage.person("Ada")
    [said] = await ada.types("/timer log 30m : call with @Zoe")
    assert "call with @Zoe Client" in said
    assert await stage.app.store.person("T0SANDBOX", "U0ZOE") is None
    assert REFUSED in str(await zoe.types("/timer status"))


async def test_whoever_was_linked_by_mistake_is_refused_all_the_same(wire: Wire, stage: Stage, zoe: Person) -> None:
    await stage.link("T0SANDBOX", "U0ZOE", "Zoe", "Cy")
    await zoe.uses_shortcut("Log time")
    await zoe.waits_for(REFUSED)


ORGANISATION = {"enterprise": {"id": "E0ACME", "name": "Acme"}, "is_enterprise_install": False}


@pytest.mark.parametrize(
    "who",
    [
        {"team": {"id": "T0SANDBOX", "enterprise_id": "E0ACME"}, "user": {"id": "U0ADA", "team_id": "T0SANDBOX"}},
        {"team": {"id": "T0SANDBOX"}, "user": {"id": "U0ADA", "team_id": "E0ACME"}, **ORGANISATION},
        {"team": {"id": "T0SANDBOX", "enterprise_id": "E0ACME"}, "user": {"id": "U0ADA", "team_id": "E0ACME"}},
        {"team": None, "user": {"id": "U0ADA", "team_id": "T0SANDBOX"}, **ORGANISATION, "is_enterprise_install": True},
        {"team": {"id": "T0SANDBOX"}, "user": {"id": "U0ADA"}},
    ],
    ids=["organisation in the team", "organisation as home", "both", "installed in the organisation", "no home named"],
)
async def test_inside_an_organisation_our_own_people_are_served(wire: Wire, stage: Stage, who: Json) -> None:
    payload = {"type": "block_actions", "container": {"message_ts": "1.1", "channel_id": "C0GENERAL"}}
    action = {"type": "button", "action_id": "say:0", "block_id": "b", "value": "log 1h yesterday DEV-12"}
    await wire.interact({**payload, "actions": [action], **who})
    await wire.front.drain(2)
    assert "Logged" in words(wire.told)
    assert len(stage.entries("Ada")) == 1


EVENT = {"type": "event_callback", "team_id": "T0SANDBOX", "user_id": "U0ZOE"}


@pytest.mark.parametrize(
    ("body", "is_stranger"),
    [
        ({"team_id": "T1", "user_id": "U1"}, False),
        ({"team_id": "T1", "user_id": "U1", "enterprise_id": "E1"}, False),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, True),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "E2"}, "enterprise": {"id": "E1"}}, True),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "E2"}, "enterprise": None}, True),
        ({**EVENT, "event": {"team": "T0SANDBOX"}}, False),
        ({**EVENT, "event": {"team": "T0SANDBOX", "user_team": "T0CLIENT"}}, True),
        ({**EVENT, "event": {"team": "T0CLIENT"}, "is_ext_shared_channel": True}, True),
        ({**EVENT, "event": {"user_team": "E1"}, "enterprise_id": "E1"}, False),
    ],
)
def test_a_delivery_tells_whose_workspace_its_user_is_of(body: Json, is_stranger: bool) -> None:
    assert is_from_elsewhere(body) is is_stranger


@pytest.mark.parametrize(
    ("profile", "is_stranger"),
    [
        ({"team_id": "T1"}, False),
        ({}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": "T1", "is_stranger": True}, True),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2", "T1"]}}, False),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}}, True),
    ],
)
def test_so_does_a_profile(profile: Json, is_stranger: bool) -> None:
    assert is_profile_from_elsewhere(profile, "T1") is is_stranger


async def test_who_comes_to_work_here_is_served_from_then_on(stage: Stage, zoe: Person) -> None:
    assert REFUSED in str(await zoe.types("/timer status"))
    stage.world.change_person("Zoe", home="")
    assert "You aren't connected to ClickUp yet" in str(await zoe.types("/timer status"))
