"""The decoder never falls over, and ids come out as they went in."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers import clickup_wire as wire
from app.providers.clickup_calls import Gate
from app.providers.http import Answer
from providers.recorded import ADA, created, listed, started, task

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=4,
)
digits = st.integers(-(10**20), 10**20)
mixed = st.none() | digits | digits.map(str) | st.sampled_from(["", "0", "-5", " 7 ", "1e3", "٣", True, 1.5])
ids = st.integers(10**18, 10**19 - 1)


@given(
    shape=st.sampled_from([listed(), created(), started()]),
    changes=st.dictionaries(st.sampled_from(sorted(listed())), mixed | anything),
)
def test_no_mixture_of_numbers_text_and_null_makes_the_decoder_fall_over(
    shape: dict[str, Any], changes: dict[str, Any]
) -> None:
    raw = json.loads(json.dumps(shape | changes))
    entry, timer = wire.time_entry(raw, assignee=ADA), wire.timer(raw, assignee=ADA)
    assert entry is None or (entry.end >= entry.start and entry.id and isinstance(entry.work.description, str))
    assert timer is None or (timer.start.tzinfo is UTC and timer.assignee)


@given(raw=anything)
def test_nothing_at_all_makes_the_decoder_fall_over(raw: Any) -> None:
    for answer in (raw, {"data": raw}, {"data": [raw]}):
        first = wire.first_object(answer)
        wire.time_entry(first, assignee=ADA)
        wire.timer(first, assignee=ADA)
        wire.member(first)
        wire.objects(answer)
    wire.task(raw)
    wire.tag_names(raw)


@given(
    changes=st.dictionaries(
        st.sampled_from([*task("a1", "Fix"), "custom_role", "role", "username", "email"]), mixed | anything
    )
)
def test_no_task_and_no_member_makes_the_decoder_fall_over(changes: dict[str, Any]) -> None:
    wire.task(task("a1", "Fix login") | changes)
    wire.member({"id": 183} | changes)


@given(number=ids)
def test_an_id_of_nineteen_digits_comes_out_as_it_went_in(number: int) -> None:
    for value in (str(number), number):
        raw = json.loads(json.dumps(listed(id=value)))
        entry = wire.time_entry(raw, assignee=ADA)
        assert entry is not None
        assert entry.id == str(number)


@given(ms=st.integers(1, wire.LATEST_MS - 1))
def test_every_millisecond_comes_out_as_it_went_in(ms: int) -> None:
    for value in (ms, str(ms)):
        moment = wire.moment_of(value)
        assert moment is not None
        assert wire.to_ms(moment) == ms


def test_a_moment_that_cannot_be_is_none() -> None:
    for number in ("9" * 5_000, 10**5_000, float("nan"), float("inf"), -1, 0, "0", 10**15):
        assert wire.moment_of(number) is None
    assert wire.identifier(10**5_000) == ""


def test_the_length_of_a_running_entry_is_never_taken_from_its_duration() -> None:
    timer = wire.timer(started(duration=-417), assignee=ADA)
    assert timer is not None
    assert timer.elapsed(timer.start + timedelta(hours=1)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("raw", "minutes"),
    [
        ({"start": 60_000, "end": "0", "duration": "60000"}, 1),
        ({"start": 60_000, "end": None, "duration": 120_000}, 2),
        ({"start": None, "end": 600_000, "duration": "180000"}, 3),
        ({"start": "60000", "end": "120000", "duration": None}, 1),
        ({"start": 60_000, "end": 60_000, "duration": 0}, 0),
    ],
)
def test_an_end_may_be_missing_where_a_duration_is_there(raw: dict[str, Any], minutes: int) -> None:
    entry = wire.time_entry({"id": 1} | raw, assignee=ADA)
    assert entry is not None
    assert entry.duration == timedelta(minutes=minutes)


@given(left=st.text(), reset=st.text(), status=st.sampled_from([200, 429, 500]))
def test_no_rate_header_makes_the_gate_fall_over_or_shut_for_long(left: str, reset: str, status: int) -> None:
    gate, now = Gate(), datetime(2026, 3, 4, 12, tzinfo=UTC)
    gate.note(Answer(status, {"x-ratelimit-remaining": left, "x-ratelimit-reset": reset}, ""), now)
    until = gate.shut_until(now)
    assert until is None or now < until <= now + timedelta(minutes=2)
