"""The grammar of a command: what somebody typed, read whole or refused.

    <word> [<duration> | <range>] [<day>] [at <time>] [<what>[: <description>]] [#tag …] [billable | unbillable] [for <@person>]

Times and durations stand before the *what*, in any order. From the first word that is none of them
on, the text is the person's own and is never looked through for times. Every phrase can be printed
as a line that reads back as the same phrase, at any later moment.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.durations import format_duration
from app.core.errors import Ambiguous, NotUnderstood, Reading
from app.core.moments import When, span, take
from app.core.times import Fold, wall_time
from app.core.tokens import Token, tokens
from app.core.words import Slot, Word, find_word

_TASK_ID = re.compile(
    r"[A-Z][A-Z0-9_]*-[0-9]+"  # DEV-12, the id people know
    r"|(?:CU-)?(?=[0-9a-z]*[a-z])(?=[0-9][a-z]*[0-9])[0-9][0-9a-z]{6,8}"  # 86c7mc19h, ClickUp's own
    r"|(?=[a-f]*[0-9])[0-9a-f]{24}"  # Clockify's own
    r"|id:[^\s:]+"  # any other, when it is said to be one
)
_LINK = re.compile(r"https?://\S+")
_BILLABLE = {"billable": True, "unbillable": False, "nonbillable": False, "non-billable": False}
_MOST_WORDS = 6  # “Tue 3 Mar 2026” has four, “1 hour and 30 minutes” five, “at” may stand before


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line says. Times are aware UTC, None where not said; `assignee` is a Slack user id.

    `task` is what names a task for sure: an id, a link, or the name before a colon. `text` is the rest;
    where nothing names a task for sure it may turn out to be a task's name, unless it `is_description`.
    """

    word: str
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    day: date | None = None
    task: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    billable: bool | None = None
    assignee: str = ""
    is_description: bool = False


def read(line: str, words: Sequence[Word], *, now: datetime, zone: ZoneInfo, default: str = "status") -> Phrase:
    """The phrase that `line` is; an empty line is the `default` word.

    Raises `NotUnderstood`, and `Ambiguous` with the possible readings.
    """
    found = tokens(line)
    if found and found[0].text.startswith("/"):
        del found[0]  # the slash command itself, pasted along
    word = find_word(str(found[0]), line, words) if found else find_word(default, default, words)
    try:
        return _phrase(word, list(found[1:]), now, zone)
    except Fold as fold:
        readings = [_reading(word, found[1:], now, zone, mark) for mark in fold.marks]
        raise Ambiguous(fold.sentence, readings, field="start") from None


def pinned(phrase: Phrase, *, now: datetime, zone: ZoneInfo) -> Phrase:
    """`phrase` with its day said, so that it means the same tomorrow."""
    moment = phrase.start or phrase.end or (now if phrase.duration else None)
    return replace(phrase, day=phrase.day or (moment.astimezone(zone).date() if moment else None))


def line(phrase: Phrase, zone: ZoneInfo) -> str:
    """`phrase` as a line that reads back as itself, whenever and in whatever company it is read."""
    parts = [phrase.word, *_when_parts(phrase, zone)]
    parts += [f"for <@{phrase.assignee}>"] if phrase.assignee else []
    parts += [f"#{_quoted(tag)}" for tag in phrase.tags if phrase.word != "tag"]
    parts += [f"+{_quoted(tag)}" for tag in phrase.tags if phrase.word == "tag"]
    parts += [f"-{_quoted(tag)}" for tag in phrase.untags]
    parts += [] if phrase.billable is None else ["billable" if phrase.billable else "unbillable"]
    if phrase.task:
        parts.append(html.escape(phrase.task, quote=False) if is_task_id(phrase.task) else f"{_quoted(phrase.task)}:")
    elif phrase.is_description:
        parts.append(":")
    parts += [_quoted(phrase.text)] if phrase.text else []
    return " ".join(parts)


def is_task_id(text: str) -> bool:
    """Whether `text` names a task by itself: an id, a custom id or a link."""
    return bool(_TASK_ID.fullmatch(text) or _LINK.fullmatch(text))


