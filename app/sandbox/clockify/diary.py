"""What Ada and Bo did last week, so that reports have something to show."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from ..backend.acme import DIARY, Line, history
from ..backend.week import Stretch
from .model import User
from .workspace import Workspace


def write_diary(workspace: Workspace) -> None:
    for person in workspace.users.values():
        if person.name in DIARY:
            _write(workspace, person, history(person.name, workspace.clock(), ZoneInfo(person.timezone)))


def _write(workspace: Workspace, person: User, stretches: Iterator[Stretch[Line]]) -> None:
    tasks = {task.name: task for task in workspace.tasks.values()}
    tags = {tag.name: tag.id for tag in workspace.tags.values()}
    for stretch in stretches:
        line = stretch.line
        task = tasks[line.task] if line.task else None
        entry = workspace.record(
            user_id=person.id,
            start=stretch.start,
            end=stretch.start + stretch.length,
            project_id=task.project_id if task else None,
            task_id=task.id if task else None,
            tag_ids=[tags[name] for name in line.tags] or None,
            description=line.description,
            billable=line.billable,
            source="clockify",
        )
        entry.listed_from = entry.windowed_from = None
