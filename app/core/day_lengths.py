"""How long a working day is, as people write it: a bare number is hours, and nothing is no working day."""

import re
from datetime import timedelta

from app.core.durations import LONGEST, match_duration
from app.core.errors import NotUnderstood

_NOTHING = re.compile(r"0+(?:[:.,]0+)?(?: ?(?:h|hours?|m|min|minutes?)0*)?")
_HOURS = re.compile(r"(?P<h>[0-9]{1,3})(?:(?:[.,][0-9]+)? ?(?:h|std|hours?|:).*)?")
_BARE = re.compile(r"[0-9]{1,3}")


def match_day_length(text: str) -> timedelta | None:
    """None for what does not look like a length. Raises `NotUnderstood` for what no working day has."""
    folded = text.strip().casefold()
    if _NOTHING.fullmatch(folded):
        raise NotUnderstood(
            "A working day has more than nothing: write 8h. For a weekday without work write “fri off”.", field="target"
        )
    if (found := _HOURS.fullmatch(folded)) and int(found["h"]) > LONGEST // timedelta(hours=1):
        raise NotUnderstood(
            f"A day has 24 h, not {found['h']}. It is the hours of one day: write 8h or 7h30.", field="target"
        )
    return timedelta(hours=int(folded)) if _BARE.fullmatch(folded) else match_duration(folded)


def parse_day_length(text: str) -> timedelta:
    """Raises `NotUnderstood`."""
    length = match_day_length(text)
    if length is None:
        raise NotUnderstood(f"“{text.strip()[:60]}” is no number of hours. Write 8h, 7h30 or 7.5h.", field="target")
    return length
