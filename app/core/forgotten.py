"""When a timer looks forgotten, and what is proposed as its real end.

    asked first        half an hour after the person's usual end, if it began before that, or after ten hours:
                       whichever comes first, and never of a timer that has run for less than an hour
    asked again        two hours after every “still working”
    not at night       what falls between 22:00 and 07:00 of theirs is asked at 07:00, unless it is their usual end
                       that lies there: then they are up
    not asked again    where they don't answer: the question stands there until they do
    proposed           their usual end, once that is over, or else when they last said that they were at it

Their usual end is the first time that their clocks show it after the timer began, so a night's work may end in the
morning. The ten hours are hours that pass, also where the clocks change.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.briefs import LONG
from app.core.decision import ends
from app.core.durations import LONGEST
from app.core.model import Timer
from app.core.rhythm import Rhythm

GRACE = timedelta(minutes=30)
SHORT = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(hours=2)
EVENING, MORNING = time(22), time(7)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A timer to be asked about, and when it probably ended, aware UTC; None where nothing tells."""

    timer: Timer
    proposed: datetime | None = None

    def is_too_long(self, now: datetime) -> bool:
        """Nobody is still working then, and no entry may be as long."""
        return self.timer.elapsed(now) > LONGEST


def asked_at(start: datetime, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """When somebody is asked first about a timer that began at `start`, aware UTC."""
    after_their_day = max(usual_end(start, rhythm, zone) + GRACE, start + SHORT)
    return min(after_their_day, by_day(start + LONG, zone))


def asked_again_at(now: datetime, zone: ZoneInfo) -> datetime:
    """When they are asked once more who say now that they are still working; to the minute, as it is said."""
    return by_day((now + ASKED_AGAIN_AFTER).replace(second=0, microsecond=0), zone)


def proposed_end(
    timer: Timer, rhythm: Rhythm, *, now: datetime, zone: ZoneInfo, working_at: datetime | None = None
) -> datetime | None:
    """`working_at` is when they last said that they were at it."""
    usual, known = usual_end(timer.start, rhythm, zone), working_at or timer.start
    proposed = usual if known <= usual <= now else working_at
    if proposed is None or not timer.start < proposed <= min(now, timer.start + LONGEST):
        return None
    return proposed


def usual_end(start: datetime, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """The first one after `start`, aware UTC; on a day that the date line swallowed there is none."""
    began = start.astimezone(zone).date()
    coming = [began + timedelta(days=days) for days in range(3)]
    found = [(day, ends(rhythm, day, zone)) for day in coming]
    return next(end for day, end in found if end > start and end.astimezone(zone).date() == day)


def by_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment`, or seven in the morning after it where it lies at night."""
    local = moment.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return moment
    morning = local.date() + timedelta(days=1 if local.time() >= EVENING else 0)
    return datetime.combine(morning, MORNING, zone).astimezone(UTC)
