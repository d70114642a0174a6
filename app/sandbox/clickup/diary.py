"""A believable last week of time entries, the same for the same day, so that reports have something to show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from .model import User, to_ms
from .workspace import Workspace

MINUTE = 60_000
# task, description, labels, billable
Line = tuple[str | None, str, tuple[str, ...], bool]
WORK: dict[int, tuple[Line, ...]] = {
    183: (
        ("DEV-12", "Session cookie was lost behind the proxy", ("backend",), False),
        ("DEV-14", "Index on customer names", ("backend",), True),
        ("DEV-13", "Reviewed Bo's change", ("review",), False),
        ("DEV-21", "", ("backend", "staging"), False),
        ("OPS-5", "Planning", ("meeting",), False),
        (None, "Stand-up", ("meeting",), False),
        ("WEB-9", "Hooli: measured the home page", (), True),
    ),
    184: (
        ("WEB-3", "Hero image in three sizes", ("frontend",), False),
        ("WEB-7", "Relaunch check list", ("frontend",), True),
        ("DEV-13", "Log out of every device", ("backend",), False),
        ("WEB-11", "Initech: charts", ("frontend",), True),
        ("OPS-2", "", (), False),
        (None, "Interview notes", (), False),
        (None, "Stand-up", ("meeting",), False),
    ),
}


def write_diary(workspace: Workspace) -> None:
    """Seven days back in each person's zone, weekends free; today only what Ada did between 9 and 10."""
    for user_id in WORK:
        person = workspace.users[user_id]
        today = workspace.clock().astimezone(ZoneInfo(person.timezone)).date()
        for back in range(7, 0, -1):
            day = today - timedelta(days=back)
            if day.weekday() < 5:
                _write_day(workspace, person, day)
    _write_this_morning(workspace, workspace.users[183])


def _write_day(workspace: Workspace, person: User, day: date) -> None:
    chance = Random(f"{person.id} {day}")
    start = _at(person, day, time(8, 30)) + chance.randrange(0, 75) * MINUTE
    for line in chance.sample(WORK[person.id], k=chance.randint(4, 5)):
        duration = chance.randrange(20, 111, 5) * MINUTE + chance.randrange(0, 60) * 1_000
        _write(workspace, person, line, start, duration)
        start += duration + chance.randrange(0, 45) * MINUTE


def _write_this_morning(workspace: Workspace, ada: User) -> None:
    local = workspace.clock().astimezone(ZoneInfo(ada.timezone))
    if local.time() > time(11):
        _write(workspace, ada, WORK[ada.id][0], _at(ada, local.date(), time(9, 10)), 55 * MINUTE)


def _at(person: User, day: date, clock_time: time) -> int:
    return to_ms(datetime.combine(day, clock_time, ZoneInfo(person.timezone)))


def _write(workspace: Workspace, person: User, line: Line, start: int, duration: int) -> None:
    custom_id, description, names, billable = line
    labels = [workspace.label(name, person.id) for name in names]
    entry = workspace.record(
        user_id=person.id,
        start=start,
        duration=duration,
        task_id=workspace.tasks_by_custom_id[custom_id].id if custom_id else None,
        description=description,
        labels=labels,
        billable=billable,
        source="clickup",
    )
    entry.at, entry.listed_from = start + duration, 0
