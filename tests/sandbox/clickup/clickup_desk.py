"""Calls the sandbox ClickUp as one person, directly or over a real socket; and the names that the tests share."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from tests.serving import free_socket, serving

FRIDAY = datetime(2026, 11, 20, 14, 3, 0, 250_000, tzinfo=UTC)
ADA, BO, CY, DI = 183, 184, 185, 186
TEAM = "/team/9018000001"
TIME = f"{TEAM}/time_entries"


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.json["ECODE"]


class Direct:
    """Calls the application without a socket, as one person, whose key goes into one header."""

    def __init__(
        self, app: Starlette, key: str | None, base: str = "/api/v2", *, header: str = "authorization"
    ) -> None:
        self._app, self._base = app, base
        self._key = [(header.encode(), key.encode())] if key else []

    async def __call__(self, method: str, path: str, body: Any = None, *, raw: bytes = b"", **query: Any) -> Reply:
        payload = json.dumps(body).encode() if body is not None else raw
        headers = [(b"host", b"sandbox"), (b"content-type", b"application/json"), *self._key]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "server": ("sandbox", 80),
            "method": method,
            "path": self._base + path,
            "raw_path": (self._base + path).encode(),
            "root_path": "",
            "query_string": urlencode(query, doseq=True).encode(),
            "headers": headers,
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": payload, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The application on a free port of the loopback, in this very event loop."""
    bound, address = free_socket()
    async with serving(app, bound):
        yield address
