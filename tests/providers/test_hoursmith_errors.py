"""What Hoursmith's refusals become: one sentence each, with what to do next, whatever comes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import errors
from app.core.errors import ProviderError, TimerError, TooManyRequests
from app.providers.hoursmith_errors import About, refusal
from app.providers.http import Answer
from providers.hoursmith_recorded import refused

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def what(
    status: int,
    code: str = "",
    message: str = "",
    *,
    about: About = About.ENTRY,
    is_write: bool = True,
    is_shared: bool = False,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> TimerError:
    text = json.dumps(refused(code, message, **more))
    answer = Answer(status, headers or {}, text)
    return refusal(answer, about=about, is_write=is_write, is_shared=is_shared, now=NOW)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "bad_request", "Refused"),
        (401, "unauthenticated", "SignInExpired"),
        (402, "forbidden_plan", "PlanTooSmall"),
        (403, "forbidden_scope", "AccessDenied"),
        (404, "not_found", "EntryNotFound"),
        (409, "conflict", "EntryLocked"),
        (422, "validation_error", "Refused"),
        (429, "rate_limited", "TooManyRequests"),
        (500, "internal", "NoAnswer"),
        (503, "", "NoAnswer"),
        (408, "", "NoAnswer"),
        (302, "", "NoAnswer"),
        (200, "", "NoAnswer"),
        (418, "teapot", "Refused"),
    ],
)
def test_each_refusal_has_its_name_by_code_and_without_one_by_status(status: int, code: str, kind: str) -> None:
    for known in (code, ""):
        error = what(status, known)
        assert type(error).__name__ == kind
        assert "Hoursmith" in error.sentence


def test_the_code_is_the_contract_and_not_the_status() -> None:
    assert isinstance(what(400, "forbidden_plan"), errors.PlanTooSmall)
    assert isinstance(what(400, "not_found"), errors.EntryNotFound)


@pytest.mark.parametrize(
    ("required", "named"), [("studio", "Studio plan"), ("agency", "Agency plan"), (None, "Studio")]
)
def test_a_plan_that_is_too_small_names_the_one_that_is_needed(required: str | None, named: str) -> None:
    assert named in what(402, "forbidden_plan", requiredPlan=required, feature="apiAccess").sentence


@pytest.mark.parametrize(("is_write", "scope"), [(True, "“write” scope"), (False, "“read” scope")])
def test_a_missing_right_names_the_scope_and_quotes_the_reason(is_write: bool, scope: str) -> None:
    sentence = what(403, "forbidden_scope", "Only Owners can.", is_write=is_write).sentence
    assert scope in sentence
    assert "“Only Owners can.”" in sentence


def test_an_expired_token_is_ones_own_or_the_apps() -> None:
    assert "Connect Hoursmith again" in what(401).sentence
    assert "whoever runs the app" in what(401, is_shared=True).sentence


def test_what_is_missing_is_what_was_named() -> None:
    assert isinstance(what(404, about=About.NEW_ENTRY), errors.TaskNotFound)
    assert isinstance(what(404, about=About.ORGANISATION), errors.Refused)


def test_a_conflict_of_a_new_entry_is_a_key_that_was_used_before_and_may_have_made_something() -> None:
    error = what(409, "conflict", about=About.NEW_ENTRY)
    assert type(error) is errors.KeySpent
    assert "may or may not" in error.sentence


@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("projectId", "task"),
        ("taskId", "task"),
        ("entryDate", "date"),
        ("durationSeconds", "duration"),
        ("duration", "duration"),
        ("note", "description"),
        ("billable", "billable"),
        ("userId", "assignee"),
        ("Idempotency-Key", ""),
    ],
)
def test_an_invalid_field_is_the_forms_field_and_quotes_the_reason(field: str, ours: str) -> None:
    error = what(422, "validation_error", fields={field: "is archived"})
    assert error.field == ours
    assert f"“{field}: is archived”" in error.sentence


def test_hoursmiths_own_words_are_quoted_short_and_on_one_line() -> None:
    error = what(400, "bad_request", "Bad\n\x00\u202ething " + "x" * 10_000)
    assert "“Bad thing xxx" in error.sentence
    assert len(error.sentence) < 300
    assert error.sentence.isprintable()


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "", "[]", "null", '"no"', "{"])
@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_is_not_hoursmiths_envelope_is_no_refusal(status: int, text: str) -> None:
    error = refusal(Answer(status, {}, text), about=About.ENTRY, is_write=True, is_shared=False, now=NOW)
    assert isinstance(error, errors.NoAnswer)


def test_writes_and_questions_say_something_else_when_there_is_no_answer() -> None:
    assert "may or may not" in what(500).sentence
    assert "Try again" in what(500, is_write=False).sentence


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "7", "x-ratelimit-reset": str(int(NOW.timestamp()) + 40)}, 7),
        ({"retry-after": "Wed, 04 Mar 2026 12:00:20 GMT"}, 20),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 40)}, 40),
        ({"x-ratelimit-reset": "1"}, 1),
        ({"x-ratelimit-reset": "99999999999999999999"}, 10),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 9_999)}, 120),
        ({"retry-after": "nan"}, 10),
        ({"retry-after": "1e999"}, 10),
        ({"retry-after": "soon"}, 10),
        ({}, 10),
    ],
)
def test_a_limit_says_until_when(headers: dict[str, str], seconds: int) -> None:
    error = what(429, "rate_limited", headers=headers)
    assert isinstance(error, TooManyRequests)
    assert error.until == NOW + timedelta(seconds=seconds)
    assert f"{seconds} seconds" in error.sentence


names = st.sampled_from(["error", "code", "message", "fields", "requiredPlan", "data"]) | st.text()
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
    max_leaves=5,
)


@given(
    status=st.integers(100, 599),
    text=st.text() | st.builds(json.dumps, json_values) | st.just("[" * 100_000),
    headers=st.dictionaries(st.sampled_from(["x-ratelimit-reset", "retry-after"]), st.text()),
    about=st.sampled_from(About),
    is_write=st.booleans(),
)
def test_whatever_hoursmith_answers_there_is_a_sentence(
    status: int, text: str, headers: dict[str, str], about: About, is_write: bool
) -> None:
    error = refusal(Answer(status, headers, text), about=about, is_write=is_write, is_shared=False, now=NOW)
    assert isinstance(error, ProviderError | errors.EntryNotFound | errors.TaskNotFound)
    assert "Hoursmith" in error.sentence
    assert error.sentence.endswith(".")
    if status >= 500:
        assert isinstance(error, errors.NoAnswer)
