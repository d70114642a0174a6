"""The whole app between a local Slack and local back ends, on one loopback port, at a time that a test sets."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.core.model import Person as Profile
from app.core.model import Role
from app.demo import Demo, stage
from app.main import Running
from app.sandbox import clickup
from app.sandbox.slack.world import World
from app.settings import ProviderName
from tests.canaries import LISTENER, look_through
from tests.person import Person
from tests.serving import free_socket, serving

MORNING = datetime(2026, 3, 4, 9, 17, tzinfo=UTC)  # Wed 4 Mar 2026, 10:17 in Berlin
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
    def workspace(self) -> Any:
        """The state of the sandbox that Ada and Bo are linked to."""
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
        """What the back end was asked to change, as “POST /team/…”; not what was never there."""
        made = [one for one in self.workspace.requests if one.method != "GET" and one.status != 404]
        return [f"{one.method} {one.path}" for one in made]

    async def link(self, team: str, user: str, name: str, whose: str, *, role: Role = Role.MEMBER) -> None:
        """Connects a Slack user to the back end's user called `whose`."""
        await self.demo.link(Profile(team, user, ZoneInfo("Europe/Berlin"), name), whose, role)


@asynccontextmanager
async def raised(
    now: datetime = MORNING, *, provider: ProviderName = "clickup", **changed: Any
) -> AsyncIterator[Stage]:
    """A stage on which everything works: Ada is an admin, Bo a member, and Cy is not connected.

    `changed` are settings that differ from the demo's.
    """
    bound, address = free_socket()
    clock, failure = SetClock(now), None
    async with AsyncExitStack() as things:
        folder = things.enter_context(tempfile.TemporaryDirectory(prefix="timer-stage-", dir=MEMORY))
        demo = await things.enter_async_context(stage(address, Path(folder), clock, provider=provider, **changed))
        await things.enter_async_context(serving(demo.site, bound))
        seats = await things.enter_async_context(AsyncExitStack())
        try:
            yield Stage(demo, clock, address, seats)
        except Exception as error:  # raised again when everything is closed, in the order in which it was opened
            failure = error
        demo.backend.behave()  # nothing may hang while the curtain falls
        await demo.app.front.drain(5)
        look_through(Path(folder))
        for call in demo.world.calls:
            LISTENER.listen(str(call.arguments), f"a call of {call.method}")
    if failure:
        raise failure
