"""Two companies use one app: the same user id in both Slack workspaces is two people."""

from zoneinfo import ZoneInfo

import pytest

from app.core.model import Person, Role
from tests.slack.wire import Wire, words
from tests.stage import Stage

HERE = {"team": "T0SANDBOX", "user": "U0ADA"}  # Ada, an admin, 183 in ClickUp
THERE = {"team": "T0GLOBEX", "user": "U0ADA"}  # the same id at Globex: Bo's user 184 in ClickUp
NOBODY = {"team": "T0OTHER", "user": "U0ADA"}  # and in a workspace where nobody is connected

HELD = {"duration": {"type": "plain_text_input", "value": "20m"}}


@pytest.fixture
async def tenants(wire: Wire, stage: Stage) -> Wire:
    await stage.app.store.unlink("T0SANDBOX", "U0BO", "clickup")
    await stage.link("T0GLOBEX", "U0ADA", "Adam", "Bo")
    await stage.app.store.remember_person(Person("T0OTHER", "U0ADA", ZoneInfo("Europe/Berlin"), "Ada"))
    return wire


async def test_each_has_their_own_timer(tenants: Wire, stage: Stage) -> None:
    await tenants.command("start DEV-12", **HERE)
    assert "No timer is running" in words((await tenants.command("status", **THERE)).json())
    await tenants.command("start OPS-5", **THERE)
    assert "Fix login" in words((await tenants.command("status", **HERE)).json())
    assert [len(stage.entries(name)) for name in ("Ada", "Bo")] == [1, 1]


async def test_each_has_their_own_held_timer(tenants: Wire) -> None:
    await tenants.command("start 10m ago DEV-12", **HERE)
    assert "No timer is running" in words((await tenants.command("status", **THERE)).json())
    assert "nothing to drop" in words((await tenants.command("cancel", **THERE)).json())


async def test_without_an_account_in_this_workspace_there_is_none(tenants: Wire, stage: Stage) -> None:
    for line in ("start DEV-12", "stop", "today", "log 1h yesterday x", "tags", "edit"):
        assert "aren't connected" in words((await tenants.command(line, **NOBODY)).json()), line
    assert stage.writes() == []


async def test_recent_tasks_stay_in_their_workspace(tenants: Wire) -> None:
    await tenants.command("log 1h yesterday DEV-12", **HERE)
    groups = (await tenants.suggest("task", "", **HERE)).json()["option_groups"]
    assert [option["text"]["text"] for option in groups[0]["options"]] == ["DEV-12  Fix login"]
    assert "option_groups" not in (await tenants.suggest("task", "", **THERE)).json()


async def test_a_colleague_is_looked_for_in_the_same_workspace_only(tenants: Wire, stage: Stage) -> None:
    await stage.link("T0GLOBEX", "U0DI", "Di", "Di", role=Role.OWNER)
    answer = await tenants.command("log 1h yesterday DEV-12 for <@U0CY>", team="T0GLOBEX", user="U0DI")
    assert "belongs to another Slack workspace" in words(answer.json())
    await stage.link("T0SANDBOX", "U0CY", "Cy", "Cy")
    answer = await tenants.command("log 1h yesterday DEV-12 for <@U0CY>", team="T0GLOBEX", user="U0DI")
    assert "belongs to another Slack workspace" in words(answer.json())
    assert stage.writes() == []


async def test_the_same_click_in_both_workspaces_is_two_acts(tenants: Wire, stage: Stage) -> None:
    for who in (HERE, THERE):
        await tenants.click("say", "log 1h 2026-03-03 DEV-12", **who)
    await tenants.front.drain(2)
    assert [len(stage.entries(name)) for name in ("Ada", "Bo")] == [1, 1]


@pytest.mark.parametrize("name", ["stop", "cancel"])
async def test_a_button_with_somebody_elses_timer_is_refused(tenants: Wire, stage: Stage, name: str) -> None:
    await tenants.command("start DEV-12", **HERE)
    [running] = stage.entries("Ada")
    await tenants.click(name, running.id, **THERE)
    await tenants.front.drain(2)
    assert "running" in words(tenants.told)
    assert stage.entries("Ada")[0].is_running


async def test_a_button_with_somebody_elses_held_timer_is_refused(tenants: Wire, stage: Stage) -> None:
    await tenants.command("start 10m ago DEV-12", **HERE)
    timer = await stage.app.store.held_timer("T0SANDBOX", "U0ADA")
    assert timer
    for name in ("stop", "cancel"):
        await tenants.click(name, timer.id, message=name, **THERE)
    await tenants.front.drain(2)
    assert await stage.app.store.held_timer("T0SANDBOX", "U0ADA") == timer
    assert stage.writes() == []


async def test_a_button_with_somebody_elses_entry_is_refused(tenants: Wire, stage: Stage) -> None:
    await tenants.command("log 1h yesterday DEV-12", **HERE)
    [entry] = stage.entries("Ada")
    await tenants.click("delete", entry.id, **THERE)
    await tenants.front.drain(2)
    assert "somebody else's" in words(tenants.told)
    assert stage.entries("Ada") == [entry]


async def test_a_form_with_somebody_elses_entry_is_refused(tenants: Wire, stage: Stage) -> None:
    await tenants.command("log 1h yesterday DEV-12", **HERE)
    [entry] = stage.entries("Ada")
    answer = await tenants.submit("edit_entry", HELD, metadata={"form": "f", "entry": entry.id}, **THERE)
    assert "somebody else's" in words(answer.json())
    assert stage.entries("Ada")[0].duration == 3_600_000


@pytest.mark.parametrize("seconds", [0, 2.1], ids=["refused at once", "refused late"])
async def test_a_refused_form_opens_again_for_nobody_else(tenants: Wire, stage: Stage, seconds: float) -> None:
    stage.workspace.faults.add("limited", method="POST", seconds=seconds)
    await tenants.submit("log_time", HELD, metadata={"form": "secret"}, **HERE)
    await tenants.front.drain(2)
    [row] = await stage.app.store.engine.read("select id from operation")
    await tenants.click("again", str(row["id"]), **THERE)
    await tenants.front.drain(2)
    assert "can't be opened again" in words(tenants.told)
    assert "views.open" not in [call.method for call in stage.world.calls]


async def test_the_same_form_of_two_people_is_two_forms(tenants: Wire, stage: Stage) -> None:
    for who in (HERE, THERE):
        await tenants.submit("log_time", HELD, metadata={"form": "the same"}, **who)
    await tenants.front.drain(2)
    assert [len(stage.entries(name)) for name in ("Ada", "Bo")] == [1, 1]
