"""Times of day as people write them, and the one way from a wall clock to an instant.

A wall clock lies twice a year. A time that the clocks skip is refused; one that they show twice is
asked about, and can be written with its zone's letters (2:30 CEST) or offset (2:30 UTC+11).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from app.core.errors import Ambiguous, NotUnderstood

_MARK = r"(?: ?(?P<{0}mark>utc[+-][0-9]{{2}}(?::[0-9]{{2}})?|(?!am\b|pm\b|to\b|noon\b)[a-z]{{3,5}}))?"
_TIME = (
    r"(?:(?P<{0}h>[0-9]{{1,2}})(?:[:.](?P<{0}m>[0-9]{{2}})|h(?P<{0}m2>[0-9]{{2}})?)?(?: ?(?P<{0}half>[ap]\.?m\.?))?"
    r"|(?P<{0}h3>[0-9]{{1,2}})(?P<{0}m3>[0-9]{{2}})|(?P<{0}word>(?:12 )?noon|midday|midnight))" + _MARK
)
_ONE = re.compile(_TIME.format("a"))
_RANGE = re.compile(rf"(?:from )?{_TIME.format('a')} ?(?:-|to|until) ?{_TIME.format('b')}")
_WELL_KNOWN_MARKS = frozenset(
    [
        "UTC",
        "GMT",
        "BST",
        "IST",
        "CET",
        "CEST",
        "EET",
        "EEST",
        "EST",
        "EDT",
        "CST",
        "CDT",
        "MST",
        "MDT",
        "PST",
        "PDT",
        "JST",
        "AEST",
        "AEDT",
    ]
)
_DASHES = re.compile("[‐-―−]+")


@dataclass(frozen=True, slots=True)
class WallTime:
    """Minutes after midnight on a wall clock, 24:00 included; `mark` tells which of two, in a fold."""

    minutes: int
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}" + (f" {self.mark}" if self.mark else "")


class Fold(Ambiguous):
    """The clocks show this time twice; `marks` tell the two apart, the earlier first."""

    def __init__(self, sentence: str, marks: tuple[str, str]) -> None:
        super().__init__(sentence)
        self.marks = marks


def match_time(text: str, zone: ZoneInfo) -> WallTime | None:
    """9:30 · 9.30 · 930 · 9am · 14h · noon. Raises `NotUnderstood` for a time that no clock shows."""
    match = _ONE.fullmatch(_fold(text))
    if not match or not _is_marked_well(match["amark"], text, zone):
        return None
    half = _half(match, "a")
    if _could_be_afternoon(match, "a", half) and not re.match("[0-9]h", match[0]):
        hour = int(match["ah"])
        raise NotUnderstood(
            f"Is {hour} in the morning or the afternoon? Write {hour}am or {hour + 12}:00.", field="start"
        )
    return _wall_time(match, "a", half)


def match_range(text: str, zone: ZoneInfo) -> tuple[WallTime, WallTime] | None:
    """9:30-11 · 9-11:30 · 2-4pm · 14:00 to 15:30. The end is not checked against the start."""
    match = _RANGE.fullmatch(_fold(text))
    if not match or not all(_is_marked_well(match[f"{side}mark"], text, zone) for side in "ab"):
        return None
    halves = (_half(match, "a") or _borrowed_half(match), _half(match, "b"))
    if any(_could_be_afternoon(match, side, half) for side, half in zip("ab", halves, strict=True)):
        raise NotUnderstood(
            f"Is {text} in the morning or the afternoon? Write am and pm, or 24 hours: 9am-5pm or 9-17. "
            "Put quotes round what is not a time.",
            field="start",
        )
    return _wall_time(match, "a", halves[0]), _wall_time(match, "b", halves[1])


def instant(day: date, time: WallTime, zone: ZoneInfo) -> datetime:
    """The moment, aware UTC, at which `zone`'s wall clock shows `time` on `day`.

    Raises `NotUnderstood` in a gap and `Fold` where the clock shows it twice and `time` has no mark.
    """
    naive = datetime.combine(day, datetime.min.time()) + timedelta(minutes=time.minutes)
    first, second = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != naive:
        raise NotUnderstood(_gap(naive, first, second, zone), field="start")
    matching = [moment for moment in (first, second) if time.mark in ("", _mark(moment, zone), _offset(moment, zone))]
    if not matching:
        raise NotUnderstood(
            f"{time} is not a time in {zone.key} on {naive:%-d %b}; leave out {time.mark}.", field="start"
        )
    if len(matching) == 2 and first != second:
        marks = (_mark(first, zone), _mark(second, zone))
        time_of_day = f"{naive:%H:%M}"
        raise Fold(
            f"{time_of_day} comes twice on {naive:%a %-d %b}, when the clocks go back. "
            f"Write {time_of_day} {marks[0]} for the first or {time_of_day} {marks[1]} for the second.",
            marks,
        )
    return matching[0]


def wall_time(moment: datetime, zone: ZoneInfo) -> WallTime:
    """What `zone`'s wall clock shows at `moment`, marked where it shows it twice."""
    local = moment.astimezone(zone)
    offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return WallTime(local.hour * 60 + local.minute, _mark(moment, zone) if len(offsets) == 2 else "")


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of `day`, aware UTC; also where midnight is skipped."""
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)


def _fold(text: str) -> str:
    plain = re.sub(r"\s+", " ", _DASHES.sub("-", text.strip().casefold()))
    return re.sub(r"(?<=[0-9]) ?(?:o['’]clock|uhr)$", "", plain)


def _is_marked_well(mark: str | None, text: str, zone: ZoneInfo) -> bool:
    """Letters after a time are its zone's only when they are some zone's, in capitals: “9:30 fix” is no zone."""
    if not mark:
        return True
    return mark.upper() in text and (mark.upper() in _marks(zone) or mark.upper() in _WELL_KNOWN_MARKS)


@cache
def _marks(zone: ZoneInfo) -> frozenset[str]:
    months = [datetime(year, month, 1, tzinfo=UTC) for year in range(2020, 2040) for month in range(1, 13)]
    return frozenset(name(moment, zone) for moment in months for name in (_mark, _offset))


def _half(match: re.Match[str], side: str) -> str:
    return (match[f"{side}half"] or "")[:1]


def _borrowed_half(match: re.Match[str]) -> str:
    """In 2-4pm both are in the afternoon; in 11-1pm only the second is. In 1-4am both are in the morning."""
    start, end, half = match["ah"], match["bh"], _half(match, "b")
    if not start or not end or not half or int(start) > 12:
        return ""
    is_same_half = int(start) % 12 < int(end) % 12
    if half == "p":
        return "p" if is_same_half or int(start) == 12 else "a"
    return "a" if is_same_half else ""


def _could_be_afternoon(match: re.Match[str], side: str, half: str) -> bool:
    """A bare 1 to 6; in 1:30, 01 and 0 the day has 24 hours."""
    has_more = half or match[f"{side}m"] or match[f"{side}m2"]
    return not has_more and (match[f"{side}h"] or "") in ("1", "2", "3", "4", "5", "6")


def _wall_time(match: re.Match[str], side: str, half: str = "") -> WallTime:
    mark = (match[f"{side}mark"] or "").upper()
    if word := match[f"{side}word"]:
        if word == "midnight":
            raise NotUnderstood("Midnight of which day? Write 0:00 or 24:00.", field="start")
        return WallTime(12 * 60, mark)
    hour = int(match[f"{side}h"] or match[f"{side}h3"])
    said_minutes = match[f"{side}m"] or match[f"{side}m2"] or match[f"{side}m3"]
    return WallTime(_hour(hour, half, match[0]) * 60 + _minute(said_minutes, hour, match[0]), mark)


def _hour(hour: int, half: str, written: str) -> int:
    if (half and not 1 <= hour <= 12) or hour > 24:
        raise NotUnderstood(f"No clock shows {written}.", field="start")
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _minute(said: str | None, hour: int, written: str) -> int:
    minute = int(said or 0)
    if minute > 59 or (hour == 24 and minute):
        raise NotUnderstood(f"No clock shows {written}.", field="start")
    return minute


def _mark(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    letters = (local.tzname() or "").upper()
    return letters if re.fullmatch(r"(?!AM|PM)[A-Z]{3,5}", letters) else _offset(moment, zone)


def _offset(moment: datetime, zone: ZoneInfo) -> str:
    sign_hours, minutes = moment.astimezone(zone).strftime("%z")[:3], moment.astimezone(zone).strftime("%z")[3:5]
    return f"UTC{sign_hours}" + (f":{minutes}" if minutes != "00" else "")


def _gap(naive: datetime, first: datetime, second: datetime, zone: ZoneInfo) -> str:
    # Read with the offset from before the gap the time lands after it, and the other way round.
    skipped_to = max(first, second).astimezone(zone)
    return (
        f"{naive:%H:%M} does not exist on {naive:%a %-d %b} in {zone.key}: the clocks go forward over it. "
        f"The nearest time that exists is {skipped_to:%H:%M}."
    )
