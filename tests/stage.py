"""The whole app between a local Slack and a local ClickUp, on one loopback port, at a time that a test sets."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.core.accounts import default_permission
from app.core.model import Account, Role, Secret
from app.core.model import Person as Profile
from app.demo import Demo, stage
from app.main import Running
from app.sandbox import clickup
from app.sandbox.slack.world import World
from tests.person import Person
from tests.serving import free_socket, serving

MORNING = datetime(2026, 3, 4, 9, 17, tzinfo=UTC)  # Wed 4 Mar 2026, 10:17 in Berlin
WORKSPACE = "9018000001"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # what SQLite writes to a busy disk it waits for


@dataclass(slots=True)
class SetClock:
    """Stands still until it is told otherwise."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass(slots=True)
class Stage:
    """Everything that runs, and the people in front of it."""

    demo: Demo
    clock: SetClock
    address: str
    _seats: AsyncExitStack
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.demo.world

    @property
    def workspace(self) -> clickup.Workspace:
        return self.demo.workspace

    @property
    def app(self) -> Running:
        return self.demo.app

    async def person(self, name: str) -> Person:
        """The same person every time."""
        if name not in self.people:
            self.people[name] = await self._seats.enter_async_context(Person(self.address, name))
        return self.people[name]

    def entries(self, name: str = "Ada") -> list[clickup.Entry]:
        """What ClickUp has recorded for somebody since the curtain rose, oldest first; what runs is one of them."""
        made = [entry for entry in self.workspace.entries.values() if entry.source == "api"]
        whose = next(user.id for user in self.workspace.users.values() if user.name == name)
        return sorted((entry for entry in made if entry.user_id == whose), key=lambda entry: entry.start or 0)

    def writes(self) -> list[str]:
        """What ClickUp was asked to change, as “POST /team/…”."""
        return [f"{one.method} {one.path}" for one in self.workspace.requests if one.method != "GET"]

    async def link(self, team: str, user: str, name: str, user_id: int, *, role: Role = Role.MEMBER) -> None:
        """Connects a Slack user to one of ClickUp's."""
        await self.app.store.remember_person(Profile(team, user, ZoneInfo("Europe/Berlin"), name))
        token = Secret(clickup.TOKENS[user_id])
        await self.app.store.link(
            Account(team, user, "clickup", WORKSPACE, str(user_id), role, default_permission(role), token)
        )


@asynccontextmanager
async def raised(now: datetime = MORNING) -> AsyncIterator[Stage]:
    """A stage on which everything works: Ada is an admin, Bo a member, and Cy is not connected."""
    bound, address = free_socket()
    clock, failure = SetClock(now), None
    async with AsyncExitStack() as things:
        folder = things.enter_context(tempfile.TemporaryDirectory(prefix="timer-stage-", dir=MEMORY))
        demo = await things.enter_async_context(stage(address, Path(folder), clock))
        await things.enter_async_context(serving(demo.site, bound))
        seats = await things.enter_async_context(AsyncExitStack())
        try:
            yield Stage(demo, clock, address, seats)
        except Exception as error:  # raised again when everything is closed, in the order in which it was opened
            failure = error
        demo.workspace.faults.clear()  # nothing may hang while the curtain falls
        await demo.app.front.drain(5)
    if failure:
        raise failure
