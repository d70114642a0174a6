"""Carries what people do to the app, over signed HTTP or Socket Mode, and measures how the app answers."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from app.sandbox.slack.socket_mode import NotConnected, Sockets
from app.sandbox.slack.traffic import Delivery
from app.sandbox.slack.world import World

Json = dict[str, Any]
Kind = Literal["slash_commands", "interactive", "events_api"]
ACK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is None when nobody answered: `is_late` tells a time-out from a refused connection."""

    status: int | None
    body: str = ""
    is_late: bool = False
    must_not_retry: bool = False

    @property
    def is_ok(self) -> bool:
        return self.status == 200

    @property
    def parsed(self) -> Any:
        """The body as JSON where it is an object, else as text; None when empty."""
        if not self.body.strip():
            return None
        if not self.body.lstrip().startswith("{"):
            return self.body
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body


@dataclass(slots=True)
class Courier:
    """Everything that leaves the sandbox goes through here, and is recorded in `world.deliveries`."""

    world: World
    sockets: Sockets = field(init=False)
    _session: aiohttp.ClientSession | None = None
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sockets = Sockets(self.world)

    async def deliver(self, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None) -> Answer:
        if kind == "interactive" and not self.world.manifest.is_interactive:
            self.world.violations.append("manifest: interactivity is not enabled, so clicks go nowhere.")
            return Answer(None)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(ACK_SECONDS * self.world.pace):
                answer = await self._send(kind, payload, retry)
        except TimeoutError:
            answer = Answer(None, is_late=True)
        except (aiohttp.ClientError, OSError, NotConnected):
            answer = Answer(None)
        seconds = time.perf_counter() - began
        self.world.deliveries.append(
            Delivery(_name(kind, payload), payload, seconds, answer.status, answer.body, retry[0] if retry else 0)
        )
        return answer

    async def _send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None) -> Answer:
        if self.world.request_url is None:
            acknowledged = await self.sockets.send(kind, payload, retry)
            return Answer(200, json.dumps(acknowledged) if acknowledged is not None else "")
        body, content_type = _encoded(kind, payload)
        headers = {"Content-Type": content_type, **self._signature(body), **_retry_headers(retry)}
        async with self._http().post(
            self.world.request_url, data=body, headers=headers, allow_redirects=False
        ) as response:
            refuses = response.headers.get("X-Slack-No-Retry") == "1"
            return Answer(response.status, await response.text(), must_not_retry=refuses)

    def _signature(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))  # the app compares it with its own wall clock, whatever time the world has
        signed = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self.world.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": "Slackbot 1.0 (sandbox)"})
        return self._session

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def _encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _retry_headers(retry: tuple[int, str] | None) -> dict[str, str]:
    return {} if retry is None else {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}


def _name(kind: Kind, payload: Json) -> str:
    if kind == "slash_commands":
        return "command"
    return str(payload["event"]["type"] if "event" in payload else payload["type"])
