"""Lengths of time as people write them: strict, whole string or nothing.

Decimals are hours. What could be meant in two ways is refused with a hint, because a wrong length
is money: bare integers, days, 1.30 and 1.45, zero, negative, over 24 h.
"""

import re
import unicodedata
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.core.errors import NotUnderstood

LONGEST = timedelta(hours=24)

_HOURS = r"(?:h|hr|hrs|hour|hours|std)"
_MINUTES = r"(?:m|min|mins|minute|minutes)"
_SECONDS = r"(?:s|sec|secs|second|seconds)"
_DECIMAL = r"[0-9]{0,3}[.,][0-9]{1,4}"

_CLOCK = re.compile(rf"(?P<h>[0-9]{{1,3}}):(?P<m>[0-9]{{2}})(?: ?{_HOURS})?")
_ISO = re.compile(
    rf"pt(?=[0-9.,])(?:(?P<h>[0-9]{{1,3}}|{_DECIMAL})h)?(?:(?P<m>[0-9]{{1,4}})m)?(?:(?P<s>[0-9]{{1,5}})s)?"
)
_DECIMAL_HOURS = re.compile(rf"(?P<h>{_DECIMAL}) ?(?P<unit>{_HOURS})?")
_UNITS = re.compile(
    rf"(?=[0-9])(?:(?P<h>[0-9]{{1,3}}) ?{_HOURS})?"
    rf"(?:(?(h) ?(?:and )?)(?P<m>[0-9]{{1,4}}) ?{_MINUTES})?"
    rf"(?:(?(h) ?|(?(m) ?))(?P<s>[0-9]{{1,5}}) ?{_SECONDS})?"
)
_HOURS_THEN_TWO_DIGITS = re.compile(rf"(?P<h>[0-9]{{1,3}}) ?{_HOURS} ?(?P<m>[0-5][0-9])")
_HOURS_THEN_A_DIGIT = re.compile(rf"(?P<h>[0-9]{{1,3}}) ?{_HOURS} ?(?P<m>[0-9])")
_TWO_DECIMALS_LIKE_MINUTES = re.compile(r"(?P<h>[0-9]{1,2})[.,](?!00|25|50)(?P<m>[0-5][05])")
_DAYS = re.compile(r"[0-9]+(?:[.,][0-9]+)? ?(?:d|day|days|w|week|weeks)")
_ISO_DAYS = re.compile(r"p(?:[0-9.,]+[ymwd])+(?:t.*)?")
_VULGAR = re.compile(r"([0-9]*) ?([¼½¾⅐-⅞])")


def parse_duration(text: str) -> timedelta:
    """More than zero and at most 24 h, in whole seconds. Raises `NotUnderstood`."""
    duration = match_duration(text)
    if duration is not None:
        return duration
    folded = _fold(text)
    if re.fullmatch(r"[0-9]+", folded):
        raise NotUnderstood(f"Is {folded} minutes or hours? Write {folded}m or {folded}h.", field="duration")
    raise NotUnderstood(
        f"“{text.strip()[:60]}” is not a length of time. Write 1h30m, 90m, 1:30 or 1.5h.", field="duration"
    )


def match_duration(text: str) -> timedelta | None:
    """The duration that `text` is; None when it does not look like one.

    Raises `NotUnderstood` when it looks like one that may not be: too long, zero, negative, in days, ambiguous.
    """
    if len(text) > 40:
        return None
    folded = _fold(text)
    if folded.startswith("-") and folded[1:].strip() and match_duration(folded[1:].strip()) is not None:
        raise NotUnderstood("A length of time cannot be negative.", field="duration")
    _refuse_days(folded)
    _refuse_ambiguous(folded)
    seconds = _seconds(folded)
    return None if seconds is None else _checked(seconds, text)


