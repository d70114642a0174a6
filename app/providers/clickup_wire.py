"""ClickUp's JSON, read tolerantly and written strictly: numbers come as int, text or null, wrappers as object or list."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.errors import Refused
from app.core.model import Draft, Member, Role, Task, TimeEntry, Timer, Work

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MS = 32_503_680_000_000  # the year 3000
TAG_COLOURS = {"tag_bg": "#BF55EC", "tag_fg": "#FFFFFF"}  # the official document demands colours and shows these
ROLES = {1: Role.OWNER, 2: Role.ADMIN, 3: Role.MEMBER, 4: Role.GUEST}

Json = Mapping[str, Any]


def number(value: object) -> int | None:
    """Seen in recorded traffic: the same field is an int in one answer, text in the next, null in a third."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(value)
    except (ValueError, OverflowError):
        return None


def identifier(value: object) -> str:
    """Ids stay text: a time entry's has 19 digits and does not survive a float. Empty for null and "0"."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = value.strip() if isinstance(value, str) else _decimal(value)
    return "" if text == "0" else text


def text_of(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def to_ms(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment_of(value: object) -> datetime | None:
    ms = number(value)
    if ms is None or not 0 < ms < LATEST_MS:
        return None
    return EPOCH + timedelta(milliseconds=ms)


def first_object(answer: object) -> Json:
    """`data` of an answer, which may be an object, a list, empty or null; {} when there is none."""
    data = answer.get("data") if isinstance(answer, dict) else answer
    if isinstance(data, list):
        data = data[0] if data else None
    return data if isinstance(data, dict) else {}


def objects(answer: object, key: str = "data") -> list[Json]:
    found = answer.get(key) if isinstance(answer, dict) else answer
    if isinstance(found, dict):
        found = [found]
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def is_running(entry: Json) -> bool:
    """The sign is all that a running entry's duration tells: it is not minus the start, whatever the document says."""
    duration = number(entry.get("duration"))
    if duration is None:
        return moment_of(entry.get("end")) is None
    return duration < 0


def time_entry(entry: Json, *, assignee: str, known: Work | None = None) -> TimeEntry | None:
    """A finished entry; None when it runs or lacks an id or its times. `known` fills what a write's answer leaves out."""
    entry_id, span = identifier(entry.get("id")), _span(entry)
    if not entry_id or span is None or is_running(entry):
        return None
    return TimeEntry(
        entry_id, _work(entry, known), span[0], span[1], _user(entry) or assignee, entry.get("is_locked") is True
    )


def timer(entry: Json, *, assignee: str, known: Work | None = None) -> Timer | None:
    """A running entry; None when it has no id or no start. Its age follows from the start alone."""
    entry_id, start = identifier(entry.get("id")), moment_of(entry.get("start"))
    if not entry_id or start is None:
        return None
    return Timer(entry_id, _work(entry, known), start, _user(entry) or assignee)


def task(raw: object, *, place: str = "", url: str = "") -> Task | None:
    """A task as lists, entries and GET /task show it; null, "0" and a bare id are seen in entries."""
    if not isinstance(raw, dict):
        raw = {"id": raw}
    task_id = identifier(raw.get("id"))
    if not task_id:
        return None
    return Task(
        id=task_id,
        name=text_of(raw.get("name")),
        custom_id=text_of(raw.get("custom_id")),
        place=place or _place(raw),
        url=text_of(raw.get("url")) or url or f"https://app.clickup.com/t/{task_id}",
    )


def member(raw: Json) -> Member | None:
    """A user; invited people have no name yet."""
    user_id, email = identifier(raw.get("id")), text_of(raw.get("email"))
    if not user_id:
        return None
    name = text_of(raw.get("username")) or email.partition("@")[0] or user_id
    is_active = raw.get("date_joined", "") is not None
    return Member(user_id, name, email, role(raw), text_of(raw.get("timezone")), is_active)


def role(raw: Json) -> Role | None:
    """A custom role has its own number and says from which of the four it descends."""
    custom = raw.get("custom_role")
    inherited = number(custom.get("inherited_role")) if isinstance(custom, dict) else None
    return ROLES.get(number(raw.get("role")) or 0) or ROLES.get(inherited or 0)


def create_body(draft: Draft, *, assignee: str | None) -> dict[str, object]:
    """CreateatimeEntryrequest. An omitted `billable` would mean false to ClickUp, so it is always there."""
    body: dict[str, object] = {
        "start": to_ms(draft.start),
        "duration": to_ms(draft.end) - to_ms(draft.start),
        "billable": bool(draft.work.billable),
    }
    body |= _optional(draft.work, tags=coloured(draft.work.tags))
    return body if assignee is None else body | {"assignee": user_number(assignee)}