@dataclass(slots=True)
class _Scan:
    """The line as it is being read: what is left of it, and what was found."""

    word: Word
    rest: list[Token]
    when: When = field(default_factory=When)
    tags: list[str] = field(default_factory=list)
    billable: bool | None = None
    assignee: str = ""

    def refuse(self, slot: Slot, typed: str) -> None:
        if slot not in self.word.takes:
            raise NotUnderstood(_not_taken(self.word, slot, typed))


def _phrase(word: Word, rest: list[Token], now: datetime, zone: ZoneInfo, mark: str = "") -> Phrase:
    if Slot.TAG_CHANGES in word.takes:
        return _tag_changes(word, rest)
    if Slot.WORD in word.takes:
        return Phrase(word.name, text=" ".join(token.text for token in rest))
    scan = _Scan(word, rest)
    _read_front(scan, now, zone)
    _read_back(scan)
    if scan.rest:
        scan.refuse(Slot.WHAT, " ".join(map(str, scan.rest)))
    task, text, is_description = _split(scan.rest)
    found = span(scan.when, word=word.name, now=now, zone=zone, mark=mark)
    return Phrase(
        word=word.name,
        start=found.start,
        end=found.end,
        duration=found.length,
        day=found.day,
        task=task,
        text=text,
        tags=tuple(dict.fromkeys(scan.tags)),
        billable=scan.billable,
        assignee=scan.assignee,
        is_description=is_description,
    )


def _reading(word: Word, rest: list[Token], now: datetime, zone: ZoneInfo, mark: str) -> Reading:
    return Reading(mark, line(pinned(_phrase(word, list(rest), now, zone, mark), now=now, zone=zone), zone))


