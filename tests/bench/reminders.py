"""Measures what reminding costs in towns of a thousand, ten thousand and a hundred thousand people, and how it grows.

`python -m tests.bench.reminders [--people 1000 10000 100000] [--engine sqlite postgresql]` takes some minutes. Everybody is
in one Slack workspace and due at the same minute. The provider and Slack answer at once, so what is measured is the app
and its database; `paced` is what one Slack workspace gets in life. PostgreSQL runs without waiting for the disk.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from app.storage.opening import open_store
from tests.bench.measuring import KEY
from tests.bench.town import lay_out
from tests.killing.reminders import a_database

SIZES = (1_000, 10_000, 100_000)
ENGINES = ("sqlite", "postgresql")
COLUMNS = {
    "planned": "people planned a second",
    "read": "days read a second",
    "sent": "messages a second, unpaced",
    "paced": "messages a second into one Slack workspace",
    "planning": "looked at for one claim: planning",
    "reading": "reading",
    "sending": "sending",
    "before": "memory before, MB",
    "after": "memory after, MB",
}
Figures = Mapping[str, float]


async def measured(url: str, people: int) -> Figures:
    """In a process of its own, whose memory nothing else has grown."""
    store = await open_store(url, KEY, busy_timeout=60)
    await lay_out(store, people, datetime.now(UTC))
    await store.close()
    command = (sys.executable, "-m", "tests.bench.measuring", url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return dict(json.loads(said))


def table(engine: str, found: Mapping[int, Figures]) -> str:
    """Lines are what is measured, columns the sizes, and at the end how it grew from the smallest to the largest."""
    unit = "virtual-machine steps" if engine == "sqlite" else "rows"
    lines = [f"{engine:<46}" + "".join(f"{people:>12,}" for people in found) + "      grows"]
    for name, title in COLUMNS.items():
        values = [figures[name] for figures in found.values()]
        title = f"{title} ({unit})" if name == "planning" else title
        growth = f"{values[-1] / values[0]:>10.2f}x" if values[0] else ""
        lines.append(f"{title:<46}" + "".join(f"{value:>12,.5g}" for value in values) + growth)
    return "\n".join(lines)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, nargs="+", default=SIZES)
    wanted.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES)
    given = wanted.parse_args()
    for engine in given.engine:
        found = {}
        for people in given.people:
            with a_database(engine) as url:
                found[people] = asyncio.run(measured(url, people))
        print(table(engine, found), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
