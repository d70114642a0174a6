"""One life of a process that reminds, to be ended at any moment: the real store and a real Slack over HTTP, and days to read."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from app.core.accounts import Accounts
from app.core.briefs import Briefs
from app.core.connecting import Connecting
from app.core.model import Capabilities, Person
from app.core.proposals import Proposals
from app.core.recent_work import RecentWork
from app.core.reminder import Presence, Reminder
from app.core.reminder_ports import Rung
from app.core.reminding import Pacing, Reminding, reminding_of
from app.main import SystemClock
from app.slack.bell import SlackBell
from app.slack.call import Services
from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.core.fakes import Desk, FakeConnections, FakeDirectory, FakeSignIns, Service
from tests.killing.mailbox import LIFE, NOTED

SECRET_KEY = "a key of more than thirty-two characters"
PACING = Pacing(turn=timedelta(seconds=3), lease=timedelta(seconds=5), pause=timedelta(seconds=0.25))
TIMEOUT = aiohttp.ClientTimeout(total=3)  # well within a lease
UNLIMITED = Capabilities(native_timer=True, assignees=True, reads_an_hour=10**9)


@dataclass(frozen=True, slots=True)
class Bells:
    """Keeps `Bell`: each Slack workspace has a token of its own."""

    services: Services
    session: aiohttp.ClientSession
    url: str
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    async def ring(self, reminder: Reminder, person: Person) -> Rung:
        client = AsyncWebClient(
            f"xoxb-{reminder.team}",
            self.url,
            session=self.session,
            retry_handlers=[],
            headers={LIFE: str(os.getpid())},
        )
        rung = await SlackBell(self.services, client).ring(reminder, person)
        if rung.message:
            self._tell_at_its_end(asyncio.current_task(), person.user, rung.message[1])
        return rung

    def _tell_at_its_end(self, sending: asyncio.Task[object] | None, user: str, ts: str) -> None:
        """Whatever sending does after the bell, at its end what was sent has to be on disk: who says so is held to it."""
        assert sending is not None

        def tell(_: object) -> None:
            telling = asyncio.create_task(self._tell(user, ts))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

        sending.add_done_callback(tell)

    async def _tell(self, user: str, ts: str) -> None:
        async with self.session.get(f"{self.url}{NOTED}", params={"user": user, "ts": ts}) as answer:
            answer.raise_for_status()


class EverybodyIsThere:
    async def profile(self, team: str, user: str) -> Presence | None:
        return Presence()

    async def listed(self, team: str, cursor: str) -> tuple[Mapping[str, Presence], str]:
        return {}, ""

    async def quiet(self, team: str, users: Sequence[str]) -> Mapping[str, Presence]:
        return dict.fromkeys(users, Presence())


class NoHolidays:
    def on(self, day: date, zone: ZoneInfo) -> str:
        return ""


def live() -> None:
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(_live(os.environ["DATABASE_URL"], os.environ["SLACK_API_URL"]))


async def _live(database_url: str, slack_url: str) -> None:
    store = await open_store(database_url, SECRET_KEY, busy_timeout=60)
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        services = services_over(store)
        bells = Bells(services, session, slack_url)
        reminding = reminding_over(services, bells)
        await asyncio.gather(
            _again_and_again(reminding.plan),
            _again_and_again(reminding.read_due),
            _again_and_again(reminding.send_due),
        )


def services_over(store: SqlStore) -> Services:
    """Those of the core's tests, on the real clock."""
    desk = Desk(store, service=Service(SystemClock()))  # type: ignore[arg-type]
    reach = FakeConnections(desk.service, UNLIMITED)
    accounts: Accounts = replace(desk.accounts, connections=reach)
    connecting = Connecting(store, FakeSignIns(), reach, FakeDirectory())
    return Services(
        accounts=accounts,
        tracker=desk.tracker,
        logbook=desk.logbook,
        undo=desk.undo,
        worklist=desk.worklist,
        recent_work=RecentWork(desk.tracker, desk.logbook),
        store=store,
        clock=desk.clock,
        command="/timer",
        connecting=connecting,
        proposals=Proposals(connecting, "clickup"),
        briefs=Briefs(desk.logbook, desk.tracker, desk.clock),
        holidays=NoHolidays(),
    )


def reminding_over(services: Services, bells: Bells) -> Reminding:
    there, days_off = EverybodyIsThere(), NoHolidays()
    return reminding_of(services.accounts, services.briefs, there, bells, days_off, services.clock, PACING)


async def _again_and_again(job: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await job()
        except Exception:
            logging.exception("a job failed")
        await asyncio.sleep(0.05)