def _read_front(scan: _Scan, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    while scan.rest and (_take_flag(scan, at=0) or _take_when(scan, today, zone)):
        pass
    _refuse_bare_number(scan)
    while len(scan.rest) > 1 and str(scan.rest[0]).casefold() in ("on", "for") and is_task_id(scan.rest[1].text):
        del scan.rest[0]


def _read_back(scan: _Scan) -> None:
    _pull_tags(scan)
    while scan.rest and (_take_flag(scan, at=len(scan.rest) - 1) or _take_assignee(scan, at=len(scan.rest) - 2)):
        pass
    for at in range(len(scan.rest) - 1):
        if str(scan.rest[at]).casefold() == "for" and scan.rest[at + 1].mention:
            who = scan.rest[at + 1].text
            raise NotUnderstood(
                f"Is it {who}'s time? Then put “for {who}” last; else put quotes round the text.", field="assignee"
            )


def _take_flag(scan: _Scan, *, at: int) -> bool:
    token = scan.rest[at]
    if token.tag:
        scan.refuse(Slot.TAGS, str(token))
        scan.tags.append(token.tag)
        del scan.rest[at]
        return True
    if not token.is_quoted and token.text.casefold() in _BILLABLE and Slot.BILLABLE in scan.word.takes:
        scan.billable = _BILLABLE[token.text.casefold()]
        del scan.rest[at]
        return True
    return at == 0 and _take_assignee(scan, at=0)


def _take_assignee(scan: _Scan, *, at: int) -> bool:
    pair = scan.rest[at : at + 2] if at >= 0 else []
    if len(pair) < 2 or str(pair[0]).casefold() != "for" or not pair[1].text.startswith("@") or pair[1].is_quoted:
        return False
    if not pair[1].mention:
        raise NotUnderstood(
            f"I can't tell who {pair[1].text} is. Pick the name from Slack's list as you type it.", field="assignee"
        )
    scan.refuse(Slot.ASSIGNEE, f"for {pair[1].text}")
    if scan.assignee not in ("", pair[1].mention):
        raise NotUnderstood("A time entry belongs to one person. Log it for each of them.", field="assignee")
    scan.assignee = pair[1].mention
    del scan.rest[at : at + 2]
    return True


def _take_when(scan: _Scan, today: date, zone: ZoneInfo) -> bool:
    """Takes the longest run of words from the front that says something about time."""
    run = _plain_run(scan.rest)
    for count in range(len(run), 0, -1):
        typed = " ".join(run[:count]).rstrip(",")
        taken = take(scan.when, typed, today=today, zone=zone)
        if taken:
            scan.refuse(taken[1], typed)
            scan.when = taken[0]
            del scan.rest[:count]
            return True
    if len(run) > 1 and run[0].casefold() == "at" and run[1][0].isdigit():
        raise NotUnderstood(f"“{run[1]}” is not a time of day. Write at 9:30, at 14h or at 9am.", field="start")
    return False


def _plain_run(rest: list[Token]) -> list[str]:
    run = []
    for token in rest[:_MOST_WORDS]:
        if token.is_quoted or token.tag or token.mention or token.ends_name:
            break
        run.append(token.text)
    return run


def _refuse_bare_number(scan: _Scan) -> None:
    """A number in front that was not read as a length is more likely a slip than a title."""
    if Slot.LENGTH not in scan.word.takes or scan.when.has_length or not scan.rest:
        return
    first = scan.rest[0]
    text = first.text.rstrip(",")
    if first.is_quoted or not re.match(r"[-+−–—]?[.,]?[0-9]", text) or is_task_id(text):
        return
    if text.isdecimal():
        raise NotUnderstood(f"Is {text} minutes or hours? Write {text}m or {text}h.", field="duration")
    raise NotUnderstood(
        f"“{text[:40]}” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
        field="duration",
    )


def _pull_tags(scan: _Scan) -> None:
    """A tag is one wherever it stands, unless quoted."""
    for token in [token for token in scan.rest if token.tag]:
        scan.refuse(Slot.TAGS, str(token))
        scan.tags.append(token.tag)
        scan.rest.remove(token)


def _split(text: list[Token]) -> tuple[str, str, bool]:
    """Task, text, and whether the text is a description: it is one after an id, and after a colon."""
    if not text:
        return "", "", False
    first = text[0]
    if not first.is_quoted and is_task_id(first.text.rstrip(",")):
        return first.text.rstrip(","), _joined(text[1:]), True
    if str(first) == ":":
        return "", _joined(text[1:]), True
    for at, token in enumerate(text):
        if token.ends_name:
            name = [*text[:at], replace(token, ends_name=False)]
            return _joined(name), _joined(text[at + 1 :]), True
    return "", _joined(text), False


def _joined(text: list[Token]) -> str:
    if not text:
        return ""
    return text[0].text if len(text) == 1 and text[0].is_quoted else " ".join(map(str, text))


def _tag_changes(word: Word, rest: list[Token]) -> Phrase:
    add: list[str] = []
    remove: list[str] = []
    for token in rest:
        name = token.tag or re.sub(r"^[+\-−–—]+#?", "", token.text).rstrip(",")
        if not name or not (token.tag or re.match(r"[+\-−–—]", token.text)):
            raise NotUnderstood(
                f"Write +{name or 'design'} to add a tag or -{name or 'draft'} to take it off.", field="tags"
            )
        (remove if re.match(r"[\-−–—]", token.text) else add).append(name)
    if not rest:
        raise NotUnderstood("Which tags? Write +design to add one or -draft to take it off.", field="tags")
    return Phrase(word.name, tags=tuple(dict.fromkeys(add)), untags=tuple(dict.fromkeys(remove)))


def _when_parts(phrase: Phrase, zone: ZoneInfo) -> list[str]:
    moment = phrase.end if phrase.word == "stop" else phrase.start
    day = moment.astimezone(zone).date() if moment else phrase.day
    said_day = [f"{day:%Y-%m-%d}"] if day else []
    if phrase.start and phrase.end:
        return [*said_day, f"{wall_time(phrase.start, zone)}–{_end(phrase.end, day, zone)}"]
    length = [format_duration(phrase.duration)] if phrase.duration else []
    return [*length, *said_day, *([f"at {wall_time(moment, zone)}"] if moment else [])]


def _end(end: datetime, day: date | None, zone: ZoneInfo) -> str:
    shown = str(wall_time(end, zone))
    return f"24:00{shown[5:]}" if end.astimezone(zone).date() != day else shown


def _quoted(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", html.escape(text, quote=False))
    return f'"{escaped}"'


def _not_taken(word: Word, slot: Slot, typed: str) -> str:
    if slot is Slot.LENGTH and word.name == "start":
        return f"A timer that starts has no length yet. To log finished time, write log {typed}."
    what = {
        Slot.LENGTH: "length of time",
        Slot.DAY: "day",
        Slot.MOMENT: "time",
        Slot.TAGS: "tags",
        Slot.ASSIGNEE: "other person",
    }
    return f"{word.name} takes no {what.get(slot, 'text')} such as “{typed[:60]}”. See help {word.name}."
