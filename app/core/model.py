"""The words of time tracking, as values: people, accounts, tasks, time entries and timers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.rhythm import USUAL, Rhythm


class Role(StrEnum):
    """A person's standing in the provider's workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"

    @property
    def is_in_charge(self) -> bool:
        return self in (Role.OWNER, Role.ADMIN)


class AssigneePermission(StrEnum):
    """Whose time a person may log."""

    ANYONE = "anyone"
    SELF = "self"


def default_permission(role: Role) -> AssigneePermission:
    return AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF


@dataclass(frozen=True, slots=True)
class Secret:
    """Text that never shows itself: not in a log, a message, a repr or a traceback."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        return self._text


@dataclass(frozen=True, slots=True)
class Person:
    """A Slack user in a Slack workspace, with the time zone in which their days are counted.

    A stranger is of another Slack workspace or organisation and only shares a channel with this one.
    """

    team: str
    user: str
    zone: ZoneInfo
    name: str = ""
    rhythm: Rhythm = USUAL
    is_stranger: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A person's link to a provider. Without a credential the workspace-wide token speaks for them.

    `region` is one of those that the provider keeps its customers' data in, "" where it has but one place.
    `has_left` the workspace; `checked_at`, aware UTC, its list of members was last read for this account.
    """

    team: str
    user: str
    provider: str
    workspace_id: str
    user_id: str
    role: Role
    assignee_permission: AssigneePermission
    credential: Secret | None = None
    region: str = ""
    has_left: bool = field(default=False, compare=False)
    checked_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the provider's workspace; `role` is None where the provider does not tell.

    Who was invited and has not come yet, or has left, is not active.
    """

    id: str
    name: str
    email: str = ""
    role: Role | None = None
    zone: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a provider keeps one company's time; some call it team or organisation."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """A token before anybody knows whose it is. `region` as in `Account`."""

    provider: str
    token: Secret
    region: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a token tells of itself.

    `likely` is whose it may be, usually one, and `members` whom it sees: both are empty until it is clear in which
    workspace.
    """

    workspaces: tuple[Workspace, ...]
    likely: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What can be worked on. `id` is the provider's own; `custom_id` is the one people know (DEV-12)."""

    id: str
    name: str
    custom_id: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody works on, apart from when. `billable` is None where nobody said: the provider decides then.

    `sought` is what was typed for a task while the provider couldn't be asked for it; it is looked up before it is sent.
    """

    task: Task | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    billable: bool | None = False
    sought: str = ""

    def retagged(self, add: Sequence[str], remove: Sequence[str]) -> "Work":
        kept = [tag for tag in self.tags if tag not in remove]
        return replace(self, tags=tuple(dict.fromkeys((*kept, *add))))


@dataclass(frozen=True, slots=True)
class Draft:
    """A time entry as it is meant, before the provider has given it an id. Times are aware UTC.

    Where it is not timed its day and its length count, as with `TimeEntry`.
    """

    work: Work
    start: datetime
    end: datetime
    assignee: str
    is_timed: bool = True

    @property
    def duration(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """A finished stretch of work. Times are aware UTC; `assignee` is the provider's user id.

    Where it is not timed its day and its length count, and `start` is only a place in that day.
    """

    id: str
    work: Work
    start: datetime
    end: datetime
    assignee: str
    is_locked: bool = False
    is_timed: bool = True

    @property
    def duration(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Timer:
    """A running time entry. A held timer is kept by the app and becomes an entry at stop."""

    id: str
    work: Work
    start: datetime
    assignee: str
    is_held: bool = False

    def elapsed(self, now: datetime) -> timedelta:
        return max(now - self.start, timedelta())


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch of time, `start <= t < end`, aware UTC."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this account can do at this provider, so that nothing is offered that will be refused.

    Where a provider tracks projects as well as tasks, both are a `Task` to us: `project_required` is satisfied by
    either, `task_required` by a task alone. `timers_only`: time comes from a timer, never from a form.
    `locked_before`: nothing that starts earlier can be written or changed, aware UTC. Without `description` an entry
    has no room for words; without `clock_times` it keeps its day and its length, and not when in the day it was.
    `billable_by_default`: what nobody called billable or unbillable may be either, as the project says.
    `lists_by_task`: its entries can only be asked for task by task.
    `tags_in_text`: there are no tags, and those that come with an entry become words of its description.
    An entry can be moved to `another_task`, or by `handing_over` become somebody else's, only where these say so.
    `idempotent`: a create that comes a second time by the same operation is the same entry.
    `reads_an_hour` are the requests that may go into what nobody waits for: half of what is granted to a token, or to
    everybody in the workspace where it `grants_by_workspace`.
    """

    native_timer: bool
    backdated_start: bool = False
    tags: bool = True
    tags_in_text: bool = False
    billable: bool = True
    billable_by_default: bool = False
    assignees: bool = False
    task_required: bool = False
    project_required: bool = False
    tags_required: bool = False
    description: bool = True
    description_required: bool = False
    clock_times: bool = True
    another_task: bool = True
    handing_over: bool = False
    idempotent: bool = False
    timers_only: bool = False
    lists_by_task: bool = False
    locked_before: datetime | None = None
    reads_an_hour: int = 3000
    grants_by_workspace: bool = False
