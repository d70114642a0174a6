"""A form that is wrong, or was overtaken, stays open: the fault stands at its field, and what was typed stays."""

import pytest

from tests.person import Person
from tests.slack.wire import Wire
from tests.stage import Stage


def held(**texts: str) -> dict[str, dict[str, str]]:
    return {"duration": {"type": "plain_text_input", "value": "20m"}} | {
        name: {"type": "timepicker", "selected_time": text} for name, text in texts.items() if name in ("from", "to")
    }


async def test_a_task_that_is_deleted_while_the_form_is_open_is_named_at_its_field(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log")
    await ada.picks("Task", "DEV-12  Fix login", typing="DEV-12")
    await ada.fills("Duration", "20m")
    await ada.fills("Description", "tea with the auditors")
    stage.clock.passes(minutes=10)  # so that nothing is remembered
    task = stage.workspace.tasks_by_custom_id.pop("DEV-12")
    del stage.workspace.tasks[task.id]
    refused = await ada.submits()
    assert refused or "⚠️" in ada.screen
    assert "tea with the auditors" in ada.screen
    assert stage.entries() == []


@pytest.mark.parametrize(
    ("written", "field", "told"),
    [
        ("0m", "Duration", "That is no time at all"),
        ("25h", "Duration", "25h is over 24 h"),
        ("-1h", "Duration", "cannot be negative"),
        ("90", "Duration", "Is 90 minutes or hours?"),
    ],
)
async def test_a_length_that_cannot_be_is_refused_at_its_field_and_nothing_is_sent(
    stage: Stage, ada: Person, written: str, field: str, told: str
) -> None:
    await ada.types("/timer log")
    await ada.fills("Duration", written)
    refused = await ada.submits()
    assert told in refused[field]
    assert stage.writes() == []


async def test_an_end_before_the_beginning_is_refused_at_its_field(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log")
    await ada.fills("Date", "2026-03-03")
    await ada.fills("From", "14:00")
    await ada.fills("To", "13:00")
    refused = await ada.submits()
    assert refused == {"To": "This is before the beginning."}
    assert stage.writes() == []


@pytest.mark.parametrize("line", ["log 14-13 DEV-12", "log 0m DEV-12", "log 25h DEV-12", "log -1h DEV-12"])
async def test_neither_does_a_line_send_what_cannot_be(wire: Wire, stage: Stage, line: str) -> None:
    assert "⚠️" in (await wire.command(line)).text or ":warning:" in (await wire.command(line)).text
    assert stage.writes() == []
