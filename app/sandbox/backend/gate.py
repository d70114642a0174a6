"""The line between client and back end: records every request, and breaks the ones a fault has been asked for."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answer import Answer, error_page
from .clock import now_iso
from .faults import Fault
from .hanging_up import gone, hang_up
from .recording import Recorded, parse, read_body
from .voice import Voice
from .workspace import Workspace

KEPT = 10_000  # requests, so that a demo that stays open for days does not grow
COMMITTING = ("slow", "empty", "garbage", "denied")


class Gate:
    def __init__(self, app: ASGIApp, workspace: Workspace, voice: Voice) -> None:
        self._app = app
        self._workspace = workspace
        self._voice = voice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await read_body(receive)
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
        for name, mask in self._voice.secret_headers.items():
            if name in headers:
                headers[name] = mask(headers[name])
        if isinstance(body, dict):
            body = {name: "…" if name in self._voice.secret_fields else value for name, value in body.items()}
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
        done = await self._commit(scope, raw) if fault.committed or fault.kind in COMMITTING else None
        match fault.answer if fault.kind == "late_commit" else fault.kind:
            case "hang":
                await _first(faults.pause(None), gone(receive))
                return None
            case "reset":
                return None
            case "limited":
                return self._voice.limited()
            case "dead_token":
                return self._voice.dead_token()
            case "error":
                return error_page(fault.status)
        return self._spoilt(fault, done) if done and done.status < 300 else done

    def _spoilt(self, fault: Fault, done: Answer) -> Answer:
        """A success that does not look like one."""
        if fault.kind == "empty":
            return done.with_body(b"")
        if fault.kind == "garbage":
            return done.with_body(done.body[: len(done.body) // 2])
        if fault.kind == "denied" and self._voice.denied is not None:
            return self._voice.denied(done)
        return done


async def _first(*waits: Any) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
