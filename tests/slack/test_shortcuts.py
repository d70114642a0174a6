"""A shortcut always ends in something to read: the form, or why there is none; nothing slow comes before it."""

from typing import Any

import pytest

from app.manifest import manifest
from app.sandbox.slack.message import Message
from app.slack.shortcuts import SHORTCUTS
from tests.person import Person, Seen
from tests.slack.wire import Wire, words
from tests.stage import Stage, raised

LINK = "https://acme-studio.slack.com/archives/C0GENERAL/p"


def said(stage: Stage, text: str, *, by: str = "Bo", thread_ts: str | None = None, blocks: Any = ()) -> Message:
    """A message of somebody in #general, as Slack has it."""
    team = stage.world.teams["T0SANDBOX"]
    author = team.bot_user_id if by == "Timer" else stage.world.person(by).id
    return stage.world.post(team.channels["C0GENERAL"], author, text, blocks=blocks, thread_ts=thread_ts)


async def tracks(person: Person, message: Message) -> list[Seen]:
    where = Seen(message.text, "Bo", "C0GENERAL", message.ts, is_ephemeral=False, is_edited=False)
    return await person.uses_message_shortcut("Track this message", where)


def test_the_manifest_declares_exactly_the_shortcuts_that_are_known() -> None:
    declared = manifest()["features"]["shortcuts"]
    assert {one["callback_id"] for one in declared} == set(SHORTCUTS)
    assert {one["name"]: one["type"] for one in declared} == {"Log time": "global", "Track this message": "message"}


async def test_log_time_opens_the_form_and_tells_the_outcome_by_direct_message(stage: Stage, ada: Person) -> None:
    await ada.uses_shortcut("Log time")
    assert str(ada.modal).startswith("Log time")
    await ada.fills("Duration", "20m")
    await ada.fills("Description", "tea with the auditors")
    await ada.submits()
    [told] = await ada.reads()
    assert "tea with the auditors" in told
    assert "Logged: Wed 4 Mar" in told
    assert told.channel == "D0ADA"
    assert ada.modal is None


@pytest.mark.parametrize("is_message", [False, True], ids=["log time", "track this message"])
async def test_somebody_who_is_not_connected_is_told_so_in_a_form(stage: Stage, *, is_message: bool) -> None:
    cy = await stage.person("Cy")
    await (tracks(cy, said(stage, "hello")) if is_message else cy.uses_shortcut("Log time"))
    assert "You aren't connected to ClickUp yet" in str(cy.modal)
    assert "Log time\n" in str(cy.modal)


async def test_the_words_and_the_link_of_a_message_are_the_description(stage: Stage, ada: Person) -> None:
    message = said(stage, "call <@U0BO> &amp; <#C0BACKEND|backend> about <https://a.example|the page>")
    await tracks(ada, message)
    plain = f"call @Bo & #backend about the page\n{LINK}{message.ts.replace('.', '')}"
    assert f"Description (optional): [{plain}]" in str(ada.modal)
    await ada.fills("Duration", "20m")
    await ada.submits()
    [told] = await ada.reads()
    assert (told.channel, told.is_ephemeral) == ("C0GENERAL", True)
    assert [entry.description for entry in stage.entries()] == [plain]
    assert stage.world.teams["T0SANDBOX"].channels["C0GENERAL"].messages[message.ts] == message


async def test_a_reply_in_a_thread_is_linked_within_its_thread(stage: Stage, ada: Person) -> None:
    first = said(stage, "Who can look at the login?")
    reply = said(stage, "On it", thread_ts=first.ts)
    await tracks(ada, reply)
    shown = str(ada.modal)
    assert f"On it\n{LINK}{reply.ts.replace('.', '')}?thread_ts={first.ts}&cid=C0GENERAL" in shown


async def test_a_task_that_the_message_names_is_proposed(stage: Stage, ada: Person) -> None:
    await tracks(ada, said(stage, "DEV-12 is back (and UTF-8 is broken), see <https://app.clickup.com/t/86c7mc19h>"))
    assert "Task (optional): [DEV-12  Fix login ▾]" in str(ada.modal)


@pytest.mark.parametrize("text", ["DEV-12 or DEV-13?", "DEV-9999", "fix login", "A-1 A-2 A-3 DEV-12"])
async def test_a_task_is_never_guessed(stage: Stage, ada: Person, text: str) -> None:
    await tracks(ada, said(stage, text))
    assert "Fix log" not in str(ada.modal).replace(text, "")


