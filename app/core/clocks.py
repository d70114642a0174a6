"""Whether this machine's clock and everybody else's agree: times would be logged wrong, and signatures refused."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

log = logging.getLogger(__name__)

TOLERATED = timedelta(seconds=120)
_REMIND_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Remembers by host what was told, so that the log is not filled with it."""

    _told: dict[str, datetime] = field(default_factory=dict, repr=False)

    def compare(self, host: str, date: str, now: datetime) -> str:
        """The sentence about a difference, also logged once an hour; "" where there is none. `date` is an HTTP header."""
        sentence = difference(host, date, now)
        last = self._told.get(host)
        if sentence and (last is None or abs(now - last) >= _REMIND_AFTER):
            self._told[host] = now
            log.warning("%s", sentence)
        return sentence


def difference(host: str, date: str, now: datetime) -> str:
    """A sentence when `host`, which said `date`, is further from `now` than is tolerated; else ""."""
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return ""
    theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
    away = now - theirs
    if abs(away) <= TOLERATED:
        return ""
    side = "ahead of" if away > timedelta() else "behind"
    return f"This machine's clock is {abs(away) // timedelta(seconds=1)} s {side} {host}'s. Set it by NTP."
