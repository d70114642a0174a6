"""Slips: words that mean a time, stand where times stand, and cannot be read.

Taken for text they would put the work on the wrong hour or day without a word, so they are refused
with a hint. Quotes make text of anything.
"""

import difflib
import re
from datetime import date
from zoneinfo import ZoneInfo

from app.core.errors import NotUnderstood
from app.core.moments import QUOTE_IT, When, take
from app.core.times import match_time

_JOINING = frozenset(["-", "–", "—", "+", "&", "and", "plus", "or"])
_LEADING = frozenset(
    [
        "@",
        "~",
        "to",
        "until",
        "till",
        "til",
        "thru",
        "through",
        "from",
        "since",
        "before",
        "after",
        "by",
        "around",
        "about",
        "between",
        "starting",
        "ending",
        "in",
    ]
)
_FULL_DAYS = (
    "yesterday", "today", "tomorrow",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip

_SPELT_OUT = (
    "an?|half(?: an?)?|(?:a )?quarter(?: of an)?|(?:a )?few|(?:a )?couple(?: of)?|one|two|three|four|five|six"
    "|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five|ninety"
)
_HOURS_OR_MINUTES = "h|hrs?|hours?|m|mins?|minutes?"
_LENGTH = re.compile(rf"(?:{_SPELT_OUT}) (?:{_HOURS_OR_MINUTES})(?![\w'’-])")
_AGO = re.compile(
    r"(?:(?:about|around|roughly|approx\.?|ca\.?|~) ?)?"
    rf"(?:[0-9][0-9.,:/½¼¾]*|{_SPELT_OUT})(?: and a half)?(?: ?(?:{_HOURS_OR_MINUTES}|days?|weeks?|while|bit))?"
    r" (?:ago|earlier)(?![\w'’-])"
)
_AT_IN_WORDS = re.compile(rf"at (?:{_SPELT_OUT}|eleven|twelve)(?![\w'’-])")
_VAGUE_DAY = re.compile(
    r"(?:(?:last|this|next|previous|past|coming) (?:week|weekend|month|year|night|evening|afternoon|morning"
    r"|(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?)"
    r"|tonight|the other day|on (?:the )?[0-9]{1,2}(?:st|nd|rd|th))(?![\w'’-])"
)
_TIMES_SO_MANY = re.compile(r"(?:[x×] ?[0-9]+|[0-9]+ ?[x×])(?!\w)")
_UNIT_AFTER_RANGE = re.compile(
    rf"(?:{_HOURS_OR_MINUTES}|days?|weeks?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)(?!\w)"
)


_REST_OF_A_LENGTH = re.compile(r"(?:and )?(?:an? )?(?:half|quarter)(?![\w'’-])|(?:minus|less) ")
_DAY_IN_ANOTHER_FORM = re.compile(
    r"(?:on )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)(?![\w'’-])|on [0-9]{1,2}(?![\w.:-])|(?:on |at )?(?:the )?weekend(?![\w'’-])"
    r"|\((?:yesterday|today|mon|tue|wed|thu|fri|sat|sun)|[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9]"
)


def refuse_slips(run: list[str], when: When, *, today: date, zone: ZoneInfo) -> None:
    """`run` is what follows `when`: the next few words, unquoted. Raises `NotUnderstood`."""
    if not run:
        return
    text = " ".join(run).casefold()
    _refuse_link(run, today, zone)
    if when.has_length and (found := _REST_OF_A_LENGTH.match(text)):
        raise NotUnderstood(f"How long was it in all? I can't read “{found[0].strip()}”. {QUOTE_IT}", field="duration")
    if when.has_length and (found := _DAY_IN_ANOTHER_FORM.match(text)):
        raise NotUnderstood(f"Which day is “{found[0]}”? Write yesterday, mon or 18 nov. {QUOTE_IT}", field="day")
    if when.has_length and (found := _TIMES_SO_MANY.match(text)):
        raise NotUnderstood(f"How long was it in all? I don't multiply by “{found[0]}”. {QUOTE_IT}", field="duration")
    if when.range and (found := _UNIT_AFTER_RANGE.match(text)):
        raise NotUnderstood(f"Is that from when to when, or how many {found[0]}? {QUOTE_IT}", field="duration")
    if found := _AGO.match(text):
        raise NotUnderstood(f"I can't read “{found[0]}”. Write 30m ago or at 9:30. {QUOTE_IT}", field="start")
    if found := _LENGTH.match(text):
        raise NotUnderstood(f"I can't read “{found[0]}”. Write 30m or 1h30m. {QUOTE_IT}", field="duration")
    if found := _AT_IN_WORDS.match(text):
        raise NotUnderstood(f"I can't read “{found[0]}”. Write at 9:30. {QUOTE_IT}", field="start")
    if found := _VAGUE_DAY.match(text):
        raise NotUnderstood(f"Which day is “{found[0]}”? Write yesterday, mon or 18 nov. {QUOTE_IT}", field="day")
    _refuse_misspelt_day(run[0])


def says_when(run: list[str], *, today: date, zone: ZoneInfo) -> bool:
    """Whether the first words of `run` say something about time, possible or not."""
    return any(_is_when(" ".join(run[:count]), today, zone) for count in range(len(run), 0, -1))


def _is_when(text: str, today: date, zone: ZoneInfo) -> bool:
    try:
        return take(When(), text.rstrip(","), today=today, zone=zone) is not None
    except NotUnderstood:
        return True


def _is_time(text: str, zone: ZoneInfo) -> bool:
    try:
        return match_time(text.rstrip(","), zone) is not None
    except NotUnderstood:
        return True


def _refuse_link(run: list[str], today: date, zone: ZoneInfo) -> None:
    """“and 30m”, “- fri”, “mon-fri”, “from 9:30”, “@9am”: a second time, or one after a word that is not read."""
    first, rest = run[0].casefold(), run[1:]
    if first[0] in "@~" and len(first) > 1:
        first, rest = first[0], [run[0][1:], *rest]
    days = re.split("[-–—/&+]", first)
    is_link = len(days) > 1 and all(day.isalpha() and _is_when(day, today, zone) for day in days)
    if rest and first in _JOINING:
        is_link = rest[0].isdecimal() or says_when(rest, today=today, zone=zone)
    elif rest and (first == "at" or first in _LEADING):
        is_link = says_when(rest, today=today, zone=zone) or (first != "at" and _is_time(rest[0], zone))
    if is_link:
        raise NotUnderstood(
            f"I can't read “{' '.join(run[:3])[:60]}”. Say one length and one day, and at 9:30 or 9:30-11. {QUOTE_IT}"
        )


def _refuse_misspelt_day(word: str) -> None:
    folded = word.casefold().rstrip(",.")
    if len(folded) < 5 or folded.endswith("s") or not folded.isalpha():
        return
    if meant := difflib.get_close_matches(folded, _FULL_DAYS, n=1, cutoff=0.8):
        raise NotUnderstood(f"Is “{word[:40]}” {meant[0]}? Write it so. {QUOTE_IT}", field="day")
