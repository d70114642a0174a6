"""Work that outlives the request it came with."""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.slack.answers import bug

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Background:
    """Keeps a reference to every task until it ends: the event loop holds tasks only weakly."""

    _tasks: set[asyncio.Task[Any]] = field(default_factory=set, repr=False)

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def drain(self, seconds: float) -> None:
        """Waits for what is under way, and for what that begins, at most so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(set(self._tasks))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            bug(error)


@dataclass(frozen=True, slots=True)
class Recent(Generic[T]):
    """The latest things by name, at most `limit` of them: what is forgotten is looked up or told another way."""

    limit: int = 2000
    _kept: "OrderedDict[str, T]" = field(default_factory=OrderedDict, repr=False)

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def keep(self, name: str, value: T) -> None:
        self._kept[name] = value
        while len(self._kept) > self.limit:
            self._kept.popitem(last=False)

    def find(self, name: str) -> T | None:
        return self._kept.get(name)

    def drop(self, name: str) -> T | None:
        return self._kept.pop(name, None)
