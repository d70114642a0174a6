"""What a gate cannot know by itself: how one service words its refusals, and what in a request is secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .answer import Answer


@dataclass(frozen=True, slots=True)
class Voice:
    """``denied`` turns a success into the error that the service is known to send by mistake; not every one has one.

    ``secret_headers`` says what is left of a header in the record, ``secret_fields`` are body fields that are left out.
    """

    limited: Callable[[], Answer]
    dead_token: Callable[[], Answer]
    secret_headers: Mapping[str, Callable[[str], str]]
    secret_fields: frozenset[str] = frozenset()
    denied: Callable[[Answer], Answer] | None = None
