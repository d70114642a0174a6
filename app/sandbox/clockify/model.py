"""The things Clockify keeps, as plain records, so that state and wire shapes are two different files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Role = Literal["OWNER", "WORKSPACE_ADMIN", "PROJECT_MANAGER", "TEAM_MANAGER", "MEMBER"]


@dataclass(slots=True)
class User:
    """MEMBER is our word: on the wire such a person has no role at all."""

    id: str
    name: str
    email: str
    role: Role
    timezone: str

    @property
    def is_admin(self) -> bool:
        return self.role in ("OWNER", "WORKSPACE_ADMIN")


@dataclass(slots=True)
class Token:
    """An API key: it is the person, and all rights follow the person."""

    user_id: str
    is_revoked: bool = False


@dataclass(slots=True)
class Project:
    """``members`` see a private project; a public one is everybody's."""

    id: str
    name: str
    color: str
    is_public: bool = True
    billable: bool = False
    archived: bool = False
    members: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class Task:
    id: str
    name: str
    project_id: str
    status: Literal["ACTIVE", "DONE"] = "ACTIVE"
    assignees: list[str] = field(default_factory=list)
    billable: bool = False


@dataclass(slots=True)
class Tag:
    id: str
    name: str
    archived: bool = False


@dataclass(slots=True)
class Entry:
    """A running timer has no end. ``tag_ids`` is None when none were ever sent, and so it goes out."""

    id: str
    user_id: str
    start: datetime
    end: datetime | None
    description: str = ""
    project_id: str | None = None
    task_id: str | None = None
    tag_ids: list[str] | None = None
    billable: bool = False
    type: str = "REGULAR"
    source: str = "api"
    is_approved: bool = False
    recorded: datetime | None = None  # None: before anybody looked
    listed_from: datetime | None = None  # None: from the beginning
    windowed_from: datetime | None = None  # the same for lists with start or end

    @property
    def is_running(self) -> bool:
        return self.end is None

    def elapsed(self, now: datetime) -> timedelta:
        return (self.end or now) - self.start


@dataclass(slots=True)
class Choices:
    """What nobody has documented: one behaviour each by default, the other ones on demand."""

    # POST without end while a timer runs; reported: the server stops the old one, as it would on a click
    start_while_running: Literal["stops", "both", "refused"] = "stops"
    # PUT without end on a finished entry; a full replacement, so that it runs again
    put_without_end: Literal["runs", "kept"] = "runs"
    omitted_billable: Literal["project", "false"] = "project"  # the project's own, or never billable
    fractions: Literal["refused", "cut"] = "refused"  # times with milliseconds
    members_list_users: bool = True  # recorded: some members get 403 “Access Denied” for GET /users