def format_duration(duration: timedelta) -> str:
    """`1 h 30`, `2 h`, `45 min`; with seconds `1 h 19 min 48 s`. `parse_duration` reads it back."""
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if seconds:
        parts = [(hours, "h"), (minutes, "min"), (seconds, "s")]
        return " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
    if hours and minutes:
        return f"{hours} h {minutes:02}"
    return f"{hours} h" if hours else f"{minutes} min"


def to_minute(duration: timedelta) -> timedelta:
    """Rounded to the nearest minute, for people to read."""
    return timedelta(minutes=int(duration.total_seconds() + 30) // 60)


def _fold(text: str) -> str:
    """Lower case, one kind of space, minus and digit; ½ as a decimal before NFKC makes 1½ into 11⁄2."""
    whole = _VULGAR.sub(_as_decimal, text.strip())
    plain = unicodedata.normalize("NFKC", whole).casefold()
    return re.sub(r"\s+", " ", re.sub(r"^[−–—]", "-", plain)).strip()


def _as_decimal(match: re.Match[str]) -> str:
    return f"{int(match[1] or 0) + unicodedata.numeric(match[2]):.4f}".rstrip("0")


def _refuse_days(folded: str) -> None:
    if _DAYS.fullmatch(folded) or _ISO_DAYS.fullmatch(folded):
        raise NotUnderstood(
            "Days and weeks have no fixed length here. Write it in hours, such as 8h.", field="duration"
        )


def _refuse_ambiguous(folded: str) -> None:
    if match := _HOURS_THEN_A_DIGIT.fullmatch(folded):
        hours, digit = match["h"], match["m"]
        other = f" or {hours}h{digit}0m" if int(digit) < 6 else ""
        hint = (
            f"Does the {digit} belong to {folded[:-1].strip()}? Write {hours}h0{digit}m{other}, or quotes round text."
        )
        raise NotUnderstood(hint, field="duration")
    if match := _TWO_DECIMALS_LIKE_MINUTES.fullmatch(folded):
        hours, minutes = match["h"], match["m"]
        decimal = f"{hours}.{minutes}".rstrip("0")
        hint = f"Is {folded} {decimal} hours or {hours} h {minutes}? Write {decimal}h or {hours}h{minutes}m."
        raise NotUnderstood(hint, field="duration")


def _seconds(folded: str) -> Decimal | None:
    if match := _CLOCK.fullmatch(folded):
        if int(match["m"]) > 59:
            raise NotUnderstood(f"{folded} has more than 59 minutes.", field="duration")
        return _total(match["h"], match["m"], None)
    if match := _DECIMAL_HOURS.fullmatch(folded):
        if len(re.split("[.,]", match["h"])[1]) > 2 and not match["unit"]:
            return None
        return _total(match["h"], None, None)
    if match := _HOURS_THEN_TWO_DIGITS.fullmatch(folded):
        return _total(match["h"], match["m"], None)
    if match := _UNITS.fullmatch(folded) or _ISO.fullmatch(folded):
        return _total(match["h"], match["m"], match["s"])
    return None


def _total(hours: str | None, minutes: str | None, seconds: str | None) -> Decimal | None:
    if (hours and int(minutes or 0) > 59) or ((hours or minutes) and int(seconds or 0) > 59):
        raise NotUnderstood(
            "After hours come at most 59 minutes, and after minutes at most 59 seconds.", field="duration"
        )
    decimal_hours = Decimal((hours or "0").replace(",", "."))
    return decimal_hours * 3600 + int(minutes or 0) * 60 + int(seconds or 0)


def _checked(seconds: Decimal, text: str) -> timedelta:
    duration = timedelta(seconds=int(seconds.quantize(Decimal(1), ROUND_HALF_UP)))
    if not duration:
        raise NotUnderstood("That is no time at all. Write how long it took, such as 45m.", field="duration")
    if duration > LONGEST:
        raise NotUnderstood(f"{text.strip()} is over 24 h. Log it in parts, a day at a time.", field="duration")
    return duration
