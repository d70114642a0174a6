"""The line between an adapter and a sandbox's back end: everything that is sent is kept, and an answer can be put in its way."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl

from app.sandbox.backend.recording import read_body
from providers.clickup_server import Said
from providers.contract import Sent

READS = ("GET",)
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Instead:
    methods: tuple[str, ...]
    path: str
    said: Said


@dataclass(slots=True)
class Line:
    """An ASGI application around the sandbox's. `base` is what its API's paths begin with; what is outside is not kept.

    `bend` makes of an answer's JSON what is told instead.
    """

    app: Any
    base: str
    sent: list[Sent] = field(default_factory=list)
    bend: Callable[[Any], Any] | None = None
    _instead: list[Instead] = field(default_factory=list)

    def answers(self, said: Said, *methods: str, path: str = "*") -> None:
        """From now on, instead of the back end, which hears nothing of it; the first that fits is used."""
        self._instead.append(Instead(methods or READS + WRITES, path, said))

    def clear(self) -> None:
        self._instead.clear()

    @property
    def writes(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.method in WRITES]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self.base):
            return await self.app(scope, receive, send)
        raw = await read_body(receive)
        if raw is None:
            return None
        sent = _sent(scope, raw, self.base)
        self.sent.append(sent)
        instead = next((one for one in self._instead if _fits(one, sent)), None)
        if instead:
            return await _say(instead.said, send)
        return await self.app(scope, _again(raw, receive), _bent(self.bend, send) if self.bend else send)


def _fits(one: Instead, sent: Sent) -> bool:
    return sent.method in one.methods and fnmatchcase(sent.path, one.path)


def _sent(scope: Any, raw: bytes, base: str) -> Sent:
    path = scope.get("raw_path", scope["path"].encode()).decode().partition("?")[0].removeprefix(base)
    query = tuple(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Sent(scope["method"], path, query, json.loads(raw) if raw else None, headers)


async def _say(said: Said, send: Any) -> None:
    body = said.body if isinstance(said.body, str) else json.dumps(said.body)
    headers = [(name.encode(), value.encode()) for name, value in said.headers.items()]
    length = (b"content-length", str(len(body.encode())).encode())
    await send({"type": "http.response.start", "status": said.status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body.encode()})


def _bent(bend: Callable[[Any], Any], send: Any) -> Any:
    """Bodies come in one piece."""
    started: list[dict[str, Any]] = []

    async def told(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.append(message)
            return
        body = message["body"] and json.dumps(bend(json.loads(message["body"]))).encode()
        headers = [(name, value) for name, value in started[0]["headers"] if name != b"content-length"]
        await send(started[0] | {"headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await send(message | {"body": body})

    return told


def _again(raw: bytes, receive: Any) -> Any:
    """The body that was read already, then whatever else comes."""
    waiting = [{"type": "http.request", "body": raw, "more_body": False}]

    async def read() -> Any:
        return waiting.pop() if waiting else await receive()

    return read
