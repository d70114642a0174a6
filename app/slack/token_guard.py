"""Looks at a typed line before anything else does: a token in it is refused, and goes no further."""

import html

from app.core.credentials import typed_in
from app.slack import messages
from app.slack.call import Reply, Services
from app.slack.commands.connect import WORD
from app.slack.systems import without_systems

LONG = 8
TOO_LONG_TO_READ = 24


def refusal(line: str, services: Services, *, is_message: bool) -> Reply | None:
    """None for a line without a token. Behind `connect` any word that nobody could read is taken for one."""
    plain = html.unescape(line).strip()
    kind = typed_in(plain)
    if kind is None and not _may_hold_one(plain, services):
        return None
    return messages.token_typed(kind, services.command, is_message=is_message)


def _may_hold_one(line: str, services: Services) -> bool:
    word, _, rest = line.partition(" ")
    is_connecting = word.casefold().strip(".,!?:") in (WORD.name, *WORD.aliases)
    return is_connecting and any(map(_is_unreadable, without_systems(services.connecting, rest).split()))


def _is_unreadable(word: str) -> bool:
    """Long, and letters and digits mixed, or longer than words are."""
    is_mixed = any(one.isdigit() for one in word) and any(one.isalpha() for one in word)
    return (len(word) >= LONG and is_mixed) or len(word) >= TOO_LONG_TO_READ
