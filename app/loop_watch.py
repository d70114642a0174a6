"""Sees when the event loop stands still, and where: while it does, Slack's three seconds run for everybody."""

import asyncio
import logging
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

TOLERATED = 1.0
_STEP = 0.25


@dataclass(slots=True)
class _Pulse:
    """`last`, on the monotonic clock, is when the loop was last seen alive."""

    thread: int
    last: float = field(default_factory=time.monotonic)

    async def beat(self) -> None:
        while True:
            self.last = time.monotonic()
            await asyncio.sleep(_STEP)


@asynccontextmanager
async def watched_loop(tolerated: float = TOLERATED) -> AsyncIterator[None]:
    """A thread of its own does the watching: a loop that stands still can't say so. A stall is logged once, with its place."""
    pulse, ended = _Pulse(threading.get_ident()), threading.Event()
    beating = asyncio.create_task(pulse.beat())
    watcher = threading.Thread(target=_watch, args=(pulse, ended, tolerated), name="loop watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        beating.cancel()


def _watch(pulse: _Pulse, ended: threading.Event, tolerated: float) -> None:
    told = 0.0
    while not ended.wait(tolerated / 4):
        last = pulse.last
        if time.monotonic() - last > tolerated + _STEP and last != told:
            told = last
            log.warning("the event loop has stood still for more than %.1f s, at:\n%s", tolerated, _place(pulse.thread))


def _place(thread: int) -> str:
    frame = sys._current_frames().get(thread)
    return "".join(traceback.format_stack(frame)) if frame else "nobody knows where"
