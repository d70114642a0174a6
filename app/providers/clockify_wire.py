"""Clockify's JSON, read tolerantly and written strictly: whole UTC seconds, ids of projects, tasks and tags."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.errors import Refused
from app.core.model import Member, Role, Task, TimeEntry, Timer, Work

LONGEST_DESCRIPTION = 3_000
TOO_LONG = f"Clockify takes at most {LONGEST_DESCRIPTION:,} characters of description. Shorten it and try again."
SECOND = timedelta(seconds=1)
WORKED = ("REGULAR", "BREAK", "")
SOURCES = ("WORKSPACE", "PROJECT", "TIMEENTRY")

# Clockify rejects these two outright. Refusing would cost a person what they typed over a sign that means the same.
_BRACKETS = str.maketrans("<>", "‹›")

Json = Mapping[str, Any]


def text_of(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def object_of(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def objects(answer: object) -> list[Json]:
    return [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []


def whole_second(moment: datetime) -> datetime:
    """Clockify keeps seconds; what is smaller is cut off here, so that it never comes back as another time."""
    return moment.replace(microsecond=0)


def to_text(moment: datetime) -> str:
    return whole_second(moment.astimezone(UTC)).isoformat().replace("+00:00", "Z")


def moment_of(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text_of(value))
        return whole_second(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def interval(entry: Json) -> tuple[datetime | None, datetime | None]:
    """Start and end; `duration` comes as PT1H30M, PT86H40M13S or 8000, and is never needed."""
    times = object_of(entry.get("timeInterval"))
    return moment_of(times.get("start")), moment_of(times.get("end"))


def is_running(entry: Json) -> bool:
    return interval(entry)[1] is None


def says_it_runs(entry: Json) -> bool:
    """`is_running` takes an end that can't be read for none."""
    times = entry.get("timeInterval")
    return isinstance(times, dict) and times.get("end") is None


def time_entry(entry: Json, *, assignee: str, known: Work | None = None) -> TimeEntry | None:
    """A finished entry; None when it runs or lacks an id or its times. `known` names what an answer only numbers."""
    entry_id, (start, end) = text_of(entry.get("id")), interval(entry)
    if not entry_id or start is None or end is None or end < start:
        return None
    is_locked = entry.get("isLocked") is True or text_of(entry.get("type")) not in WORKED
    return TimeEntry(entry_id, work(entry, known), start, end, user_of(entry) or assignee, is_locked)


def timer(entry: Json, *, assignee: str, known: Work | None = None) -> Timer | None:
    """A running entry; None when it has ended or has no id or no start."""
    entry_id, (start, end) = text_of(entry.get("id")), interval(entry)
    if not entry_id or start is None or end is not None:
        return None
    return Timer(entry_id, work(entry, known), start, user_of(entry) or assignee)


def work(entry: Json, known: Work | None = None) -> Work:
    known = known or Work()
    return Work(
        task=_entry_task(entry, known.task),
        description=text_of(entry["description"]) if "description" in entry else known.description,
        tags=_tag_names(entry, known.tags),
        billable=entry["billable"] is True if "billable" in entry else known.billable,
    )


def user_of(entry: Json) -> str:
    return text_of(entry.get("userId")) or _id(entry.get("user"))


def project_id(entry: Json) -> str:
    return text_of(entry.get("projectId")) or _id(entry.get("project"))


def task_id(entry: Json) -> str:
    return text_of(entry.get("taskId")) or _id(entry.get("task"))


def tag_ids(entry: Json) -> list[str]:
    """Hydrated answers carry `tags`, the others `tagIds`; both may be null."""
    ids = entry.get("tagIds")
    if isinstance(ids, list):
        return [text_of(one) for one in ids if text_of(one)]
    return [_id(tag) for tag in objects(entry.get("tags")) if _id(tag)]


def tag_names_by_id(entry: Json) -> dict[str, str]:
    return {_id(tag): text_of(tag.get("name")) for tag in objects(entry.get("tags")) if text_of(tag.get("name"))}


def lacks_names(entry: Json) -> bool:
    """Whether an answer is not as hydrated as it was asked to be."""
    has_project = not project_id(entry) or bool(text_of(object_of(entry.get("project")).get("name")))
    has_task = not task_id(entry) or bool(text_of(object_of(entry.get("task")).get("name")))
    return not (has_project and has_task) or len(tag_names_by_id(entry)) < len(tag_ids(entry))


def project_task(raw: Json) -> Task | None:
    """A project as what somebody works on; its client is its place."""
    project, name = _id(raw), text_of(raw.get("name"))
    return Task(project, name, place=text_of(raw.get("clientName"))) if project and name else None


def task_of(raw: Json, project: Task) -> Task | None:
    """A task of `project`; done ones take no more time."""
    task, name = _id(raw), text_of(raw.get("name"))
    if not task or not name or text_of(raw.get("status")) == "DONE":
        return None
    return Task(f"{project.id}/{task}", name, place=project.name)


