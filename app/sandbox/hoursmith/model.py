"""The things Hoursmith keeps, as plain records, so that state and wire shapes are two different files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["OWNER", "ADMIN", "MANAGER", "MEMBER"]


@dataclass(slots=True)
class Member:
    """A person in the organisation. Their membership has an id too, and it is another one."""

    id: str
    user_id: str
    name: str
    email: str
    role: Role
    timezone: str
    joined: datetime

    @property
    def sees_everything(self) -> bool:
        return self.role != "MEMBER"

    @property
    def may_reassign(self) -> bool:
        return self.role in ("OWNER", "ADMIN")


@dataclass(slots=True)
class Token:
    user_id: str
    name: str
    scopes: tuple[str, ...] = ("read", "write")
    is_revoked: bool = False


@dataclass(slots=True)
class Project:
    id: str
    name: str
    client_id: str
    client_name: str
    created: datetime
    status: Literal["ACTIVE", "COMPLETED", "ARCHIVED"] = "ACTIVE"
    members: set[str] = field(default_factory=set)
    color: str = "#0f766e"


@dataclass(slots=True)
class Task:
    id: str
    project_id: str
    name: str
    created: datetime
    status: Literal["TODO", "IN_PROGRESS", "DONE"] = "TODO"
    priority: Literal["LOW", "MEDIUM", "HIGH"] = "MEDIUM"
    billable: bool = True
    assignees: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A day and a length. The two moments are there only for what Hoursmith's own timer made."""

    id: str
    user_id: str
    project_id: str
    day: date
    seconds: int
    created: datetime
    updated: datetime
    task_id: str | None = None
    billable: bool = True
    note: str | None = None
    started: datetime | None = None
    stopped: datetime | None = None
    invoice_id: str | None = None
    source: str = "api"
    listed_from: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.started is not None and self.stopped is None


@dataclass(slots=True)
class Choices:
    """What nobody has documented: one behaviour each by default, the other one on demand."""

    created_status: Literal[201, 200] = 201
    deleted: Literal["entry", "nothing"] = "entry"  # 200 with what is gone, or 204
    omitted_billable: bool = True  # what an entry is when nobody said; the app's own default is true
    patch: Literal["full", "partial"] = "full"  # the document asks of a PATCH what it asks of a POST
    remembered: Literal["everything", "successes"] = "everything"  # which answers an Idempotency-Key brings back
    me: Literal["nameless", "email"] = "nameless"  # the document's /me names nobody
