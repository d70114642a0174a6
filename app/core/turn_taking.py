"""Does several things at once that are claimed one by one, so that a slow one holds up nothing but itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE = 14.0  # seconds; Slack is waited for ten, and what it has taken is to be noted, or it comes twice
LOOKS_AGAIN = 0.2  # seconds; while something is under way, more may have become due


async def take_turns(
    take: Callable[[], Awaitable[T | None]], do: Callable[[T], Coroutine[Any, Any, None]], *, at_once: int
) -> int:
    """Until there is nothing to take and everything has ended. Returns how many there were."""
    running: set[asyncio.Task[None]] = set()
    try:
        return await _taken(take, do, running, at_once=at_once)
    finally:
        await _end(running)


async def _taken(
    take: Callable[[], Awaitable[T | None]],
    do: Callable[[T], Coroutine[Any, Any, None]],
    running: set[asyncio.Task[None]],
    *,
    at_once: int,
) -> int:
    taken = 0
    while True:
        thing = await take() if len(running) < at_once else None
        if thing is None and not running:
            return taken
        if thing is None:
            await _wait(running)
            continue
        running.add(asyncio.create_task(do(thing)))
        taken += 1


async def _wait(running: set[asyncio.Task[None]]) -> None:
    done, _ = await asyncio.wait(running, timeout=LOOKS_AGAIN, return_when=asyncio.FIRST_COMPLETED)
    running -= done
    _look_at(done)


def _look_at(done: set[asyncio.Task[None]]) -> None:
    """What went wrong keeps nothing else from being done."""
    for task in done:
        if error := task.exception():
            log.error("what is done in turns failed", exc_info=error)


async def _end(running: set[asyncio.Task[None]]) -> None:
    """What is under way when we are stopped may end by itself, unless that takes long."""
    if running:
        _, late = await asyncio.wait(running, timeout=PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
