"""Forms open before anything slow, lose no word, and count once."""

import asyncio
from typing import Any

import pytest

from app.sandbox import clickup
from app.sandbox.slack.interactions import TROUBLE
from tests.person import Person
from tests.slack.wire import Json, Wire, words
from tests.stage import Stage

TYPED: Json = {
    "task": {"type": "external_select", "selected_option": None},
    "date": {"type": "datepicker", "selected_date": "2026-03-03"},
    "duration": {"type": "plain_text_input", "value": "20m"},
    "description": {"type": "plain_text_input", "value": "tea with the auditors"},
}


async def fill_in(person: Person, duration: str, text: str = "tea with the auditors") -> None:
    await person.types("/timer log")
    await person.fills("Duration", duration)
    await person.fills("Description", text)


async def test_a_submission_delivered_twice_at_the_same_moment_is_one_entry_and_one_message(
    wire: Wire, stage: Stage
) -> None:
    answers = await asyncio.gather(*(wire.submit("log_time", TYPED, metadata={"form": "f1"}) for _ in range(2)))
    await wire.front.drain(2)
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, ""), (200, "")]
    assert stage.writes() == ["POST /team/9018000001/time_entries"]
    assert [call.method for call in stage.world.calls] == ["chat.postMessage"]


async def test_a_refused_submission_delivered_twice_keeps_the_form_open_both_times(wire: Wire, stage: Stage) -> None:
    wrong = TYPED | {"duration": {"type": "plain_text_input", "value": "soon"}}
    answers = await asyncio.gather(*(wire.submit("log_time", wrong, metadata={"form": "f1"}) for _ in range(2)))
    assert [answer.json()["response_action"] for answer in answers] == ["errors", "errors"]


async def test_a_form_with_an_error_is_corrected_and_sent_again(stage: Stage, ada: Person) -> None:
    await fill_in(ada, "soon")
    assert "not a length of time" in (await ada.submits())["Duration"]
    assert "Description (optional): [tea with the auditors]" in str(ada.modal)
    await ada.fills("Duration", "20m")
    assert await ada.submits() == {}
    await ada.waits_for("Logged")
    assert [entry.description for entry in stage.entries()] == ["tea with the auditors"]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [("limited", "takes no more requests"), ("dead_token", "Saved, and waiting for your sign-in")],
)
async def test_typed_text_is_saved_and_goes_through_later(stage: Stage, ada: Person, fault: Any, sentence: str) -> None:
    await fill_in(ada, "20m")
    stage.workspace.faults.add(fault, path="/user")
    stage.workspace.faults.add(fault, method="POST")
    await ada.submits()
    assert ada.modal is None
    said = await ada.waits_for(sentence)
    assert "tea with the auditors" in said
    stage.workspace.faults.clear()
    stage.clock.passes(minutes=2)
    account = await stage.app.store.account("T0SANDBOX", "U0ADA")
    assert account
    await stage.app.store.link(account)  # as after connecting anew
    await stage.app.settler.settle_due()
    await ada.waits_for("Logged")
    assert [entry.description for entry in stage.entries()] == ["tea with the auditors"]


async def test_typed_text_is_handed_back_when_nobody_knows_whether_it_was_saved(stage: Stage, ada: Person) -> None:
    await fill_in(ada, "20m")
    stage.workspace.faults.add("reset", method="POST", committed=True)
    await ada.submits()
    said = await ada.waits_for("You wrote: 20m · 2026-03-04 · tea with the auditors")
    assert "look" in said
    assert "Open the form again" not in said
    assert len(stage.entries()) == 1


