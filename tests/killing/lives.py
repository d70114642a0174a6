"""The real app as a process that is born, killed and born again, between a Slack and back ends that stay."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from app.core.model import Account, Person, Role, Secret, default_permission
from app.storage.opening import open_store
from tests.killing.cast import CAST, SIGNING_SECRET, TEAM

ROOT = Path(__file__).parents[2]
SECRET_KEY = "a key of more than thirty-two characters"
QUARANTINE = 2  # seconds, longer than anything here is late
_PENDING = """
    select (select count(*) from operation where state in ('queued', 'sending', 'unsure'))
         + (select count(*) from operation where is_put_off = 1 and is_told = 0)
         + (select count(*) from act where answered_at = '')
"""
Json = dict[str, Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Outside:
    """Pulls the strings of the process that stays."""

    address: str
    client: aiohttp.ClientSession

    async def pull(self, string: str, **body: Any) -> Json:
        async with self.client.post(f"{self.address}/stage/{string}", json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())

    async def break_(self, backend: str, *faults: Json) -> None:
        async with self.client.post(f"{self.address}/{backend}/sandbox/faults", json=list(faults)) as answer:
            answer.raise_for_status()

    async def mend(self, *backends: str) -> None:
        for backend in backends or ("clickup", "clockify", "hoursmith"):
            async with self.client.delete(f"{self.address}/{backend}/sandbox/faults") as answer:
                answer.raise_for_status()

    async def truth(self, mark: str) -> list[Json]:
        return [one for one in (await self.pull("truth"))["entries"] if one["mark"] == mark]


@dataclass(slots=True)
class Mother:
    process: asyncio.subprocess.Process
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def wish(self, **wish: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        async with self._lock:
            self.process.stdin.write(json.dumps(wish).encode() + b"\n")
            return json.loads(await self.process.stdout.readline())


@dataclass(slots=True)
class Life:
    pid: int
    address: str
    mother: Mother
    client: aiohttp.ClientSession

    async def is_over(self) -> bool:
        return bool(await self.mother.wish(ended=self.pid))

    async def ready(self) -> bool:
        """Whether it came so far: it may have been made to die before."""
        async with asyncio.timeout(30):
            while not await self.is_over():
                try:
                    async with self.client.get(f"{self.address}/healthz") as answer:
                        if answer.status == 200:
                            return True
                except aiohttp.ClientError:
                    await asyncio.sleep(0.01)
        return False

    async def kill(self) -> None:
        if not await self.is_over():
            os.kill(self.pid, signal.SIGKILL)
        await self.death()

    async def death(self, seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not await self.is_over():  # noqa: ASYNC110 another process
                await asyncio.sleep(0.01)


@dataclass(slots=True)
class House:
    """One database, and the lives that are lived on it."""

    outside: Outside
    mother: Mother
    folder: Path
    quarantine: float = QUARANTINE

    @property
    def database(self) -> Path:
        return self.folder / "timer.db"

    async def furnish(self) -> None:
        store = await open_store(f"sqlite:///{self.database}", SECRET_KEY)
        for one in CAST:
            role = Role.MEMBER
            account = Account(
                TEAM,
                one.slack,
                one.provider,
                one.workspace,
                one.user,
                role,
                default_permission(role),
                Secret(one.token),
            )
            await store.remember_person(Person(TEAM, one.slack, ZoneInfo("Europe/Berlin"), one.name))
            await store.link(account, is_ordered=True)
        await store.close()

    async def born(self, crash_at: str = "") -> Life:
        port, outside = free_port(), self.outside.address
        environment = {
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{outside}/api/",
            "CLICKUP_API_URL": f"{outside}/clickup/api/v2",
            "CLOCKIFY_API_URL": f"{outside}/clockify/api/v1",
            "HOURSMITH_API_URL": f"{outside}/hoursmith/api/v1",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": SECRET_KEY,
            "PORT": str(port),
            "TIMER_QUARANTINE_SECONDS": str(self.quarantine),
            "CRASH_AT": crash_at,
            "LOG_LEVEL": "WARNING",
        }
        pid = await self.mother.wish(begin=environment, log=str(self.folder / "lives.log"))
        return Life(pid, f"http://127.0.0.1:{port}", self.mother, self.outside.client)

    @asynccontextmanager
    async def living(self, crash_at: str = "") -> AsyncIterator[Life]:
        """A life that Slack delivers to; it ends with the body, if not before."""
        life = await self.born(crash_at)
        try:
            if await life.ready():
                await self.outside.pull("apps", urls=[life.address])
            yield life
        finally:
            await life.kill()

    def pending(self) -> int:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5) as database:
            return int(database.execute(_PENDING).fetchone()[0])

    async def settled(self, seconds: float) -> bool:
        """Whether nothing is pending any more within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self.pending():  # noqa: ASYNC110 another process
                    await asyncio.sleep(0.05)
        except TimeoutError:
            return False
        return True

    async def died_before_it_settled(self, life: Life, seconds: float) -> bool:
        async with asyncio.timeout(seconds):
            while self.pending():
                if await life.is_over():
                    return True
                await asyncio.sleep(0.05)
        return False


@asynccontextmanager
async def outside_and_mother() -> AsyncIterator[tuple[Outside, Mother]]:
    async with AsyncExitStack() as things:
        port = free_port()
        mother = await things.enter_async_context(a_mother())
        world = await _process("tests.killing.outside", str(port))
        things.push_async_callback(_end, world)
        client = await things.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)))
        outside = Outside(f"http://127.0.0.1:{port}", client)
        await _answers(outside)
        yield outside, mother


@asynccontextmanager
async def a_mother() -> AsyncIterator[Mother]:
    process = await _process("tests.killing.mother", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    try:
        yield Mother(process)
    finally:
        await _end(process)


async def _process(module: str, *arguments: str, **pipes: Any) -> asyncio.subprocess.Process:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, env=environment, cwd=ROOT, **pipes
    )


async def _answers(outside: Outside) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await outside.pull("truth")
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
            else:
                return


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin:
        process.stdin.close()  # a mother ends her children then
    else:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), 10)
    except TimeoutError:
        process.kill()
        await process.wait()
