"""The line between client and ClickUp: records every request, and breaks the ones a fault has been asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .bodies import parse
from .faults import Fault
from .hanging_up import gone, hang_up
from .model import Recorded, now_iso
from .workspace import Workspace

KEPT = 10_000  # requests, so that a demo that stays open for days does not grow


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


def _answer(status: int, body: bytes, kind: bytes, *more: tuple[bytes, bytes]) -> Answer:
    return Answer(status, [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *more], body)


def _page(status: int) -> Answer:
    title = f"{status} {HTTPStatus(status).phrase}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body>\n</html>\n"
    return _answer(status, page.encode(), b"text/html")


def _json(status: int, body: Mapping[str, str], *more: tuple[bytes, bytes]) -> Answer:
    return _answer(status, json.dumps(body).encode(), b"application/json; charset=utf-8", *more)


class Gate:
    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self._app = app
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await _body(receive)
        if raw is None:
            return
        record = self._record(scope, raw)
        fault = self._workspace.faults.take(record.method, record.path)
        record.fault = fault.kind if fault else None
        answer = await (self._broken(fault, scope, raw, receive) if fault else self._commit(scope, raw))
        if answer is None:
            await hang_up(receive, send)
            return
        record.status = answer.status
        await answer.send(send)

    def _record(self, scope: Scope, raw: bytes) -> Recorded:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = parse(raw, headers.get("content-type", ""))
        if "authorization" in headers:
            headers["authorization"] = _masked(headers["authorization"])
        if isinstance(body, dict) and "client_secret" in body:
            body = {**body, "client_secret": "…"}
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        record = Recorded(scope["method"], path, query, headers, body, now_iso(self._workspace.clock))
        self._workspace.requests.append(record)
        del self._workspace.requests[:-KEPT]
        return record

    async def _commit(self, scope: Scope, raw: bytes) -> Answer:
        """What the API itself answers; from here on the change has been made."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(dict(scope), receive, send)
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], list(sent[0]["headers"]), body)

    async def _broken(self, fault: Fault, scope: Scope, raw: bytes, receive: Receive) -> Answer | None:
        """None: no answer at all, the connection ends."""
        faults = self._workspace.faults
        if fault.seconds and fault.kind != "late_commit":
            await faults.pause(fault.seconds)
        if fault.kind == "late_commit":
            faults.later(fault.seconds, self._commit(scope, raw))
        commits = fault.committed or fault.kind in ("slow", "empty", "garbage")
        done = await self._commit(scope, raw) if commits else None
        match fault.answer if fault.kind == "late_commit" else fault.kind:
            case "hang":
                await _first(faults.pause(None), gone(receive))
                return None
            case "reset":
                return None
            case "limited":
                reset = str(self._workspace.now // 1000 + 60).encode()
                limit = (b"x-ratelimit-limit", str(self._workspace.limit).encode())
                more = (limit, (b"x-ratelimit-remaining", b"0"), (b"x-ratelimit-reset", reset))
                return _json(429, {"err": "Rate limit reached", "ECODE": "APP_002"}, *more)
            case "dead_token":
                return _json(401, {"err": "Oauth token not found", "ECODE": "OAUTH_019"})
            case "empty" if done and done.status < 300:
                return _answer(200, b"", b"application/json; charset=utf-8")
            case "garbage" if done and done.status < 300:
                return _answer(200, done.body[: len(done.body) // 2], b"application/json; charset=utf-8")
            case "error":
                return _page(fault.status)
        return done


def _masked(header: str) -> str:
    scheme = "Bearer " if header.startswith("Bearer ") else ""
    return f"{scheme}pk_…" if header.removeprefix("Bearer ").startswith("pk_") else f"{scheme}…"


async def _body(receive: Receive) -> bytes | None:
    """None when the client went away in the middle of it."""
    raw: bytes = b""
    while (message := await receive())["type"] == "http.request":
        raw += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return raw
    return None


async def _first(*waits: Any) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
