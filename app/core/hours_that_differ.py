"""What the form says about the hours of some weekdays: `fri 4h, wed off`, and nothing else."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from app.core.dates import WEEKDAY
from app.core.errors import NotUnderstood
from app.core.remind_hours import weekdays
from app.core.weekdays import join_ranges
from app.core.wishes import Wish

_HINT = "Write weekdays and their hours: fri 4h, wed 6h, or fri off."
_JOINING = ("and", "&")
_ONE = WEEKDAY.pattern.replace("?P<weekday>", "?:")
_BARE = re.compile(rf"\b({_ONE}s?) ([0-9]{{1,2}}(?:[.,]5)?)(?=[,;]|$| (?:and|&|{_ONE})\b)")


def hours_that_differ(text: str, *, today: date, zone: ZoneInfo) -> Wish:
    """Only `special` and `free` are said. Raises `NotUnderstood`."""
    words, wish = _folded(text), Wish()
    while words:
        if words[0] in _JOINING and wish != Wish():
            del words[0]
            continue
        found = weekdays(words, wish, today, zone)
        if found is None or found[0].days is not None:
            raise NotUnderstood(f"I can't read “{' '.join(words)[:60]}”. {_HINT}", field="special")
        wish = found[0]
        del words[: found[1]]
    return wish


def _folded(text: str) -> list[str]:
    """A bare number after a weekday can only be hours here, and 8:00 only a length."""
    plain = re.sub("[‐-―−]", "-", " ".join(text.casefold().replace(";", ",").split()))
    plain = re.sub(r"(?<=[a-z]) ?[:=] ?(?=[0-9o])|(?<=[a-z]) - (?=[0-9])", " ", plain)
    plain = re.sub(r"(?<= )([0-9]{1,2}):([0-9]{2})\b", r"\1h\2", plain)
    return join_ranges(_BARE.sub(r"\1 \2h", plain)).split()
