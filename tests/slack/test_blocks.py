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
