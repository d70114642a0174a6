"""What `remind` says about dates: until when it is silent, and which days are taken off."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.core.days_to_come import match_day_to_come, match_stretch
from app.core.errors import NotUnderstood
from app.core.rhythm import Leave
from app.core.wishes import Wish

_NONE = ("none", "off")
_COUNT = re.compile(r"(?:for )?(?P<count>[0-9]{1,2}|a) (?P<unit>day|week)s?")
_UNTIL = re.compile(r"(?:until|till) (?P<day>.+)")
_HALF = re.compile(r"(?:a )?half(?: a)?(?: day| days)?|halfday")
_MOST_WORDS = 12


def snooze(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    if words[0] not in ("snooze", "pause"):
        return None
    if wish.quiet_until or wish.is_awake:
        raise NotUnderstood("Until when? It is said twice.", field="quiet_until")
    if len(words) > 1 and words[1].rstrip(",") in _NONE:
        return replace(wish, is_awake=True), 2
    for count in _lengths(words):
        if day := _first_day(_joined(words[1:count]), today):
            return replace(wish, quiet_until=_later(day, today)), count
    raise NotUnderstood("Until when? Write snooze until mon, snooze until 3 dec or snooze 3 days.", field="quiet_until")


def day_off(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    if words[0] == "sick" and len(words) == 1:
        return replace(wish, leave=(*wish.leave, Leave(today, today))), 1
    if words[0] not in ("leave", "vacation", "sick"):
        return None
    if len(words) > 1 and words[1].rstrip(",") in _NONE:
        return replace(wish, clears_leave=True), 2
    before = _half_at(words, 1)
    for count in _lengths(words[before:]):
        stretch = match_stretch(_joined(words[1 + before : count + before]), today)
        if stretch:
            after = _half_at(words, count + before) if not before else 0
            leave = Leave(*stretch, is_half=bool(before or after))
            return replace(wish, leave=(*wish.leave, leave)), count + before + after
    raise NotUnderstood(
        "Which days? Write leave 24 dec - 2 jan, leave tomorrow, leave fri half or leave none.", field="leave"
    )


def _first_day(text: str, today: date) -> date | None:
    """The first day on which they are asked again."""
    if text == "today":
        return today + timedelta(days=1)
    if match := _COUNT.fullmatch(text):
        count = 1 if match["count"] == "a" else int(match["count"])
        return today + timedelta(days=count * (7 if match["unit"] == "week" else 1))
    if match := _UNTIL.fullmatch(text):
        return match_day_to_come(match["day"], today)
    if match_day_to_come(text, today):
        raise NotUnderstood(
            f"Until {text}, or {text} only? Write snooze until {text}, or leave {text}.", field="quiet_until"
        )
    return None


def _later(day: date, today: date) -> date:
    if day <= today:
        raise NotUnderstood("Then you are asked today. Name a later day.", field="quiet_until")
    return day


def _half_at(words: Sequence[str], at: int) -> int:
    """Of how many words “half a day” is made that stands there."""
    for count in (4, 3, 2, 1):
        if len(words) >= at + count and _HALF.fullmatch(_joined(words[at : at + count])):
            return count
    return 0


def _lengths(words: Sequence[str]) -> range:
    """How many words may belong to it, the most first."""
    return range(min(len(words), _MOST_WORDS), 1, -1)


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(",")
