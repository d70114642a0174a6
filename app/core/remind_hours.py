"""What `remind` says about a day's hours: when they are asked, on which weekdays, and how long they work."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from app.core.day_lengths import match_day_length
from app.core.errors import NotUnderstood
from app.core.times import match_time
from app.core.weekdays import match_weekdays
from app.core.wishes import Wish

_TIME = re.compile(
    r"(?:at )?(?:[0-9]{1,2}[:.][0-9]{2}|[0-9]{3,4}|[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m\.?|(?:12 )?noon|midday)"
)
_AT_AN_HOUR = re.compile(r"at [0-9]{1,2}")
_HALF_OF_THE_DAY = re.compile(r"(?P<h>[1-7])[:.]?(?P<m>[0-9]{2})")
_END_OF_EITHER_HALF = re.compile(r"(?P<h>[7-9]|1[01])|(?P<h2>[89])[:.]?(?P<m>[0-9]{2})")
_CLOCK = re.compile(r"(?P<h>[0-9]{1,2})[:.](?P<m>[0-9]{2})")
_LENGTH = re.compile(r"[0-9]{1,2}(?:[.,][0-9]+)?(?:h|std|hours?)(?:[0-9]{2}m?)?")
_A_WEEK = re.compile(r"(?:per|a|each|every|/) ?week|weekly")
_JOINING = ("and", "&")
_LONGEST_CLOCK = 12
_MOST_WORDS = 6  # 7 h 12 min 30 s


def hour(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    count = next((count for count in (3, 2, 1) if len(words) >= count and _is_hour(_joined(words[:count]))), 0)
    if not count:
        return None
    if wish.at:
        raise NotUnderstood("You can be asked at one hour only, the same on all days.", field="at")
    return replace(wish, at=_time(_joined(words[:count]), zone, "at")), count


def ends(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    if words[0] not in ("ends", "end", "until", "till"):
        return None
    if wish.ends:
        raise NotUnderstood("You named two ends. Keep one.", field="ends")
    for count in (4, 3, 2):
        text = _joined(words[1:count])
        if len(words) >= count and (_TIME.fullmatch(text) or re.fullmatch("(?:at )?[0-9]{1,2}", text)):
            return replace(wish, ends=_end(text, zone)), count
    raise NotUnderstood(
        "Until what time do you usually work? Write ends 18:30. For a while without reminders, write snooze until mon.",
        field="ends",
    )


def target(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    if words[0] not in ("target", "goal"):
        return None
    if wish.usual:
        raise NotUnderstood("There is a target already. Say one, and fri 4h where a day differs.", field="target")
    length, count = _length(words[1:])
    if length is None:
        raise NotUnderstood("How long is the day? Write target 8h or target 7h30.", field="target")
    if _A_WEEK.match(_joined(words[1 + count :])):
        raise NotUnderstood("The target is a day's: write target 8h, and fri 4h where a day differs.", field="target")
    return replace(wish, usual=length), count + 1


def weekdays(words: Sequence[str], wish: Wish, today: date, zone: ZoneInfo) -> tuple[Wish, int] | None:
    """On their own they are the days that are worked, before hours or off only those meant by them."""
    groups, count, is_listed = _groups(words)
    if not groups:
        return None
    rest = words[count:]
    is_off = bool(rest) and rest[0].rstrip(",") == "off"
    length, taken = (None, 1) if is_off else _hours_after(rest)
    if length is None and not is_off:
        return replace(wish, days=_worked(wish, groups, words[:count])), count
    *worked, special = groups
    if worked and (is_listed or any(len(days) == 1 for days in worked)):
        raise _whose(words, count, _joined(rest[:taken]))
    wish = replace(wish, days=_worked(wish, worked, words[:count])) if worked else wish
    return _with_special(wish, special, length), count + taken


def like_a_length(words: Sequence[str]) -> bool:
    return bool(_LENGTH.fullmatch(words[0].rstrip(",")))


def _is_hour(text: str) -> bool:
    return bool(_TIME.fullmatch(text) or _AT_AN_HOUR.fullmatch(text))


def _groups(words: Sequence[str]) -> tuple[list[tuple[int, ...]], int, bool]:
    """The weekdays in front, by how many words, and whether a comma or an “and” stands between them."""
    groups: list[tuple[int, ...]] = []
    count, is_listed = 0, False
    for at, word in enumerate(words):
        days = match_weekdays(word.rstrip(","))
        if days is None and not (word in _JOINING and groups):
            break
        if days is not None:
            is_listed = is_listed or any("," in one or one in _JOINING for one in words[:at])
            groups, count = [*groups, days], at + 1
    return groups, count, is_listed


def _worked(wish: Wish, groups: Sequence[tuple[int, ...]], words: Sequence[str]) -> tuple[int, ...]:
    if wish.days is not None:
        raise NotUnderstood(
            "The days on which you work are there already. Write them together: mon, wed, fri.", field="days"
        )
    if wish.leave or wish.quiet_until:
        raise NotUnderstood(
            f"Is “{_joined(words)}” about the leave or snooze before it? Write the days on which you work first, and leave"
            " before each day off: leave mon leave wed.",
            field="days",
        )
    return tuple(sorted({day for days in groups for day in days}))


def _with_special(wish: Wish, days: Sequence[int], length: timedelta | None) -> Wish:
    if any(day in days for day in (*wish.free, *(day for day, _ in wish.special))):
        raise NotUnderstood("One day has its hours twice. Say them once.", field="special")
    if length is None:
        return replace(wish, free=(*wish.free, *days))
    return replace(wish, special=(*wish.special, *((day, length) for day in days)))


def _hours_after(rest: Sequence[str]) -> tuple[timedelta | None, int]:
    """After a day 8:00 may be how long it is, and 17:30 is when they are asked."""
    found = _CLOCK.fullmatch(rest[0].rstrip(",")) if rest else None
    if found is None:
        return _not_bare(_length(rest), rest)
    if int(found["h"]) <= _LONGEST_CLOCK:
        hours = f"{int(found['h'])}h{found['m'].replace('00', '')}"
        raise NotUnderstood(f"Is {found[0]} how long or what time? Write {hours} or at {found[0]}.", field="special")
    return None, 0


def _not_bare(found: tuple[timedelta | None, int], rest: Sequence[str]) -> tuple[timedelta | None, int]:
    """After a day a bare number may be a time as well."""
    bare = rest[0].rstrip(",") if found[1] == 1 else ""
    if bare.isdecimal():
        clock = f"{int(bare) + 12}:00" if int(bare) < 12 else f"{bare}:00"
        raise NotUnderstood(f"Is {bare} how long or what time? Write {bare}h or {clock}.", field="special")
    return found


def _whose(words: Sequence[str], count: int, hours: str) -> NotUnderstood:
    last = words[count - 1].rstrip(",")
    return NotUnderstood(
        f"Is {hours} for {last} alone or for each of “{_joined(words[:count])}”? Write {hours} after each of them.",
        field="special",
    )


def _length(words: Sequence[str]) -> tuple[timedelta | None, int]:
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        text = _joined(words[:count])
        if length := match_day_length(text):
            return length, count
    return None, 0


def _end(text: str, zone: ZoneInfo) -> time:
    """Work ends at seven in the morning as well as in the evening."""
    if match := _END_OF_EITHER_HALF.fullmatch(text.removeprefix("at ")):
        hour, minutes = int(match["h"] or match["h2"]), match["m"] or "00"
        raise NotUnderstood(
            f"Is {match[0]} in the morning or the evening? Write {hour:02}:{minutes} or {hour + 12}:{minutes}.",
            field="ends",
        )
    return _time(text, zone, "ends")


def _time(text: str, zone: ZoneInfo, field: str) -> time:
    text = text.removeprefix("at ")
    if match := _HALF_OF_THE_DAY.fullmatch(text):
        hour, minutes = int(match["h"]), match["m"]
        raise NotUnderstood(
            f"Is {text} in the morning or the afternoon? Write 0{hour}:{minutes} or {hour + 12}:{minutes}.", field=field
        )
    found = match_time(text, zone)
    if found is None or found.minutes >= 24 * 60:
        raise NotUnderstood(f"“{text}” is no time of a day. Write 17:30 or 5pm.", field=field)
    return time(found.minutes // 60, found.minutes % 60)


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(",")