def member(raw: Json, workspace_id: str = "") -> Member | None:
    user_id, email = _id(raw), text_of(raw.get("email"))
    if not user_id:
        return None
    name = text_of(raw.get("name")) or email.partition("@")[0] or user_id
    zone = text_of(object_of(raw.get("settings")).get("timeZone"))
    return Member(user_id, name, email, role(raw, workspace_id) if "roles" in raw else None, zone)


def role(raw: Json, workspace_id: str = "") -> Role:
    """Roles add up, and how they are wrapped varies; managers of a project or a team are members here."""
    found = {name for one in _list(raw.get("roles")) for name in _role_names(one, workspace_id)}
    if "OWNER" in found:
        return Role.OWNER
    return Role.ADMIN if "WORKSPACE_ADMIN" in found else Role.MEMBER


def description_of(text: str) -> str:
    """As Clockify takes it. Raises `Refused`."""
    if len(text) > LONGEST_DESCRIPTION:
        raise Refused(TOO_LONG, field="description")
    return text.translate(_BRACKETS)


def task_fields(task: Task | None) -> dict[str, object]:
    project, _, task_part = task.id.partition("/") if task else ("", "", "")
    fields = {"projectId": project, "taskId": task_part}
    return {name: value for name, value in fields.items() if value}


def work_body(work: Work, tags: Sequence[str], *, is_billable_said: bool) -> dict[str, object]:
    """The part of CreateTimeEntryRequest that says what, `tags` being ids. Raises `Refused`."""
    is_said = is_billable_said and work.billable is not None  # left out, the project decides
    body: dict[str, object] = {"billable": work.billable} if is_said else {}
    description = description_of(work.description)
    return (
        body
        | ({"description": description} if description else {})
        | task_fields(work.task)
        | ({"tagIds": list(tags)} if tags else {})
    )


def replacement(entry: Json) -> dict[str, object]:
    """What a PUT must carry to leave `entry` as it is: a PUT replaces everything, and clears what it does not name."""
    times = object_of(entry.get("timeInterval"))
    start, end = interval(entry)
    body: dict[str, object] = {
        "start": to_text(start) if start else text_of(times.get("start")),
        "description": entry["description"] if isinstance(entry.get("description"), str) else "",
        "billable": entry.get("billable") is True,
        "tagIds": tag_ids(entry),
    }
    if end:
        body["end"] = to_text(end)
    ids = {"projectId": project_id(entry), "taskId": task_id(entry)}
    body |= {name: value for name, value in ids.items() if value}
    if text_of(entry.get("type")) == "BREAK":
        body["type"] = "BREAK"
    custom = [_custom_field(one) for one in objects(entry.get("customFieldValues")) if one.get("value") is not None]
    return body | ({"customFields": [one for one in custom if one]} if any(custom) else {})


def changed(entry: Json, before: Work, after: Work, tags: Sequence[str]) -> dict[str, object]:
    """`replacement` with what differs between the two; `tags` are the ids that it shall have. Raises `Refused`."""
    body = replacement(entry) | {"tagIds": list(tags)}
    if before.description != after.description:
        body["description"] = description_of(after.description)
    if after.billable not in (None, before.billable):
        body["billable"] = after.billable
    if (before.task and before.task.id) != (after.task and after.task.id):
        body.pop("projectId", None)
        body.pop("taskId", None)
        body |= task_fields(after.task)
    return body


def _custom_field(raw: Json) -> dict[str, object]:
    """As it is written; read, it also carries a name, a type and the entry's id."""
    field = text_of(raw.get("customFieldId"))
    if not field:
        return {}
    source = text_of(raw.get("sourceType"))
    return {"customFieldId": field, "value": raw["value"]} | ({"sourceType": source} if source in SOURCES else {})


def _entry_task(entry: Json, known: Task | None) -> Task | None:
    if not {"projectId", "project", "taskId", "task"} & entry.keys():
        return known
    project, task = project_id(entry), task_id(entry)
    if not project:
        return None
    found = f"{project}/{task}" if task else project
    if known and known.id == found:
        return known
    named = object_of(entry.get("project"))
    if task:
        return Task(found, text_of(object_of(entry.get("task")).get("name")), place=text_of(named.get("name")))
    return Task(found, text_of(named.get("name")), place=text_of(named.get("clientName")))


def _tag_names(entry: Json, known: tuple[str, ...]) -> tuple[str, ...]:
    if not {"tagIds", "tags"} & entry.keys():
        return known
    ids, names = tag_ids(entry), tag_names_by_id(entry)
    if ids and not names and len(ids) == len(known):
        return known
    return tuple(dict.fromkeys(names[one] for one in ids if one in names))


def _role_names(raw: object, workspace_id: str) -> list[str]:
    if isinstance(raw, str):
        return [raw.upper()]
    one = object_of(raw)
    if text_of(one.get("workspaceId")) not in ("", workspace_id):
        return []
    named = one.get("role") or one.get("name")
    return _role_names(named, workspace_id) if isinstance(named, str | dict) else []


def _id(raw: object) -> str:
    return text_of(object_of(raw).get("id"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
