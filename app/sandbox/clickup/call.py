"""One call as an endpoint sees it, and the one way an endpoint is described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import refusals
from .model import Task, Token, User
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose token, workspace id, query and body have been checked."""

    workspace: Workspace
    user: User
    token: Token
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Mapping[str, Any]
    now: int

    def one(self, name: str) -> str | None:
        """The query parameter's last value; ClickUp takes an empty one for none."""
        return (self.query.get(name) or [""])[-1] or None

    def is_true(self, name: str) -> bool:
        return self.one(name) == "true"

    def all(self, name: str) -> list[str]:
        return self.query.get(name) or []

    def task(self, text: str) -> Task:
        """Custom ids need ``custom_task_ids=true`` and ``team_id``, wherever a task is named."""
        is_custom = self.is_true("custom_task_ids")
        if is_custom and self.one("team_id") != self.workspace.id:
            raise refusals.not_found_as_401()
        return self.workspace.task(text, is_custom=is_custom, user=self.user)

    def member(self, text: str) -> User:
        user = self.workspace.users.get(int(text)) if text.isdigit() else None
        if user is None:
            raise refusals.not_a_member()
        return user


Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """``body`` maps a field to its type (see bodies.py), None means that no body is read."""

    method: str
    path: str
    handler: Handler
    query: frozenset[str] = frozenset()
    body: Mapping[str, str] | None = None
    required: frozenset[str] = field(default_factory=frozenset)
    is_public: bool = False


CUSTOM = frozenset({"custom_task_ids", "team_id"})
