"""Modals: opened in time, filled, refused, stacked, updated and closed."""

from slack_sdk.errors import SlackApiError

from tests.sandbox.slack.peer import log_form, plain, text_input


async def test_a_modal_is_filled_and_submitted(desk, ada):
    await ada.types("/timer form")
    await ada.fills("What", "pairing")
    await ada.picks("Task", "Fix login", typing="fix")
    await ada.picks("Billing", "Billable")
    assert ada.modal.splitlines() == [
        "Log time",
        "What: [pairing]",
        "Task (optional): [Fix login ▾]",
        "Billing (optional): ☑ Billable",
        "[More fields]",
        "[Cancel] [Save]",
    ]
    assert await ada.submits() == {}
    assert ada.modal is None
    [logged] = await ada.reads()
    assert str(logged) == "Logged pairing on Fix login ['billable']"
    assert desk.world.violations == []


async def test_typeahead_asks_the_app_with_every_letter(ada):
    await ada.types("/timer form")
    assert await ada.suggestions("Task", "fix") == ["Fix login", "Fix logout"]
    assert await ada.suggestions("Task", "zzz") == []


async def test_the_apps_errors_stand_at_their_fields(ada):
    await ada.types("/timer form")
    await ada.fills("What", "bad")
    assert await ada.submits() == {"What": "Say what you did."}
    assert "! Say what you did." in ada.modal
    await ada.fills("What", "better")
    assert await ada.submits() == {}


async def test_slack_itself_asks_for_required_fields_and_lengths(desk, ada):
    await ada.types("/timer form")
    assert await ada.submits() == {"What": "Please complete this required field."}
    await ada.fills("What", "x" * 41)
    assert await ada.submits() == {"What": "Please enter at most 40 characters."}
    assert [one.kind for one in desk.world.deliveries] == ["command"]


async def test_an_update_keeps_what_was_typed(ada):
    await ada.types("/timer form")
    await ada.fills("What", "pairing")
    await ada.clicks("More fields")
    assert "What: [pairing]\nNote: []" in ada.modal


async def test_an_answer_may_update_or_push(ada):
    await ada.types("/timer form")
    await ada.fills("What", "again")
    assert await ada.submits() == {}
    assert ada.modal.startswith("Once more\n")
    await ada.fills("What", "push")
    await ada.submits()
    assert ada.modal.startswith("One more\n")
    await ada.closes()
    assert ada.modal.startswith("Once more\n")


async def test_an_answer_slack_does_not_understand_keeps_the_modal_open(desk, ada):
    await ada.types("/timer form")
    await ada.fills("What", "odd")
    assert await ada.submits() == {"": "We had some trouble connecting. Try again?"}
    assert "We had some trouble connecting. Try again?" in ada.modal
    assert len(desk.world.violations) == 1


async def test_no_more_than_three_views_are_stacked(ada):
    await ada.types("/timer form")
    await ada.fills("What", "push")
    await ada.submits()
    await ada.clicks("Next")
    await ada.clicks("Next", within=0)
    await ada.waits_for("Slack refused: push_limit_reached")


async def test_a_trigger_opens_one_modal(desk, ada):
    await ada.types("/timer twice")
    await ada.waits_for("Slack refused: exchanged_trigger_id")
    assert ada.modal.startswith("Log time\n")


async def test_a_trigger_expires(desks):
    desk = await desks(pace=0.1)
    ada = await desk.person("Ada")
    await ada.types("/timer dawdle", within=0)
    await ada.waits_for("Slack refused: expired_trigger_id")
    assert ada.modal is None


async def test_closing_is_told_to_apps_that_asked_for_it(ada):
    await ada.types("/timer form")
    await ada.closes()
    [told] = await ada.reads()
    assert str(told) == "Nothing was logged."


async def test_a_stale_hash_changes_nothing(desk, ada):
    await ada.types("/timer form")
    view = desk.world.screens["U0ADA"].stack[0]
    assert await _error(desk.client.views_update(view_id=view.id, hash="old", view=log_form())) == "hash_conflict"
    assert await _error(desk.client.views_update(view_id="V0NONE", view=log_form())) == "not_found"


async def test_inputs_need_a_submit_button_and_titles_are_short(desk, ada):
    await ada.types("/timer form")
    view = desk.world.screens["U0ADA"].stack[0]
    form = {"type": "modal", "title": plain("x" * 25), "blocks": [text_input("a", "A"), text_input("a", "B")]}
    try:
        await desk.client.views_update(view_id=view.id, view=form)
    except SlackApiError as refused:
        messages = refused.response["response_metadata"]["messages"]
    assert messages == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
        "[ERROR] block_id must be unique: a [json-pointer:/view/blocks/1]",
        "[ERROR] missing required field: submit (an input block is present) [json-pointer:/view]",
    ]


async def _error(call) -> str:
    try:
        await call
    except SlackApiError as refused:
        return str(refused.response["error"])
    return ""