async def test_the_form_opens_before_clickup_has_answered(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("hang")
    await tracks(ada, said(stage, "look at DEV-12"))
    assert "Getting the form ready …" in str(ada.modal)
    stage.workspace.faults.clear()
    assert "look at DEV-12" in await ada.waits_for("Description (optional)", within=8)


async def test_a_clickup_that_is_down_costs_the_proposal_and_nothing_else(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("error", method="GET")
    await tracks(ada, said(stage, "look at DEV-12"))
    assert "look at DEV-12" in await ada.waits_for("Description (optional)")


async def test_where_time_has_no_words_the_message_only_finds_its_task_and_the_form_says_so() -> None:
    async with raised(provider="clickup_legacy") as stage:
        ada = await stage.person("Ada")
        await tracks(ada, said(stage, "DEV-12 is back"))
        assert "has no room for words, so the message's text is not kept. It was only used to find the task." in str(
            ada.modal
        )
        assert "Task: [DEV-12  Fix login ▾]" in str(ada.modal)


async def test_a_message_of_any_length_keeps_its_link(stage: Stage, ada: Person) -> None:
    message = said(stage, "long " * 2000)
    await tracks(ada, message)
    assert f"…\n{LINK}{message.ts.replace('.', '')}]" in str(ada.modal)
    assert stage.world.violations == []


async def test_a_message_of_another_app_and_one_without_words_can_be_tracked(stage: Stage, ada: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Build 7* failed"}}]
    await tracks(ada, said(stage, "", by="Timer", blocks=blocks))
    assert "*Build 7* failed" in str(ada.modal)
    await ada.closes()
    message = said(stage, "")
    await tracks(ada, message)
    assert f"Description (optional): [{LINK}{message.ts.replace('.', '')}]" in str(ada.modal)


@pytest.mark.parametrize("text", ["tea & biscuits", "&lt;" * 900, "x" * 5000, 'say "hi"\nstart now', "DEV-12 fix"])
async def test_a_trigger_that_expired_leaves_a_button_that_opens_the_same_form(
    stage: Stage, ada: Person, text: str
) -> None:
    stage.world.fail("views.open", "expired_trigger_id")
    message = said(stage, text)
    [*_, told] = await tracks(ada, message)
    assert "Press the button" in told
    await ada.clicks("Open the form")
    shown = await ada.waits_for("Description (optional)")
    assert shown.count(f"{LINK}{message.ts.replace('.', '')}") == 1


async def test_after_an_expired_trigger_log_time_goes_on_by_direct_message(stage: Stage, ada: Person) -> None:
    stage.world.fail("views.open", "expired_trigger_id")
    [told] = await ada.uses_shortcut("Log time")
    assert told.channel == "D0ADA"
    await ada.clicks("Open the form")
    assert str(ada.modal).startswith("Log time")


async def test_a_shortcut_that_is_no_longer_known_says_so(wire: Wire, stage: Stage) -> None:
    trigger = stage.world.triggers.issue("U0ADA", "T0SANDBOX")
    answered = await wire.interact({"type": "shortcut", "callback_id": "old_one", "trigger_id": trigger})
    await wire.front.drain(2)
    assert (answered.status_code, answered.text) == (200, "")
    [opened] = [call.arguments["view"] for call in stage.world.calls if call.method == "views.open"]
    assert "This shortcut is not there any more" in words(opened)


BROKEN = {"text": "", "blocks": [5], "attachments": ["a private plan"]}


@pytest.mark.parametrize("message", [BROKEN, {"text": "a private plan for DEV-12"}], ids=["reading it", "later"])
async def test_our_own_mistake_is_told_with_a_reference_and_without_the_message(
    wire: Wire, stage: Stage, caplog: pytest.LogCaptureFixture, message: Any
) -> None:
    await stage.app.store.engine.write(lambda execute: execute("drop table recent_task"))
    sent = {"type": "message_action", "callback_id": "track_message", "message_ts": "1.2", "message": message}
    sent |= {"channel": {"id": "C0GENERAL"}, "trigger_id": stage.world.triggers.issue("U0ADA", "T0SANDBOX")}
    await wire.interact(sent)
    await wire.front.drain(2)
    [opened] = [call.arguments["view"] for call in stage.world.calls if call.method == "views.open"]
    assert "our fault" in words(opened)
    assert "private plan" not in caplog.text
