"""The things ClickUp keeps, as plain records, so that state and wire shapes are two different files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

Role = Literal["owner", "admin", "member", "guest"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROLE_NUMBERS: dict[str, int] = {"owner": 1, "admin": 2, "member": 3, "guest": 4}


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970, never through a float."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def to_datetime(ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=ms)


@dataclass(slots=True)
class User:
    id: int
    name: str
    email: str
    role: Role
    timezone: str
    color: str = "#7b68ee"

    @property
    def may_name_anyone(self) -> bool:
        return self.role in ("owner", "admin")


@dataclass(slots=True)
class Token:
    user_id: int
    is_oauth: bool
    is_revoked: bool = False


@dataclass(slots=True)
class Space:
    id: str
    name: str


@dataclass(slots=True)
class Folder:
    id: str
    name: str
    space: Space


@dataclass(slots=True)
class TaskList:
    id: str
    name: str
    space: Space
    folder: Folder | None = None


@dataclass(slots=True)
class Status:
    name: str
    kind: Literal["open", "custom", "closed"]
    color: str
    order: int


@dataclass(slots=True)
class Task:
    id: str
    custom_id: str | None
    name: str
    place: TaskList
    status: Status
    created: int
    updated: int
    creator: int
    assignees: list[int] = field(default_factory=list)
    shared_with: set[int] = field(default_factory=set)
    parent: str | None = None
    tags: list[str] = field(default_factory=list)
    due: int | None = None
    done: int | None = None


@dataclass(slots=True)
class Label:
    """A tag on time entries; ClickUp calls it a label in the product and a tag on the wire."""

    name: str
    creator: int
    fg: str = "#000000"
    bg: str = "#BF55EC"


@dataclass(slots=True)
class Entry:
    """Times in milliseconds; a running timer has no end. Legacy duration-only intervals have no start either."""

    id: str
    user_id: int
    start: int | None
    end: int | None
    duration: int | None
    at: int
    task_id: str | None = None
    description: str = ""
    labels: list[Label] = field(default_factory=list)
    billable: bool = False
    source: str = "api"
    is_locked: bool = False
    listed_from: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return self.duration is None

    def elapsed(self, now: int) -> int:
        return self.duration if self.duration is not None else max(1, now - (self.start or now))


@dataclass(slots=True)
class Choices:
    """What nobody has documented: one behaviour each by default, the other one on demand."""

    stop_with_nothing: Literal["null", "refused"] = "null"  # 200 with data null, or 400
    nothing_running: Literal["null", "object", "list"] = "null"  # recorded: null; clients also met {} and []
    missing_task: Literal[401, 404] = 401  # recorded: mostly 401 OAUTH_018, sometimes 404
    missing_entry: Literal[404, 401] = 404
    foreign_assignee: Literal[403, 400] = 403  # create for somebody else, as a member or guest
    locked: Literal[403, 400] = 403  # change or delete an entry of an approved timesheet
    put_answer: Literal["empty", "entry"] = "empty"  # the document's example is {}; some clients read data
    single: Literal["object", "list"] = "object"  # the document's example of GET one shows an array
