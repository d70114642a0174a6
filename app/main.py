"""Settings → running app; the only place that knows every part."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import uvicorn
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from app.core.accounts import Accounts
from app.core.errors import NotReached
from app.core.held_timers import HeldTimers
from app.core.journal import Journal
from app.core.logbook import Logbook
from app.core.model import Secret
from app.core.ports import Clock, Inbox
from app.core.tracker import Tracker
from app.core.worklist import Worklist
from app.providers import Connections, Site
from app.providers.http import Http, Unanswered, Unsent
from app.settings import Settings
from app.slack.app import bolt_app
from app.slack.background import Background
from app.slack.call import Services
from app.slack.directory import SlackDirectory, SlackInbox
from app.slack.forms import Forms
from app.slack.front import Front
from app.slack.outgoing import Body, Outgoing, Post
from app.slack.socket_mode import SocketMode
from app.storage.opening import open_store
from app.storage.store import SqlStore
from app.web import web_app

log = logging.getLogger(__name__)

_DRAIN_SECONDS = 15
_RECOVER_EVERY = 60


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """The app, put together and open."""

    web: Starlette
    front: Front
    store: SqlStore
    journal: Journal
    inbox: Inbox
    connections: Connections
    socket: SocketMode | None


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Running]:
    """Opens everything and, at the end, lets what is under way finish and closes it again."""
    clock = clock or SystemClock()
    store = await open_store(settings.database_url, settings.secret_keys)
    http = Http()
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        slack = AsyncWebClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session=session)
        try:
            app = _assembled(settings, clock, store, http, slack)
            yield app
            await app.front.drain(_DRAIN_SECONDS)
        finally:
            await http.aclose()
            await store.close()


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    async with running(settings) as app:
        config = uvicorn.Config(
            app.web,
            host="0.0.0.0",
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        async with _beside(_work(app), *([app.socket.connect()] if app.socket else [])):
            await _until_stopped(uvicorn.Server(config))
            if app.socket:
                await app.socket.close()


async def work(settings: Settings) -> None:
    """What `serve` does beside answering, for deployments that separate the two."""
    async with running(settings) as app, _beside(_work(app)):
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        await stopped.wait()


def connections(settings: Settings, http: Http, clock: Clock) -> Connections:
    token = _secret(settings.clickup_token)
    return Connections(http, clock, {"clickup": Site(settings.clickup_api_url, token, settings.clickup_workspace_id)})


def _assembled(settings: Settings, clock: Clock, store: SqlStore, http: Http, slack: AsyncWebClient) -> Running:
    reach = connections(settings, http, clock)
    journal, held, worklist = Journal(store, clock), HeldTimers(store), Worklist(store, clock)
    services = Services(
        accounts=Accounts(store, reach, SlackDirectory(slack), settings.provider),
        tracker=Tracker(journal, held, worklist, clock),
        logbook=Logbook(journal, held, worklist, clock),
        worklist=worklist,
        store=store,
        clock=clock,
        command=settings.timer_command,
    )
    outgoing, background = Outgoing(slack, _poster(http)), Background()
    front = Front(services, outgoing, Forms(outgoing, background), background, reach.label(settings.provider))
    bolt = bolt_app(
        front,
        command=settings.timer_command,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        bot_token=settings.slack_bot_token.get_secret_value(),
        api_url=settings.slack_api_url,
    )
    app_token = settings.slack_app_token
    socket = SocketMode(bolt, app_token.get_secret_value(), settings.slack_api_url) if app_token else None

    async def readiness() -> list[str]:
        missing = [] if await store.is_writable() else ["the database takes no writes"]
        return missing if socket is None or await socket.is_connected() else [*missing, "Socket Mode is not connected"]

    web = web_app(bolt, readiness, takes_slack=socket is None)
    return Running(web, front, store, journal, SlackInbox(slack), reach, socket)


def _poster(http: Http) -> Post:
    async def post(url: str, body: Body) -> int:
        try:
            return await http.post_json(url, body)
        except (Unsent, Unanswered) as error:
            raise NotReached(f"Slack was not reached: {error}") from None

    return post


async def _work(app: Running) -> None:
    """Finds what a crash cut off, now and then: another process may have crashed meanwhile."""
    while True:
        try:
            found = await app.journal.recover(app.inbox)
            if found:
                log.warning("%s operations were cut off by a crash and are unsure now", found)
        except Exception:
            log.exception("looking for interrupted operations failed")
        await asyncio.sleep(_RECOVER_EVERY)


async def _until_stopped(server: uvicorn.Server) -> None:
    # Uvicorn takes the signals, shuts down and raises them again; these handlers keep that from ending us uncleanly.
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, log.info, "stopping")
    await server.serve()


@asynccontextmanager
async def _beside(*jobs: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs the jobs while the body runs, and ends them with it."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _secret(value: SecretStr | None) -> Secret | None:
    return Secret(value.get_secret_value()) if value else None