def start_body(work: Work) -> dict[str, object]:
    """StartatimeEntryrequest."""
    return {"billable": bool(work.billable)} | _optional(work, tags=[{"name": name} for name in work.tags])


def update_body(before: TimeEntry, after: TimeEntry) -> dict[str, object]:
    """UpdateatimeEntryrequest with what differs, tags apart; {} when nothing does.

    The document requires `tags`; measured, PUT ignores them, and an empty list that is to be added changes nothing.
    """
    body: dict[str, object] = {}
    if before.work.description != after.work.description:
        body["description"] = after.work.description
    if after.work.billable not in (None, before.work.billable):
        body["billable"] = after.work.billable
    if (before.start, before.end) != (after.start, after.end):
        body |= {"start": to_ms(after.start), "end": to_ms(after.end)}
    if after.work.task and after.work.task.id != (before.work.task and before.work.task.id):
        body["tid"] = after.work.task.id
    return body and body | {"tags": [], "tag_action": "add"}


def coloured(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} | TAG_COLOURS for name in names]


def user_number(user_id: str) -> int:
    """User ids are text to us and numbers to ClickUp. Raises `Refused`."""
    if not (user_id.isascii() and user_id.isdigit() and len(user_id) < 19):
        raise Refused(
            "That person isn't linked to a ClickUp user. Ask whoever runs this app to link them again.",
            field="assignee",
        )
    return int(user_id)


def tag_names(raw: object) -> tuple[str, ...]:
    """The document says text, the wire sends objects."""
    if not isinstance(raw, list):
        return ()
    names = (text_of(tag.get("name")) if isinstance(tag, dict) else text_of(tag) for tag in raw)
    return tuple(dict.fromkeys(name for name in names if name))


def _optional(work: Work, *, tags: list[dict[str, str]]) -> dict[str, object]:
    """Description, tags and task count against small plans, so what is empty is left out."""
    fields = {"description": work.description, "tags": tags, "tid": work.task.id if work.task else ""}
    return {name: value for name, value in fields.items() if value}


def _span(entry: Json) -> tuple[datetime, datetime] | None:
    start, end = moment_of(entry.get("start")), moment_of(entry.get("end"))
    ms = number(entry.get("duration")) or 0
    length = timedelta(milliseconds=ms) if 0 < ms < LATEST_MS else timedelta()
    if start is None:
        return (end - length, end) if end and length else None
    if end is not None and end >= start:
        return start, end
    return (start, start + length) if length else None


def _work(entry: Json, known: Work | None) -> Work:
    known = known or Work()
    return Work(
        task=_entry_task(entry, known.task),
        description=text_of(entry["description"]) if "description" in entry else known.description,
        tags=tag_names(entry["tags"]) if "tags" in entry else known.tags,
        billable=entry["billable"] in (True, 1, "1", "true") if "billable" in entry else bool(known.billable),
    )


def _entry_task(entry: Json, known: Task | None) -> Task | None:
    if "task" not in entry:
        return known
    location = entry.get("task_location")
    place = _location(location) if isinstance(location, dict) else ""
    found = task(entry["task"], place=place, url=text_of(entry.get("task_url")))
    if found is None or known is None or found.id != known.id:
        return found
    return Task(
        found.id, found.name or known.name, found.custom_id or known.custom_id, found.place or known.place, found.url
    )


def _location(location: Json) -> str:
    names = (text_of(location.get("folder_name")), text_of(location.get("list_name")))
    return " / ".join(name for name in names if name and name != "hidden")


def _place(raw: Json) -> str:
    """Folder and list; a task without a folder carries a hidden one that is called "hidden"."""
    folder, in_list = raw.get("folder"), raw.get("list")
    is_shown = isinstance(folder, dict) and folder.get("hidden") is not True
    names = (
        text_of(folder.get("name")) if is_shown and isinstance(folder, dict) else "",
        text_of(in_list.get("name")) if isinstance(in_list, dict) else "",
    )
    return " / ".join(name for name in names if name and name != "hidden")


def _user(entry: Json) -> str:
    user = entry.get("user")
    return identifier(user.get("id") if isinstance(user, dict) else user)


def _decimal(value: int) -> str:
    """Python refuses to print integers of thousands of digits; no id has that many."""
    return str(value) if abs(value) < 10**30 else ""
