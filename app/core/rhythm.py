"""How somebody works and when they want to be asked about it: hours by weekday, leave, the hour of the message."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

USUAL_HOURS = timedelta(hours=8)
WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Week:
    """Hours by weekday, 0 being Monday: `usual` on each of `days`, unless `special` says otherwise of one of them."""

    usual: timedelta = USUAL_HOURS
    days: tuple[int, ...] = WEEKDAYS
    special: tuple[tuple[int, timedelta], ...] = ()

    def on(self, day: date) -> timedelta:
        """Nothing on a day that is not worked."""
        if day.weekday() not in self.days:
            return timedelta()
        return dict(self.special).get(day.weekday(), self.usual)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days off, `first` to `last`, or only the half of each."""

    first: date
    last: date
    is_half: bool = False

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`at` the end of the day they are asked, and by `ends` they have usually stopped: wall times where they are.

    `quiet_until` is the first day on which they are asked again.
    """

    week: Week = field(default_factory=Week)
    at: time = time(16, 45)
    ends: time = time(18)
    is_on: bool = True
    quiet_until: date | None = None
    leave: tuple[Leave, ...] = ()

    def target(self, day: date) -> timedelta:
        """How long they mean to work that day: nothing on a day off, half of it with half a day's leave."""
        hours, leave = self.week.on(day), self.leave_on(day)
        if leave is None:
            return hours
        return hours / 2 if leave.is_half else timedelta()

    def leave_on(self, day: date) -> Leave | None:
        """A whole day's before half a one."""
        found = sorted((leave for leave in self.leave if day in leave), key=lambda leave: leave.is_half)
        return found[0] if found else None


USUAL = Rhythm()
