"""A ClickUp on loopback that answers what a test tells it to, and holds every request against the contract."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from providers.contract import Contract, Sent

ENTRIES = "/team/9006054115/time_entries"


@dataclass(slots=True)
class Said:
    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0

    def response(self) -> web.Response:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return web.Response(text=text, status=self.status, headers=self.headers)


@dataclass(slots=True)
class Server:
    """Answers stay until others are told; several are given one after the other and the last one stays."""

    contract: Contract
    url: str = ""
    base: str = "/api/v2"
    requests: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _answers: dict[tuple[str, str], list[Said]] = field(default_factory=dict)

    def answers(self, method: str, path: str, *said: Said | dict[str, Any] | list[Any] | str | None) -> None:
        self._answers[method, path] = [one if isinstance(one, Said) else Said(one) for one in said]

    def sent(self, method: str, path: str) -> list[Sent]:
        return [one for one in self.requests if (one.method, one.path) == (method, path)]

    @property
    def lines(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.requests]

    async def handle(self, request: web.Request) -> web.Response:
        text = await request.text()
        path = request.raw_path.partition("?")[0].removeprefix(self.base)
        sent = Sent(
            request.method,
            path,
            tuple(request.query.items()),
            json.loads(text) if text else None,
            dict(request.headers),
        )
        self.requests.append(sent)
        self.faults += self.contract.faults(sent)
        waiting = self._answers.get((sent.method, path))
        if not waiting:
            return web.Response(text="<html>Cannot find that</html>", status=404, content_type="text/html")
        said = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await asyncio.sleep(said.delay)
        return said.response()


@asynccontextmanager
async def running(service: str = "clickup", base: str = "/api/v2") -> AsyncIterator[Server]:
    server = Server(Contract.read(service), base=base)
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}{base}"
    try:
        yield server
    finally:
        await runner.cleanup()
