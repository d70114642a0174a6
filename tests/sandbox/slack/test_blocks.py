"""Slack's limits, one refusal after another: what would be refused there is refused here."""

import copy
import functools
import operator

import pytest

from app.sandbox.slack.blocks import find_block_problems
from app.sandbox.slack.view_rules import find_view_problems
from tests.sandbox.slack.peer import TIMER_BLOCKS, button, log_form, mrkdwn, option, plain, text_input


def section(**more):
    return {"type": "section", "text": mrkdwn("Hello"), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def select(**more):
    return {"type": "static_select", "action_id": "s", "options": [option("One")], **more}


REFUSED = {
    "a section without words": {"type": "section"},
    "an empty text": section(text=mrkdwn("")),
    "eleven fields": section(fields=[mrkdwn("x")] * 11),
    "a field of 2001 characters": section(fields=[mrkdwn("x" * 2001)]),
    "a header in mrkdwn": {"type": "header", "text": mrkdwn("*Today*")},
    "a header of 151 characters": {"type": "header", "text": plain("x" * 151)},
    "a context of eleven elements": {"type": "context", "elements": [mrkdwn("x")] * 11},
    "a button in a context": {"type": "context", "elements": [button("Stop", "stop")]},
    "26 buttons": actions(*[button("Stop", f"stop{number}") for number in range(26)]),
    "two elements with one action_id": actions(button("Stop", "stop"), button("Pause", "stop")),
    "an action_id of 256 characters": actions(button("Stop", "x" * 256)),
    "a button label of 76 characters": actions(button("x" * 76, "stop")),
    "a button value of 2001 characters": actions(button("Stop", "stop", value="x" * 2001)),
    "a button style of its own": actions(button("Stop", "stop", style="green")),
    "a field nobody knows": actions(button("Stop", "stop", colour="green")),
    "an option text of 76 characters": actions(select(options=[{"text": plain("x" * 76), "value": "x"}])),
    "an option value of 151 characters": actions(select(options=[{"text": plain("x"), "value": "x" * 151}])),
    "101 options": actions(select(options=[option(str(number)) for number in range(101)])),
    "a menu without options": actions({"type": "static_select", "action_id": "s"}),
    "an initial option that is not offered": actions(select(initial_option=option("Two"))),
    "six overflow entries": section(
        accessory={"type": "overflow", "action_id": "o", "options": [option(str(number)) for number in range(6)]}
    ),
    "a text field as accessory": section(accessory={"type": "plain_text_input", "action_id": "t"}),
    "a multi-select among actions": actions({**select(), "type": "multi_static_select"}),
    "a confirmation without a text": actions(button("Stop", "stop", confirm={"title": plain("Sure?")})),
    "a date of its own form": actions({"type": "datepicker", "action_id": "d", "initial_date": "4.3.2026"}),
    "an image without alt_text": {"type": "image", "image_url": "https://example.com/x.png"},
    "an alert in a message": {"type": "alert", "text": plain("Careful")},
    "a number field in a message": {
        "type": "input",
        "label": plain("Hours"),
        "element": {"type": "number_input", "action_id": "n", "is_decimal_allowed": True},
    },
    "a block nobody knows": {"type": "paragraph", "text": plain("x")},
    "a pie with seven segments": {
        "type": "data_visualization",
        "title": "Week",
        "chart": {"type": "pie", "segments": [{"label": str(number), "value": 1} for number in range(7)]},
    },
}


@pytest.mark.parametrize("block", REFUSED.values(), ids=REFUSED)
def test_a_message_is_refused_for(block):
    assert find_block_problems([block], "message")


def test_fifty_blocks_fit_a_message_and_a_hundred_a_home_tab():
    divider = {"type": "divider"}
    assert find_block_problems([divider] * 50, "message") == []
    assert find_block_problems([divider] * 51, "message") != []
    assert find_view_problems({"type": "home", "blocks": [divider] * 100}, "home") == []
    assert find_view_problems({"type": "home", "blocks": [divider] * 101}, "home") != []


@pytest.mark.parametrize("junk", [None, 1, "x", [], {}, [1], [{}], {"type": []}, True], ids=repr)
def test_nonsense_anywhere_is_refused_or_taken_but_never_breaks_the_sandbox(junk):
    form = log_form()["blocks"] + TIMER_BLOCKS
    for path in list(_paths(form)):
        spoilt = copy.deepcopy(form)
        functools.reduce(operator.getitem, path[:-1], spoilt)[path[-1]] = junk
        find_block_problems(spoilt, "message")
        find_view_problems({"type": "modal", "title": plain("x"), "submit": plain("x"), "blocks": spoilt}, "modal")


def _paths(value, path=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inside:
        yield (*path, step)
        yield from _paths(one, (*path, step))


def test_what_slack_takes_is_taken():
    assert find_block_problems(TIMER_BLOCKS, "message") == []
    assert find_view_problems(log_form(), "modal") == []


def test_charts_stay_out_of_home_and_alerts_out_of_everything_but_modals():
    chart = {"type": "data_visualization", "title": "Week", "chart": {"type": "pie", "segments": [
        {"label": "Mon", "value": 8}]}}  # fmt: skip
    alert = {"type": "alert", "level": "warning", "text": mrkdwn("*Careful*")}
    assert find_block_problems([chart], "message") == []
    assert find_view_problems({"type": "home", "blocks": [chart]}, "home")
    assert find_view_problems({"type": "modal", "title": plain("A"), "blocks": [alert]}, "modal") == []
    assert find_view_problems({"type": "home", "blocks": [alert]}, "home")


def test_only_one_element_takes_the_focus():
    form = log_form(blocks=[text_input("a", "A", focus_on_load=True), text_input("b", "B", focus_on_load=True)])
    [problem] = find_view_problems(form, "modal")
    assert "focus_on_load" in problem


def test_private_metadata_holds_3000_characters():
    assert find_view_problems(log_form(private_metadata="x" * 3000), "modal") == []
    assert find_view_problems(log_form(private_metadata="x" * 3001), "modal")
