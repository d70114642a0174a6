"""One call as an endpoint sees it, and the one way an endpoint is described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .model import Member, Token
from .organisation import Organisation


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose token, plan, scope, key, query and body have been checked."""

    organisation: Organisation
    member: Member
    token: Token
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]


Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """``body`` maps a field to its type (see bodies.py), None means that no body is read."""

    method: str
    path: str
    handler: Handler
    query: frozenset[str] = frozenset()
    body: Mapping[str, str] | None = None

    @property
    def scope(self) -> str:
        return "read" if self.method == "GET" else "write"
