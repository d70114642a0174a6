"""Where a test may kill the process, so that what a crash leaves behind can be looked at after every step.

`CRASH_AT=write.before:2` ends it as a power cut would, the second time that `reached("write.before")` is called.
Without that variable nothing happens.
"""

import os
import signal
from collections.abc import Iterator
from functools import cache
from itertools import count

POINTS = (
    "act.claimed",  # what Slack delivered is ours; its handler has not run
    "operation.begun",  # a write is on disk; nothing has been sent
    "write.before",  # the request is about to go out
    "write.after",  # the answer is here; nothing is noted
    "operation.settled",  # it is noted; the person has not been told
    "hold.kept",  # a timer that runs here is on disk
    "hold.released",  # it is off the disk again
    "settle.claimed",  # what was left over is ours to settle
    "settle.looked_up",  # the provider said what is there; nothing is noted
    "settle.resent",  # it was sent again and answered; nothing is noted
    "reminder.rung",  # Slack has taken a reminder; nothing is noted
)


def reached(point: str) -> None:
    """Does not return at the point and the time that `CRASH_AT` names."""
    wanted, nth, times = _aim()
    if point == wanted and next(times) == nth:
        os.kill(os.getpid(), signal.SIGKILL)


@cache
def _aim() -> tuple[str, int, Iterator[int]]:
    point, _, nth = os.environ.get("CRASH_AT", "").partition(":")
    if point and point not in POINTS:
        raise ValueError(f"CRASH_AT names no point: {point!r}. There are {', '.join(POINTS)}.")
    return point, int(nth or 1), count(1)
