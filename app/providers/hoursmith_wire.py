"""Hoursmith's JSON, read tolerantly and written strictly: it counts days and seconds where we have instants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.errors import Refused
from app.core.model import Member, Role, Task, Work

LONGEST = timedelta(days=366)
# A manager reads everything, but hands time to nobody else: for us that is a member.
ROLES = {"OWNER": Role.OWNER, "ADMIN": Role.ADMIN, "MANAGER": Role.MEMBER, "MEMBER": Role.MEMBER}

NO_PROJECT = "Hoursmith keeps time on projects only. Choose a project or one of its tasks."
TOO_SHORT = "Hoursmith counts whole seconds, and this is less than one. Give a longer time."

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as Hoursmith keeps it. `started` is there only when its own timer made the entry."""

    id: str
    user: str
    project: str
    task: str
    note: str
    billable: bool
    day: date
    length: timedelta
    started: datetime | None
    made: str
    is_locked: bool

    @property
    def made_at(self) -> datetime | None:
        return moment_of(self.made)


def text_of(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """Ids are opaque: the reference shows UUIDs, the guides `pr_…`."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value)


def objects(data: object) -> list[Json]:
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day on which a person in `zone` would count it; Hoursmith itself knows no time zones."""
    return moment.astimezone(zone).date()


def whole_seconds(length: timedelta) -> int:
    """To the nearest; half a second counts as one. Raises `Refused`."""
    seconds = (length + timedelta(milliseconds=500)) // timedelta(seconds=1)
    if seconds < 1:
        raise Refused(TOO_SHORT, field="duration")
    return seconds


def note_of(work: Work) -> str:
    """There are no tags, so they stand behind the description as people type them: nothing typed is lost."""
    return " ".join(word for word in (work.description, *(f"#{tag}" for tag in work.tags)) if word)


def create_body(work: Work, *, day: date, seconds: int) -> dict[str, object]:
    """CreateTimeEntry. Where nobody said `billable` Hoursmith decides. Raises `Refused` without a project."""
    body = _where_and_how_long(work, day=day, seconds=seconds)
    task = ids_of(work.task)[1]
    if task:
        body["taskId"] = task
    if work.billable is not None:
        body["billable"] = work.billable
    if note_of(work):
        body["note"] = note_of(work)
    return body


def update_body(before: Work, after: Work, *, day: date, seconds: int) -> dict[str, object]:
    """What the document requires of a PATCH (project, day and length), and of the rest what differs."""
    body = _where_and_how_long(after, day=day, seconds=seconds)
    if ids_of(before.task) != ids_of(after.task):
        body["taskId"] = ids_of(after.task)[1] or None
    if after.billable not in (None, before.billable):
        body["billable"] = after.billable
    if note_of(before) != note_of(after):
        body["note"] = note_of(after) or None
    return body


def is_same(one: Work, other: Work) -> bool:
    """To Hoursmith, which knows a task by its ids and keeps tags as words of the note."""
    is_as_billable = None in (one.billable, other.billable) or one.billable == other.billable
    return is_as_billable and ids_of(one.task) == ids_of(other.task) and note_of(one) == note_of(other)


def logged(raw: Json) -> Logged | None:
    """None without an id, a project, a day or a length, and for what runs or was deleted."""
    entry_id, project, day = identifier(raw.get("id")), identifier(raw.get("projectId")), _day(raw.get("entryDate"))
    length = _length(raw.get("durationSeconds"))
    if not entry_id or not project or day is None or length is None or raw.get("deletedAt"):
        return None
    return Logged(
        id=entry_id,
        user=identifier(raw.get("userId")),
        project=project,
        task=identifier(raw.get("taskId")),
        note=text_of(raw.get("note")),
        billable=raw.get("billable") is True,
        day=day,
        length=length,
        started=moment_of(raw.get("startedAt")),
        made=text_of(raw.get("createdAt")),
        is_locked=bool(raw.get("invoiceId")),
    )


def member(raw: Json) -> Member | None:
    """A member's record has an id of its own; time belongs to the `userId`."""
    user_id, email = identifier(raw.get("userId")), text_of(raw.get("email"))
    if not user_id:
        return None
    name = text_of(raw.get("name")) or email.partition("@")[0] or user_id
    return Member(user_id, name, email, role(raw))


def role(raw: Json) -> Role | None:
    return ROLES.get(text_of(raw.get("role")).upper())


def moment_of(value: object) -> datetime | None:
    """Aware UTC; a text without an offset is UTC already."""
    try:
        moment = datetime.fromisoformat(text_of(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _where_and_how_long(work: Work, *, day: date, seconds: int) -> dict[str, object]:
    project, _ = ids_of(work.task)
    if not project:
        raise Refused(NO_PROJECT, field="task")
    return {"projectId": project, "entryDate": day.isoformat(), "durationSeconds": seconds}


def ids_of(task: Task | None) -> tuple[str, str]:
    """Our ids are "project" or "project/task"."""
    project, _, rest = task.id.partition("/") if task else ("", "", "")
    return project, rest


def _day(value: object) -> date | None:
    """A date, or an instant whose date is meant."""
    try:
        return date.fromisoformat(text_of(value)[:10])
    except ValueError:
        return None


def _length(value: object) -> timedelta | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        length = timedelta(seconds=int(value))
    except (ValueError, OverflowError):
        return None
    return length if timedelta() < length < LONGEST else None
