"""One call as an endpoint sees it, and the one way an endpoint is described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import refusals
from .model import User
from .times import read_moment
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose key, workspace id, query and body have been checked; times in the body are aware datetimes."""

    workspace: Workspace
    user: User
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Mapping[str, Any]

    @property
    def now(self) -> datetime:
        return self.workspace.now

    def one(self, name: str) -> str | None:
        """The query parameter's last value; an empty one counts as none."""
        return (self.query.get(name) or [""])[-1] or None

    def all(self, name: str) -> list[str]:
        return [value for text in self.query.get(name) or [] for value in text.split(",") if value]

    def truth(self, name: str) -> bool | None:
        text = self.one(name)
        if text not in (None, "true", "false"):
            raise refusals.parameter_malformed(name, text or "")
        return None if text is None else text == "true"

    def moment(self, name: str) -> datetime | None:
        text = self.one(name)
        if text is None:
            return None
        moment = read_moment(text)
        if moment is None:
            raise refusals.parameter_malformed(name, text)
        return moment

    def person(self) -> User:
        """Whom the path names: oneself, or anybody for owners and admins."""
        person = self.workspace.member(self.path["userId"])
        if person is not self.user and not self.user.is_admin:
            raise refusals.access_denied()
        return person


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list; that it is the last one goes into a header."""

    items: list[Any]
    is_last: bool


Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """``body`` maps a field to its type (see bodies.py), None means that no body is read."""

    method: str
    path: str
    handler: Handler
    query: frozenset[str] = frozenset()
    body: Mapping[str, str] | None = None
    status: int = 200
    required: frozenset[str] = field(default_factory=frozenset)
