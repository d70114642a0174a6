"""The sub-commands as the grammar knows them: a name, other names, and what may stand after it."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto

from app.core.errors import Ambiguous, Reading


class Slot(Flag):
    """What may stand after a word."""

    NOTHING = 0
    LENGTH = auto()  # 1h30m, 9-11:30
    DAY = auto()  # yesterday, 18 nov
    MOMENT = auto()  # at 9:30, 10m ago
    WHAT = auto()  # DEV-12 pairing
    TAGS = auto()  # #backend
    BILLABLE = auto()
    ASSIGNEE = auto()  # for @Bo
    TAG_CHANGES = auto()  # +design -draft
    WORD = auto()  # another sub-command
    NUMBER = auto()  # 3, a place in a list
    RHYTHM = auto()  # 17:30 mon-thu


@dataclass(frozen=True, slots=True)
class Word:
    name: str
    takes: Slot = Slot.NOTHING
    aliases: tuple[str, ...] = ()


def find_word(typed: str, line: str, words: Sequence[Word]) -> Word:
    """Raises `Ambiguous` with what may have been meant by an unknown word."""
    name = typed.casefold().strip(".,!?") or typed
    for word in words:
        if name in (word.name, *word.aliases):
            return word
    raise _unknown(typed, line, words)


def _unknown(typed: str, line: str, words: Sequence[Word]) -> Ambiguous:
    rest = line.strip()[len(typed) :]
    names = {name: word.name for word in words for name in (word.name, *word.aliases)}
    likely = [] if typed[0].isdigit() else [name for name in names if len(name) > 2]
    close = difflib.get_close_matches(typed.casefold(), likely, n=3, cutoff=0.6)
    meant = list(dict.fromkeys(names[name] for name in close))
    if meant:
        readings = [Reading(f"{name}{rest}"[:75], f"{name}{rest}") for name in meant]
        return Ambiguous(f"I don't know “{typed[:40]}”. Did you mean {' or '.join(meant)}?", readings)
    whole = line.strip()
    readings = [Reading(f"{name} {whole}"[:75], f"{name} {whole}") for name in ("start", "log") if name in names]
    return Ambiguous(
        f"I don't know “{typed[:40]}”. Say first what to do: start, log, or help for everything.", readings
    )
