"""Socket Mode as Slack plays it: single-use addresses, envelopes, acknowledgements, and connections asked to refresh."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.sandbox.slack.world import World

MOST_CONNECTIONS = 10


class NotConnected(Exception):
    """No socket is open, so nothing can be delivered."""


@dataclass(slots=True)
class Sockets:
    """`refusals` makes the next handshakes fail, as happens when Slack's edge answers 408."""

    world: World
    refusals: int = 0
    _tickets: set[str] = field(default_factory=set)
    _open: list[WebSocket] = field(default_factory=list)
    _awaited: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def new_address(self) -> str:
        ticket = self.world.next_id("ticket")
        self._tickets.add(ticket)
        scheme_free = self.world.base_url.split("://", 1)[1]
        scheme = "wss" if self.world.base_url.startswith("https") else "ws"
        return f"{scheme}://{scheme_free}/link/?ticket={ticket}&app_id={self.world.app_id}"

    async def wait_for_connection(self) -> None:
        await self._arrived.wait()

    async def serve(self, socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        if self.refusals or ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
            self.refusals = max(0, self.refusals - 1)
            self._tickets.discard(ticket)
            return await socket.close()
        self._tickets.remove(ticket)
        await socket.accept()
        await socket.send_text(json.dumps(self._hello()))
        self._open.append(socket)
        self._arrived.set()
        try:
            while True:
                self._receive(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            return None
        finally:
            self._forget(socket)

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.world.app_id},
        }

    def _receive(self, acknowledgement: dict[str, Any]) -> None:
        awaited = self._awaited.pop(acknowledgement.get("envelope_id", ""), None)
        if awaited is not None and not awaited.done():
            awaited.set_result(acknowledgement.get("payload"))

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)
        if not self._open:
            self._arrived.clear()

    async def send(self, kind: str, payload: dict[str, Any], retry: tuple[int, str] | None) -> Any:
        """Send one envelope over one of the connections and wait for its acknowledgement's payload."""
        if not self._open:
            raise NotConnected
        envelope_id = self.world.next_id("envelope")
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            number, reason = retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        awaited = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = awaited
        try:
            await self._open[-1].send_text(json.dumps(envelope))
            return await awaited
        except (WebSocketDisconnect, RuntimeError):
            raise NotConnected from None
        finally:
            self._awaited.pop(envelope_id, None)

    async def refresh(self) -> None:
        """Ask every open connection to come again, then hang up, as Slack does every few hours."""
        for socket in list(self._open):
            self._forget(socket)
            await socket.send_text(json.dumps({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}}))
            await socket.close()
