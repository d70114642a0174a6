"""How many requests a token may send: a short window and a longer one, each opened by its first request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from . import refusals

BURST, SUSTAINED = timedelta(seconds=10), timedelta(seconds=60)
PLANS = {"free": (30, 600), "studio": (30, 600), "agency": (60, 1_200)}
STRANGERS = 10  # requests a minute from one address without a good token


@dataclass(slots=True)
class Window:
    ends: datetime
    used: int = 0


@dataclass(slots=True)
class Limits:
    _windows: dict[tuple[str, timedelta], Window] = field(default_factory=dict)

    def count(self, who: str, now: datetime, *, burst: int, sustained: int) -> None:
        """Raises `Refused` with the seconds until the window that is full ends; a refused request counts as well."""
        full = []
        for length, limit in ((BURST, burst), (SUSTAINED, sustained)):
            window = self._window(who, length, now)
            window.used += 1
            if window.used > limit:
                full.append(window.ends)
        if full:
            raise refusals.rate_limited(max(1, ceil((max(full) - now).total_seconds())))

    def headers(self, who: str, now: datetime, *, sustained: int) -> dict[str, str]:
        """They tell of the longer window alone."""
        window = self._window(who, SUSTAINED, now)
        return {
            "X-RateLimit-Limit": str(sustained),
            "X-RateLimit-Remaining": str(max(0, sustained - window.used)),
            "X-RateLimit-Reset": str(ceil(window.ends.timestamp())),
        }

    def _window(self, who: str, length: timedelta, now: datetime) -> Window:
        window = self._windows.get((who, length))
        if window is None or not window.ends - length <= now < window.ends:  # a clock that was set back opens a new one
            window = self._windows[who, length] = Window(now + length)
        return window
