"""What Ada and Bo did last week, so that reports have something to show."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from ..backend.week import Stretch, last_week, this_morning
from .model import User
from .workspace import Workspace

# project, task, description, tags, billable
Line = tuple[str | None, str | None, str, tuple[str, ...], bool]
WORK: dict[str, tuple[Line, ...]] = {
    "Ada": (
        ("Backend", "Fix login", "Session cookie was lost behind the proxy", ("backend",), False),
        ("Backend", "Search is slow", "Index on customer names", ("backend",), True),
        ("Backend", "Fix logout", "Reviewed Bo's change", ("review",), False),
        ("Backend", None, "", ("backend",), False),
        ("Ops", "Weekly planning", "Planning", ("meeting",), False),
        (None, None, "Stand-up", ("meeting",), False),
        ("Hooli", "Home page", "Measured the home page", (), True),
    ),
    "Bo": (
        ("Website", "Landing page hero", "Hero image in three sizes", ("design",), True),
        ("Website", "Relaunch", "Relaunch check list", (), True),
        ("Backend", "Fix logout", "Log out of every device", ("backend",), False),
        ("Hooli", "Design", "Colours for charts", ("design",), True),
        ("Ops", "On-call rota", "", (), False),
        (None, None, "Interview notes", (), False),
        (None, None, "Stand-up", ("meeting",), False),
    ),
}


def write_diary(workspace: Workspace) -> None:
    """Today holds only what Ada did between 9 and 10."""
    people = {user.name: user for user in workspace.users.values()}
    for name, lines in WORK.items():
        zone = ZoneInfo(people[name].timezone)
        _write(workspace, people[name], last_week(name, workspace.clock(), zone, lines))
    zone = ZoneInfo(people["Ada"].timezone)
    _write(workspace, people["Ada"], this_morning(workspace.clock(), zone, WORK["Ada"][0]))


def _write(workspace: Workspace, person: User, stretches: Iterator[Stretch[Line]]) -> None:
    projects = {project.name: project.id for project in workspace.projects.values()}
    tasks = {(task.project_id, task.name): task.id for task in workspace.tasks.values()}
    tags = {tag.name: tag.id for tag in workspace.tags.values()}
    for stretch in stretches:
        project, task, description, names, billable = stretch.line
        project_id = projects[project] if project else None
        entry = workspace.record(
            user_id=person.id,
            start=stretch.start,
            end=stretch.start + stretch.length,
            project_id=project_id,
            task_id=tasks[project_id, task] if project_id and task else None,
            tag_ids=[tags[name] for name in names] or None,
            description=description,
            billable=billable,
            source="clockify",
        )
        entry.listed_from = entry.windowed_from = None
