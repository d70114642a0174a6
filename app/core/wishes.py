"""What somebody says about their reminders, as a value, and what becomes of a rhythm by it."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from app.core.errors import NotUnderstood
from app.core.rhythm import USUAL, Leave, Rhythm, Week

MOST_LEAVES = 20
_KEPT = timedelta(days=62)  # leave that is over still counts in the weeks that are looked back at


@dataclass(frozen=True, slots=True)
class Wish:
    """None is what was not said. `free` are weekdays on which they don't work, and `special` the hours of some.

    `starts_over`: what was not said is as usual again, but for leave. `clears_leave` of what is still to come.
    """

    at: time | None = None
    ends: time | None = None
    days: tuple[int, ...] | None = None
    usual: timedelta | None = None
    special: tuple[tuple[int, timedelta], ...] = ()
    free: tuple[int, ...] = ()
    is_on: bool | None = None
    quiet_until: date | None = None
    is_awake: bool = False
    leave: tuple[Leave, ...] = ()
    clears_leave: bool = False
    starts_over: bool = False


def granted(wish: Wish, rhythm: Rhythm, today: date) -> Rhythm:
    """Raises `NotUnderstood` where nothing sensible is left."""
    before = replace(USUAL, leave=rhythm.leave) if wish.starts_over else rhythm
    is_on = before.is_on if wish.is_on is None else wish.is_on
    quiet_until = None if wish.is_on or wish.is_awake else before.quiet_until
    return Rhythm(
        week=_week(wish, before.week),
        at=wish.at or before.at,
        ends=wish.ends or before.ends,
        is_on=is_on,
        quiet_until=_still(wish.quiet_until or quiet_until, today),
        leave=_leave(wish, before.leave, today),
    )


def _week(wish: Wish, before: Week) -> Week:
    days = set(before.days if wish.days is None else wish.days) | {day for day, _ in wish.special}
    days -= set(wish.free)
    if not days:
        raise NotUnderstood("Then no day is left on which you work. To be asked on none, write “off”.", field="days")
    usual = wish.usual or before.usual
    special = {day: hours for day, hours in (dict(before.special) | dict(wish.special)).items() if day in days}
    return Week(
        usual, tuple(sorted(days)), tuple(sorted((day, hours) for day, hours in special.items() if hours != usual))
    )


def _still(day: date | None, today: date) -> date | None:
    return day if day and day > today else None


def _leave(wish: Wish, before: tuple[Leave, ...], today: date) -> tuple[Leave, ...]:
    """The newest word about a day counts."""
    kept = [leave for leave in before if leave.last >= today - _KEPT]
    if wish.clears_leave:
        kept = [piece for leave in kept for piece in _without(leave, today, date.max)]
    for new in wish.leave:
        kept = [*(piece for leave in kept for piece in _without(leave, new.first, new.last)), new]
    kept = _joined(kept)
    if sum(leave.last >= today for leave in kept) > MOST_LEAVES:
        raise NotUnderstood(
            f"That is more than {MOST_LEAVES} stretches of leave. Write “leave none” to clear those still to come.",
            field="leave",
        )
    return tuple(kept)


def _joined(leaves: list[Leave]) -> list[Leave]:
    """Neighbours of one kind are one stretch; the earliest first."""
    joined: list[Leave] = []
    for leave in sorted(leaves, key=lambda leave: leave.first):
        before = joined[-1] if joined else None
        if before and before.is_half == leave.is_half and leave.first - before.last == timedelta(days=1):
            joined[-1] = replace(before, last=leave.last)
        else:
            joined.append(leave)
    return joined


def _without(leave: Leave, first: date, last: date) -> list[Leave]:
    """What is left of it outside those days."""
    pieces = []
    if leave.first < first:
        pieces.append(replace(leave, last=min(leave.last, first - timedelta(days=1))))
    if leave.last > last:
        pieces.append(replace(leave, first=max(leave.first, last + timedelta(days=1))))
    return pieces
