"""Socket Mode: Slack's deliveries over a socket that we open, so that no public address is needed."""

import asyncio
import logging
import random

from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0


class SocketMode:
    """The websockets adapter reconnects by itself, but raises when the first handshake fails: that one we retry.

    Bolt's other adapter, on aiohttp, was seen to retry one refused single-use address for ever.
    """

    def __init__(self, bolt: AsyncApp, app_token: str, api_url: str) -> None:
        client = AsyncWebClient(base_url=api_url)
        self._handler = AsyncSocketModeHandler(bolt, app_token, web_client=client)

    async def connect(self) -> None:
        """Returns when it is connected."""
        wait = 1.0
        while True:
            try:
                await self._handler.connect_async()  # type: ignore[no-untyped-call]
                return
            except (SlackApiError, TimeoutError, OSError) as error:
                log.error("Socket Mode not connected, next try in %.0f s: %s", wait, _reason(error))
            except Exception as error:  # the websockets library's own: InvalidStatus, InvalidHandshake …
                log.error("Socket Mode not connected, next try in %.0f s: %s", wait, type(error).__name__)
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))
            wait = min(wait * 2, _LONGEST_WAIT)

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        await self._handler.close_async()  # type: ignore[no-untyped-call]


def _reason(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
