"""What the class of promises stands on: for each provider a back end with state, adapters, and words for its refusals."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.core.model import Account, AssigneePermission, Draft, Role, Secret
from app.core.ports import Provider
from app.providers import SERVICES, Connections, Service, Site
from app.providers.http import Http, Patience
from app.sandbox.backend.faults import Faults
from providers.clickup_server import Said
from providers.line import WRITES, Line
from tests.serving import free_socket, serving

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
ROLES = {"Ada": Role.ADMIN, "Bo": Role.MEMBER}


@dataclass(frozen=True, slots=True)
class Known:
    """A task that is there: its id as people may write it, a link to it, and words that fit no other as well."""

    id: str
    link: str
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as the back end has it; `start` is None where it keeps days only. `task` is the task's or project's name."""

    id: str
    day: date
    length: timedelta | None
    start: datetime | None
    task: str
    description: str = ""
    tags: tuple[str, ...] = ()
    billable: bool = False

    @property
    def is_running(self) -> bool:
        return self.length is None


class BackEnd(Protocol):
    """A sandbox's state, as far as all of them have it."""

    faults: Faults
    complaints: list[str]


class Ground(Protocol):
    """What differs from one service to the next, apart from its adapter."""

    name: str  # in the registry
    base: str  # what its API's paths begin with
    me: str  # the path that tells whose token it is
    page: int | None  # entries in a page of a list; None where a list comes whole
    workspace_id: str
    people: Mapping[str, str]  # our ids of Ada and Bo
    tokens: Mapping[str, str]
    task: Known
    other: Known
    nowhere: str  # looks like a task's id, and there is none

    def back_end(self, clock: Callable[[], datetime]) -> BackEnd:
        """Furnished, and without entries."""

    def app(self, back_end: Any) -> Any: ...

    def kept(self, back_end: Any, person: str) -> list[Kept]:
        """What it has recorded for somebody, oldest first."""

    def keep(self, back_end: Any, person: str, start: datetime, length: timedelta) -> None:
        """Records an entry on `task` without asking."""

    def lock(self, back_end: Any, entry_id: str) -> None: ...

    def worded(self, status: int, about: str) -> Said:
        """How this service says what other services say with that status, about a "task", an "entry" or a "list"."""

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        """What the body of a create must carry, in this service's own units and zone."""


@dataclass(slots=True)
class Day:
    """A clock that stands still until it is moved."""

    at: datetime = FRIDAY

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Stand:
    """One ground with everything running on it."""

    ground: Ground
    day: Day
    back_end: Any
    line: Line
    http: Http
    hurried: Http
    url: str
    services: Mapping[str, Service]
    connections: Connections = field(init=False)

    def __post_init__(self) -> None:
        self.connections = self._connections(self.url)

    async def seat(self, name: str = "Ada", *, is_shared: bool = False, zone: ZoneInfo = BERLIN) -> Provider:
        """An adapter with the person's own token, or with Ada's as the workspace-wide one."""
        return await self.connections.provider(self.account(name, is_shared=is_shared), zone)

    async def newcomer(self) -> Provider:
        """Ada's adapter in a process that has learned nothing yet."""
        return await self._connections(self.url).provider(self.account("Ada"), BERLIN)

    async def facing(self, kind: str) -> Provider:
        """Ada's adapter on a day like that; to wait for what hangs she has no patience."""
        if kind != "hang":
            return await self.seat("Ada")
        hurried = replace(self.connections, http=self.hurried)
        return await hurried.provider(self.account("Ada"), BERLIN)

    async def unplugged(self) -> Provider:
        """An adapter whose service nobody listens for."""
        unused, address = free_socket()
        unused.close()
        return await self._connections(address).provider(self.account("Ada"), BERLIN)

    def account(self, name: str, *, is_shared: bool = False) -> Account:
        ground, role = self.ground, ROLES[name]
        permission = AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF
        own = None if is_shared else Secret(ground.tokens[name])
        return Account("T1", "U1", ground.name, ground.workspace_id, ground.people[name], role, permission, own)

    def kept(self, name: str = "Ada") -> list[Kept]:
        return self.ground.kept(self.back_end, name)

    def keep(self, start: datetime, length: timedelta, *, name: str = "Ada") -> None:
        self.ground.keep(self.back_end, name, start, length)

    def breaks(self, kind: Any, *methods: str, **how: Any) -> None:
        """A bad day of the sandbox's own, for every write or for the methods named."""
        for method in methods or WRITES:
            self.back_end.faults.add(kind, method=method, **how)

    def mends(self) -> None:
        self.line.clear()
        self.back_end.faults.clear()

    def _connections(self, url: str) -> Connections:
        shared = Site(url, Secret(self.ground.tokens["Ada"]), self.ground.workspace_id)
        return Connections(self.http, self.day, {self.ground.name: shared}, services=self.services)


@asynccontextmanager
async def standing(ground: Ground, services: Mapping[str, Service] = SERVICES) -> AsyncIterator[Stand]:
    """The back end served on loopback, and two clients, of which one waits no longer than a test does."""
    day, (bound, address) = Day(), free_socket()
    back_end = ground.back_end(day.now)
    line = Line(ground.app(back_end), ground.base)
    http, hurried = Http(), Http(Patience(connect=0.3, read=0.3, total=0.5))
    async with serving(line, bound):
        try:
            yield Stand(ground, day, back_end, line, http, hurried, address + ground.base, services)
        finally:
            back_end.faults.clear()
            await http.aclose()
            await hurried.aclose()
