"""People connect in a form that keeps no token, and to nobody's account but their own."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.model import Role
from app.logs import _QUIET
from app.main import Running
from tests.person import Person
from tests.slack.wire import Wire, wired, words
from tests.stage import Stage, raised

CY, DI = "pk_185_CY00000000000000000000000000000", "pk_186_DI00000000000000000000000000000"
SYSTEM = "Where do you track time?"


@pytest.fixture
async def cy(stage: Stage) -> Person:
    """In Slack and in every system, and not connected."""
    return await stage.person("Cy")


@pytest.fixture
async def shared() -> AsyncIterator[Stage]:
    """Whoever runs the app has set a workspace-wide token."""
    async with raised(clickup_token=SecretStr(DI), clickup_workspace_id="9018000001") as stage:
        yield stage


async def choose(person: Person, system: str, field: str) -> None:
    await person.types("/timer connect")
    await person.picks(SYSTEM, system)
    await person.waits_for(f"{field}: []")


def token_of(stage: Stage, backend: str, name: str) -> str:
    return stage.demo.backends[backend].people[name][1].reveal()


# each system


async def test_a_clockify_key_says_whose_it_is_and_time_goes_there(stage: Stage, cy: Person) -> None:
    await choose(cy, "Clockify", "API key")
    await cy.fills("API key", token_of(stage, "clockify", "Cy"))
    assert await cy.submits() == {}
    await cy.waits_for("You are Cy, member of Acme Studio in Clockify.")
    await cy.types("/timer start Fix login")
    assert any(entry.end is None for entry in stage.demo.backends["clockify"].workspace.entries.values())


async def test_a_hoursmith_token_says_what_hoursmith_has_not(stage: Stage, cy: Person) -> None:
    await choose(cy, "Hoursmith", "API token")
    await cy.fills("API token", token_of(stage, "hoursmith", "Cy"))
    assert await cy.submits() == {}
    said = await cy.waits_for("You are Cy, member of Acme Studio in Hoursmith.")
    assert "Hoursmith has no timers of its own; I keep yours and log it when it stops." in said


async def test_the_role_there_decides_for_whom_one_may_log(stage: Stage, cy: Person) -> None:
    await choose(cy, "Clockify", "API key")
    await cy.fills("API key", token_of(stage, "clockify", "Di"))
    await cy.submits()
    await cy.waits_for("You are Di, owner of Acme Studio in Clockify.")
    account = await stage.app.store.account("T0SANDBOX", "U0CY")
    assert account
    assert (account.role, account.assignee_permission.value) == (Role.OWNER, "anyone")


async def test_several_workspaces_are_a_choice_and_the_token_stays_where_it_was_typed(stage: Stage, cy: Person) -> None:
    stage.workspace.others = [("9018000009", "Globex")]
    await cy.types("/timer connect")
    await cy.fills("Personal API token", CY)
    assert await cy.submits() == {}
    assert f"Personal API token: [{CY}]" in str(cy.modal)
    await cy.picks("Workspace", "Globex")
    assert await cy.submits() == {}
    await cy.waits_for("You are Cy, guest of Globex in ClickUp.")
    account = await stage.app.store.account("T0SANDBOX", "U0CY")
    assert account
    assert account.workspace_id == "9018000009"


async def test_a_member_whom_clockify_has_let_go_is_not_connected(stage: Stage, cy: Person) -> None:
    workspace = stage.demo.backends["clockify"].workspace
    token, whose = token_of(stage, "clockify", "Cy"), stage.demo.backends["clockify"].people["Cy"][0]
    del workspace.users[whose]
    await choose(cy, "Clockify", "API key")
    await cy.fills("API key", token)
    assert await cy.submits() != {}
    assert await stage.app.store.account("T0SANDBOX", "U0CY") is None


@pytest.mark.parametrize("fault", ["error", "hang", "limited", "garbage", "reset"])
async def test_trouble_there_is_said_at_the_token(stage: Stage, cy: Person, fault: Any) -> None:
    await cy.types("/timer connect")
    await cy.fills("Personal API token", CY)
    stage.workspace.faults.add(fault)
    await cy.submits()
    stage.workspace.faults.clear()
    if fault != "hang":
        assert "!" in str(cy.modal)
    assert f"[{CY}]" in str(cy.modal)
    await stage.app.front.drain(5)
    assert stage.world.violations == []


async def test_hoursmith_leaves_it_to_the_address_in_slack_who_among_equals_one_is(stage: Stage, cy: Person) -> None:
    organisation = stage.demo.backends["hoursmith"].workspace
    ada = next(one for one in organisation.members.values() if one.name == "Ada")
    for one in organisation.members.values():
        one.role = "ADMIN"
    stage.world.change_person("Cy", email=ada.email)
    await choose(cy, "Hoursmith", "API token")
    await cy.fills("API token", token_of(stage, "hoursmith", "Ada"))
    assert await cy.submits() == {}
    await cy.waits_for("You are Ada, admin of Acme Studio in Hoursmith.")


async def test_an_admin_of_hoursmith_says_who_they_are(stage: Stage, cy: Person) -> None:
    for one in stage.demo.backends["hoursmith"].workspace.members.values():
        one.role = "ADMIN"
    stage.world.change_person("Cy", email="cy@elsewhere.example")
    await choose(cy, "Hoursmith", "API token")
    await cy.fills("API token", token_of(stage, "hoursmith", "Di"))
    await cy.submits()
    await cy.picks("Who are you there?", "Di (di@acme.example)")
    await cy.submits()
    await cy.waits_for("You are Di, admin of Acme Studio in Hoursmith.")


async def test_a_list_too_long_for_slack_says_how_many_are_not_in_it(stage: Stage, cy: Person) -> None:
    members = stage.demo.backends["hoursmith"].workspace.members
    di = next(one for one in members.values() if one.name == "Di")
    for number in range(120):
        members[f"m{number}"] = replace(di, id=f"m{number}", name=f"Member {number}", email=f"m{number}@acme.example")
    for one in members.values():
        one.role = "ADMIN"
    stage.world.change_person("Cy", email="cy@elsewhere.example")
    await choose(cy, "Hoursmith", "API token")
    await cy.fills("API token", token_of(stage, "hoursmith", "Di"))
    await cy.submits()
    assert f"{len(members) - 100} more are not in this list." in str(cy.modal)


async def test_who_is_not_in_charge_is_not_taken_at_their_word(stage: Stage, wire: Wire) -> None:
    """The form offers them no choice, and a member's id that is posted all the same is none."""
    members = stage.demo.backends["hoursmith"].workspace.members
    for one in members.values():
        one.role = "MANAGER"
    stage.world.change_person("Cy", email="cy@elsewhere.example")
    ada = next(one for one in members.values() if one.name == "Ada")
    typed = {"token": {"type": "plain_text_input", "value": token_of(stage, "hoursmith", "Cy")}}
    picked = {"member": {"type": "static_select", "selected_option": {"value": ada.id}}}
    posted = await wire.submit("connect", typed | picked, metadata={"form": "f1", "provider": "hoursmith"}, user="U0CY")
    assert "doesn't say whose token that is" in str(posted.json())
    assert await stage.app.store.account("T0SANDBOX", "U0CY") is None


