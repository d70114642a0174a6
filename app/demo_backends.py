"""The back ends that the demo can stand on: each has its sandbox, its people and their tokens, and what to try there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.model import Secret
from app.sandbox import clickup, clockify, hoursmith
from app.sandbox.backend.clock import Clock
from app.settings import ProviderName

ENOUGH = 10_000


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a sandbox consists of. `people` are its user ids and tokens by the person's name; `ease` lifts what nobody
    wants to wait for.
    """

    workspace: Any
    site: ASGIApp
    people: Mapping[str, tuple[str, Secret]]
    ease: Callable[[], None]


@dataclass(slots=True)
class Backend:
    """One sandbox, furnished when somebody first looks at it; as an ASGI app it is its site."""

    name: str
    label: str
    api: str
    furnish: Callable[[], Furniture]
    _made: Furniture | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._furniture.site(scope, receive, send)

    @property
    def workspace(self) -> Any:
        return self._furniture.workspace

    @property
    def people(self) -> Mapping[str, tuple[str, Secret]]:
        return self._furniture.people

    @property
    def id(self) -> str:
        return str(self.workspace.id)

    def reset(self) -> None:
        self.workspace.reset()
        self._furniture.ease()

    def behave(self) -> None:
        """Ends every fault, so that nothing hangs any more."""
        if self._made:
            self._made.workspace.faults.clear()

    @property
    def _furniture(self) -> Furniture:
        if self._made is None:
            self._made = self.furnish()
            self._made.ease()
        return self._made


@dataclass(frozen=True, slots=True)
class Service:
    """Where a provider's sandbox is, and lines that are worth typing there."""

    backend: str
    lines: tuple[str, ...]


SERVICES: Mapping[ProviderName, Service] = {
    "clickup": Service("clickup", ("start DEV-12 #backend", "log 1h30m yesterday DEV-12", "log")),
    "clickup_legacy": Service("clickup", ("start DEV-12", "log 1h30m yesterday DEV-12", "log")),
    "clockify": Service("clockify", ("start Fix login #backend", "log 1h30m yesterday Fix login", "log")),
    "hoursmith": Service("hoursmith", ("start Fix login", "log 1h30m yesterday Fix login", "log")),
}


def every_backend(now: Clock, *, is_frozen: bool) -> dict[str, Backend]:
    """Every sandbox, by the name that it is mounted at. With a frozen clock nothing is late in lists, ever."""
    every = (
        Backend("clickup", "ClickUp", "api/v2", lambda: _clickup(now)),
        Backend("clockify", "Clockify", "api/v1", lambda: _clockify(now, is_frozen=is_frozen)),
        Backend("hoursmith", "Hoursmith", "api/v1", lambda: _hoursmith(now)),
    )
    return {backend.name: backend for backend in every}


def _clickup(now: Clock) -> Furniture:
    workspace = clickup.seed(now)

    def ease() -> None:
        workspace.rate_limit = ENOUGH

    people = {user.name: (str(user.id), Secret(clickup.TOKENS[user.id])) for user in workspace.users.values()}
    return Furniture(workspace, clickup.create_app(workspace, now), people, ease)


def _clockify(now: Clock, *, is_frozen: bool) -> Furniture:
    workspace = clockify.seed(now)

    def ease() -> None:
        workspace.window_lag = 0 if is_frozen else workspace.window_lag

    people = {user.name: (user.id, Secret(clockify.TOKENS[user.name])) for user in workspace.users.values()}
    return Furniture(workspace, clockify.create_app(workspace, now), people, ease)


def _hoursmith(now: Clock) -> Furniture:
    organisation = hoursmith.seed(now)

    def ease() -> None:
        organisation.rate_limit = ENOUGH

    members = organisation.members.values()
    people = {member.name: (member.user_id, Secret(hoursmith.TOKENS[member.name])) for member in members}
    return Furniture(organisation, hoursmith.create_app(organisation, now), people, ease)
