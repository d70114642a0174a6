"""The decoder never falls over, and what comes in goes out again as it was."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.model import Role, Task, Work
from app.providers import clockify_wire as wire
from app.providers.clockify_calls import HOUR, Budget
from app.providers.clockify_projects import rank, reference
from app.providers.http import Answer
from providers.clockify_recorded import (
    ADA,
    BACKEND,
    CUSTOM_VALUE,
    DESIGN,
    ELEVEN,
    FIELD,
    LOGGED,
    ON_DESIGN,
    ON_WEBSITE,
    RUNNING,
    TEN,
    WEBSITE,
    WORK,
    WORKSPACE,
    hydrated,
    iso,
    plain,
    project,
    running,
    settings,
    started,
    task,
    times,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=4,
)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(
    shape=st.sampled_from([plain(), hydrated(), running(), started()]),
    changes=st.dictionaries(st.sampled_from(sorted({**plain(), **hydrated()})), anything),
)
def test_no_mixture_of_null_and_nonsense_makes_the_decoder_fall_over(
    shape: dict[str, Any], changes: dict[str, Any]
) -> None:
    raw = json.loads(json.dumps(shape | changes))
    entry, timer = wire.time_entry(raw, assignee=ADA), wire.timer(raw, assignee=ADA)
    assert entry is None or (entry.end >= entry.start and entry.id and isinstance(entry.work.description, str))
    assert timer is None or (timer.start.tzinfo is UTC and timer.assignee)
    assert json.dumps(wire.replacement(raw))
    assert json.dumps(wire.changed(raw, wire.work(raw), WORK, [BACKEND]))


@given(raw=anything)
def test_nothing_at_all_makes_the_decoder_fall_over(raw: Any) -> None:
    from app.providers.clockify_rules import rules_of

    one = wire.object_of(raw)
    wire.objects(raw)
    wire.time_entry(one, assignee=ADA)
    wire.timer({"id": "1", "timeInterval": raw}, assignee=ADA)
    wire.member({"id": "1", "roles": raw, "settings": raw}, WORKSPACE)
    wire.project_task({"id": "1", "name": raw})
    wire.task_of(one, ON_WEBSITE)
    rules_of({"workspaceSettings": raw, "features": raw})
    rules_of(settings(entityCreationPermissions=raw, lockTimeEntries=raw))


def test_every_shape_of_an_answer_reads_as_the_same_entry() -> None:
    assert {wire.time_entry(shape, assignee=ADA, known=WORK) for shape in (plain(), hydrated())} == {LOGGED}
    assert {wire.timer(shape, assignee=ADA, known=WORK) for shape in (started(), running())} == {RUNNING}


def test_a_hydrated_answer_needs_no_other_knowledge() -> None:
    assert wire.time_entry(hydrated(), assignee=ADA) == LOGGED
    assert not wire.lacks_names(hydrated())
    assert wire.lacks_names(plain())


@pytest.mark.parametrize("duration", ["PT1H", "PT86H40M13S", "8000", None])
def test_the_length_comes_from_start_and_end_whatever_the_duration_says(duration: str | None) -> None:
    entry = wire.time_entry(hydrated(**times(TEN, ELEVEN, duration)), assignee=ADA)
    assert entry is not None
    assert entry.duration == timedelta(hours=1)


@given(moment=moments)
def test_every_second_comes_out_as_it_went_in_and_nothing_smaller_is_sent(moment: datetime) -> None:
    text = wire.to_text(moment)
    assert text.endswith("Z")
    assert "." not in text
    assert wire.moment_of(text) == moment.replace(microsecond=0)


@pytest.mark.parametrize("text", ["2026-03-04T10:00:00.999Z", "2026-03-04T11:00:00+01:00", "2026-03-04T10:00:00"])
def test_moments_are_read_with_fractions_and_offsets(text: str) -> None:
    assert wire.moment_of(text) == TEN


@pytest.mark.parametrize("value", ["", "soon", None, 7, "9999-99-99T00:00:00Z", "0001-01-01T00:00:00+14:00", [TEN]])
def test_a_moment_that_cannot_be_is_none(value: object) -> None:
    assert wire.moment_of(value) is None


def test_an_entry_without_anything_on_it_is_read() -> None:
    bare = wire.time_entry(plain(projectId=None, taskId=None, tagIds=None, description=None), assignee=ADA, known=WORK)
    assert bare is not None
    assert bare.work == Work()


def test_an_answer_that_leaves_something_out_leaves_it_as_it_was_meant() -> None:
    bare = {name: plain()[name] for name in ("id", "timeInterval")}
    assert wire.time_entry(bare, assignee=ADA, known=WORK) == LOGGED


@pytest.mark.parametrize("kind", ["HOLIDAY", "TIME_OFF", "TIMEOFF", "OVERTIME"])
def test_holidays_and_time_off_are_shown_and_not_changed(kind: str) -> None:
    entry = wire.time_entry(hydrated(type=kind), assignee=ADA)
    assert entry is not None
    assert entry.is_locked


def test_what_is_put_back_keeps_custom_fields_and_breaks_and_sends_no_null() -> None:
    raw = hydrated(
        type="BREAK",
        customFieldValues=[CUSTOM_VALUE | {"sourceType": "PROJECT"}, CUSTOM_VALUE | {"value": None}, {"value": 1}],
    )
    assert wire.replacement(raw) == {
        "start": iso(TEN),
        "end": iso(ELEVEN),
        "description": "pairing with Bo",
        "billable": False,
        "projectId": WEBSITE,
        "taskId": DESIGN,
        "tagIds": [BACKEND],
        "type": "BREAK",
        "customFields": [{"customFieldId": FIELD, "value": "London", "sourceType": "PROJECT"}],
    }


def test_what_is_put_back_while_it_runs_has_no_end() -> None:
    assert "end" not in wire.replacement(running())


def test_a_project_has_its_client_as_place_and_a_task_its_project() -> None:
    found = wire.project_task(project(WEBSITE, "Website", client="Babbage & Co"))
    assert found == ON_WEBSITE
    assert wire.task_of(task(DESIGN, "Design"), ON_WEBSITE) == ON_DESIGN
    assert wire.task_of(task(DESIGN, "Design", status="DONE"), ON_WEBSITE) is None


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        (["OWNER"], Role.OWNER),
        ([{"role": "WORKSPACE_ADMIN"}, {"role": "OWNER"}], Role.OWNER),
        ([{"role": {"name": "WORKSPACE_ADMIN"}}], Role.ADMIN),
        ([{"name": "WORKSPACE_ADMIN"}], Role.ADMIN),
        ([{"role": "WORKSPACE_ADMIN", "workspaceId": "elsewhere"}], Role.MEMBER),
        ([{"role": "PROJECT_MANAGER"}, {"role": "TEAM_MANAGER"}], Role.MEMBER),
        ([], Role.MEMBER),
        (None, Role.MEMBER),
    ],
)
def test_roles_add_up_and_are_wrapped_in_several_ways(roles: Any, role: Role) -> None:
    assert wire.role({"roles": roles}, WORKSPACE) is role


def test_angle_brackets_which_clockify_rejects_keep_their_sense() -> None:
    assert wire.description_of("fix <Button> & rest") == "fix ‹Button› & rest"


def test_a_description_that_is_too_long_is_refused_and_not_cut() -> None:
    assert wire.description_of("x" * 3_000)
    with pytest.raises(Refused, match="3,000 characters") as caught:
        wire.description_of("x" * 3_001)
    assert caught.value.field == "description"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WEBSITE, WEBSITE),
        (WEBSITE.upper(), WEBSITE),
        (f" {WEBSITE}/{DESIGN} ", f"{WEBSITE}/{DESIGN}"),
        (f"https://app.clockify.me/projects/{WEBSITE}/edit", WEBSITE),
        (f"<https://app.clockify.me/projects/{WEBSITE}#x|Website>", WEBSITE),
        (f"https://babbage.clockify.me/projects/{WEBSITE}/tasks?a=b", WEBSITE),
        (f"https://euc1.clockify.me/projects/{WEBSITE}", WEBSITE),
        (f"https://evil.example/projects/{WEBSITE}", ""),
        (f"https://app.clockify.me.evil.example/projects/{WEBSITE}", ""),
        (f"https://app.clockify.me@evil.example/projects/{WEBSITE}", ""),
        (f"https://user@app.clockify.me/projects/{WEBSITE}", ""),
        (f"javascript://app.clockify.me/projects/{WEBSITE}", ""),
        ("https://[app.clockify.me/projects/1", ""),
        ("https://app.clockify.me/tracker", ""),
        ("Website/Design", ""),
        (WEBSITE[:-1], ""),
        (f"{WEBSITE}/../../user", ""),
        ("", ""),
    ],
)
def test_ids_and_links_are_known_by_their_shape_and_their_host(text: str, found: str) -> None:
    assert reference(text) == found


@given(text=st.text() | st.text().map(lambda path: f"https://app.clockify.me/projects/{path}"))
def test_no_text_makes_the_reading_of_a_reference_fall_over(text: str) -> None:
    assert set(reference(text)) <= set("0123456789abcdef/")


@pytest.mark.parametrize(
    ("query", "place"),
    [("design", 0), ("website/design", 0), ("des", 1), ("web des", 2), ("sign", 3), ("design mobile", None)],
)
def test_the_likeliest_reading_has_the_lowest_rank(query: str, place: int | None) -> None:
    assert rank(Task("1", "Désign", place="Website"), query) == place


@given(
    answers=st.lists(
        st.tuples(st.sampled_from([200, 401, 429, 500]), st.text() | st.floats().map(str), st.integers(0, 7_200))
    ),
    is_paid=st.none() | st.booleans(),
)
def test_no_limit_shuts_the_gate_for_longer_than_an_hour(answers: list[tuple[int, str, int]], is_paid: bool) -> None:
    budget, now = Budget(is_paid=is_paid), NOW
    for status, retry_after, later in answers:
        now += timedelta(seconds=later)
        budget.note(Answer(status, {"retry-after": retry_after}, ""), now)
        until = budget.shut_until(now)
        assert until is None or now < until <= now + HOUR
