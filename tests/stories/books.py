"""What a back end has written down, read in one way whichever it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.sandbox.clickup.model import to_datetime

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Written:
    """An entry. Without a start it has a day and a length only, without an end it runs; `is_ours`: through the API."""

    id: str
    whose: str
    day: date
    start: datetime | None
    end: datetime | None
    seconds: int
    task: str
    description: str
    tags: tuple[str, ...]
    billable: bool
    is_ours: bool


def clickup(workspace: Any) -> Iterator[Written]:
    for one in workspace.entries.values():
        task = workspace.tasks.get(one.task_id or "")
        start = to_datetime(one.start or 0).astimezone(BERLIN)
        yield Written(
            one.id,
            workspace.users[one.user_id].name,
            start.date(),
            start,
            None if one.is_running else to_datetime(one.end or 0).astimezone(BERLIN),
            (one.duration or 0) // 1000,
            f"{task.name} ({task.custom_id})" if task else "",
            one.description,
            tuple(label.name for label in one.labels),
            one.billable,
            one.source == "api",
        )


def clockify(workspace: Any) -> Iterator[Written]:
    for one in workspace.entries.values():
        task = workspace.tasks.get(one.task_id or "") or workspace.projects.get(one.project_id or "")
        start = one.start.astimezone(BERLIN)
        yield Written(
            one.id,
            workspace.users[one.user_id].name,
            start.date(),
            start,
            one.end and one.end.astimezone(BERLIN),
            int(one.elapsed(workspace.now).total_seconds()),
            task.name if task else "",
            one.description,
            tuple(workspace.tags[tag].name for tag in one.tag_ids or ()),
            one.billable,
            one.source == "api",
        )


def hoursmith(organisation: Any) -> Iterator[Written]:
    for one in organisation.entries.values():
        task = organisation.tasks.get(one.task_id or "") or organisation.projects[one.project_id]
        yield Written(
            one.id,
            organisation.members[one.user_id].name,
            one.day,
            None,
            None,
            one.seconds,
            task.name,
            one.note or "",
            (),
            one.billable,
            one.source == "api",
        )


BOOKS: Mapping[str, Callable[[Any], Iterator[Written]]] = {
    "clickup": clickup,
    "clockify": clockify,
    "hoursmith": hoursmith,
}


def stop_there(workspace: Any, name: str) -> None:
    """As the back end's own client would, at its own time."""
    whose = next(user.id for user in workspace.users.values() if user.name == name)
    running = workspace.running(whose)
    for one in running if isinstance(running, list) else [running]:
        one.end = workspace.now
        if not isinstance(one.start, datetime):
            one.duration = one.end - one.start


def oldest_first(written: Iterator[Written]) -> list[Written]:
    return sorted(written, key=lambda one: (one.day, one.start or datetime.min.replace(tzinfo=UTC)))
