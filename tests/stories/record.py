"""ClickUp's own record as lines that a story can quote."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.sandbox.clickup import Entry
from app.sandbox.clickup.model import to_datetime
from tests.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")


def recorded(stage: Stage) -> dict[str, str]:
    """Every entry by its id: whose it is, when, on what."""
    everything = sorted(stage.workspace.entries.values(), key=lambda entry: entry.start or 0)
    return {entry.id: _line(stage, entry) for entry in everything}


def changes(stage: Stage, before: dict[str, str], name: str) -> list[str]:
    """What is new or different for somebody; what is no longer there is struck through."""
    after = recorded(stage)
    lines = [f"~~{line}~~" for key, line in before.items() if key not in after]
    lines += [line for key, line in after.items() if before.get(key) != line]
    return [line.replace(f"{name}: ", "", 1) for line in lines if line.removeprefix("~~").startswith(f"{name}: ")]


def _line(stage: Stage, entry: Entry) -> str:
    task = stage.workspace.tasks.get(entry.task_id or "")
    start = to_datetime(entry.start or 0).astimezone(BERLIN)
    parts = [
        f"{_day(stage, start)}{start:%H:%M}–{_end(entry)}",
        f"{task.name} ({task.custom_id})" if task else "",
        " ".join(entry.description.split()),
        " ".join(f"#{label.name}" for label in entry.labels),
        "billable" if entry.billable else "",
    ]
    return f"{stage.workspace.users[entry.user_id].name}: " + "  ·  ".join(part for part in parts if part)


def _day(stage: Stage, start: datetime) -> str:
    today = stage.clock.now().astimezone(BERLIN).date()
    return "" if start.date() == today else f"{start:%a} {start.day} {start:%b}, "


def _end(entry: Entry) -> str:
    return "…" if entry.is_running else f"{to_datetime(entry.end or 0).astimezone(BERLIN):%H:%M}"
