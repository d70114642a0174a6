"""What Clockify's refusals become: one sentence each, with what to do next, whatever comes."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import errors
from app.core.errors import ProviderError, TimerError
from app.providers.clockify_errors import About, RuleBroken, refusal, too_many
from app.providers.http import Answer
from providers.clockify_recorded import NOTHING_RUNS, SPURIOUS

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def what(status: int, code: object = None, words: str = "no", *, about: About = About.ENTRY) -> TimerError:
    body = {"message": words} | ({} if code is None else {"code": code})
    return refusal(Answer(status, {}, json.dumps(body)), about=about, is_write=True)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 501, "RuleBroken"),
        (400, "501", "RuleBroken"),
        (400, 3000, "Refused"),
        (404, 3000, "Refused"),
        (405, 3000, "Refused"),
        (400, 3001, "Refused"),
        (400, None, "Refused"),
        (401, 1000, "AccessDenied"),
        (401, 4003, "AccessDenied"),
        (401, 4019, "AccessDenied"),
        (402, None, "PlanTooSmall"),
        (403, 4030, "Refused"),
        (403, 1003, "EntryLocked"),
        (403, 4005, "EntryLocked"),
        (403, 406, "AccessDenied"),
        (406, 406, "AccessDenied"),
        (403, 999, "AccessDenied"),
        (403, None, "AccessDenied"),
        (404, 404, "NoTimerRunning"),
        (404, None, "Refused"),
        (409, 1, "Refused"),
        (422, 1, "Refused"),
        (423, 1, "EntryLocked"),
        (408, None, "NoAnswer"),
        (500, 501, "NoAnswer"),
        (503, None, "NoAnswer"),
        (302, None, "NoAnswer"),
        (200, None, "NoAnswer"),
    ],
)
def test_each_refusal_has_its_name(status: int, code: object, kind: str) -> None:
    error = what(status, code)
    assert type(error).__name__ == kind
    assert "Clockify" in error.sentence


@pytest.mark.parametrize(
    ("words", "kind", "field"),
    [
        ("Project doesn't belong to Workspace", "TaskNotFound", "task"),
        ("PROJECT with id 25b687e29ae1f428e7ebe101 doesn't belong to WORKSPACE with id 64a6", "TaskNotFound", "task"),
        ("Task doesn't belong to Project", "TaskNotFound", "task"),
        ("Tag doesn't belong to Workspace", "Refused", "tags"),
        ("User doesn't belong to Workspace", "Refused", "assignee"),
        ("TIMEENTRY with id 64c777ddd3fcab07cfbb2101 doesn't belong to Workspace", "EntryNotFound", ""),
        ("Time entry doesn't belong to Workspace", "EntryNotFound", ""),
        ("Thing doesn't belong to Workspace", "EntryNotFound", ""),
    ],
)
def test_what_is_missing_is_refused_as_a_rule_and_named_for_what_it_is(words: str, kind: str, field: str) -> None:
    error = what(400, 501, words)
    assert (type(error).__name__, error.field) == (kind, field)


@pytest.mark.parametrize(
    ("what_lacks", "field"), [("Project", "task"), ("Task", "task"), ("Tag", "tags"), ("Description", "description")]
)
def test_a_field_that_clockify_itself_calls_required_is_named(what_lacks: str, field: str) -> None:
    words = (
        f"Time entry couldn't be created. {what_lacks} is either required field or given {what_lacks.lower()} is archived. "
        "Please change your input or update your workspace settings."
    )
    error = what(400, 501, words, about=About.NEW)
    assert (type(error), error.field) == (RuleBroken, field)


def test_something_else_that_is_missing_is_what_was_named() -> None:
    assert isinstance(what(400, 501, "Thing doesn't belong to Workspace", about=About.TASK), errors.TaskNotFound)
    assert type(what(400, 501, "Thing doesn't belong to Workspace", about=About.NEW)) is errors.Refused


@pytest.mark.parametrize("about", About)
def test_an_entry_that_is_lost_while_it_is_written_may_have_been_written(about: About) -> None:
    error = what(400, 501, SPURIOUS["message"], about=about)
    assert isinstance(error, errors.NoAnswer)
    assert "may or may not" in error.sentence


def test_an_entry_that_is_not_found_when_it_is_only_asked_for_is_not_there() -> None:
    answer = Answer(400, {}, json.dumps(SPURIOUS))
    assert isinstance(refusal(answer, about=About.ENTRY, is_write=False), errors.EntryNotFound)


@pytest.mark.parametrize(
    "words",
    [
        "Description: TIMEENTRY with ID 'x' not found",
        "my words: Project doesn't belong to Workspace",
        "TIMEENTRY with ID 'x' not found, wrote Ada",
    ],
)
def test_known_phrases_inside_what_somebody_typed_are_not_believed(words: str) -> None:
    assert isinstance(what(400, 501, words, about=About.NEW), RuleBroken)


def test_clockifys_own_words_are_never_repeated_because_they_echo_what_people_typed() -> None:
    for status in (400, 401, 403, 404, 406, 409, 422, 423, 500):
        for code in (None, 404, 501, 1003, 3000, 4030):
            assert "hunter2" not in what(status, code, "hunter2 is wrong").sentence


def test_who_may_log_for_others_is_named() -> None:
    error = what(403, None, about=About.OTHERS)
    assert (error.field, "owners and admins" in error.sentence) == ("assignee", True)


def test_in_2019_the_words_were_called_description() -> None:
    body = {"description": "Project doesn't belong to Workspace", "code": 501}
    error = refusal(Answer(400, {}, json.dumps(body)), about=About.NEW, is_write=True)
    assert isinstance(error, errors.TaskNotFound)


def test_nothing_runs_is_told_apart_from_no_such_workspace() -> None:
    stop = refusal(Answer(404, {}, json.dumps(NOTHING_RUNS)), about=About.NEW, is_write=True)
    assert isinstance(stop, errors.NoTimerRunning)
    nowhere = refusal(Answer(404, {}, ""), about=About.NEW, is_write=True)
    assert "no such workspace" in nowhere.sentence


@pytest.mark.parametrize("status", [400, 403, 404, 401])
def test_a_page_of_html_is_no_refusal(status: int) -> None:
    answer = Answer(status, {"content-type": "text/html"}, "\n<!DOCTYPE html>")
    assert isinstance(refusal(answer, about=About.ENTRY, is_write=True), errors.NoAnswer)


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second."), (40, "40 seconds."), (100, "2 minutes."), (3_600, "60 minutes.")]
)
def test_a_limit_says_until_when_and_whose_rule_it_is(seconds: int, words: str) -> None:
    until = NOW + timedelta(seconds=seconds)
    error = too_many(until, NOW, is_hourly=True)
    assert error.until == until
    assert "30 requests an hour for the whole workspace" in error.sentence
    assert error.sentence.endswith(words)
    assert "30 requests" not in too_many(until, NOW, is_hourly=False).sentence


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["message", "code", "description"]) | st.text(), inner)
    ),
    max_leaves=5,
)


@given(
    status=st.integers(100, 599).filter(lambda status: status != 429),
    text=st.text()
    | st.builds(json.dumps, json_values)
    | st.just("[" * 100_000)
    | st.just('{"code":' + "9" * 5_000 + "}"),
    headers=st.dictionaries(st.just("content-type"), st.text()),
    about=st.sampled_from(About),
    is_write=st.booleans(),
)
def test_whatever_clockify_answers_there_is_a_sentence(
    status: int, text: str, headers: dict[str, str], about: About, is_write: bool
) -> None:
    error = refusal(Answer(status, headers, text), about=about, is_write=is_write)
    assert isinstance(error, ProviderError | errors.EntryNotFound | errors.TaskNotFound | errors.NoTimerRunning)
    assert "Clockify" in error.sentence
    assert error.sentence.endswith(".")
    if status >= 500:
        assert isinstance(error, errors.NoAnswer)
