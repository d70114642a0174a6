"""Socket Mode: Slack's deliveries over a socket that we open, so that no public address is needed."""

import asyncio
import logging
import random

from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from app.slack.slack_errors import reason

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0


class SocketMode:
    """The websockets adapter reconnects by itself, but raises when the first handshake fails: that one we retry.

    Bolt's other adapter, on aiohttp, was seen to retry one refused single-use address for ever.
    """

    def __init__(self, bolt: AsyncApp, app_token: str, api_url: str) -> None:
        client = AsyncWebClient(base_url=api_url)
        self._handler = AsyncSocketModeHandler(bolt, app_token, web_client=client)
        self._handler.client.socket_mode_request_listeners = [self._handle]
        self._under_way = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()

    async def connect(self) -> None:
        """Returns when it is connected."""
        wait = 1.0
        while True:
            self._handler.client.wss_uri = None  # an address is good for one handshake only
            try:
                await self._handler.connect_async()  # type: ignore[no-untyped-call]
                return
            except Exception as error:  # the websockets library's own among them: InvalidStatus, InvalidHandshake …
                log.error("Socket Mode not connected, next try in %.0f s: %s", wait, reason(error))
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))
            wait = min(wait * 2, _LONGEST_WAIT)

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())

    async def close(self, seconds: float) -> None:
        """Lets the deliveries under way be acknowledged, at most so long."""
        try:
            await asyncio.wait_for(self._is_idle.wait(), seconds)
        except TimeoutError:
            log.warning("%s deliveries were not acknowledged in time", self._under_way)
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._under_way += 1
        self._is_idle.clear()
        try:
            await self._handler.handle(client, request)  # type: ignore[arg-type]
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._is_idle.set()
