"""README's table of providers says what the adapters declare, and every row of it is a promise that is kept."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from app.core.model import Capabilities
from providers import test_promises as kept
from providers.grounds import Ground, standing
from providers.promise import Promise

README = (Path(__file__).parents[2] / "README.md").read_text()
SECTION = README.partition("## Providers\n")[2].partition("\n## ")[0]
COLUMNS: dict[str, type[Promise]] = {
    "ClickUp": kept.TestClickUp,
    "ClickUp task time": kept.TestClickUpLegacy,
    "Clockify": kept.TestClockify,
    "Hoursmith": kept.TestHoursmith,
}

Cell = Callable[[Capabilities], str]


def yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def runs(is_native: bool) -> str:
    return "in the service" if is_native else "in this app"


def tags(can: Capabilities) -> str:
    return "as words of the description" if can.tags_in_text else yes(can.tags)


def billable(can: Capabilities) -> str:
    if not can.billable:
        return "no such thing"
    return "as the project says" if can.billable_by_default else "no"


def without_a_task(can: Capabilities) -> str:
    if can.task_required:
        return "no, it needs a task"
    return "no, it needs a project or task" if can.project_required else "yes"


# Each row: what it reads, the capabilities it is about, its cell for one provider, and the promise that is behind it.
ROWS: dict[str, tuple[set[str], Cell, str]] = {
    "Timers run": ({"native_timer"}, lambda can: runs(can.native_timer), "test_a_timer_starts_runs_and_stops"),
    "A timer that began earlier runs": (
        {"backdated_start"},
        lambda can: runs(can.backdated_start),
        "test_a_timer_begins_earlier_where_that_is_declared",
    ),
    "Description": (
        {"description"},
        lambda can: yes(can.description),
        "test_what_there_is_no_room_for_is_refused_by_its_field_and_never_dropped",
    ),
    "Tags": ({"tags", "tags_in_text"}, tags, "test_tags_come_and_go_where_there_are_tags"),
    "Billable, where nobody said": (
        {"billable", "billable_by_default"},
        billable,
        "test_billable_is_what_was_said_and_else_what_is_declared",
    ),
    "Time without a project or task": (
        {"task_required", "project_required"},
        without_a_task,
        "test_an_entry_without_a_task_is_taken_or_refused_as_declared",
    ),
    "When in the day it was": (
        {"clock_times"},
        lambda can: "kept" if can.clock_times else "only the day and the length",
        "test_what_was_logged_is_read_back",
    ),
    "Owners and admins log for others": (
        {"assignees"},
        lambda can: yes(can.assignees),
        "test_time_for_somebody_else_is_theirs_where_that_is_declared",
    ),
    "An entry moves to another task": (
        {"another_task"},
        lambda can: yes(can.another_task),
        "test_an_edit_of_one_field_keeps_the_others",
    ),
    "An entry becomes somebody else's": (
        {"handing_over"},
        lambda can: yes(can.handing_over),
        "test_an_entry_goes_to_somebody_else_only_where_that_is_declared",
    ),
    "Lists show": (
        {"lists_by_task"},
        lambda can: "time on tasks that are yours or used lately" if can.lists_by_task else "everything",
        "test_a_week_is_listed_to_its_end_each_entry_once",
    ),
    "The same request coming twice makes": (
        {"idempotent"},
        lambda can: "one entry" if can.idempotent else "two entries",
        "test_the_same_operation_twice_is_recognised_where_that_is_declared",
    ),
}
# What a Clockify workspace rules for itself, and what reminders may ask for; sentences below the table tell of it.
RULES = {
    "reads_an_hour": "half of the requests",
    "grants_by_workspace": "grants them to the workspace",
    "tags_required": "tag",
    "description_required": "description",
    "timers_only": "timers only",
    "locked_before": "lock",
}


def table() -> list[list[str]]:
    lines = [line for line in SECTION.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


async def capabilities(ground: Ground) -> Capabilities:
    """An admin's, with her own token, in an ordinary workspace."""
    async with standing(ground) as stand:
        ada = await stand.seat("Ada")
        await ada.learn()
        return ada.capabilities


@pytest.mark.parametrize("label", COLUMNS)
async def test_every_cell_is_what_the_adapter_declares(label: str) -> None:
    head, *rows = table()
    column = head.index(label)
    can = await capabilities(COLUMNS[label].ground)
    assert {row[0]: row[column] for row in rows} == {row: cell(can) for row, (_, cell, _) in ROWS.items()}


def test_every_provider_has_its_column() -> None:
    assert table()[0][1:] == list(COLUMNS)


@pytest.mark.parametrize("row", ROWS)
def test_behind_every_row_is_a_promise(row: str) -> None:
    assert hasattr(Promise, ROWS[row][2])


def test_every_capability_has_its_row_or_its_sentence() -> None:
    told = set().union(*(about for about, _, _ in ROWS.values())) | set(RULES)
    assert {one.name for one in fields(Capabilities)} == told
    for words in RULES.values():
        assert words in SECTION
