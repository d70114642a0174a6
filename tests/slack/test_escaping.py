"""Whatever people and ClickUp write, Slack shows it as words: no mention, no link, nothing turned around."""

import html
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.sandbox.slack.message_rules import read_draft
from app.sandbox.slack.view_rules import find_view_problems
from app.slack import messages
from tests.slack.wire import Wire, texts
from tests.stage import Stage

NASTY = (
    "<!channel>", "<!here|x>", "<@U0BO>", "<@U0NOBODY|Ada>", "<http://evil.example|your bank>", "<#C0GENERAL>",
    "<!subteam^S1|@all>", "<!date^1^{date}|x>", "&lt;!channel&gt;", "*bold* _it_ ~no~ `code` ```block```", "> quote",
    "\u202ereversed\u202c", "\u2066isolated\u2069", "a\u200bb\u200d\ufeffc", "👩\u200d👩\u200d👧\u200d👦 👍🏽", "\x00\x1f\x7f",
    "x" * 3_200, "<" * 1_200, "&" * 800, "é" * 90, "line\nbreak\ttab", ":smile: :no_such:", "”“’–—", "…", " ",
)  # fmt: skip
texts_people_write = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=4
).map(" ".join)
often = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
async def written(stage: Stage, wire: Wire) -> AsyncIterator[Wire]:
    """Afterwards ClickUp has no complaint about what reached it."""
    yield wire
    assert stage.workspace.complaints == []


def check(answered: Any) -> None:
    """One message that the app sent, as Slack would take it and as a person would see it."""
    draft = read_draft({key: answered[key] for key in ("text", "blocks") if key in answered})
    assert draft.blocks
    for text in texts(answered):
        if text["type"] == "mrkdwn":
            assert not re.search(r"<(?!@U0(ADA|BO|CY)>)", text["text"]), text["text"]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\x00-\x08]", text["text"])


def as_slack_sends_it(text: str) -> str:
    """Slack escapes what people type, and tells mentions that it knows from words that look like one."""
    return html.escape(text, quote=False)


@often
@given(typed=texts_people_write)
async def test_what_people_type_comes_back_as_words(written: Wire, typed: str) -> None:
    for line in (f"log 1h yesterday : {as_slack_sends_it(typed)}", f"start 10m ago : {as_slack_sends_it(typed)}"):
        check((await written.command(line)).json())
    for word in ("status", "today", "yesterday", "week", "edit yesterday", "cancel"):
        check((await written.command(word)).json())
    timer = await written.front.services.store.held_timer("T0SANDBOX", "U0ADA")
    await written.click("cancel", timer.id if timer else "none", message=typed[:40])
    await written.front.drain(2)
    for told in written.told:
        check(told)


@often
@given(typed=texts_people_write)
async def test_what_cannot_be_read_comes_back_as_words(written: Wire, typed: str) -> None:
    for line in (typed, as_slack_sends_it(typed), f"stop {typed}", f"tag {typed}", f"help {typed}", f"log 5 {typed}"):
        answer = (await written.command(line)).text
        if answer:  # nothing when it opened a form
            check(json.loads(answer))


@often
@given(name=texts_people_write, label=texts_people_write)
async def test_what_clickup_calls_things_comes_back_as_words(
    stage: Stage, written: Wire, name: str, label: str
) -> None:
    """Task names, lists, tags and descriptions, in messages, in a form and in a typeahead."""
    task = stage.workspace.tasks_by_custom_id["DEV-12"]
    task.name, task.place.name = name, label
    entry = next(iter(stage.workspace.entries.values()))
    entry.task_id, entry.description = task.id, label
    entry.labels = [stage.workspace.label(label, 183)]
    stage.clock.passes(hours=1)  # so that nothing is remembered

    for line in (
        "start DEV-12",
        "status",
        "week",
        "edit mon",
        "delete tue",
        "tags",
        "log 10m yesterday DEV-12",
        "stop",
    ):
        check((await written.command(line)).json())
    for offered in ((await written.suggest("task", "DEV-12")).json(), (await written.suggest("tags", "")).json()):
        assert all(len(option["text"]["text"]) <= 75 for option in offered.get("options", []))


@often
@given(words=texts_people_write)
def test_what_clickup_complains_about_comes_back_as_words(words: str) -> None:
    for reply in (messages.refused(words), messages.refused_with_text(words, words, "1")):
        check({"text": "–", "blocks": list(reply.blocks)})


@often
@given(typed=texts_people_write)
async def test_a_form_shows_what_was_typed_within_slacks_limits(stage: Stage, written: Wire, typed: str) -> None:
    stage.world.calls.clear()
    held = {
        "duration": {"type": "plain_text_input", "value": typed[:40]},
        "description": {"type": "plain_text_input", "value": typed[:3000]},
    }
    answer = (await written.submit("log_time", held, metadata={"form": typed[:10]})).json()
    shown = answer.get("errors") or {"": answer["view"]["blocks"][0]["text"]["text"]}
    assert all(0 < len(sentence) <= 2_000 for sentence in shown.values())
    await written.command(f"log : {as_slack_sends_it(typed)}", trigger=f"form{len(stage.world.calls)}")
    views = [call.arguments["view"] for call in stage.world.calls if call.method == "views.open"]
    assert all(find_view_problems(view, "modal") == [] for view in views)
