"""Calls the sandbox Hoursmith as one person, without a socket; and the names that the tests share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

FRIDAY = datetime(2026, 11, 20, 14, 3, 0, 250_000, tzinfo=UTC)
ADA, BO, CY, DI = "us_ada", "us_bo", "us_cy", "us_di"
ENTRIES = "/time-entries"
ENTRY = {"projectId": "pr_website", "entryDate": "2026-11-20", "durationSeconds": 5400}


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
    def ids(self) -> list[str]:
        return [item["id"] for item in self.data]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.json["error"]["code"]

    @property
    def fields(self) -> set[str]:
        return set(self.json["error"]["fields"])


class Direct:
    """Every POST gets a fresh Idempotency-Key unless one is given; "" sends none."""

    _keys = count()

    def __init__(self, app: Starlette, token: str | None, base: str = "/api/v1") -> None:
        self._app, self._token, self._base = app, token, base

    async def __call__(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, raw: bytes = b"", **query: Any
    ) -> Reply:
        payload = json.dumps(body).encode() if body is not None else raw
        headers = [(b"content-type", b"application/json")] if payload else []
        if self._token:
            headers.append((b"authorization", f"Bearer {self._token}".encode()))
        if method == "POST" and key != "":
            headers.append((b"idempotency-key", (key or f"key-{next(self._keys)}").encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "server": ("sandbox", 80),
            "client": ("127.0.0.1", 5),
            "method": method,
            "path": self._base + path,
            "raw_path": (self._base + path).encode(),
            "root_path": "",
            "query_string": urlencode(query).encode(),
            "headers": headers,
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": payload, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
