"""The back ends that the demo can stand on: each has its sandbox, its people and their tokens, and what to try there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from app.core.model import Secret
from app.sandbox import clickup, clockify, hoursmith
from app.sandbox.backend.clock import Clock
from app.settings import ProviderName

ENOUGH = 10_000


@dataclass(frozen=True, slots=True)
class Backend:
    """One sandbox. `people` are its user ids and tokens by the person's name; `ease` lifts what nobody wants to wait for."""

    name: str
    label: str
    api: str
    workspace: Any
    site: ASGIApp
    people: Mapping[str, tuple[str, Secret]]
    ease: Callable[[], None]

    def reset(self) -> None:
        self.workspace.reset()
        self.ease()

    @property
    def id(self) -> str:
        return str(self.workspace.id)


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


def furnished(now: Clock, *, is_frozen: bool) -> dict[str, Backend]:
    """Every sandbox, by the name that it is mounted at. With a frozen clock nothing is late in lists, ever."""
    made = (_clickup(now), _clockify(now, is_frozen=is_frozen), _hoursmith(now))
    for backend in made:
        backend.ease()
    return {backend.name: backend for backend in made}


def _clickup(now: Clock) -> Backend:
    workspace = clickup.seed(now)

    def ease() -> None:
        workspace.rate_limit = ENOUGH

    people = {user.name: (str(user.id), Secret(clickup.TOKENS[user.id])) for user in workspace.users.values()}
    return Backend("clickup", "ClickUp", "api/v2", workspace, clickup.create_app(workspace, now), people, ease)


def _clockify(now: Clock, *, is_frozen: bool) -> Backend:
    workspace = clockify.seed(now)

    def ease() -> None:
        workspace.window_lag = 0 if is_frozen else workspace.window_lag

    people = {user.name: (user.id, Secret(clockify.TOKENS[user.name])) for user in workspace.users.values()}
    return Backend("clockify", "Clockify", "api/v1", workspace, clockify.create_app(workspace, now), people, ease)


def _hoursmith(now: Clock) -> Backend:
    organisation = hoursmith.seed(now)

    def ease() -> None:
        organisation.rate_limit = ENOUGH

    members = organisation.members.values()
    people = {member.name: (member.user_id, Secret(hoursmith.TOKENS[member.name])) for member in members}
    return Backend(
        "hoursmith", "Hoursmith", "api/v1", organisation, hoursmith.create_app(organisation, now), people, ease
    )
