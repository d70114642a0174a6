"""The grammar of a command: what somebody typed, read whole or refused.

    <word> [<duration> | <range>] [<day>] [at <time>] [<what>[: <description>]] [#tag …] [billable | unbillable] [for <@person>]

Times and durations stand before the *what*, in any order. From the first word that is none of them
on, the text is the person's own and is never looked through for times. Every phrase can be printed
as a line that reads back as the same phrase, at any later moment.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.durations import format_duration
from app.core.errors import Ambiguous, NotUnderstood, Reading
from app.core.moments import span
from app.core.places import place_in_list
from app.core.scan import Scan, read_back, read_front, split_what
from app.core.tag_changes import tag_changes
from app.core.task_ids import is_task_id
from app.core.times import Fold, wall_time
from app.core.tokens import Token, tokens
from app.core.words import Slot, Word, find_word


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
    _refuse_second_command(line, words)
    if found and found[0].text.startswith("/"):
        del found[0]  # the slash command itself, pasted along
    typed = str(found[0]) if found else default
    word = find_word(typed, line if found else default, words)
    if Slot.TAG_CHANGES in word.takes:
        add, remove = tag_changes(found[1:], bare_sign="-" if typed.casefold() == "untag" else "")
        return Phrase(word.name, tags=add, untags=remove)
    if Slot.NUMBER in word.takes:
        return Phrase(word.name, text=place_in_list(word, found[1:], line))
    try:
        return _phrase(word, found[1:], now, zone)
    except Fold as fold:
        return _unfolded(fold, word, found[1:], now, zone)


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


def _phrase(word: Word, rest: Sequence[Token], now: datetime, zone: ZoneInfo, mark: str = "") -> Phrase:
    if word.takes & (Slot.WORD | Slot.RHYTHM):
        return Phrase(word.name, text=" ".join(token.text for token in rest))
    scan = Scan(word, list(rest))
    read_front(scan, now, zone)
    read_back(scan)
    if scan.rest:
        scan.refuse(Slot.WHAT, " ".join(map(str, scan.rest)))
    task, text, is_description = split_what(scan.rest)
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


def _unfolded(fold: Fold, word: Word, rest: Sequence[Token], now: datetime, zone: ZoneInfo) -> Phrase:
    """Of two readings the one that can be: the other may be still to come, or end before it begins."""
    possible: dict[str, Phrase] = {}
    for mark in fold.marks:
        try:
            possible[mark] = _phrase(word, rest, now, zone, mark)
        except NotUnderstood as error:
            refusal = error
    if not possible:
        raise refusal
    if len(possible) == 1:
        return next(iter(possible.values()))
    readings = [Reading(mark, line(pinned(phrase, now=now, zone=zone), zone)) for mark, phrase in possible.items()]
    raise Ambiguous(fold.sentence, readings, field="start") from None


def _refuse_second_command(typed: str, words: Sequence[Word]) -> None:
    writing = {word.name for word in words if word.takes & (Slot.WHAT | Slot.MOMENT | Slot.TAG_CHANGES | Slot.NUMBER)}
    for later in typed.strip().splitlines()[1:]:
        if later.split() and later.split()[0].casefold() in writing:
            raise NotUnderstood("That is more than one command. Send one line at a time.")


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
