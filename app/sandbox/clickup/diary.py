"""What Ada and Bo did last week, so that reports have something to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from ..backend.acme import DIARY, Line, history
from ..backend.week import Stretch
from .model import User, to_ms
from .workspace import Workspace


def write_diary(workspace: Workspace) -> None:
    for person in workspace.users.values():
        if person.name in DIARY:
            _write(workspace, person, history(person.name, workspace.clock(), ZoneInfo(person.timezone)))


def _write(workspace: Workspace, person: User, stretches: Iterator[Stretch[Line]]) -> None:
    tasks = {task.name: task.id for task in workspace.tasks.values()}
    for stretch in stretches:
        line = stretch.line
        start, duration = to_ms(stretch.start), stretch.length // timedelta(milliseconds=1)
        entry = workspace.record(
            user_id=person.id,
            start=start,
            duration=duration,
            task_id=tasks[line.task] if line.task else None,
            description=line.description,
            labels=[workspace.label(name, person.id) for name in line.tags],
            billable=line.billable,
            source="clickup",
        )
        entry.at, entry.listed_from = start + duration, 0
