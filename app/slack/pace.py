"""How much one person may ask for: a bucket of acts that fills again by the second, so that nobody floods the provider."""

from dataclasses import dataclass, field
from datetime import datetime

from app.core.errors import TooFast
from app.core.ports import Clock
from app.slack.background import Recent

AT_ONCE = 60
EVERY_SECOND = 1


@dataclass(frozen=True, slots=True)
class Bucket:
    left: float
    at: datetime

    def filled(self, now: datetime) -> "Bucket":
        """A clock that was set back fills nothing."""
        seconds = max((now - self.at).total_seconds(), 0)
        return Bucket(min(self.left + seconds * EVERY_SECOND, AT_ONCE), now)


@dataclass(frozen=True, slots=True)
class Pace:
    """By person, in this process's memory; `kind` keeps what comes letter by letter apart from commands and clicks."""

    clock: Clock
    _buckets: Recent[Bucket] = field(default_factory=Recent, repr=False)

    def check(self, team: str, user: str, *, kind: str) -> None:
        """Raises `TooFast`."""
        name, now = f"{team} {user} {kind}", self.clock.now()
        bucket = (self._buckets.drop(name) or Bucket(AT_ONCE, now)).filled(now)
        is_empty = bucket.left < 1
        self._buckets.keep(name, bucket if is_empty else Bucket(bucket.left - 1, now))
        if is_empty:
            raise TooFast(
                "That is more than I take from one person at once, so nothing was done. Wait a few seconds, then do it again."
            )
