"""`python -m app …` as processes: what whoever runs the app meets."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from person import Person
from serving import free_socket, serving

from app.manifest import manifest
from app.sandbox import clickup
from app.sandbox.slack.server import create_app as create_slack
from app.sandbox.slack.world import World
from tests.canaries import LISTENER

ROOT = Path(__file__).parents[1]
ADA = ("--slack-team", "T0SANDBOX", "--slack-user", "U0ADA")
MAPPED = ("--provider", "clickup", "--workspace", "9018000001", "--user", "183", "--role", "admin")


@dataclass
class Outside:
    """A Slack and a ClickUp for the process, and its environment."""

    slack: str
    world: World
    workspace: clickup.Workspace
    env: dict[str, str]
    port: int
    folder: Path
    said: list[str] = field(default_factory=list)  # by /readyz, until it was


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def outside(folder: Path, *, socket_mode: bool = False, refusals: int = 0) -> AsyncIterator[Outside]:
    port = free_port()
    url = "" if socket_mode else f"http://127.0.0.1:{port}"
    slack_socket, slack = free_socket()
    clickup_socket, clickup_url = free_socket()
    world = World(manifest(url=url), base_url=slack, request_url=f"{url}/slack/events" if url else None)
    workspace = clickup.seed()
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_SIGNING_SECRET": world.signing_secret,
        "SLACK_API_URL": f"{slack}/api/",
        "CLICKUP_TOKEN": clickup.TOKENS[183],
        "CLICKUP_WORKSPACE_ID": "9018000001",
        "CLICKUP_API_URL": f"{clickup_url}/api/v2",
        "SECRET_KEY": "a key of more than thirty-two characters",
        "DATABASE_URL": f"sqlite:///{folder / 'timer.db'}",
        "PORT": str(port),
    }
    if socket_mode:
        env["SLACK_APP_TOKEN"] = world.app_token
    slack_app = create_slack(world)
    slack_app.state.courier.sockets.refusals = refusals
    async with serving(slack_app, slack_socket), serving(clickup.create_app(workspace), clickup_socket):
        yield Outside(slack, world, workspace, env, port, folder)


async def app(out: Outside, *arguments: str, typed: str = "") -> tuple[int, str]:
    """Runs it to its end: exit code, and everything it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", *arguments,
        env=out.env, cwd=out.folder,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _ = await process.communicate(typed.encode())
    LISTENER.listen(printed.decode(), " ".join(arguments))
    return process.returncode or 0, printed.decode()


@asynccontextmanager
async def served(out: Outside, health: str = "readyz") -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        "serve",
        env=out.env,
        cwd="/",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        out.said = await ready(out.port, health)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ready(port: int, health: str = "readyz") -> list[str]:
    """What it said until it was."""
    said: list[str] = []
    async with aiohttp.ClientSession() as session, asyncio.timeout(30):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/{health}") as answer:
                    if answer.status == 200:
                        return said
                    said.append(await answer.text())
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)


async def ended(process: asyncio.subprocess.Process, number: int) -> tuple[int | None, str]:
    process.send_signal(number)
    async with asyncio.timeout(10):
        printed, _ = await process.communicate()
    LISTENER.listen(printed.decode(), "the log of a process")
    return process.returncode, printed.decode()


async def test_five_variables_run_it_against_slack_and_clickup(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        code, printed = await app(out, "people", "link", *ADA, *MAPPED, "--timezone", "Europe/Berlin")
        assert code == 0, printed
        async with served(out) as process, Person(out.slack, "Ada") as ada:
            [answer] = await ada.types("/timer start DEV-12 #backend")
            assert "Fix login (DEV-12)" in answer
            assert out.workspace.running(183)
            code, printed = await ended(process, signal.SIGTERM)
        assert code == 0, printed
        assert out.world.violations == []
        assert clickup.TOKENS[183] not in printed


async def test_socket_mode_needs_no_address(tmp_path: Path) -> None:
    async with outside(tmp_path, socket_mode=True) as out:
        await app(out, "people", "link", *ADA, *MAPPED)
        async with served(out) as process, Person(out.slack, "Ada") as ada:
            [answer] = await ada.types("/timer log 45m yesterday DEV-12")
            assert "45 min" in answer
            events = f"http://127.0.0.1:{out.port}/slack/events"
            async with aiohttp.ClientSession() as session, session.post(events, data="command=/timer") as unsigned:
                assert unsigned.status == 404
            code, printed = await ended(process, signal.SIGINT)
        assert code == 0, printed


async def test_socket_mode_gets_over_a_handshake_that_slack_refuses(tmp_path: Path) -> None:
    async with outside(tmp_path, socket_mode=True, refusals=1) as out:
        await app(out, "people", "link", *ADA, *MAPPED)
        async with served(out), Person(out.slack, "Ada") as ada:
            assert "No timer is running" in (await ada.types("/timer"))[0]
        assert set(out.said) == {'{"status":"not ready","missing":["Socket Mode is not connected"]}'}


async def test_an_answer_under_way_is_finished_before_it_stops(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        await app(out, "people", "link", *ADA, *MAPPED)
        async with served(out) as process, Person(out.slack, "Ada") as ada:
            out.workspace.faults.add("slow", method="POST", path="/team/*/time_entries", times=1, seconds=3)
            await ada.types("/timer log 45m yesterday DEV-12")
            stopping = asyncio.create_task(ended(process, signal.SIGTERM))
            [answer] = await ada.reads(within=5)
            assert "45 min" in answer
            code, printed = await stopping
        assert code == 0, printed


async def test_check_says_that_all_is_well(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        code, printed = await app(out, "check")
        assert (code, printed.strip()) == (0, "✓ All is well.")


async def test_check_names_all_faults_at_once(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        out.env |= {"SLACK_BOT_TOKEN": "xoxb-wrong", "CLICKUP_TOKEN": "pk_1_WRONG"}
        (tmp_path / "timer.db").write_text("this is a letter, not a database, and it is long enough to be looked at")
        code, printed = await app(out, "check")
        assert code == 1
        for word in ("SLACK_BOT_TOKEN", "CLICKUP_TOKEN", "timer.db"):
            assert word in printed, printed
        assert "xoxb-wrong" not in printed


async def test_the_worker_starts_and_stops_cleanly(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", "worker", env=out.env, cwd="/", stderr=asyncio.subprocess.PIPE
        )
        assert process.stderr
        async with asyncio.timeout(20):
            while b"working" not in await process.stderr.readline():
                assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        _, printed = await asyncio.wait_for(process.communicate(), 10)
        assert process.returncode == 0, printed


async def test_a_start_under_another_key_names_the_keys(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        await app(out, "people", "link", *ADA, *MAPPED, "--token-stdin", typed=clickup.TOKENS[183])
        out.env["SECRET_KEY"] = "quite another key and long enough as well"
        async with served(out) as process:
            code, printed = await ended(process, signal.SIGTERM)
        assert code == 0, printed
        assert "The credential of U0ADA at clickup was sealed with key" in printed
        assert "bring back the old key" in printed