# the token


async def test_a_token_is_nowhere_but_sealed_in_the_database(
    stage: Stage, cy: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, least in _QUIET.items():  # as the app itself sets them
        caplog.set_level(least, logger=name)
    await cy.types("/timer connect")
    await cy.fills("Personal API token", CY[:-1])
    await cy.submits()
    await cy.fills("Personal API token", CY)
    await cy.picks(SYSTEM, "Clockify")
    await cy.submits()
    await cy.picks(SYSTEM, "ClickUp")
    await cy.submits()
    await cy.waits_for("You are Cy")
    await cy.types(f"/timer connect {CY}")
    await cy.types(f"start {CY}", channel="Timer")
    await cy.types("/timer status")
    told = [call.arguments for call in stage.world.calls]
    acks = [one.body for one in stage.world.deliveries]
    said = [message.text for message in cy.messages if message.author == "Timer"]
    front = stage.app.front
    kept = [
        front.forms,
        front.forms._refused._kept,
        front.forms._under_way._kept,
        front._commands._kept,
        front.acts._mine._kept,
    ]
    assert CY[:-1] not in str([told, acks, said, kept])
    assert CY[:-1] not in caplog.text + "".join(capfd.readouterr())
    assert CY[:-1] not in _database(stage.app)


def _database(app: Running) -> str:
    path = Path(app.store.engine.place)
    return "".join(one.read_bytes().decode("latin-1") for one in path.parent.glob(f"{path.name}*"))


async def test_a_form_of_somebody_else_connects_nobody_else(wire: Wire, stage: Stage) -> None:
    """What a form carries along is no proof of anything: Bo posts the form that Cy has open."""
    held = {"token": {"type": "plain_text_input", "value": CY}}
    await wire.submit("connect", held, metadata={"form": "f1", "provider": "clickup"}, user="U0BO")
    await wire.front.drain(2)
    account = await stage.app.store.account("T0SANDBOX", "U0BO")
    assert account
    assert account.user_id == "185"  # it is Bo's own doing, with a token that Bo has
    assert await stage.app.store.account("T0SANDBOX", "U0CY") is None


async def test_a_provider_that_is_none_is_refused(wire: Wire, stage: Stage) -> None:
    held = {"token": {"type": "plain_text_input", "value": CY}}
    answered = await wire.submit("connect", held, metadata={"form": "f1", "provider": "../x"}, user="U0CY")
    assert answered.json()["response_action"] == "errors"
    assert await stage.app.store.account("T0SANDBOX", "U0CY") is None


# by e-mail


async def test_the_address_in_slack_proposes_who_one_is(shared: Stage) -> None:
    cy = await shared.person("Cy")
    [said] = await cy.types("/timer connect")
    assert "You are Cy, guest, in Acme Studio's ClickUp (cy@acme.example). Is that you?" in said
    assert await shared.app.store.account("T0SANDBOX", "U0CY") is None
    [done] = await cy.clicks("Yes, that's me")
    assert "You are Cy, guest of Acme Studio in ClickUp." in done
    assert "I keep your timers" in done
    account = await shared.app.store.account("T0SANDBOX", "U0CY")
    assert account
    assert (account.user_id, account.credential) == ("185", None)


async def test_who_is_somebody_else_uses_their_own_token(shared: Stage) -> None:
    cy = await shared.person("Cy")
    await cy.types("/timer connect")
    await cy.clicks("No, use my own token")
    assert "Personal API token" in str(cy.modal)


async def test_nobody_with_that_address_is_offered_the_form(shared: Stage) -> None:
    shared.world.change_person("Cy", email="cy@elsewhere.example")
    cy = await shared.person("Cy")
    [said] = await cy.types("/timer connect")
    assert "I found nobody in ClickUp with the e-mail address of your Slack profile." in said
    await cy.clicks("Connect")
    assert "Personal API token" in str(cy.modal)


async def test_upper_and_lower_case_are_one_address(shared: Stage) -> None:
    shared.world.change_person("Cy", email="CY@Acme.Example")
    cy = await shared.person("Cy")
    [said] = await cy.types("/timer connect")
    assert "Is that you?" in said


async def test_the_workspace_in_the_settings_is_the_one_that_is_meant(shared: Stage) -> None:
    """Di, whose the token is, sees another one as well."""
    shared.workspace.others = [("9018000009", "Globex")]
    cy = await shared.person("Cy")
    [said] = await cy.types("/timer connect")
    assert "You are Cy, guest, in Acme Studio's ClickUp (cy@acme.example). Is that you?" in said


@pytest.mark.parametrize("why", ["taken", "twice", "invited", "no scope", "deleted"])
async def test_nobody_is_proposed_who_may_be_somebody_else(shared: Stage, why: str) -> None:
    users = shared.workspace.users
    if why == "taken":
        shared.world.change_person("Cy", email="bo@acme.example")
    if why == "twice":
        users[184] = replace(users[184], email="cy@acme.example")
    if why == "invited":
        shared.workspace.invited.add(185)
    if why == "no scope":
        manifest = shared.world.manifest
        shared.world.manifest = replace(manifest, scopes=manifest.scopes - {"users:read.email"})
    if why == "deleted":
        shared.world.change_person("Cy", is_deleted=True)
    cy = await shared.person("Cy")
    [said] = await cy.types("/timer connect")
    assert "I found nobody" in said


async def test_a_click_is_looked_at_again(shared: Stage) -> None:
    """Between the offer and the click somebody else became that member."""
    cy = await shared.person("Cy")
    await cy.types("/timer connect")
    await shared.link("T0SANDBOX", "U0EVE", "Eve", "Cy")
    [said] = await cy.clicks("Yes, that's me")
    assert "I can't offer you that account any more." in said
    assert await shared.app.store.account("T0SANDBOX", "U0CY") is None


@pytest.mark.parametrize("value", ["clickup 183", "clickup 184", "clockify 185", "clickup", "", "nonsense 185"])
async def test_a_button_that_names_somebody_else_connects_nobody(shared: Stage, value: str) -> None:

    async with wired(shared) as wire:
        await wire.click("match", value, user="U0CY")
        await wire.front.drain(2)
        assert "can't offer" in words(wire.told)
    assert await shared.app.store.account("T0SANDBOX", "U0CY") is None


# away


async def test_the_disconnect_button_of_an_old_question_asks_again(wire: Wire, stage: Stage) -> None:
    await wire.click("disconnect", "clockify", user="U0BO")
    await wire.front.drain(2)
    assert "Disconnect from ClickUp?" in words(wire.told)
    assert await stage.app.store.account("T0SANDBOX", "U0BO")


@pytest.mark.parametrize("order", [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")])
async def test_uninstalling_deletes_every_credential_in_either_order_and_twice(
    wire: Wire, stage: Stage, order: tuple[str, str]
) -> None:
    await stage.link("T0GLOBEX", "U0EVE", "Eve", "Di")
    ada = await stage.person("Ada")
    await ada.types("/timer start 10m ago DEV-12")
    calls = len(stage.world.calls)
    for kind in (*order, *order):
        tokens = {"tokens": {"oauth": [], "bot": ["U0TIMER"]}} if kind == "tokens_revoked" else {}
        answered = await wire.event(kind, **tokens)
        assert answered.status_code == 200
    store = stage.app.store
    assert [one.team for one in await store.accounts()] == ["T0GLOBEX"]
    assert await store.person("T0SANDBOX", "U0ADA") is None
    assert len(stage.world.calls) == calls, "no token works any more, so nothing is said to Slack"
    timer = await store.held_timer("T0SANDBOX", "U0ADA")
    assert timer, "the hours are Ada's, and wait for her"
    await stage.link("T0SANDBOX", "U0ADA", "Ada", "Ada")
    assert "Fix login" in str(await ada.types("/timer stop"))


async def test_a_person_s_own_token_is_no_uninstallation(wire: Wire, stage: Stage) -> None:
    await wire.event("tokens_revoked", tokens={"oauth": ["U0ADA"], "bot": []})
    assert len(await stage.app.store.accounts()) == 2


async def test_who_uninstalls_the_app_leaves_nothing_behind(stage: Stage, ada: Person) -> None:
    await ada.uninstalls_the_app()
    await stage.app.front.drain(2)
    assert await stage.app.store.accounts() == []
    assert [one.kind for one in stage.world.deliveries if one.status != 200] == []


async def test_a_forger_uninstalls_nothing(wire: Wire, stage: Stage) -> None:
    answered = await wire.event("app_uninstalled", signature="v0=" + "0" * 64)
    assert answered.status_code == 401
    assert len(await stage.app.store.accounts()) == 2
