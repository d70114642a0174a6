"""One Hoursmith organisation with everything in it: the state that the endpoints read and write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from ..backend.clock import Clock, utc_now
from ..backend.faults import Faults
from ..backend.recording import Recorded
from . import refusals
from .limits import Limits
from .model import Choices, Entry, Member, Project, Task, Token
from .replays import Replays


class Organisation:
    """Public attributes are the state; a test may read and set any of them."""

    def __init__(self, clock: Clock = utc_now, *, furnish: Callable[[Organisation], None] | None = None) -> None:
        self.clock = clock
        self.faults = Faults()
        self._furnish = furnish
        self.reset()

    def reset(self) -> None:
        """Back to the first day: faults, tokens, records, choices and entries as they were."""
        self.faults.close()
        self.id, self.name, self.plan = "or_acme", "Acme Studio", "studio"
        self.rate_limit: int | None = None  # None: what the plan allows; a number is both windows' limit
        self.choices = Choices()
        self.members: dict[str, Member] = {}  # by user id
        self.tokens: dict[str, Token] = {}
        self.projects: dict[str, Project] = {}
        self.tasks: dict[str, Task] = {}
        self.entries: dict[str, Entry] = {}
        self.requests: list[Recorded] = []
        self.complaints: list[str] = []
        self.is_locked = False
        self.limits = Limits()
        self.replays = Replays()
        self._serial = 0
        if self._furnish is not None:
            self._furnish(self)

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def has_api(self) -> bool:
        return self.plan in ("studio", "agency")

    def new_id(self, kind: str) -> str:
        """Opaque text, as the guides show it: ``te_0000001``."""
        self._serial += 1
        return f"{kind}_{self._serial:07}"

    def revoke(self, token: str) -> None:
        self.tokens[token].is_revoked = True

    def revoke_all(self, user_id: str) -> int:
        """How many tokens that person had."""
        found = [token for token in self.tokens.values() if token.user_id == user_id]
        for token in found:
            token.is_revoked = True
        return len(found)

    def lock(self, entry_id: str, *, is_locked: bool = True) -> None:
        """An entry is locked by being on an invoice."""
        self.entries[entry_id].invoice_id = "in_0042" if is_locked else None

    def lock_everything(self, *, is_locked: bool) -> None:
        self.is_locked = is_locked
        for entry_id in self.entries:
            self.lock(entry_id, is_locked=is_locked)

    def can_see(self, member: Member, project: Project) -> bool:
        return member.sees_everything or member.user_id in project.members

    def project(self, project_id: str, member: Member) -> Project:
        found = self.projects.get(project_id)
        if found is None or not self.can_see(member, found):
            raise refusals.not_found("Project")
        return found

    def projects_of(self, member: Member) -> list[Project]:
        return [project for project in self.projects.values() if self.can_see(member, project)]

    def tasks_of(self, member: Member) -> list[Task]:
        """Members see the tasks that are assigned to them."""
        tasks = self.tasks.values()
        return [task for task in tasks if member.sees_everything or member.user_id in task.assignees]

    def entry(self, entry_id: str, member: Member) -> Entry:
        found = self.entries.get(entry_id)
        if found is None or not (member.sees_everything or found.user_id == member.user_id):
            raise refusals.not_found("Time entry")
        return found

    def record(self, *, user_id: str, project_id: str, day: date, seconds: int, **rest: Any) -> Entry:
        """A new entry, without any of the rules; new ones are late in lists, see Faults.list_lag."""
        now = self.now
        listed = now + timedelta(seconds=self.faults.list_lag) if self.faults.list_lag else None
        entry = Entry(self.new_id("te"), user_id, project_id, day, seconds, now, now, listed_from=listed, **rest)
        self.entries[entry.id] = entry
        return entry

    def listed(self) -> Iterable[Entry]:
        """Entries that lists show by now."""
        now = self.now
        return (entry for entry in self.entries.values() if entry.listed_from is None or entry.listed_from <= now)
