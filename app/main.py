"""Settings → running app; the only place that knows every part."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import uvicorn
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from app.core.accounts import Accounts
from app.core.briefs import Briefs
from app.core.browser_sign_in import BrowserSignIn
from app.core.connecting import Connecting
from app.core.errors import NotReached
from app.core.held_timers import HeldTimers
from app.core.interrupted import Interrupted
from app.core.journal import Journal
from app.core.late_arrivals import LateArrivals
from app.core.logbook import Logbook
from app.core.model import Secret
from app.core.notices import Notices
from app.core.ports import Clock
from app.core.proposals import Proposals
from app.core.recent_work import RecentWork
from app.core.reminder_ports import Holidays
from app.core.reminding import Reminding, reminding_of
from app.core.settling import Settler
from app.core.standing import Standing
from app.core.timer_undo import TimerUndo
from app.core.tracker import Tracker
from app.core.undo import Undo
from app.core.waiting_stops import WaitingStops
from app.core.worklist import Worklist
from app.holidays import FileHolidays, holidays_from
from app.loop_watch import watched_loop
from app.providers import SERVICES, Connections, Site, Variables
from app.providers.clickup_sign_in import ClickUpConsent
from app.providers.http import Http, Patience, Unanswered, Unsent
from app.providers.sign_ins import SignIns
from app.settings import Settings, SettingsFaulty
from app.slack.acts import Acts
from app.slack.app import bolt_app
from app.slack.background import Background
from app.slack.bell import SlackBell
from app.slack.call import Services
from app.slack.directory import SlackDirectory
from app.slack.forms import Forms
from app.slack.front import Front
from app.slack.herald import Herald
from app.slack.news_of_people import NewsOfPeople
from app.slack.outgoing import Body, Outgoing, Post
from app.slack.pace import Pace
from app.slack.presences import SlackPresences
from app.slack.reporter import Reporter
from app.slack.slack_client import impatient, slack_client
from app.slack.socket_mode import SocketMode
from app.storage.opening import open_store
from app.storage.store import SqlStore
from app.web import web_app
from app.web_sign_in import SIGN_IN_PATH, sign_in_routes

log = logging.getLogger(__name__)

T = TypeVar("T")

_DRAIN_SECONDS = 15
_SETTLE_EVERY, _TIDY_EVERY, _PRUNE_EVERY = 1, 60, 3600
_PLAN_EVERY, _READ_EVERY = 5, 2
_HOLIDAYS_EVERY = 60
_SHORTEST_IDLE = 0.02


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """The app, put together and open."""

    web: Starlette
    front: Front
    store: SqlStore
    settler: Settler
    late_arrivals: LateArrivals
    interrupted: Interrupted
    notices: Notices
    connections: Connections
    socket_mode: SocketMode | None
    reminding: Reminding


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, *, hears_slack: bool = True
) -> AsyncIterator[Running]:
    """Opens everything and, at the end, lets what is under way finish and closes it again."""
    clock, holidays = clock or SystemClock(), holidays_from(settings.holidays)
    store = replace(await open_store(settings.database_url, settings.secret_keys), now=clock.now)
    await _reseal(store, settings)
    await _say_what_was_found(store)
    http = Http(_patience(settings))
    timeout = aiohttp.ClientTimeout(total=10, sock_connect=4)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        slack = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
        try:
            app = _assembled(settings, clock, store, http, slack, holidays, hears_slack=hears_slack)
            try:
                async with beside(*_reading_again(holidays, clock)):
                    yield app
            finally:
                await app.front.drain(_DRAIN_SECONDS)
        finally:
            await http.aclose()
            await store.close()


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    listening = bound("0.0.0.0", settings.port)
    async with running(settings) as app, watched_loop():
        config = uvicorn.Config(
            app.web,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        jobs = [working(app)] if settings.worker == "inside" else []
        async with beside(*jobs, *([app.socket_mode.connect()] if app.socket_mode else [])):
            await _until_stopped(uvicorn.Server(config), listening)
            if app.socket_mode:
                await app.socket_mode.close(_DRAIN_SECONDS)


async def work(settings: Settings) -> None:
    """What `serve` does beside answering, for deployments that separate the two."""
    async with running(settings, hears_slack=False) as app, beside(working(app)):
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        log.info("working")
        await stopped.wait()


def _patience(settings: Settings) -> Patience:
    """A request has ended before anybody looks whether it arrived."""
    usual = Patience()
    total = min(usual.total, settings.timer_quarantine_seconds * 0.75)
    return replace(usual, connect=min(usual.connect, total), read=min(usual.read, total), total=total)


def connections(settings: Settings, http: Http, clock: Clock) -> Connections:
    return Connections(http, clock, {name: _site(settings, one.variables) for name, one in SERVICES.items()})


def _assembled(
    settings: Settings,
    clock: Clock,
    store: SqlStore,
    http: Http,
    slack: AsyncWebClient,
    holidays: Holidays,
    *,
    hears_slack: bool,
) -> Running:
    reach = connections(settings, http, clock)
    directory = SlackDirectory(slack)
    connecting = Connecting(store, SignIns(reach), reach, directory)
    quarantine = timedelta(seconds=settings.timer_quarantine_seconds)
    journal, held, worklist = Journal(store, clock, quarantine), HeldTimers(store), Worklist(store, clock)
    tracker = Tracker(journal, held, worklist, WaitingStops(store, journal, clock), clock, settings.timer_command)
    background = Background()
    standing = Standing(store, connecting.sign_ins, reach, clock, background.start)
    logbook = Logbook(journal, held, worklist, clock)
    services = Services(
        accounts=Accounts(store, reach, directory, standing, settings.provider, settings.timer_command),
        tracker=tracker,
        logbook=logbook,
        undo=Undo(store, journal, TimerUndo(store, journal, held, tracker), clock),
        worklist=worklist,
        recent_work=RecentWork(tracker, logbook),
        store=store,
        clock=clock,
        command=settings.timer_command,
        connecting=connecting,
        proposals=Proposals(connecting, settings.provider),
        briefs=Briefs(logbook, tracker, clock),
        holidays=holidays,
        browser=_browser(settings, connecting, http, clock),
    )
    outgoing = Outgoing(slack, _poster(http))
    acts = Acts(store, clock)
    front = Front(services, outgoing, Forms(outgoing, background, acts), background, Pace(clock), acts)
    reporter = Reporter(services, outgoing)
    bolt = bolt_app(
        front,
        NewsOfPeople(store, clock),
        command=settings.timer_command,
        bot_token=settings.slack_bot_token.get_secret_value(),
        api_url=settings.slack_api_url,
    )
    token = settings.slack_app_token if hears_slack else None
    socket_mode = SocketMode(bolt, token.get_secret_value(), settings.slack_api_url) if token else None

    async def readiness() -> list[str]:
        missing = [] if await store.is_writable() else ["the database takes no writes"]
        missing += await put_back(store)
        is_connected = socket_mode is None or await socket_mode.is_connected()
        return missing if is_connected else [*missing, "Socket Mode is not connected"]

    signing_secret = "" if socket_mode else settings.slack_signing_secret.get_secret_value()
    pages = sign_in_routes(services.browser, front.connected_in_browser) if services.browser else []
    web = web_app(bolt, readiness, signing_secret=signing_secret, pages=pages)
    settler = Settler(store, reach, journal, worklist, held, clock, reporter, services.accounts.standing)
    late_arrivals = LateArrivals(store, journal, settler, clock, reporter)
    interrupted = Interrupted(store, reporter, clock, after=2 * quarantine, is_under_way=acts.is_under_way)
    notices = Notices(store, clock, Herald(services, outgoing))
    presences, bell = SlackPresences(slack), SlackBell(services, impatient(slack))
    reminding = reminding_of(services.accounts, services.briefs, presences, bell, holidays, clock)
    return Running(web, front, store, settler, late_arrivals, interrupted, notices, reach, socket_mode, reminding)


def _browser(settings: Settings, connecting: Connecting, http: Http, clock: Clock) -> BrowserSignIn | None:
    """ClickUp's own page, where whoever runs the app has made an OAuth app there."""
    if not (settings.clickup_client_id and settings.clickup_client_secret):
        return None
    consent = ClickUpConsent(
        http,
        settings.clickup_api_url,
        settings.clickup_client_id,
        Secret(settings.clickup_client_secret.get_secret_value()),
        f"{settings.public_url.rstrip('/')}{SIGN_IN_PATH}",
    )
    return BrowserSignIn(connecting, consent, ("clickup", "clickup_legacy"), clock)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket, before anything else is opened. Raises `SettingsFaulty`."""
    listening = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio leaves Nagle on: 40 ms a request
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsFaulty([f"PORT {port} can't be used ({error.strerror}). Choose another."]) from None
    return listening


async def _reseal(store: SqlStore, settings: Settings) -> None:
    """With several keys, moves every credential to the newest, so that the old ones can be taken away."""
    if len(settings.secret_keys) > 1:
        log.info("%s credentials were sealed with the newest key", await store.reseal())


async def put_back(store: SqlStore) -> list[str]:
    """A sentence where an older database stands in the place of a newer one."""
    as_of = await store.put_back_as_of()
    if as_of is None:
        return []
    return [
        f"{store.engine.place} was put back: its data is of {as_of:%Y-%m-%d %H:%M:%S} UTC, and what was sent since is not"
        " in it. Nothing is sent until: python -m app reconcile"
    ]


async def _say_what_was_found(store: SqlStore) -> None:
    for sentence in (*await put_back(store), *await store.unreadable()):
        log.error(sentence)


def _poster(http: Http) -> Post:
    async def post(url: str, body: Body) -> int:
        try:
            return await http.post_json(url, body)
        except (Unsent, Unanswered) as error:
            raise NotReached(f"Slack was not reached: {error}") from None

    return post


async def working(app: Running) -> None:
    """Until it is ended: settles what is due, and now and then tells what a crash cut off and forgets what is too old."""
    await asyncio.gather(
        _again_and_again(_SETTLE_EVERY, app.settler.settle_due),
        _again_and_again(_SETTLE_EVERY, app.interrupted.tell),
        _again_and_again(_SETTLE_EVERY, app.notices.tell),
        _again_and_again(_PLAN_EVERY, app.reminding.plan),
        _again_and_again(_READ_EVERY, app.reminding.read_due),
        _when_it_is_time(app.reminding.send_due),
        _again_and_again(_TIDY_EVERY, app.late_arrivals.look),
        _again_and_again(_TIDY_EVERY, lambda: app.store.forget_old_visits(app.store.now())),
        _again_and_again(_TIDY_EVERY, lambda: app.store.generation.turn(datetime.now(UTC))),
        _again_and_again(_PRUNE_EVERY, lambda: app.store.retention.prune(app.store.now())),
    )


def _reading_again(holidays: FileHolidays, clock: Clock) -> Iterator[Coroutine[Any, Any, None]]:
    """In a thread: a large calendar takes seconds, and nobody waits for it."""
    if holidays.files:
        yield _again_and_again(_HOLIDAYS_EVERY, lambda: asyncio.to_thread(holidays.read_again, clock.now().year))


async def _again_and_again(seconds: float, job: Callable[[], Awaitable[object]]) -> None:
    while True:
        await _tried(job, None)
        await asyncio.sleep(seconds)


async def _when_it_is_time(job: Callable[[], Awaitable[timedelta]]) -> None:
    """As often as the job says."""
    while True:
        idle = await _tried(job, timedelta(seconds=1))
        await asyncio.sleep(max(idle.total_seconds(), _SHORTEST_IDLE))


async def _tried(job: Callable[[], Awaitable[T]], otherwise: T) -> T:
    """What goes wrong once may go well the next time."""
    try:
        return await job()
    except Exception:
        log.exception("what is done in the background failed")
        return otherwise


async def _until_stopped(server: uvicorn.Server, listening: socket.socket) -> None:
    # Uvicorn takes the signals, shuts down and raises them again; these handlers keep that from ending us uncleanly.
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, log.info, "stopping")
    await server.serve(sockets=[listening])


@asynccontextmanager
async def beside(*jobs: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs the jobs while the body runs, and ends them with it."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _site(settings: Settings, about: Variables) -> Site:
    token, workspace = settings.variable(about.token), settings.variable(about.workspace)
    return Site(settings.variable(about.url), _secret(token), workspace)


def _secret(value: SecretStr | None) -> Secret | None:
    return Secret(value.get_secret_value()) if value else None
