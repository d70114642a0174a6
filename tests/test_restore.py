"""A day with a restored backup, played with real processes: nothing is lost, nothing is doubled, and everything is said."""

import asyncio
import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from person import Person

from tests.test_serve import ADA, MAPPED, Outside, app, ended, outside, ready, served


async def health(out: Outside) -> tuple[int, str]:
    url = f"http://127.0.0.1:{out.port}/readyz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


def lengths(out: Outside) -> list[int]:
    """Minutes of each entry that ClickUp has of Ada's since the app spoke to it."""
    made = [one for one in out.workspace.entries.values() if one.source == "api" and one.user_id == 183 and one.end]
    return sorted((one.end - one.start) // 60_000 for one in made)


async def until(out: Outside, expected: list[int]) -> None:
    async with asyncio.timeout(20):
        while lengths(out) != expected:  # noqa: ASYNC110 another process brings it about
            await asyncio.sleep(0.05)


def states(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "timer.db")) as database:
        return dict(database.execute("select state, count(*) from operation group by state").fetchall())


@pytest.fixture
async def out(tmp_path: Path):
    async with outside(tmp_path) as out:
        out.env["TIMER_QUARANTINE_SECONDS"] = "4"
        code, printed = await app(out, "people", "link", *ADA, *MAPPED, "--timezone", "Europe/Berlin")
        assert code == 0, printed
        yield out


async def test_a_restored_backup_loses_and_doubles_nothing(out: Outside, tmp_path: Path) -> None:
    async with served(out) as process, Person(out.slack, "Ada") as ada:
        await ada.types("/timer today")
        out.workspace.faults.add("error", status=503)
        [said] = await ada.types("/timer log 45m yesterday DEV-12", within=5)
        assert "Saved." in said
        [said] = await ada.types("/timer log 20m yesterday DEV-13", within=5)
        assert "Saved." in said
        code, printed = await app(out, "backup", "safe.db")
        assert code == 0, printed
        assert "2 operations (2 of them not ended)" in printed
        code, printed = await app(out, "restore", "safe.db")
        assert (code, "The app is running on" in printed) == (1, True), printed
        out.workspace.faults.clear()
        await until(out, [20, 45])
        await ada.types("/timer log 10m yesterday DEV-12", within=5)
        await ended(process, signal.SIGTERM)
    assert lengths(out) == [10, 20, 45]
    del out.workspace.entries[
        next(key for key, one in out.workspace.entries.items() if one.end and one.end - one.start == 20 * 60_000)
    ]

    code, printed = await app(out, "restore", "safe.db")
    assert code == 0, printed
    code, printed = await app(out, "check")
    assert code == 1
    assert "was put back: its data is of" in printed
    assert "python -m app reconcile" in printed

    async with served(out, "healthz") as process, Person(out.slack, "Ada") as ada:
        status, said = await health(out)
        assert (status, "Nothing is sent until: python -m app reconcile" in said) == (503, True)
        [answer] = await ada.types("/timer log 5m yesterday DEV-12", within=5)
        assert "Saved. A backup of mine was put back" in answer
        assert lengths(out) == [10, 45]

        code, printed = await app(out, "reconcile")
        assert code == 0, printed
        assert printed.count("it is there already") == 1
        assert printed.count("it is not there and will be sent") == 2
        assert "Nothing is in doubt any more" in printed
        await until(out, [5, 10, 20, 45])
        await ready(out.port)
        _, log = await ended(process, signal.SIGTERM)
    first = json.loads(log.splitlines()[0])
    assert first["level"] == "error"
    assert "was put back: its data is of" in first["event"]
    assert states(tmp_path) == {"done": 3}
    assert lengths(out) == [5, 10, 20, 45]


async def test_what_cannot_be_looked_up_keeps_everything_back_until_it_can(out: Outside, tmp_path: Path) -> None:
    async with served(out) as process, Person(out.slack, "Ada") as ada:
        await ada.types("/timer today")
        out.workspace.faults.add("error", status=503)
        await ada.types("/timer log 45m yesterday DEV-12", within=5)
        await ended(process, signal.SIGTERM)
    code, printed = await app(out, "reconcile")
    assert (code, "this database was not put back" in printed) == (0, True), printed
    code, printed = await app(out, "reconcile", "--since", "2026-11-21T18:00Z")
    assert code == 1
    assert "1 could not be looked up, so nothing is sent yet. Run it again: python -m app reconcile" in printed
    out.workspace.faults.clear()
    code, printed = await app(out, "reconcile")
    assert code == 0, printed
    assert "it is not there and will be sent" in printed
    async with served(out) as process:
        await until(out, [45])
        await ended(process, signal.SIGTERM)


async def test_a_moment_without_its_zone_is_refused(out: Outside) -> None:
    for typed in ("yesterday", "2026-11-21T18:00"):
        code, printed = await app(out, "reconcile", "--since", typed)
        assert code == 2
        assert "2026-11-21T18:00Z" in printed
