"""What each Idempotency-Key was answered, for a day, so that the same POST again is the same POST."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import refusals

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    path: str
    body: bytes
    status: int
    answer: bytes
    at: datetime


@dataclass(slots=True)
class Replays:
    """Keys belong to the token that sent them."""

    _kept: dict[tuple[str, str], Kept] = field(default_factory=dict)

    def find(self, token: str, key: str, path: str, body: bytes, now: datetime) -> Kept | None:
        """Raises `Refused` when the key was used for something else."""
        kept = self._kept.get((token, key))
        if kept is None or now - kept.at >= KEPT:
            return None
        if (kept.path, kept.body) != (path, body):
            raise refusals.key_reused()
        return kept

    def keep(self, token: str, key: str, kept: Kept) -> None:
        self._kept[token, key] = kept