async def test_the_form_opens_before_clickup_is_asked_anything(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("hang")
    for line in ("/timer log", "/timer log yesterday DEV-12 pairing"):
        await ada.types(line)
        assert ada.modal
        assert ada.modal.startswith("Log time")
        await ada.closes()
    assert [call.method for call in stage.world.calls if call.error == ""] == ["views.open", "views.open"]
    stage.workspace.faults.clear()


async def test_the_edit_form_opens_at_once_and_is_filled_when_the_entry_is_there(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log 1h yesterday DEV-12")
    stage.workspace.faults.add("slow", method="GET", seconds=0.3)
    await ada.clicks("Edit")
    assert "Getting the entry …" in str(ada.modal)
    assert "From (optional): [09:00]" in await ada.waits_for("Description (optional)")


async def test_what_is_typed_while_the_task_is_looked_up_in_vain_is_not_lost(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("error", method="GET")
    await ada.types("/timer log Website relaunch: hero section #design")
    shown = await ada.waits_for("Description (optional)")
    assert "⚠️" in shown
    assert "Website relaunch: hero section" in shown
    assert "#design" in shown


async def test_a_task_is_found_among_twenty_thousand_within_three_seconds(stage: Stage, ada: Person) -> None:
    clickup.add_generated_tasks(stage.workspace, 20_000)
    await ada.types("/timer log")
    assert await ada.suggestions("Task", "GEN-19876") == ["GEN-19876  Generated task 19876"]
    assert len(await ada.suggestions("Task", "generated")) == 100
    assert stage.world.violations == []
    assert all(one.seconds < 3 for one in stage.world.deliveries)


async def test_a_typeahead_gives_up_in_time(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log")
    stage.workspace.faults.add("error", method="GET")
    assert await ada.suggestions("Task", "fix") == []
    assert TROUBLE not in ada.notice


async def test_an_expired_trigger_leaves_a_button_that_opens_the_same_form(stage: Stage, ada: Person) -> None:
    stage.world.fail("views.open", "expired_trigger_id")
    [said] = await ada.types("/timer log yesterday : pairing #backend")
    assert "Press the button" in said
    await ada.clicks("Open the form")
    shown = str(ada.modal)
    assert "Date: [2026-03-03]" in shown
    assert "Description (optional): [pairing]" in shown


async def test_an_expired_trigger_after_edit_leaves_a_button_that_edits(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log 1h yesterday DEV-12")
    stage.world.fail("views.open", "expired_trigger_id")
    await ada.clicks("Edit")
    await ada.clicks("Open the form")
    assert "Save" in await ada.waits_for("From (optional): [09:00]")


async def test_a_form_closed_with_a_refusal_opens_again_after_a_restart(wire: Wire, stage: Stage) -> None:
    """Another process knows only what the journal has kept."""
    stage.workspace.faults.add("limited", method="POST", times=1)
    await wire.submit("log_time", TYPED, metadata={"form": "f1"})
    [row] = await stage.app.store.engine.read("select id from operation")
    await wire.click("again", str(row["id"]))
    await wire.front.drain(2)
    [opened] = [call.arguments["view"] for call in stage.world.calls if call.method == "views.open"]
    assert "tea with the auditors" in str(opened)


async def test_a_form_is_told_where_it_was_opened(stage: Stage, ada: Person) -> None:
    await ada.types("/timer yesterday")
    await ada.clicks("Log time")
    await ada.fills("Duration", "20m")
    await ada.submits()
    [said] = await ada.reads()
    assert said.is_edited
    assert said.is_ephemeral
    assert "Logged: Tue 3 Mar" in said


async def test_a_form_whose_origin_is_forgotten_is_told_by_direct_message(wire: Wire, stage: Stage) -> None:
    await wire.submit("log_time", TYPED, metadata={"form": "of an earlier process"})
    await wire.front.drain(2)
    [said] = [call.arguments for call in stage.world.calls if call.method == "chat.postMessage"]
    assert said["channel"] == "U0ADA"
    assert "Logged: Tue 3 Mar" in words(said)


async def test_an_id_typed_into_the_typeahead_offers_that_task_or_nothing(ada: Person) -> None:
    await ada.types("/timer log 30m yesterday DEV-14")
    await ada.types("/timer log")
    assert await ada.suggestions("Task", "DEV-12") == ["DEV-12  Fix login"]
    assert await ada.suggestions("Task", "DEV-999") == []
