"""The store's SQL as PostgreSQL reads it, so that there is one text of every statement."""

import re
from functools import cache

# A text in quotes stays as it is, whatever it holds: ':before' is no value.
_SIGNS = re.compile(r"'(?:[^']|'')*'|:([a-z_]+)|%|/\* (for update skip locked) \*/")


@cache
def for_postgres(sql: str) -> bytes:
    """Values by their names, and what only PostgreSQL needs brought out of its comment; see `Engine`."""
    return _SIGNS.sub(_translated, sql).encode()


def _translated(sign: re.Match[str]) -> str:
    name, locks = sign.groups()
    if name:
        return f"%({name})s"
    return str(locks) if locks else sign[0].replace("%", "%%")
