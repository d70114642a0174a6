"""One Clockify workspace with everything in it: the state that the endpoints read and write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ..backend.clock import Clock, utc_now
from ..backend.faults import EVERY_KIND, Faults
from ..backend.recording import Recorded
from . import refusals
from .model import Choices, Entry, Project, Tag, Task, Token, User
from .settings import Settings, check_setting, default_settings
from .times import read_moment, write_moment

FREE_LIMIT = 30  # requests an hour for a whole workspace, since May 2026, where the workspace is new and free


class Workspace:
    """Public attributes are the state; a test may read and set any of them."""

    def __init__(self, clock: Clock = utc_now, *, furnish: Callable[[Workspace], None] | None = None) -> None:
        self.clock = clock
        self.faults = Faults(EVERY_KIND)
        self._furnish = furnish
        self.reset()

    def reset(self) -> None:
        """Back to the first day: faults, keys, records, choices, settings and entries as they were."""
        self.faults.close()
        self.id, self.name = "64a687e29ae1f428e7ebe305", "Acme Studio"
        self.rate_limit: int | None = None  # a number: so many requests an hour for everybody together
        self.has_time_for_others = True  # False: a plan without ADD_TIME_FOR_OTHERS
        self.window_lag = 45.0  # probed: seconds for which a list with start or end does not show a new entry
        self.choices = Choices()
        self.settings: Settings = default_settings()
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.projects: dict[str, Project] = {}
        self.tasks: dict[str, Task] = {}
        self.tags: dict[str, Tag] = {}
        self.entries: dict[str, Entry] = {}
        self.requests: list[Recorded] = []
        self.complaints: list[str] = []
        self.budget: tuple[int, datetime | None] = 0, None  # requests so far, and when they are forgotten
        self._serial = 0
        if self._furnish is not None:
            self._furnish(self)

    @property
    def now(self) -> datetime:
        """In whole seconds, which is all that Clockify knows of time."""
        return self.clock().replace(microsecond=0)

    def new_id(self) -> str:
        """24 hex digits: the second in which it was made, something, a number that grows."""
        self._serial += 1
        return f"{int(self.clock().timestamp()):08x}9ae1f428e7{self._serial:06x}"

    def configure(self, **settings: Any) -> None:
        """``forceProjects=True`` and the like; see settings.py for every name."""
        for name, value in settings.items():
            check_setting(self.settings, name, value)
        self.settings |= settings

    def revoke(self, token: str) -> None:
        self.tokens[token].is_revoked = True

    def revoke_all(self, user_id: str) -> int:
        """How many keys that person had."""
        found = [token for token in self.tokens.values() if token.user_id == user_id]
        for token in found:
            token.is_revoked = True
        return len(found)

    @property
    def locked_before(self) -> datetime | None:
        until = self.settings["lockTimeEntries"]
        return None if until is None else read_moment(until)

    @property
    def is_locked(self) -> bool:
        return self.locked_before is not None

    def lock_everything(self, *, is_locked: bool) -> None:
        """Sets lockTimeEntries to now, or takes it and every approval back."""
        self.configure(lockTimeEntries=write_moment(self.now) if is_locked else None)
        if not is_locked:
            for entry in self.entries.values():
                entry.is_approved = False

    def lock(self, entry_id: str, *, is_locked: bool = True) -> None:
        """One entry, as part of an approved timesheet."""
        self.entries[entry_id].is_approved = is_locked

    def is_before_lock(self, start: datetime) -> bool:
        return self.locked_before is not None and start < self.locked_before

    def can_see(self, user: User, project: Project) -> bool:
        return user.is_admin or project.is_public or user.id in project.members

    def project(self, project_id: str, user: User) -> Project:
        """Refused when there is none, and in the same words when this person may not see it."""
        found = self.projects.get(project_id)
        if found is None or not self.can_see(user, found):
            raise refusals.foreign("Project")
        return found

    def member(self, user_id: str) -> User:
        if user_id not in self.users:
            raise refusals.foreign("User")
        return self.users[user_id]

    def record(self, *, user_id: str, start: datetime, end: datetime | None, **rest: Any) -> Entry:
        """A new entry, without any of the rules; new ones are late in lists, see Faults.list_lag and window_lag."""
        now = self.clock()
        listed = now + timedelta(seconds=self.faults.list_lag)
        windowed = max(listed, now + timedelta(seconds=self.window_lag))
        entry = Entry(
            self.new_id(), user_id, start, end, recorded=now, listed_from=listed, windowed_from=windowed, **rest
        )
        self.entries[entry.id] = entry
        return entry

    def running(self, user_id: str) -> list[Entry]:
        """Newest first: one, unless the workspace has chosen to let several run."""
        found = [entry for entry in self.entries.values() if entry.user_id == user_id and entry.is_running]
        return sorted(found, key=lambda entry: (entry.start, entry.id), reverse=True)

    def is_listed(self, entry: Entry, *, windowed: bool) -> bool:
        since = entry.windowed_from if windowed else entry.listed_from
        if since is None or entry.recorded is None:
            return True
        return not entry.recorded <= self.clock() < since  # nor does a clock that was set back hide it
