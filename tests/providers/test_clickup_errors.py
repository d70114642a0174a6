"""What ClickUp's refusals become: one sentence each, with what to do next, whatever comes."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import errors
from app.core.errors import ProviderError, TimerError, TooManyRequests
from app.providers.clickup_errors import About, refusal
from app.providers.http import Answer

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def what(
    status: int,
    code: str = "",
    words: str = "",
    *,
    about: About = About.ENTRY,
    is_write: bool = True,
    **headers: str,
) -> TimerError:
    text = json.dumps({"err": words, "ECODE": code})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(Answer(status, named, text), about=about, is_write=is_write, now=NOW)


@pytest.mark.parametrize(
    ("status", "code", "kind", "field"),
    [
        (400, "TIMEENTRY_007", "Refused", "assignee"),
        (400, "CHECK_026", "Refused", "assignee"),
        (400, "TIMEENTRY_052", "PlanTooSmall", "tags"),
        (403, "TIMEENTRY_059", "AccessDenied", ""),
        (400, "TIMEENTRY_060", "Refused", ""),
        (400, "TIMEENTRY_062", "Refused", ""),
        (400, "TIMEENTRY_064", "PlanTooSmall", ""),
        (400, "TIMEENTRY_065", "Refused", ""),
        (401, "TIMEENTRYM_006", "AccessDenied", ""),
        (403, "TEAMM_002", "AccessDenied", "assignee"),
        (403, "TEAM_110", "PlanTooSmall", ""),
        (401, "OAUTH_023", "AccessDenied", ""),
        (401, "OAUTH_026", "AccessDenied", ""),
        (401, "OAUTH_027", "AccessDenied", ""),
        (401, "OAUTH_045", "AccessDenied", ""),
        (401, "OAUTH_061", "AccessDenied", ""),
        (401, "OAUTH_018", "EntryNotFound", ""),
        (404, "SHARD_031", "Refused", ""),
        (400, "INPUT_003", "Refused", ""),
        (401, "ACCESS_083", "EntryNotFound", ""),
        (404, "ACCESS_190", "EntryNotFound", ""),
        (404, "ITEM_013", "TaskNotFound", "task"),
        (402, "", "PlanTooSmall", ""),
        (403, "NEW_1", "AccessDenied", ""),
        (404, "NEW_1", "EntryNotFound", ""),
        (409, "NEW_1", "Refused", ""),
        (422, "NEW_1", "Refused", ""),
        (423, "NEW_1", "EntryLocked", ""),
        (408, "", "NoAnswer", ""),
        (429, "APP_002", "TooManyRequests", ""),
        (500, "TIMEENTRY_072", "NoAnswer", ""),
        (503, "", "NoAnswer", ""),
        (302, "", "NoAnswer", ""),
        (200, "", "NoAnswer", ""),
    ],
)
def test_each_refusal_has_its_name_and_the_field_that_it_is_about(
    status: int, code: str, kind: str, field: str
) -> None:
    error = what(status, code)
    assert (type(error).__name__, error.field) == (kind, field)
    assert "ClickUp" in error.sentence


@pytest.mark.parametrize(("status", "code"), [(404, ""), (401, "OAUTH_018"), (401, "OAUTH_023"), (404, "ACCESS_190")])
def test_what_is_missing_is_what_was_named(status: int, code: str) -> None:
    assert isinstance(what(status, code, about=About.TASK), errors.TaskNotFound)


def test_no_access_is_about_the_person_or_about_the_entry() -> None:
    assert "owners and admins" in what(403, "TIMEENTRY_059", about=About.WORKSPACE).sentence
    assert "somebody else's in ClickUp, or locked" in what(403, "TIMEENTRY_059").sentence


@pytest.mark.parametrize("words", ["Time entry is locked", "Timesheet has been approved", "LOCKED"])
def test_a_lock_is_known_by_its_words_because_its_code_was_never_seen(words: str) -> None:
    assert isinstance(what(400, "NEW_9", words), errors.EntryLocked)


@pytest.mark.parametrize("words", ["blocked", "clock skew", "unlocked feature missing"])
def test_other_words_with_lock_in_them_are_no_lock(words: str) -> None:
    assert not isinstance(what(400, "NEW_9", words), errors.EntryLocked)


def test_clickups_own_words_are_quoted_short_and_on_one_line() -> None:
    error = what(400, "NEW_9", "Bad\n\x00\u202ething " + "x" * 10_000)
    assert "“Bad thing xxx" in error.sentence
    assert len(error.sentence) < 300
    assert error.sentence.isprintable()


@pytest.mark.parametrize("status", [400, 403, 404, 401])
def test_a_page_of_html_is_no_refusal(status: int) -> None:
    answer = Answer(status, {"content-type": "text/html"}, "\n<!DOCTYPE html>")
    assert isinstance(refusal(answer, about=About.ENTRY, is_write=True, now=NOW), errors.NoAnswer)


def test_writes_and_questions_say_something_else_when_there_is_no_answer() -> None:
    assert "may or may not" in what(500).sentence
    assert "Try again" in what(500, is_write=False).sentence


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x_ratelimit_reset": str(int(NOW.timestamp()) + 40)}, 40),
        ({"x_ratelimit_reset": "1"}, 1),
        ({"x_ratelimit_reset": "99999999999999999999"}, 60),
        ({"x_ratelimit_reset": str(int(NOW.timestamp()) + 9_999)}, 120),
        ({"retry_after": "7"}, 7),
        ({"retry_after": "Wed, 04 Mar 2026"}, 60),
        ({"retry_after": "nan"}, 60),
        ({"retry_after": "1e999"}, 60),
        ({}, 60),
    ],
)
def test_a_limit_says_until_when(headers: dict[str, str], seconds: int) -> None:
    error = what(429, **headers)
    assert isinstance(error, TooManyRequests)
    assert error.until == NOW + timedelta(seconds=seconds)
    assert f"{seconds} seconds" in error.sentence


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["err", "ECODE", "data"]) | st.text(), inner),
    max_leaves=5,
)


@given(
    status=st.integers(100, 599),
    text=st.text() | st.builds(json.dumps, json_values) | st.just("[" * 100_000),
    headers=st.dictionaries(st.sampled_from(["x-ratelimit-reset", "retry-after", "content-type"]), st.text()),
    about=st.sampled_from(About),
    is_write=st.booleans(),
)
def test_whatever_clickup_answers_there_is_a_sentence(
    status: int, text: str, headers: dict[str, str], about: About, is_write: bool
) -> None:
    error = refusal(Answer(status, headers, text), about=about, is_write=is_write, now=NOW)
    assert isinstance(error, ProviderError | errors.EntryNotFound | errors.TaskNotFound)
    assert "ClickUp" in error.sentence
    assert error.sentence.endswith(".")
    if status >= 500 and status != 429:
        assert isinstance(error, errors.NoAnswer)
