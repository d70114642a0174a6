"""One ClickUp workspace with everything in it: the state that the endpoints read and write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..backend.clock import Clock, utc_now
from ..backend.faults import Faults
from ..backend.recording import Recorded
from . import refusals
from .model import (
    Choices,
    Entry,
    Folder,
    Label,
    Space,
    Status,
    Task,
    TaskList,
    Token,
    User,
    to_ms,
)

# Calls per minute and token, by plan.
LIMITS = {"Free Forever": 100, "Unlimited": 100, "Business": 100, "Business Plus": 1_000, "Enterprise": 10_000}
PLANS = {"Free Forever": 1, "Unlimited": 2, "Business": 3, "Enterprise": 4, "Business Plus": 5}


class Workspace:
    """Public attributes are the state; a test may read and set any of them."""

    def __init__(self, clock: Clock = utc_now, *, furnish: Callable[[Workspace], None] | None = None) -> None:
        self.clock = clock
        self.faults = Faults()
        self._furnish = furnish
        self.reset()

    def reset(self) -> None:
        """Back to the first day: faults, tokens, records, choices and entries as they were."""
        self.faults.close()
        self.id, self.name, self.plan = "9018000001", "Acme Studio", "Business"
        self.rate_limit: int | None = None  # None: what the plan allows
        self.has_tags = True  # False: TIMEENTRY_052 for every tags call
        self.advanced_uses_left: int | None = None  # a number: TIMEENTRY_064 once used up
        self.choices = Choices()
        self.others: list[tuple[str, str]] = []  # workspaces that everybody here is a member of as well, and no more
        self.users: dict[int, User] = {}
        self.invited: set[int] = set()  # those who have not come yet
        self.tokens: dict[str, Token] = {}
        self.oauth_clients: dict[str, str] = {}
        self.oauth_codes: dict[str, int] = {}
        self.statuses: list[Status] = []
        self.spaces: dict[str, Space] = {}
        self.folders: dict[str, Folder] = {}
        self.lists: dict[str, TaskList] = {}
        self.tasks: dict[str, Task] = {}
        self.tasks_by_custom_id: dict[str, Task] = {}
        self.entries: dict[str, Entry] = {}
        self.labels: dict[str, Label] = {}
        self.requests: list[Recorded] = []
        self.complaints: list[str] = []
        self.is_locked = False
        self.windows: dict[str, tuple[int, int]] = {}  # token → (calls so far, epoch second of the reset)
        self._serial = 0
        if self._furnish is not None:
            self._furnish(self)

    @property
    def now(self) -> int:
        return to_ms(self.clock())

    @property
    def limit(self) -> int:
        return self.rate_limit if self.rate_limit is not None else LIMITS[self.plan]

    def new_id(self) -> str:
        """Nineteen digits, beyond 2^53 like the real ones, growing."""
        self._serial += 1
        return str(4_189_000_000_000_000_000 + self._serial * 1_048_583)

    def grant(self, user_id: int) -> str:
        """A fresh OAuth token, as a person's consent would have made it."""
        self._serial += 1
        token = f"{user_id}_{self._serial:08x}"
        self.tokens[token] = Token(user_id, is_oauth=True)
        return token

    def revoke(self, token: str) -> None:
        self.tokens[token].is_revoked = True

    def revoke_all(self, user_id: int) -> int:
        """How many tokens that person had."""
        found = [token for token in self.tokens.values() if token.user_id == user_id]
        for token in found:
            token.is_revoked = True
        return len(found)

    def lock_everything(self, *, is_locked: bool) -> None:
        """As if every timesheet so far had been approved, or none."""
        self.is_locked = is_locked
        for entry in self.entries.values():
            entry.is_locked = is_locked

    def lock(self, entry_id: str, *, is_locked: bool = True) -> None:
        self.entries[entry_id].is_locked = is_locked

    def add_task(self, task: Task) -> Task:
        self.tasks[task.id] = task
        if task.custom_id:
            self.tasks_by_custom_id[task.custom_id] = task
        return task

    def task(self, text: str, *, is_custom: bool, user: User) -> Task:
        """Refused when there is none, and in the same words when this person may not see it."""
        found = self.tasks_by_custom_id.get(text) if is_custom else self.tasks.get(text)
        if found is not None and self.can_see(user, found):
            return found
        raise refusals.not_found_as_401() if self.choices.missing_task == 401 else refusals.task_not_found()

    def can_see(self, user: User, task: Task) -> bool:
        return user.role != "guest" or user.id in task.shared_with

    def label(self, name: str, creator: int, *, fg: str | None = None, bg: str | None = None) -> Label:
        """The label of that name, made when it is new; the first colours stay."""
        return self.labels.setdefault(name, Label(name, creator, fg or "#000000", bg or "#BF55EC"))

    def record(self, *, user_id: int, start: int | None, duration: int | None, **rest: Any) -> Entry:
        """A new entry; without a duration it runs, and whatever ran for that person is stopped without a word."""
        now = self.now
        if duration is None:
            self.stop(user_id)
        end = None if start is None or duration is None else start + duration
        listed_from = now + int(self.faults.list_lag * 1000) if self.faults.list_lag else 0
        entry = Entry(self.new_id(), user_id, start, end, duration, now, listed_from=listed_from, **rest)
        self.entries[entry.id] = entry
        return entry

    def running(self, user_id: int) -> Entry | None:
        return next((entry for entry in self.entries.values() if entry.user_id == user_id and entry.is_running), None)

    def stop(self, user_id: int) -> Entry | None:
        entry = self.running(user_id)
        if entry is None:
            return None
        entry.end, entry.at = self.now, self.now
        entry.duration = max(0, entry.end - (entry.start or entry.end))
        return entry

    def listed(self) -> Iterable[Entry]:
        """Entries that lists show by now."""
        now = self.now
        return (entry for entry in self.entries.values() if entry.listed_from <= now)

    def time_spent(self, task_id: str) -> int:
        return sum(entry.duration or 0 for entry in self.entries.values() if entry.task_id == task_id)
