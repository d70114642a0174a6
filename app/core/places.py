"""`resume 3`: a place in a numbered list, as somebody types it."""

import re
from collections.abc import Sequence

from app.core.errors import Ambiguous, Reading
from app.core.tokens import Token
from app.core.words import Word

_NUMBER = re.compile(r"#?0*([1-9][0-9]{0,3})\.?")
_NOT_A_PLACE = re.compile(r"#?[-+−–—]?[0-9]+([.,][0-9]*)?")
_SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINAL = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def place_in_list(word: Word, rest: Sequence[Token], line: str) -> str:
    """The number in digits, "" where none was said. Raises `Ambiguous` with what may have been meant instead."""
    typed = " ".join(token.text for token in rest)
    if not typed:
        return ""
    if found := _NUMBER.fullmatch(typed):
        return found[1]
    shown = Reading("last", "last")
    for names in (_SPELLED, _ORDINAL):
        if typed.casefold() in names:
            meant = f"{word.name} {names.index(typed.casefold()) + 1}"
            raise Ambiguous(f"Write the number in digits: {meant}.", [Reading(meant, meant), shown])
    if _NOT_A_PLACE.fullmatch(typed):
        raise Ambiguous(f"The list begins at 1, the latest. Write {word.name} 2 for the one before.", [shown])
    meant = f"start {_behind(line)}"
    raise Ambiguous(
        f"{word.name} takes a number out of the list, as in {word.name} 2. To begin something by its name, use start.",
        [Reading(meant[:75], meant), shown],
    )


def _behind(line: str) -> str:
    """What stands behind the word, as it was typed."""
    words = line.strip().split(maxsplit=2 if line.strip().startswith("/") else 1)
    return words[-1]
