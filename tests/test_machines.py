"""Several machines on one PostgreSQL, as processes: whichever answers, everybody's time is there."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from person import Person
from test_serve import ADA, MAPPED, Outside, app, ended, free_port, outside, served

from app.storage.migrations import MIGRATIONS
from tests.postgres import Server


@pytest.fixture
def database_url(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@asynccontextmanager
async def second_machine(out: Outside) -> AsyncIterator[Outside]:
    """Another one, to which Slack delivers from now on."""
    port = free_port()
    other = Outside(out.slack, out.world, out.workspace, out.env | {"PORT": str(port)}, port, out.folder)
    async with served(other):
        out.world.request_url = f"http://127.0.0.1:{port}/slack/events"
        yield other


@asynccontextmanager
async def worker(out: Outside) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "worker", env=out.env, cwd="/",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        await _working(process)
        yield
    finally:
        code, printed = await ended(process, signal.SIGTERM)
        assert code == 0, printed


async def _working(process: asyncio.subprocess.Process) -> None:
    """Until then a signal ends it as it ends any process."""
    assert process.stdout
    async with asyncio.timeout(30):
        while line := await process.stdout.readline():
            if b'"event": "working"' in line:
                return


async def test_what_one_machine_began_another_ends(tmp_path: Path, database_url: str) -> None:
    async with outside(tmp_path) as out:
        out.env["DATABASE_URL"] = database_url
        code, printed = await app(out, "migrate")
        assert (code, printed.count("✓")) == (0, len(MIGRATIONS))
        assert await app(out, "migrate") == (0, "✓ Nothing to do.\n")
        await app(out, "people", "link", *ADA, *MAPPED, "--timezone", "Europe/Berlin")
        assert await app(out, "check") == (0, "✓ All is well.\n")
        async with served(out), Person(out.slack, "Ada") as ada:
            assert "Fix login (DEV-12)" in (await ada.types("/timer start DEV-12"))[0]
            async with second_machine(out):
                assert "Fix login (DEV-12)" in (await ada.types("/timer status"))[0]
                assert "Fix login (DEV-12)" in (await ada.types("/timer stop"))[0]
        assert out.workspace.running(183) is None
        code, printed = await app(out, "export", "--slack-team", "T0SANDBOX")
        assert (code, "Fix login" in printed) == (0, True)
        assert out.world.violations == []


async def test_what_waits_is_sent_once_by_workers_of_their_own(tmp_path: Path, database_url: str) -> None:
    async with outside(tmp_path) as out:
        out.env |= {"DATABASE_URL": database_url, "WORKER": "apart", "TIMER_QUARANTINE_SECONDS": "2"}
        await app(out, "people", "link", *ADA, *MAPPED, "--timezone", "Europe/Berlin")
        async with served(out), Person(out.slack, "Ada") as ada:
            out.workspace.faults.add("error", status=500, times=1, method="POST", path="/team/*/time_entries")
            assert "may or may not have been saved" in (await ada.types("/timer log 45m yesterday DEV-12"))[0]
            await asyncio.sleep(3)
            assert "unsure: create Fix login" in (await app(out, "people", "pending"))[1]
            async with worker(out), worker(out):
                assert "It is in ClickUp now" in await ada.waits_for("Logged", within=20)
        [entry] = [entry for entry in out.workspace.entries.values() if entry.source == "api"]
        assert entry.duration == 45 * 60_000


async def test_an_older_database_is_said_and_reconciled(tmp_path: Path, database_url: str) -> None:
    async with outside(tmp_path) as out:
        out.env["DATABASE_URL"] = database_url
        await app(out, "people", "link", *ADA, *MAPPED)
        code, printed = await app(out, "reconcile")
        assert (code, "Nothing to do" in printed) == (0, True)
        code, printed = await app(out, "reconcile", "--since", "2026-11-21T18:00Z")
        assert (code, "Nothing is in doubt any more" in printed) == (0, True), printed
