"""`tag +design -draft`: which tags to add and which to take off."""

import re
from collections.abc import Sequence

from app.core.errors import NotUnderstood
from app.core.tokens import Token


def tag_changes(rest: Sequence[Token], *, bare_sign: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tags to add and to take off. `bare_sign` stands before a name that has none: “untag draft”."""
    changes: dict[str, list[str]] = {"+": [], "-": []}
    for token in rest:
        sign, name = _signed_tag(token, bare_sign)
        if not name or not sign or (bare_sign and sign != bare_sign):
            shown = name or "design"
            raise NotUnderstood(f"Write tag +{shown} to add a tag or tag -{shown} to take it off.", field="tags")
        changes[sign].append(name)
    if not rest:
        raise NotUnderstood("Which tags? Write +design to add one or -draft to take it off.", field="tags")
    return tuple(dict.fromkeys(changes["+"])), tuple(dict.fromkeys(changes["-"]))


def _signed_tag(token: Token, bare_sign: str) -> tuple[str, str]:
    if token.tag:
        return bare_sign or "+", "" if re.match(r"[+\-−–—]", token.tag) and not token.is_quoted else token.tag
    name = re.sub(r"^[+\-−–—]+#?", "", token.text).rstrip(",")
    if not re.match(r"[+\-−–—]", token.text):
        return bare_sign, name
    return "+" if token.text.startswith("+") else "-", name
