"""What goes wrong on demand, so that a test can ask for a bad day at a named point."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

Kind = Literal[
    "slow",  # answers properly after `seconds`; commits even when the client has gone
    "hang",  # never answers; commits first when `committed`
    "error",  # `status` (500, 502, 503, 504 …) with an HTML page; commits first when `committed`
    "limited",  # 429 as the service words it; commits nothing
    "dead_token",  # 401 as the service words it, for every call; commits nothing
    "reset",  # the connection is cut without an answer; commits first when `committed`
    "late_commit",  # fails as `answer` says, and commits `seconds` later all the same
    "list_lag",  # entries made from now on appear in lists only after `seconds` of the workspace's clock
    "empty",  # commits, and answers with an empty body
    "garbage",  # commits, and answers with half a JSON document
    "denied",  # commits, and answers with an error all the same, where the service is known for that
]
EVERY_KIND: tuple[str, ...] = get_args(Kind)
KINDS = tuple(kind for kind in EVERY_KIND if kind != "denied")


@dataclass(slots=True)
class Fault:
    """``path`` is a glob below the API's base (``/team/*/time_entries``); ``times`` None means until cleared."""

    kind: Kind
    method: str = "*"
    path: str = "*"
    times: int | None = None
    seconds: float = 0.0
    status: int = 500
    committed: bool = False
    answer: Literal["error", "reset", "hang"] = "error"

    def __post_init__(self) -> None:
        if self.kind not in EVERY_KIND:
            raise ValueError(f"kind must be one of {', '.join(EVERY_KIND)}; got {self.kind!r}.")
        if self.answer not in ("error", "reset", "hang"):
            raise ValueError(f"answer must be error, reset or hang; got {self.answer!r}.")
        if self.times is not None and self.times < 1:
            raise ValueError(f"times must be at least 1, or left out; got {self.times!r}.")

    def is_for(self, method: str, path: str) -> bool:
        if self.kind == "list_lag" or self.times == 0:
            return False
        return self.method.upper() in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    """The faults in force; the oldest that matches a request is used, one per request.

    ``kinds`` are the ones that this back end knows how to play.
    """

    def __init__(self, kinds: tuple[str, ...] = KINDS) -> None:
        self.kinds = kinds
        self.in_force: list[Fault] = []
        self._cleared: asyncio.Event | None = None
        self._late: set[asyncio.Task[None]] = set()
        self._due = asyncio.Event()

    def add(self, kind: Kind, **how: Any) -> Fault:
        """`how`: method, path, times, seconds, status, committed, answer; see Fault."""
        fault = Fault(kind, **how)
        if kind not in self.kinds:
            raise ValueError(f"kind must be one of {', '.join(self.kinds)}; got {kind!r}.")
        self.in_force.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        fault = next((fault for fault in self.in_force if fault.is_for(method, path)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
        return fault

    @property
    def list_lag(self) -> float:
        return max((fault.seconds for fault in self.in_force if fault.kind == "list_lag"), default=0.0)

    def clear(self) -> None:
        """Ends every fault; what hangs is let go, what sleeps goes on at once. Late commits stay on their way."""
        self.in_force.clear()
        if self._cleared is not None:
            self._cleared.set()
            self._cleared = None

    def close(self) -> None:
        """Clears, and drops the late commits that have not happened yet."""
        self.clear()
        for task in self._late:
            task.cancel()

    async def pause(self, seconds: float | None) -> None:
        """Sleeps, for ever when None, but no longer than until the faults are cleared."""
        if self._cleared is None:
            self._cleared = asyncio.Event()
        try:
            await asyncio.wait_for(self._cleared.wait(), seconds)
        except TimeoutError:
            return

    async def catch_up(self) -> None:
        """Lets every late commit happen now."""
        self._due.set()
        await asyncio.gather(*self._late)
        self._due.clear()

    def later(self, seconds: float, work: Coroutine[Any, Any, object]) -> None:
        async def commit() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), seconds)
            await work

        task = asyncio.create_task(commit())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        task.add_done_callback(lambda _: work.close())

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.in_force]
