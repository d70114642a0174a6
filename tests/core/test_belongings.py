"""What people take away says what was logged, keeps no secret, and does nothing in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.belongings import (
    COLUMNS,
    account_record,
    as_csv_line,
    as_json_line,
    csv_header,
    operation_record,
    person_record,
    recent_task_record,
    rule_record,
    timer_record,
)
from app.core.model import Draft, Person, Secret, TimeEntry, Timer, Work
from app.core.operations import Amend, Cancel, Create, Delete, Operation, Start, State, Stop, Tag, TakeBack, Update
from app.core.rhythm import Rhythm, Week
from tests.core.fakes import ADA, BERLIN, FIX_LOGIN, HERO, HOUR, MINUTE, TEN

WORK = Work(FIX_LOGIN, "pairing with Bo", ("backend", "=cmd"), True)
ENTRY = TimeEntry("e1", WORK, TEN, TEN + HOUR, "183")
TIMER = Timer("t1", WORK, TEN, "183")


def operation(intent: object, **changed: object) -> Operation:
    made = Operation("op1", "T1", "UADA", "clickup", "9001", intent, TEN)  # type: ignore[arg-type]
    return replace(made, **changed)  # type: ignore[arg-type]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("intent", "start", "end", "task"),
    [
        (Create(Draft(WORK, TEN, TEN + HOUR, "183")), TEN, TEN + HOUR, "Fix login"),
        (Update(ENTRY, replace(ENTRY, work=Work(HERO), end=TEN + 2 * HOUR)), TEN, TEN + 2 * HOUR, "Hero section"),
        (Delete(ENTRY), TEN, TEN + HOUR, "Fix login"),
        (Start(WORK, TEN), TEN, None, "Fix login"),
        (Stop(TIMER, TEN + MINUTE), TEN, TEN + MINUTE, "Fix login"),
        (Cancel(TIMER), TEN, None, "Fix login"),
        (Amend(TIMER, Work(HERO)), TEN, None, "Hero section"),
        (Tag(ENTRY, ("a",), ()), TEN, TEN + HOUR, "Fix login"),
        (TakeBack("op0"), None, None, None),
    ],
    ids=lambda one: type(one).__name__ if one is not None else "",
)
def test_every_kind_of_operation_says_what_it_was_about(intent: object, start: object, end: object, task: str) -> None:
    record = operation_record(operation(intent))
    said = [moment.isoformat(timespec="seconds") if moment else None for moment in (start, end)]  # type: ignore[attr-defined]
    assert [record["start"], record["end"], record["task"]] == [*said, task]
    assert record["seconds"] == ((end - start).total_seconds() if start and end else None)  # type: ignore[operator]
    assert set(record) <= set(COLUMNS)


def test_what_the_provider_made_of_it_counts_more_than_what_was_meant() -> None:
    shorter = replace(ENTRY, end=TEN + 20 * MINUTE)
    record = operation_record(operation(Stop(TIMER), state=State.DONE, result=shorter, by="UBO"))
    assert (record["seconds"], record["entry_id"], record["state"], record["by"]) == (1200, "e1", "done", "UBO")


def test_times_are_told_in_the_zone_that_is_asked_for() -> None:
    record = operation_record(operation(Create(Draft(WORK, TEN, TEN + HOUR, "183"))), BERLIN)
    assert record["start"] == "2026-03-04T10:00:00+01:00"


def test_an_account_is_told_without_its_credential() -> None:
    account = replace(ADA, credential=Secret("pk_183_CANARY"))
    line = as_json_line(account_record(account)) + as_csv_line(account_record(account))
    assert "CANARY" not in line
    assert json.loads(line.splitlines()[0])["has_own_token"] is True
    assert account_record(ADA)["has_own_token"] is False


def test_every_record_fits_the_table_and_says_whose_it_is() -> None:
    records = [
        person_record(Person("T1", "UADA", BERLIN, "Ada", Rhythm(Week(timedelta(hours=7))))),
        account_record(ADA),
        rule_record("T1", "UADA", "clickup"),
        timer_record("T1", "UADA", TIMER),
        recent_task_record("T1", "UADA", "clickup", "9001", FIX_LOGIN),
    ]
    for record in records:
        assert set(record) <= set(COLUMNS)
        assert (record["slack_team"], record["slack_user"]) == ("T1", "UADA")
        assert json.loads(as_json_line(record)) == record
    header, *rows = cells(csv_header() + "".join(map(as_csv_line, records)))
    assert header == list(COLUMNS)
    assert [row[0] for row in rows] == ["person", "account", "rule", "held timer", "recent task"]


@pytest.mark.parametrize(
    "typed",
    [
        '=cmd|"/c calc"!A1',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        "＝1",
        '=HYPERLINK("http://evil.example","pay")',
    ],
)
def test_no_cell_begins_like_a_formula(typed: str) -> None:
    work = replace(WORK, description=typed, task=replace(FIX_LOGIN, name=typed))
    [row] = cells(as_csv_line(operation_record(operation(Start(work, TEN)))))
    told = dict(zip(COLUMNS, row, strict=True))
    assert told["description"] == told["task"] == f"'{typed}"


def test_a_tag_that_is_a_formula_is_none_in_the_table_either_when_it_comes_first() -> None:
    [row] = cells(as_csv_line(operation_record(operation(Start(replace(WORK, tags=("=cmd", "b")), TEN)))))
    assert dict(zip(COLUMNS, row, strict=True))["tags"] == "'=cmd, b"


@given(name=st.text(), description=st.text())
def test_whatever_was_typed_can_be_read_back_and_is_never_a_formula(name: str, description: str) -> None:
    work = replace(WORK, description=description, task=replace(FIX_LOGIN, name=name))
    record = operation_record(operation(Start(work, TEN)))
    header, row = cells(csv_header() + as_csv_line(record))
    told = dict(zip(header, row, strict=True))
    for written, meant in ((told["task"], name), (told["description"], description)):
        assert written.removeprefix("'") == meant.removeprefix("'")
        assert not written.strip().startswith(("=", "+", "-", "@"))
    assert json.loads(as_json_line(record))["description"] == description
