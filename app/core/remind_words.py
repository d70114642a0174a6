"""The grammar of `remind`: what somebody wants to be asked, and when, read whole or refused.

    17:30 · 5pm · at 17                       the hour at which they are asked
    weekdays · daily · mon-thu · mon, wed     the days on which they work
    target 7h30                               the hours of such a day
    fri 4h · mon-thu 8h · fri off             those of some weekdays
    ends 18:30 · until 18:30                  when they have usually stopped
    snooze until 3 dec · snooze 3 days        silent until then; snooze none ends it
    leave 24 dec - 2 jan · leave fri half     days off; leave none clears what is to come
    off · on · usual                          not at all, again, and as at first

Several may stand in one line. Days are today or still to come, and a rhythm can be printed as such a line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from app.core.durations import format_duration
from app.core.errors import NotUnderstood
from app.core.remind_days import day_off, snooze
from app.core.remind_hours import ends, hour, like_a_length, target, weekdays
from app.core.rhythm import Rhythm
from app.core.weekdays import SHORT, join_ranges, match_weekdays
from app.core.wishes import Wish, granted

HINT = "Write 17:30, mon-thu, target 7h30, fri 4h, snooze until mon, leave 24 dec - 2 jan, or off."
_JOINING = ("and", "&")

Found = tuple[Wish, int]
Clause = Callable[[Sequence[str], Wish, date, ZoneInfo], Found | None]


def reminded(text: str, rhythm: Rhythm, *, today: date, zone: ZoneInfo) -> Rhythm:
    """`rhythm` as it is after what `text` says. Raises `NotUnderstood`."""
    return granted(read_wish(text, today=today, zone=zone), rhythm, today)


def read_wish(text: str, *, today: date, zone: ZoneInfo) -> Wish:
    """Raises `NotUnderstood` for what can't be read, may mean two things or is said twice."""
    words, wish = _folded(text), Wish()
    while words:
        if words[0] in _JOINING and wish != Wish():
            del words[0]
            continue
        found = next((taken for clause in _CLAUSES if (taken := clause(words, wish, today, zone))), None)
        if found is None:
            raise _unreadable(words)
        wish = found[0]
        del words[: found[1]]
    return wish


def line(rhythm: Rhythm, today: date) -> str:
    """Reads back as the same rhythm, whatever theirs is by then; only leave that is over is left out."""
    week = rhythm.week
    parts = ["usual", *([] if rhythm.is_on else ["off"]), f"{rhythm.at:%H:%M}"]
    parts += [", ".join(SHORT[day].casefold() for day in week.days), f"target {format_duration(week.usual)}"]
    parts += [f"{SHORT[day].casefold()} {format_duration(hours)}" for day, hours in week.special]
    parts += [f"ends {rhythm.ends:%H:%M}"]
    parts += [f"snooze until {rhythm.quiet_until}"] if rhythm.quiet_until else []
    parts += ["leave none"]
    for leave in rhythm.leave:
        half = " half" if leave.is_half else ""
        parts += [f"leave {leave.first} - {leave.last}{half}"] if leave.last >= today else []
    return " ".join(parts)


def _folded(text: str) -> list[str]:
    plain = re.sub("[‐-―−]", "-", " ".join(text.casefold().split()))
    plain = re.sub(r"(?<=[a-z]): ?(?=[0-9o])", " ", plain)  # fri: 4h
    plain = re.sub(r"^not today$", "snooze today", re.sub(r"^me |,? please$", "", plain))
    return join_ranges(plain).split()


def _usual(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> Found | None:
    if words[0].rstrip(",") != "usual":
        return None
    if wish != Wish():
        raise NotUnderstood("Usual takes back everything else. Write it first, or alone.")
    return replace(wish, starts_over=True), 1


def _off(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> Found | None:
    """After other words it may be about the last of them only, and before a day about that day."""
    if words[0].rstrip(",") not in ("off", "stop", "no"):
        return None
    after = words[1].rstrip(",") if len(words) > 1 else ""
    if after in ("until", "for"):
        raise NotUnderstood("For a while only? Write snooze until mon or snooze 3 days.")
    if match_weekdays(after) or after in ("on", "today", "tomorrow") or wish not in (Wish(), Wish(starts_over=True)):
        raise NotUnderstood(
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”."
        )
    return replace(wish, is_on=False), 1


def _on(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> Found | None:
    if words[0].rstrip(",") != "on":
        return None
    if wish.is_on is not None:
        raise NotUnderstood("On or off? Write one of the two.")
    return replace(wish, is_on=True), 1


def _unreadable(words: Sequence[str]) -> NotUnderstood:
    first = words[0].rstrip(",")
    if first.isdecimal() and len(first) < 3:
        return NotUnderstood(
            f"Is {first} a time of day or a number of hours? Write {first}:00, or target {first}h.", field="at"
        )
    if like_a_length(words):
        return NotUnderstood(
            f"Is {first} how long you work, or when you are asked? Write target {first}, or 17:30.", field="at"
        )
    return NotUnderstood(f"I can't read “{' '.join(words)[:60]}”. {HINT}")


_CLAUSES: tuple[Clause, ...] = (_usual, _off, _on, hour, ends, target, snooze, day_off, weekdays)
