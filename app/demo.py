"""The newcomer's first minute: a local Slack, local back ends and the real app between them, on one port."""

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from app.core.model import Account, Person, Role, default_permission
from app.core.ports import Clock
from app.demo_backends import SERVICES, Backend, every_backend
from app.main import Running, beside, bound, running, working
from app.manifest import manifest
from app.sandbox.slack.clock import SandboxClock
from app.sandbox.slack.server import create_app as create_slack
from app.sandbox.slack.world import World
from app.settings import ProviderName, Settings

TEAM = "T0SANDBOX"
_SIGNING_SECRET, _BOT_TOKEN = "sandbox-signing-secret", "xoxb-sandbox"
_SIGNS_IN: dict[str, Any] = {
    "clickup_client_id": "SANDBOXCLIENT",
    "clickup_client_secret": SecretStr("sandbox-client-secret"),
}
_LINKED = (("U0ADA", "Ada", Role.ADMIN), ("U0BO", "Bo", Role.MEMBER))


async def play(port: int, provider: ProviderName, *, opens_browser: bool) -> None:
    address, listening = f"http://127.0.0.1:{port}", bound("127.0.0.1", port)
    with tempfile.TemporaryDirectory(prefix="timer-demo-") as folder:
        async with stage(address, Path(folder), provider=provider, **_SIGNS_IN) as demo:
            config = uvicorn.Config(
                demo.site, log_config=None, lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, lambda: None)
            async with beside(working(demo.app), _tell(server, demo, opens_browser=opens_browser)):
                await server.serve(sockets=[listening])


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that runs, for whoever plays with it. `backends` are the sandboxes, by the name they are mounted at."""

    address: str
    site: Starlette
    app: Running
    world: World
    provider: ProviderName
    backends: Mapping[str, Backend]

    @property
    def backend(self) -> Backend:
        """The one that Ada and Bo are linked to."""
        return self.backends[SERVICES[self.provider].backend]

    @property
    def workspace(self) -> Any:
        return self.backend.workspace

    async def link(self, person: Person, name: str, role: Role) -> None:
        """Connects a Slack user to the back end's user of that name."""
        user_id, token = self.backend.people[name]
        await self.app.store.remember_person(person)
        await self.app.store.link(
            Account(
                person.team, person.user, self.provider, self.backend.id, user_id, role, default_permission(role), token
            )
        )


@asynccontextmanager
async def stage(
    address: str, folder: Path, clock: Clock | None = None, *, provider: ProviderName = "clickup", **changed: Any
) -> AsyncIterator[Demo]:
    """All of them, wired to each other at `address`, with Ada and Bo linked to `provider` and Cy not; `changed` are settings.

    They share one clock. Without one of the caller's it is the sandbox's own, which the page can set.
    """
    clock = clock or SandboxClock()
    backends = every_backend(clock.now, is_frozen=not isinstance(clock, SandboxClock))
    world = World(
        manifest(url=f"{address}/timer"),
        base_url=address,
        request_url=f"{address}/timer/slack/events",
        signing_secret=_SIGNING_SECRET,
        bot_token=_BOT_TOKEN,
        clock=clock if isinstance(clock, SandboxClock) else clock.now,
        links=[(f"{one.label}'s record", f"{address}/{one.name}/") for one in _first(provider, backends)],
    )
    slack = create_slack(world)
    async with (
        slack.router.lifespan_context(slack),
        running(_settings(address, folder, provider, backends, changed), clock) as app,
    ):
        mounts = [Mount(f"/{name}", backend) for name, backend in backends.items()]
        site = Starlette(routes=[Mount("/timer", app.web), *mounts, Mount("/", slack)])
        demo = Demo(address, site, app, world, provider, backends)
        for slack_user, name, role in _LINKED:
            await demo.link(Person(TEAM, slack_user, ZoneInfo("Europe/Berlin"), name), name, role)
        yield demo
        for backend in backends.values():
            backend.behave()


def _first(provider: ProviderName, backends: Mapping[str, Backend]) -> list[Backend]:
    """The chosen one before the others."""
    return sorted(backends.values(), key=lambda one: one.name != SERVICES[provider].backend)


def _settings(
    address: str, folder: Path, provider: ProviderName, backends: Mapping[str, Backend], changed: Mapping[str, Any]
) -> Settings:
    urls = {name: f"{address}/{name}/{backend.api}" for name, backend in backends.items()}
    usual: dict[str, Any] = {
        "slack_bot_token": SecretStr(_BOT_TOKEN),
        "slack_signing_secret": SecretStr(_SIGNING_SECRET),
        "slack_app_token": None,
        "slack_api_url": f"{address}/api/",
        "provider": provider,
        "clickup_api_url": urls["clickup"],
        "clickup_token": None,
        "clockify_api_url": urls["clockify"],
        "clockify_api_key": None,
        "hoursmith_api_url": urls["hoursmith"],
        "hoursmith_token": None,
        "timer_command": "/timer",
        "allow_ephemeral": True,  # nothing of value is in it
        "database_url": f"sqlite:///{folder / 'timer.db'}",
        "secret_key": (SecretStr("the demo's key seals nothing of value"),),
        "public_url": f"{address}/timer",
        "timer_quarantine_seconds": 20,  # people who try it out don't wait for a minute and a half
    }
    return Settings(_env_file=None, **usual | dict(changed))


async def _tell(server: uvicorn.Server, demo: Demo, *, opens_browser: bool) -> None:
    while not server.started:  # noqa: ASYNC110 uvicorn offers nothing to wait for
        await asyncio.sleep(0.02)
    width = max(len(label) for label, _ in demo.world.links) + 2
    typer.echo(f"\n  {'Slack, as Ada, Bo or Cy:':{width + 6}} {demo.address}")
    for label, url in demo.world.links:
        typer.echo(f"  {label + ':':{width + 6}} {url}")
    tries = [f"/timer {line}" for line in SERVICES[demo.provider].lines]
    typer.echo("\n  Try:  " + "\n        ".join(tries))
    typer.echo("\n  Cy is not connected: /timer connect, and these are Cy's tokens where one is asked for.")
    for backend in demo.backends.values():
        if backend.name != "clickup":
            typer.echo(f"        {backend.label}: {backend.people['Cy'][1].reveal()}")
    typer.echo(
        "\n  The clock in Slack's bar moves time for all of them: choose End of day, and Timer asks about yours."
    )
    typer.echo("  A record's page can make its service slow, down, rate-limited or locked.")
    typer.echo("  Ctrl-C ends it; nothing is kept.\n")
    if opens_browser:
        await asyncio.to_thread(webbrowser.open, demo.address)
