"""What time it is in a sandbox, as a function that a test can replace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def now_iso(clock: Clock) -> str:
    return clock().astimezone(UTC).isoformat()
