"""What Ada and Bo did last week, so that reports have something to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from ..backend.week import Stretch, last_week, this_morning
from .model import to_ms
from .workspace import Workspace

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
    """Today holds only what Ada did between 9 and 10."""
    for user_id, lines in WORK.items():
        zone = ZoneInfo(workspace.users[user_id].timezone)
        _write(workspace, user_id, last_week(user_id, workspace.clock(), zone, lines))
    ada = workspace.users[183]
    _write(workspace, ada.id, this_morning(workspace.clock(), ZoneInfo(ada.timezone), WORK[ada.id][0]))


def _write(workspace: Workspace, user_id: int, stretches: Iterator[Stretch[Line]]) -> None:
    for stretch in stretches:
        custom_id, description, names, billable = stretch.line
        start, duration = to_ms(stretch.start), stretch.length // timedelta(milliseconds=1)
        entry = workspace.record(
            user_id=user_id,
            start=start,
            duration=duration,
            task_id=workspace.tasks_by_custom_id[custom_id].id if custom_id else None,
            description=description,
            labels=[workspace.label(name, user_id) for name in names],
            billable=billable,
            source="clickup",
        )
        entry.at, entry.listed_from = start + duration, 0
