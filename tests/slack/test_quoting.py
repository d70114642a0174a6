"""A message that is tracked is read as people read it, fits, and links back."""

from typing import Any

import pytest

from app.core.task_ids import is_task_id
from app.slack.message_words import words_of
from app.slack.quoting import LONGEST, Quoted, fitted, quoted

BODY: dict[str, Any] = {
    "team": {"id": "T1", "domain": "acme"},
    "channel": {"id": "C1", "name": "general"},
    "message_ts": "1700000000.000100",
    "message": {"type": "message", "text": "hi", "ts": "1700000000.000100"},
}


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("call <@U0BO> at 9:30", "call @Bo at 9:30"),
        ("ask <@U0XX> and <@U0YY|yve>", "ask @someone and @yve"),
        ("see <#C1|backend> and <#C2|> and <#C3>", "see #backend and #private-channel and #private-channel"),
        ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
        ("<https://a.example|the page> &lt;b&gt; &amp; more", "the page <b> & more"),
        ("<mailto:ada@acme.example|ada@acme.example> <tel:+491234>", "ada@acme.example +491234"),
        ("<!here> <!channel> <!subteam^S1|@devs> <!subteam^S2>", "@here @channel @devs @subteam"),
        ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
        ("&amp;lt;", "&lt;"),
        ("first\n&gt; quoted\n", "first\n> quoted"),
    ],
)
def test_markup_becomes_plain_words(markup: str, plain: str) -> None:
    assert Quoted(markup, "").plain({"U0BO": "Bo"}) == plain


def test_a_name_is_never_read_as_markup() -> None:
    assert Quoted("<@U1>", "").plain({"U1": "B&amp;o <x>"}) == "@B&amp;o <x>"


def test_the_link_is_the_one_that_slack_makes() -> None:
    assert quoted(BODY).link == "https://acme.slack.com/archives/C1/p1700000000000100"


def test_the_link_to_a_reply_names_its_thread_and_that_to_the_threads_first_message_does_not() -> None:
    reply = BODY | {"message": BODY["message"] | {"thread_ts": "1600000000.000200"}}
    assert quoted(reply).link == (
        "https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1600000000.000200&cid=C1"
    )
    parent = BODY | {"message": BODY["message"] | {"thread_ts": BODY["message_ts"]}}
    assert quoted(parent).link == "https://acme.slack.com/archives/C1/p1700000000000100"


def test_without_the_workspaces_name_there_is_no_link() -> None:
    assert quoted(BODY | {"team": None}).link == ""


def test_text_and_link_fit_together_and_the_link_is_whole() -> None:
    link = "https://acme.slack.com/archives/C1/p1"
    assert fitted("short", link) == f"short\n{link}"
    assert fitted("", link) == link
    assert fitted("only text", "") == "only text"
    long = fitted("word " * 1000, link)
    assert long.endswith(f"…\n{link}")
    assert LONGEST - 5 < len(long) <= LONGEST


@pytest.mark.parametrize(
    ("text", "link", "shown"),
    [
        ("0123456789", "", "0123456789"),
        ("0123456789x", "", "012345678…"),
        ("0123", "-link", "0123\n-link"),
        ("01234", "-link", "012…\n-link"),
        ("01234", "-longlink", "-longlink"),
        ("012 45678901", "", "012 45678…"),
        ("01234567 901", "", "01234567…"),
        ("0", "-longlink", "-longlink"),
    ],
)
def test_ten_characters_hold_what_fits(text: str, link: str, shown: str) -> None:
    assert fitted(text, link, limit=10) == shown


@pytest.mark.parametrize("char", ["😀", "👩‍💻", "👍🏽", "e\u0301", "🏳️‍🌈"])
@pytest.mark.parametrize("shift", range(6))
def test_what_is_cut_is_cut_between_characters_as_people_see_them(char: str, shift: int) -> None:
    kept = fitted("x" * shift + char * 40, "", limit=30)
    assert kept.endswith("…")
    assert len(kept.encode("utf-16-le")) <= 60
    assert kept.removesuffix("…")[shift:].replace(char, "") == ""


@pytest.mark.parametrize(
    ("markup", "named"),
    [
        ("*DEV-12*: still broken, see (DEV-12).", ["DEV-12"]),
        ("<https://app.clickup.com/t/86c1|the task> and 86c7mc19h!", ["https://app.clickup.com/t/86c1", "86c7mc19h"]),
        ("<@U0BO> <#C1|DEV-13> nothing here at 9:30", []),
        ("see &lt;DEV-12&gt;, `DEV-13`", ["DEV-13"]),
        ("DEV-12<@U0BO> in <#DEV-14|DEV-15>", ["DEV-12"]),
    ],
)
def test_what_looks_like_a_tasks_id_or_link_is_found(markup: str, named: list[str]) -> None:
    assert Quoted(markup, "").task_ids() == named
    assert all(is_task_id(one) for one in named)


def test_what_people_wrote_shows_in_no_repr() -> None:
    assert "secret" not in repr(Quoted("secret plan", "https://secret"))


RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [
            {"type": "text", "text": "Deploy by "}, {"type": "user", "user_id": "U0BO"}, {"type": "text", "text": " "},
            {"type": "link", "url": "https://ci.example/7"}, {"type": "emoji", "name": "tada"},
        ]},
        {"type": "rich_text_list", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
        ]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "the text", "blocks": [RICH]}, "the text"),
        ({"text": "", "blocks": [RICH]}, "Deploy by <@U0BO> <https://ci.example/7>:tada:\none\ntwo"),
        (
            {"blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "Build 7"}}, {"type": "divider"},
                {"type": "section", "text": {"type": "mrkdwn", "text": "*failed*"},
                 "fields": [{"type": "mrkdwn", "text": "main"}]},
                {"type": "context", "elements": [{"type": "image", "image_url": "https://x"},
                                                 {"type": "mrkdwn", "text": "2 min"}]},
            ]},
            "Build 7\n*failed*\nmain\n2 min",
        ),
        ({"text": "", "attachments": [{"title": "DEV-12", "text": "was closed", "fallback": "x"}]}, "DEV-12\nwas closed"),
        ({"attachments": [{"fallback": "a picture"}]}, "a picture"),
        ({"text": "", "files": [{"name": "plan.pdf"}]}, ""),
    ],
)  # fmt: skip
def test_a_message_without_text_says_what_its_blocks_say(message: dict[str, Any], words: str) -> None:
    assert words_of(message) == words
