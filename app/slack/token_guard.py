"""Looks at a typed line before anything else does: a token in it is refused, and goes no further."""

import html

from app.core.credentials import typed_in
from app.slack import messages
from app.slack.call import Reply
from app.slack.commands.connect import SYSTEMS, WORD


def refusal(line: str, command: str, *, is_message: bool) -> Reply | None:
    """None for a line without a token. What stands behind `connect` is taken for one unless it names a system."""
    plain = html.unescape(line).strip()
    kind = typed_in(plain)
    if kind is None and not _may_be_one(plain):
        return None
    return messages.token_typed(kind, command, is_message=is_message)


def _may_be_one(line: str) -> bool:
    word, _, rest = line.partition(" ")
    is_connecting = word.casefold().strip(".,!?:") in (WORD.name, *WORD.aliases)
    return is_connecting and bool(rest.strip()) and rest.strip().casefold() not in SYSTEMS
