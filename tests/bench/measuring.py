"""Reminds a town for a few seconds at each step and says as JSON how fast that went: `python -m tests.bench.measuring URL`."""

import asyncio
import json
import logging
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.core.model import Person
from app.core.reminder import Reminder
from app.core.reminder_ports import Rung
from app.core.reminding import Pacing, Reminding, reminding_of
from app.storage.opening import open_store
from app.storage.store import SqlStore
from tests.bench.scanning import scanned
from tests.bench.town import all_read, newcomers
from tests.killing.reminder_life import EverybodyIsThere, NoHolidays, services_over

KEY = "a key of more than thirty-two characters"
SECONDS, PACED_SECONDS = 5.0, 10.0
NEWCOMERS = 500
AT_ONCE = timedelta()


@dataclass(slots=True)
class SilentBell:
    """Answers at once."""

    rung: int = 0

    async def ring(self, reminder: Reminder, person: Person) -> Rung:
        self.rung += 1
        return Rung(("D1", f"{self.rung}.0"))


async def measure(url: str) -> dict[str, float]:
    store, bell = await open_store(url, KEY, busy_timeout=60), SilentBell()
    quick, paced = reminding(store, bell, AT_ONCE), reminding(store, bell, timedelta(seconds=1))
    await newcomers(store, NEWCOMERS)
    figures = {claim: float(scanned(url, claim)) for claim in ("planning", "reading")}
    figures["before"] = megabytes()
    figures["planned"] = await _rate(quick.plan())
    figures["read"] = await _a_while(quick.reading.read_due, lambda: ready(store))
    await all_read(store, datetime.now(UTC))
    figures["sending"] = scanned(url, "sending")
    figures["paced"] = await _paced(paced, bell)
    await asyncio.sleep(1.2)  # until the workspace may be written to again
    figures["sent"] = await _a_while(quick.sending.send_due, lambda: _rung(bell))
    figures["after"] = megabytes()
    await store.close()
    return figures


def reminding(store: SqlStore, bell: SilentBell, pause: timedelta) -> Reminding:
    services = services_over(store)
    services.accounts.connections.service.calls = deque(maxlen=10)
    pacing = replace(Pacing(), pause=pause)
    there, days_off = EverybodyIsThere(), NoHolidays()
    return reminding_of(services.accounts, services.briefs, there, bell, days_off, services.clock, pacing)


async def ready(store: SqlStore) -> int:
    [row] = await store.engine.read("select count(*) as days from reminder where stage = 'ready'")
    return int(row["days"])


async def _rung(bell: SilentBell) -> int:
    return bell.rung


async def _rate(job: Awaitable[int]) -> float:
    began = time.monotonic()
    return await job / (time.monotonic() - began)


async def _a_while(job: Callable[[], Awaitable[object]], count: Callable[[], Awaitable[int]]) -> float:
    """How many a second, until there are no more or it has gone on for long enough."""
    before, began = await count(), time.monotonic()
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            await job()
    seconds = time.monotonic() - began
    return (await count() - before) / seconds


async def _paced(reminding: Reminding, bell: SilentBell) -> float:
    """As a worker does it, from one message to the next."""
    await reminding.send_due()
    before, began = bell.rung, time.monotonic()
    while time.monotonic() < began + PACED_SECONDS:
        idle = await reminding.send_due()
        await asyncio.sleep(idle.total_seconds())
    return (bell.rung - before) / (time.monotonic() - began)


def megabytes() -> float:
    """What this process holds in memory."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    print(json.dumps(asyncio.run(measure(sys.argv[1]))))  # noqa: T201
