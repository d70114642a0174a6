"""Time-tracking systems by the names that people may type for them."""

import re

from app.core.connecting import Connecting


def system_in(connecting: Connecting, text: str) -> str:
    """The provider that is named anywhere in `text`, by its own name or as people read it; "" for none."""
    names = _names(connecting)
    found = _pattern(names).search(text) if names else None
    return names[_spaced(found[0]).casefold()] if found else ""


def without_systems(connecting: Connecting, text: str) -> str:
    """What else is said."""
    names = _names(connecting)
    return _pattern(names).sub(" ", text) if names else text


def _names(connecting: Connecting) -> dict[str, str]:
    every = [(one, one) for one in connecting.sign_ins.offered]
    every += [(connecting.connections.label(one), one) for one in connecting.sign_ins.offered]
    return {_spaced(name).casefold(): one for name, one in every}


def _pattern(names: dict[str, str]) -> re.Pattern[str]:
    """The longest first: ClickUp task time is not ClickUp."""
    longest_first = [r"[\s_]+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])", re.IGNORECASE)


def _spaced(text: str) -> str:
    return " ".join(text.replace("_", " ").split())
