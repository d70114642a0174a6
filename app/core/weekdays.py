"""Weekdays by the week: read from what people write, such as mon-thu or sun-thu, and written for them."""

import re
from collections.abc import Sequence

from app.core.dates import WEEKDAY, weekday_number

LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ONE = WEEKDAY.pattern.replace("?P<weekday>", "?:")
_RANGE = re.compile(rf"({_ONE})-({_ONE})")
_APART = re.compile(rf"(?<![\w-])({_ONE})(?: ?- ?| (?:to|through|thru) )({_ONE})(?![\w-])")
_IN_TWO_WORDS = re.compile(r"\b(?:every|each) day\b|\bevery weekday\b|\bwork days\b")
_SETS = {
    "weekdays": (0, 1, 2, 3, 4),
    "workdays": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
    "daily": tuple(range(7)),
    "everyday": tuple(range(7)),
}


def join_ranges(text: str) -> str:
    """“mon - thu”, “mon to thu” and “every day” as the one word that `match_weekdays` takes."""
    text = _IN_TWO_WORDS.sub(lambda found: "daily" if found[0].endswith(" day") else "weekdays", text)
    return _APART.sub(r"\1-\2", text)


def match_weekdays(word: str) -> tuple[int, ...] | None:
    """0 is Monday. A range goes on over the end of the week: sun-thu, fri-mon."""
    if word in _SETS:
        return _SETS[word]
    if match := _RANGE.fullmatch(word):
        first, last = weekday_number(match[1]), weekday_number(match[2])
        return tuple((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    word = word.removesuffix("s") if word.endswith("days") else word
    return (weekday_number(word),) if WEEKDAY.fullmatch(word) else None


def format_weekdays(days: Sequence[int]) -> str:
    """`Mon–Fri`, `Sun–Thu`, `Mon, Wed, Fri`, `every day`."""
    if len(set(days)) == 7:
        return "every day"
    starts = [day for day in sorted(days) if (day - 1) % 7 not in days]
    runs = [_run(day, days) for day in starts]
    return ", ".join(runs)


def _run(first: int, days: Sequence[int]) -> str:
    length = next(ahead for ahead in range(1, 7) if (first + ahead) % 7 not in days)
    names = [SHORT[(first + ahead) % 7] for ahead in range(length)]
    return f"{names[0]}–{names[-1]}" if length > 2 else ", ".join(names)
