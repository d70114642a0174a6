"""Which entries of one day can be had once more on another: at the same hours, where nothing is yet and none lies ahead."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.as_text import to_json
from app.core.briefs import occupied
from app.core.day_total import day_total
from app.core.durations import to_minute
from app.core.errors import NotUnderstood
from app.core.logbook import place, total
from app.core.model import TimeEntry
from app.core.recent_work import identity
from app.core.reminder import Brief

MOST_COPIED = 40
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """`entry` is `source` as it would be on the other day; it is cut where the rest of it is still to come."""

    source: TimeEntry
    entry: TimeEntry

    @property
    def is_cut(self) -> bool:
        return self.entry.duration < to_minute(self.source.duration)


@dataclass(frozen=True, slots=True)
class DayCopy:
    """What would be logged, and of the same day what would not: `taken` is there already, `ahead` still to come."""

    day: date
    pieces: tuple[Piece, ...] = ()
    taken: tuple[TimeEntry, ...] = ()
    ahead: tuple[TimeEntry, ...] = ()

    @property
    def length(self) -> timedelta:
        return total([piece.entry for piece in self.pieces])

    @property
    def name(self) -> str:
        """The same for the same pieces of the same sources, so that nothing else is logged than what was shown.

        Of a piece itself the end moves on with the clock.
        """
        sources = tuple((one.source.id, one.source.start, one.source.end, one.source.work) for one in self.pieces)
        return hashlib.sha256(to_json(sources).encode()).hexdigest()


def day_copy(brief: Brief, now: datetime, zone: ZoneInfo) -> DayCopy:
    """Of the day before onto the brief's own. Times of day stay, whatever the clocks did between the two."""
    found = DayCopy(brief.day)
    for source in brief.before:
        entry = _moved(source, brief.day, now, zone)
        if entry is None:
            ahead = (source,) if to_minute(source.duration) else ()  # less than that nobody could see
            found = replace(found, ahead=(*found.ahead, *ahead))
        elif _is_taken(entry, brief, now, zone):
            found = replace(found, taken=(*found.taken, source))
        elif len(found.pieces) < MOST_COPIED:
            found = replace(found, pieces=(*found.pieces, Piece(source, entry)))
    return found


def _moved(source: TimeEntry, day: date, now: datetime, zone: ZoneInfo) -> TimeEntry | None:
    """None where all of it would be still to come."""
    length = max(to_minute(source.duration), _SHORTEST)
    if not source.is_timed:
        return _placed(source, length, day, now, zone)
    at = source.start.astimezone(zone).time().replace(second=0, microsecond=0)
    start = datetime.combine(day, at, zone).astimezone(UTC)
    end = min(start + length, now.replace(second=0, microsecond=0))
    return replace(source, start=start, end=end, is_locked=False) if end > start else None


def _placed(source: TimeEntry, length: timedelta, day: date, now: datetime, zone: ZoneInfo) -> TimeEntry | None:
    try:
        start, end = place(length, day, now=now, zone=zone)
    except NotUnderstood:
        return None
    return replace(source, start=start, end=end, is_locked=False)


def _is_taken(entry: TimeEntry, brief: Brief, now: datetime, zone: ZoneInfo) -> bool:
    """Without times of day, what is there is known by its work."""
    known = [other for other in brief.entries if not (entry.is_timed and other.is_timed)]
    if any(identity(other.work) == identity(entry.work) for other in known):
        return True
    return bool(day_total(entry, occupied(brief, now, zone), is_mine=True).overlaps)
