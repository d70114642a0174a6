"""The one HTTP client: it knows no provider, keeps connections alive and turns every failure into one of two signals."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from app.core.clocks import Clocks

CONNECTIONS = 1_000
KEEP_ALIVE_SECONDS = 15  # well below the idle limit of the services' load balancers, so that none closes under our feet
USER_AGENT = "timer-for-slack"

BEFORE_SENDING = (
    aiohttp.ClientConnectorError,  # refused, unreachable, no such name, no TLS
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
    httpx.UnsupportedProtocol,
)

Params = Mapping[str, str | int | Sequence[str]]


class Unsent(Exception):
    """Nothing can have happened there: no address, no connection, no TLS, or nothing that could be sent."""


class Unanswered(Exception):
    """It was reached and gave no readable answer: whatever was asked may have happened."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are lower-case; redirects are answers like any other."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, and the bytes of a body (after decompression), that a request may take."""

    connect: float = 3
    acquire: float = 5  # a free connection, with name look-up and TLS
    read: float = 15
    total: float = 20
    body: int = 20_000_000

    def as_timeout(self) -> dict[str, float]:
        return {"connect": self.connect, "pool": self.acquire, "read": self.read, "write": self.read}


@cache
def _tls() -> ssl.SSLContext:
    """Twenty milliseconds of reading certificates, once."""
    return httpx.create_ssl_context(trust_env=False)


def _session() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(ssl=_tls(), limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS)
    session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
    session._retry_connection = False  # aiohttp repeats a PUT or DELETE whose connection broke; a write goes out once
    return session


def _transport() -> AiohttpTransport:
    return AiohttpTransport(verify=_tls(), trust_env=False, client=_session)


@dataclass(frozen=True, slots=True)
class Http:
    """Shared by everything that speaks to the outside.

    It drives httpx's transport without httpx's client: that would keep cookies from one token to the next, and log
    every URL, and the URLs in which Slack takes late answers are secrets.
    """

    patience: Patience = field(default_factory=Patience)
    clocks: Clocks = field(default_factory=Clocks, repr=False)
    _pool: AiohttpTransport = field(default_factory=_transport, repr=False)

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Params | None = None,
        json: object = None,
    ) -> Answer:
        """One request, never repeated, no redirect followed. Raises `Unsent` or `Unanswered` and nothing else."""
        outcome = await self._attempt(method, url, headers or {}, params, json)
        if isinstance(outcome, Answer):
            return outcome
        raise outcome  # here, where no exception that holds the request and its token is its context

    async def post_json(self, url: str, body: object) -> int:
        """The status that the address answered with; raises as `send` does."""
        return (await self.send("POST", url, json=body)).status

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def _attempt(
        self, method: str, url: str, headers: Mapping[str, str], params: Params | None, json: object
    ) -> Answer | Unsent | Unanswered:
        try:
            request = self._request(method, url, headers, params, json)
        except (ValueError, TypeError, httpx.InvalidURL) as error:
            return Unsent(type(error).__name__)
        if self._is_closed:
            return Unsent("closed")
        try:
            async with asyncio.timeout(self.patience.total):
                return await self._exchange(request)
        except (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, OSError, ValueError) as error:
            return _signal(error)

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], params: Params | None, json: object
    ) -> httpx.Request:
        standing = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
        if any(not value.isprintable() for value in headers.values()):
            raise ValueError("a header holds a control character")
        return httpx.Request(
            method,
            url,
            headers=standing | dict(headers),
            params=params,
            json=json,
            extensions={"timeout": self.patience.as_timeout()},
        )

    async def _exchange(self, request: httpx.Request) -> Answer:
        response = await self._pool.handle_async_request(request)
        try:
            body = await _body(response, self.patience.body)
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.clocks.compare(request.url.host, headers.get("date", ""), datetime.now(UTC))
        return Answer(response.status_code, headers, body.decode("utf-8", "replace"))

    @property
    def _is_closed(self) -> bool:
        return isinstance(self._pool.client, aiohttp.ClientSession) and self._pool.client.closed


async def _body(response: httpx.Response, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise ValueError("the body is larger than anything expected")
    return bytes(body)


def _signal(error: Exception) -> Unsent | Unanswered:
    """The transport calls nearly everything a ConnectTimeout, also a connection that broke after sending: ask the cause."""
    cause = error.__cause__ or error
    kind = Unsent if isinstance(cause, BEFORE_SENDING) else Unanswered
    return kind(type(cause).__name__)
