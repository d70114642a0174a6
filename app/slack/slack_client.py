"""The client of Slack's Web API: where Slack limits a method, its calls wait as long as Slack says and then go out."""

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

_MOST_WAITS = 5  # a burst is let through one by one, and each call may be turned away more than once


def slack_client(token: str, url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Nothing else is repeated: a message whose answer got lost would come twice."""
    handlers: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=_MOST_WAITS)]
    return AsyncWebClient(token, url, session=session, retry_handlers=handlers)


def impatient(client: AsyncWebClient) -> AsyncWebClient:
    """The same for what waits elsewhere when Slack asks to wait, and must never come twice: each call is made once."""
    return AsyncWebClient(client.token, client.base_url, session=client.session, retry_handlers=[])
