"""What somebody's day looks like: read once, then told, decided upon and filled from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.accounts import Caller
from app.core.logbook import Logbook, days, total
from app.core.model import TimeEntry, Window
from app.core.ports import Clock
from app.core.reminder import Brief
from app.core.tracker import Tracker

LOOKS_BACK = 4  # days: on a Monday or Tuesday the day before is last week's
SHORTEST_GAP = timedelta(minutes=15)
A_MINUTE = timedelta(minutes=1)
LONG = timedelta(hours=10)  # what runs since another day, and longer than that, has probably been forgotten
EARLIEST = time(6)  # nobody's work is guessed to have begun before


@dataclass(frozen=True, slots=True)
class Briefs:
    logbook: Logbook
    tracker: Tracker
    clock: Clock

    async def read(self, caller: Caller, day: date) -> Brief:
        """Of the caller's own day and of the last one before it. Raises `ProviderError`s; then nothing is known."""
        zone, read_at = caller.person.zone, self.clock.now()
        found = await self.logbook.entries(caller, day - timedelta(days=LOOKS_BACK), day)
        timer = await self.tracker.current(caller)
        own = tuple(entry for entry in found if _day_of(entry, zone) == day)
        return Brief(day, own, timer, read_at, before=_latest_day(found, day, zone))


def logged(brief: Brief, now: datetime, zone: ZoneInfo) -> timedelta:
    """With what runs, as far as it is that day's, and unless it has probably been forgotten."""
    now_on = None if is_left_on(brief, now, zone) else running(brief, now, zone)
    return total(list(brief.entries)) + (now_on.end - now_on.start if now_on else timedelta())


def is_left_on(brief: Brief, now: datetime, zone: ZoneInfo) -> bool:
    """Whether what runs began on another day, or that day is over, so that nobody knows how much of it was work."""
    if brief.timer is None or brief.timer.elapsed(now) <= LONG:
        return False
    whole = days(brief.day, brief.day, zone)
    return brief.timer.start < whole.start or now >= whole.end


def gaps(brief: Brief, now: datetime, zone: ZoneInfo) -> list[Window]:
    """The holes between the first thing and the last one of the day, or now where something was done today."""
    taken = [Window(entry.start, entry.end) for entry in brief.entries if entry.is_timed]
    now_on = running(brief, now, zone)
    taken += [now_on] if now_on else []
    if not taken:
        return []
    whole = days(brief.day, brief.day, zone)
    end = now if now in whole else max(window.end for window in taken)
    return [gap for gap in _between(taken, end) if gap.end - gap.start >= SHORTEST_GAP]


def rest(brief: Brief, target: timedelta, now: datetime, zone: ZoneInfo) -> tuple[timedelta, Window | None]:
    """How much is missing, in whole minutes that fill it, and where: in the first hole that it fits into, behind the last
    thing of a day that is over, else in the longest hole there is, or before all of it where something runs up to now.
    """
    missing = max(-(-(target - logged(brief, now, zone)) // A_MINUTE), 0) * A_MINUTE
    if not missing:
        return missing, None
    holes = gaps(brief, now, zone)
    fitting = next((hole for hole in holes if hole.end - hole.start >= missing), None)
    if fitting:
        return missing, Window(fitting.start, fitting.start + missing)
    longest = max(holes, key=lambda one: one.end - one.start, default=None)
    return missing, _behind(brief, missing, now, zone) or longest or _before(brief, missing, now, zone)


def running(brief: Brief, now: datetime, zone: ZoneInfo) -> Window | None:
    """What the running timer takes of that day, as far as that is known."""
    if brief.timer is None:
        return None
    whole = days(brief.day, brief.day, zone)
    start, end = max(brief.timer.start, whole.start), min(now, whole.end)
    return Window(start, end) if end > start else None


def occupied(brief: Brief, now: datetime, zone: ZoneInfo) -> tuple[TimeEntry, ...]:
    """The day's entries, and what runs as if it were one of them."""
    now_on = running(brief, now, zone)
    if brief.timer is None or now_on is None:
        return brief.entries
    timer = brief.timer
    return (*brief.entries, TimeEntry(timer.id, timer.work, now_on.start, now_on.end, timer.assignee))


def _behind(brief: Brief, missing: timedelta, now: datetime, zone: ZoneInfo) -> Window | None:
    """Where a day that is over has room left after its last entry."""
    end_of_day = days(brief.day, brief.day, zone).end
    ends = [entry.end for entry in occupied(brief, now, zone) if entry.is_timed]
    if not ends or now < end_of_day or max(ends) + missing > end_of_day:
        return None
    return Window(max(ends), max(ends) + missing)


def _before(brief: Brief, missing: timedelta, now: datetime, zone: ZoneInfo) -> Window | None:
    """Where something runs up to now nothing can lie behind it; a night's work is not guessed."""
    begun = min((entry.start for entry in occupied(brief, now, zone) if entry.is_timed), default=now)
    if running(brief, now, zone) is None or is_left_on(brief, now, zone):
        return None
    start = begun.replace(second=0, microsecond=0) - missing
    return Window(start, start + missing) if start.astimezone(zone) >= _morning(brief.day, zone) else None


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, EARLIEST, zone)


def _between(taken: Iterable[Window], end: datetime) -> list[Window]:
    holes: list[Window] = []
    reached: datetime | None = None
    for window in sorted(taken, key=lambda one: one.start):
        if reached and window.start > reached:
            holes.append(Window(reached, window.start))
        reached = max(reached, window.end) if reached else window.end
    if reached and end > reached:
        holes.append(Window(reached, end))
    return holes


def _latest_day(found: Sequence[TimeEntry], day: date, zone: ZoneInfo) -> tuple[TimeEntry, ...]:
    earlier = [entry for entry in found if _day_of(entry, zone) < day]
    latest = max((_day_of(entry, zone) for entry in earlier), default=None)
    return tuple(entry for entry in earlier if _day_of(entry, zone) == latest)


def _day_of(entry: TimeEntry, zone: ZoneInfo) -> date:
    return entry.start.astimezone(zone).date()
