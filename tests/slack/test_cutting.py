"""What is shown is cut to Slack's limits, and only between characters as people see them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.slack import blocks
from app.slack.blocks import cut, cut_markup, escape

FAMILY, FLAG, ACCENT, WAVE = "👩\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "e\u0301", "👋🏽"


@pytest.mark.parametrize("limit", range(2, 24))
@pytest.mark.parametrize("whole", [FAMILY, FLAG, ACCENT, WAVE])
def test_what_is_cut_for_display_is_cut_between_characters(whole: str, limit: int) -> None:
    shown = cut(whole * 12, limit)
    assert len(shown) <= limit
    assert shown.removesuffix("…").replace(whole, "") == ""


def test_what_fits_is_not_cut() -> None:
    assert cut("12345", 5) == cut_markup("12345", 5) == "12345"
    assert cut("123456", 5) == cut_markup("123456", 5) == "1234…"


@given(st.text(alphabet="<>&a", min_size=1, max_size=40), st.integers(2, 60))
def test_no_escape_is_cut_in_two(text: str, limit: int) -> None:
    shown = cut_markup(escape(text), limit)
    assert len(shown) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)
    assert escape(text).startswith(shown.removesuffix("…"))


@pytest.mark.parametrize(("limit", "shown"), [(12, "for …"), (13, "for <@U0ADA>…"), (15, "for <@U0ADA> b…")])
def test_no_mention_is_cut_in_two(limit: int, shown: str) -> None:
    text = "for <@U0ADA> because of the auditors"
    assert cut_markup(text, limit) == shown


def test_an_unclosed_sign_far_back_costs_no_more_than_a_mention_is_long() -> None:
    shown = cut_markup("<" + "x" * 200, 100)
    assert shown == "<" + "x" * 98 + "…"


@pytest.mark.parametrize("joined", [FAMILY, FLAG, WAVE, "❤️\u200d🔥"])
def test_joined_emoji_stay_one(joined: str) -> None:
    assert escape(joined) == joined


@pytest.mark.parametrize(
    "hidden",
    ["\u200d", "\u200b", "\u200c", "\u200e", "\u200f", "\u202e", "\u2066", "\u2028", "\u2029", "\u00ad", "\u061c", "\u180e",
     "\ufeff", "\ufff9", "\ufffb", "\U000e0041", "\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x9f", "\u2060", "\u206f"],
)  # fmt: skip
def test_what_hides_or_turns_is_not_shown(hidden: str) -> None:
    assert escape(f"pay{hidden}ment") == "payment"
    assert blocks.header(f"pay{hidden}ment")["text"]["text"] == "payment"


def test_lines_and_tabs_stay() -> None:
    assert escape("one\n\ttwo") == "one\n\ttwo"


def test_each_block_keeps_to_its_limit() -> None:
    long = "x" * 5_000
    assert len(blocks.section(long)["text"]["text"]) == 3_000
    assert len(blocks.context(long)["elements"][0]["text"]) == 2_000
    assert len(blocks.context(*["x"] * 20)["elements"]) == 10
    assert blocks.context("", "x")["elements"] == [{"type": "mrkdwn", "text": "x"}]
    assert len(blocks.header(long)["text"]["text"]) == 150
    assert len(blocks.button(long, "a")["text"]["text"]) == 75
    assert len(blocks.actions(*[blocks.divider()] * 30)["elements"]) == 25
    asked = blocks.confirm(long, long, long, long)
    assert [len(asked[name]["text"]) for name in ("title", "text", "confirm", "deny")] == [100, 300, 30, 30]
    view = blocks.modal(long, "c", [], submit=long, close=long)
    assert [len(view[name]["text"]) for name in ("title", "submit", "close")] == [24, 24, 24]
    chosen = blocks.option(long, long, long)
    assert (len(chosen["text"]["text"]), len(chosen["value"]), len(chosen["description"]["text"])) == (75, 150, 75)
    group = blocks.option_group(long, [chosen] * 150)
    assert (len(group["label"]["text"]), len(group["options"])) == (75, 100)
    assert len(blocks.select([chosen] * 150)["options"]) == 100
    asked_for = blocks.field(long, "f", blocks.text_input(long, long, longest=40), hint=long)
    assert (len(asked_for["label"]["text"]), len(asked_for["hint"]["text"])) == (2_000, 2_000)
    element = asked_for["element"]
    assert (len(element["initial_value"]), element["max_length"], len(element["placeholder"]["text"])) == (40, 40, 150)


def test_an_empty_text_is_a_dash_because_slack_refuses_none() -> None:
    assert blocks.header("")["text"] == {"type": "plain_text", "text": "–", "emoji": False}
    assert blocks.button("Go", "a")["value"] == "-"


def test_what_is_not_given_is_not_sent() -> None:
    assert set(blocks.button("Go", "a")) == {"type", "text", "action_id", "value"}
    assert set(blocks.section("x")) == {"type", "text"}
    assert set(blocks.text_input()) == {"type", "multiline", "max_length"}
    assert set(blocks.modal("t", "c", [])) == {
        "type", "callback_id", "title", "close", "blocks", "private_metadata",
    }  # fmt: skip
    assert set(blocks.option("a", "b")) == {"text", "value"}
    assert set(blocks.date_input("")) == {"type"}
    assert "initial_options" not in blocks.tick("a", "b")


def plain(text: str) -> blocks.Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> blocks.Block:
    return {"type": "mrkdwn", "text": text}


BUTTON = {"type": "button", "text": plain("Go"), "action_id": "go", "value": "7"}
OPTION = {"text": plain("One"), "value": "1"}


def shapes() -> list[tuple[blocks.Block, blocks.Block]]:
    """What the app makes, and what Slack knows it as."""
    return [
        (blocks.section("*x*"), {"type": "section", "text": mrkdwn("*x*")}),
        (
            blocks.section("x", {"type": "image"}, block_id="b"),
            {"type": "section", "text": mrkdwn("x"), "accessory": {"type": "image"}, "block_id": "b"},
        ),
        (blocks.context("x", "y"), {"type": "context", "elements": [mrkdwn("x"), mrkdwn("y")]}),
        (blocks.header("x"), {"type": "header", "text": plain("x")}),
        (blocks.divider(), {"type": "divider"}),
        (blocks.actions(BUTTON), {"type": "actions", "elements": [BUTTON]}),
        (blocks.button("Go", "go", "7"), BUTTON),
        (
            blocks.button("Go", "go", "7", style="danger", confirm={"title": "?"}),
            BUTTON | {"style": "danger", "confirm": {"title": "?"}},
        ),
        (
            blocks.link_button("Go", "go", "https://x.example"),
            {"type": "button", "text": plain("Go"), "action_id": "go", "url": "https://x.example", "style": "primary"},
        ),
        (
            blocks.confirm("Sure?", "*It* goes.", "Yes"),
            {"title": plain("Sure?"), "text": mrkdwn("*It* goes."), "confirm": plain("Yes"), "deny": plain("Keep it"), "style": "danger"},
        ),
        (
            blocks.modal("Log time", "log", [{"type": "divider"}]),
            {"type": "modal", "callback_id": "log", "title": plain("Log time"), "close": plain("Cancel"),
             "blocks": [{"type": "divider"}], "private_metadata": ""},
        ),
        (
            blocks.modal("Log time", "log", [], submit="Log", close="No", metadata="{}"),
            {"type": "modal", "callback_id": "log", "title": plain("Log time"), "close": plain("No"), "blocks": [],
             "private_metadata": "{}", "submit": plain("Log")},
        ),
        (
            blocks.field("Day", "day", blocks.date_input("2026-03-04")),
            {"type": "input", "block_id": "day", "label": plain("Day"), "optional": False,
             "element": {"type": "datepicker", "initial_date": "2026-03-04", "action_id": "day"}},
        ),
        (
            blocks.field("Day", "day", {"type": "x"}, hint="any", is_optional=True),
            {"type": "input", "block_id": "day", "label": plain("Day"), "optional": True, "hint": plain("any"),
             "element": {"type": "x", "action_id": "day"}},
        ),
        (blocks.text_input(), {"type": "plain_text_input", "multiline": False, "max_length": 3000}),
        (
            blocks.text_input("x", "y", is_multiline=True),
            {"type": "plain_text_input", "multiline": True, "max_length": 3000, "initial_value": "x", "placeholder": plain("y")},
        ),
        (blocks.time_input(), {"type": "timepicker"}),
        (blocks.time_input("09:30", "y"), {"type": "timepicker", "initial_time": "09:30", "placeholder": plain("y")}),
        (blocks.typeahead("y"), {"type": "external_select", "min_query_length": 0, "placeholder": plain("y")}),
        (
            blocks.typeahead("y", OPTION),
            {"type": "external_select", "min_query_length": 0, "initial_option": OPTION, "placeholder": plain("y")},
        ),
        (
            blocks.many_typeahead("y", [OPTION]),
            {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": 100, "initial_options": [OPTION],
             "placeholder": plain("y")},
        ),
        (blocks.person_input("U0ADA"), {"type": "users_select", "initial_user": "U0ADA"}),
        (blocks.select([OPTION]), {"type": "static_select", "options": [OPTION]}),
        (
            blocks.select([OPTION], OPTION, "y"),
            {"type": "static_select", "options": [OPTION], "initial_option": OPTION, "placeholder": plain("y")},
        ),
        (blocks.tick("One", "1"), {"type": "checkboxes", "options": [OPTION]}),
        (
            blocks.tick("One", "1", is_ticked=True),
            {"type": "checkboxes", "options": [OPTION], "initial_options": [OPTION]},
        ),
        (blocks.option("One", "1", "of many"), OPTION | {"description": plain("of many")}),
        (blocks.option_group("All", [OPTION]), {"label": plain("All"), "options": [OPTION]}),
    ]  # fmt: skip


def test_each_block_has_the_shape_that_slack_knows() -> None:
    for made, known in shapes():
        assert made == known


def test_signs_of_markup_are_escaped_once() -> None:
    assert escape("a < b & c > d &amp;") == "a &lt; b &amp; c &gt; d &amp;amp;"


@pytest.mark.parametrize("mark", ["\U0001f3fb", "\U0001f3ff", "\u0301", "\u20dd", "\u0903", "\u200d"])
def test_what_belongs_to_the_character_before_it_goes_with_it(mark: str) -> None:
    assert cut(f"abcd{mark}ef", 5) == "abc…"


def test_where_a_text_begins_or_ends_there_is_nothing_to_go_back_to() -> None:
    assert blocks.character_start("\u0301a", 0) == 0
    assert blocks.character_start("a\u0301", 2) == 2


@pytest.mark.parametrize(("length", "shown"), [(80, ""), (81, "<" + "x" * 81)])
def test_an_unclosed_sign_is_taken_for_a_mention_only_where_one_could_be_so_long(length: int, shown: str) -> None:
    assert cut_markup("<" + "x" * 200, length + 2) == f"{shown}…"


@pytest.mark.parametrize("kept", ["&abcd", "&", "&amp;"])
def test_an_ampersand_is_only_taken_for_half_an_escape_where_it_could_be_one(kept: str) -> None:
    whole = cut_markup(f"12{kept}" + "x" * 20, len(kept) + 3)
    assert whole == ("12…" if kept == "&" else f"12{kept}…")
