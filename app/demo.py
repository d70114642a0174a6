"""The newcomer's first minute: a local Slack, a local ClickUp and the real app between them, on one port."""

import asyncio
import contextlib
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from app.core.accounts import default_permission
from app.core.model import Account, Person, Role, Secret
from app.core.ports import Clock
from app.main import Running, bound, running
from app.manifest import manifest
from app.sandbox import clickup
from app.sandbox.slack.server import create_app as create_slack
from app.sandbox.slack.world import World
from app.settings import Settings
from app.storage.store import SqlStore

TEAM = "T0SANDBOX"
_SIGNING_SECRET, _BOT_TOKEN = "sandbox-signing-secret", "xoxb-sandbox"
_LINKED = (("U0ADA", "Ada", 183, Role.ADMIN), ("U0BO", "Bo", 184, Role.MEMBER))


async def play(port: int, *, opens_browser: bool) -> None:
    address, listening = f"http://127.0.0.1:{port}", bound("127.0.0.1", port)
    with tempfile.TemporaryDirectory(prefix="timer-demo-") as folder:
        async with stage(address, Path(folder)) as demo:
            config = uvicorn.Config(
                demo.site, log_config=None, lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, lambda: None)
            telling = asyncio.create_task(_tell(server, address, opens_browser=opens_browser))
            await server.serve(sockets=[listening])
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that runs, for whoever plays with it."""

    site: Starlette
    app: Running
    world: World
    workspace: clickup.Workspace


@asynccontextmanager
async def stage(address: str, folder: Path, clock: Clock | None = None) -> AsyncIterator[Demo]:
    """The three of them, wired to each other at `address`, with Ada and Bo linked and Cy not."""
    now = clock.now if clock else clickup.utc_now
    workspace = clickup.seed(now)
    workspace.rate_limit = 10_000
    world = World(
        manifest(url=f"{address}/timer"),
        base_url=address,
        request_url=f"{address}/timer/slack/events",
        signing_secret=_SIGNING_SECRET,
        bot_token=_BOT_TOKEN,
        clock=now,
        links=[("ClickUp's record", f"{address}/clickup/")],
    )
    slack = create_slack(world)
    async with slack.router.lifespan_context(slack), running(_settings(address, folder), clock) as app:
        await _link(app.store)
        site = Starlette(
            routes=[Mount("/timer", app.web), Mount("/clickup", clickup.create_app(workspace, now)), Mount("/", slack)]
        )
        yield Demo(site, app, world, workspace)
        workspace.faults.clear()


def _settings(address: str, folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(_BOT_TOKEN),
        slack_signing_secret=SecretStr(_SIGNING_SECRET),
        slack_app_token=None,
        slack_api_url=f"{address}/api/",
        clickup_api_url=f"{address}/clickup/api/v2",
        clickup_token=None,
        timer_command="/timer",
        database_url=f"sqlite:///{folder / 'timer.db'}",
        secret_key=(SecretStr("the demo's key seals nothing of value"),),
    )


async def _link(store: SqlStore) -> None:
    for slack_user, name, user_id, role in _LINKED:
        await store.remember_person(Person(TEAM, slack_user, ZoneInfo("Europe/Berlin"), name))
        token = Secret(clickup.TOKENS[user_id])
        account = Account(
            TEAM, slack_user, "clickup", "9018000001", str(user_id), role, default_permission(role), token
        )
        await store.link(account)


async def _tell(server: uvicorn.Server, address: str, *, opens_browser: bool) -> None:
    while not server.started:  # noqa: ASYNC110 uvicorn offers nothing to wait for
        await asyncio.sleep(0.02)
    typer.echo(f"\n  Slack, as Ada, Bo or Cy:  {address}\n  ClickUp's own record:     {address}/clickup/\n")
    typer.echo("  Try:  /timer start DEV-12 #backend\n\n  Ctrl-C ends it; nothing is kept.\n")
    if opens_browser:
        await asyncio.to_thread(webbrowser.open, address)
