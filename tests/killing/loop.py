"""Kills the app again and again while people work and the back ends misbehave, and counts what was lost or doubled.

`python -m tests.killing.loop --seconds 60 [--seed N]` prints its seed first and its figures last, and ends with 1
unless both are nought.
"""

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from tests.killing.deeds import judged
from tests.killing.lives import House, Life, outside_and_mother
from tests.killing.playing import Crowd, at_rest, busy, crowd
from tests.stage import MEMORY

Json = dict[str, Any]
LATE, LAG = 0.8, 0.3  # seconds; together well below the quarantine
WRITES: tuple[tuple[int, Json], ...] = (
    (12, {"kind": "error", "status": 502}),
    (8, {"kind": "limited"}),
    (5, {"kind": "reset"}),
    (5, {"kind": "reset", "committed": True}),
    (5, {"kind": "late_commit", "seconds": LATE, "answer": "reset"}),
    (5, {"kind": "late_commit", "seconds": LATE, "answer": "error"}),
    (15, {"kind": "slow", "seconds": LATE}),
    (8, {"kind": "error", "status": 500, "committed": True}),
    (4, {"kind": "garbage"}),
    (33, {"kind": "slow", "seconds": 0}),  # nothing wrong
)
READS: tuple[tuple[int, Json], ...] = (
    (4, {"kind": "error", "status": 503}),
    (3, {"kind": "reset"}),
    (2, {"kind": "limited"}),
    (6, {"kind": "slow", "seconds": 0.2}),
    (85, {"kind": "slow", "seconds": 0}),
)


@dataclass(slots=True)
class Reaper:
    """Keeps one life or two of the app alive for a moment at a time."""

    house: House
    chance: Random
    kills: int = 0
    _up: asyncio.Event = field(default_factory=asyncio.Event)

    async def up(self) -> None:
        await self._up.wait()

    async def reap(self, until: float) -> None:
        while time.monotonic() < until:
            lives = [await self.house.born() for _ in range(self.chance.choice((1, 1, 1, 2)))]
            if self.chance.random() < 0.9:
                await asyncio.gather(*(life.ready() for life in lives))
                await self._open(lives)
            await asyncio.sleep(self.chance.uniform(0.05, 0.6))
            self._up.clear()
            for life in lives:
                await life.kill()
            self.kills += len(lives)

    async def calm(self) -> Life:
        life = await self.house.born()
        assert await life.ready()
        await self._open([life])
        return life

    async def _open(self, lives: list[Life]) -> None:
        await self.house.outside.pull("apps", urls=[life.address for life in lives])
        self._up.set()


async def kill_and_count(seconds: float, seed: int, *, patience: float = 120) -> tuple[str, list[str]]:
    """The last line, and a paragraph for each thing that went wrong."""
    with tempfile.TemporaryDirectory(prefix="timer-killing-", dir=MEMORY) as folder:
        async with outside_and_mother() as (outside, mother):
            house = House(outside, mother, Path(folder))
            await house.furnish()
            reaper = Reaper(house, Random(f"{seed} reaper"))
            people = crowd(outside, reaper.up, seed, count())
            await _spoil(house, Random(f"{seed} faults"))
            await _rage(reaper, people, seconds)
            await outside.mend()
            life = await reaper.calm()
            is_settled = await _settle(house, people, patience)
            verdicts = judged(people.deeds, (await outside.pull("truth"))["entries"], await outside.pull("told"))
            await life.kill()
            log = (Path(folder) / "lives.log").read_text()
    faults = Counter(verdict.fault for verdict in verdicts)
    accepted = sum(deed.is_accepted for deed in people.deeds)
    trouble = [str(verdict) for verdict in verdicts]
    trouble += [] if is_settled else ["lost: something is still pending"]
    trouble += [line for line in log.splitlines() if "Traceback" in line][:5]
    kinds = f"kills {reaper.kills} · deeds {len(people.deeds)} · accepted {accepted}"
    return (
        f"{kinds} · untold {faults['untold']} · seed {seed} · lost {faults['lost']} · doubled {faults['doubled']}",
        trouble,
    )


async def _spoil(house: House, chance: Random) -> None:
    for backend in ("clickup", "clockify", "hoursmith"):
        faults: list[Json] = [{"kind": "list_lag", "seconds": LAG}]
        for method, mix in (("POST", WRITES), ("PATCH", WRITES), ("DELETE", WRITES), ("PUT", WRITES), ("GET", READS)):
            weights, kinds = zip(*mix, strict=True)
            chosen = chance.choices(kinds, weights, k=500)
            faults += [{**kind, "method": method, "times": 1} for kind in chosen]
        await house.outside.break_(backend, *faults)


async def _rage(reaper: Reaper, people: Crowd, seconds: float) -> None:
    enough = asyncio.Event()
    working = [asyncio.create_task(busy(hand, enough)) for hand in people.hands]
    await reaper.reap(time.monotonic() + seconds)
    enough.set()
    life = await reaper.calm()  # what they were in the middle of has somebody to go to
    await asyncio.gather(*working)
    await life.kill()


async def _settle(house: House, people: Crowd, patience: float) -> bool:
    timers = [(hand, deed) for hand in people.hands for deed in hand.deeds if deed.kind == "timer"]
    last = {hand.player.name: (hand, deed) for hand, deed in timers}
    is_settled = await at_rest(house, list(last.values()), patience)
    await asyncio.sleep(1)  # the last ones are told
    return is_settled


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    given = wanted.parse_args()
    print(f"seed {given.seed}", flush=True)  # noqa: T201
    figures, trouble = asyncio.run(kill_and_count(given.seconds, given.seed))
    print("\n".join([*trouble, figures]))  # noqa: T201
    sys.exit(0 if figures.endswith("lost 0 · doubled 0") and not any(one.startswith("lost") for one in trouble) else 1)


if __name__ == "__main__":
    main()
