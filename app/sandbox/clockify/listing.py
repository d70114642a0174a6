"""Pages, names and the archive: what every list of Clockify's has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from . import refusals
from .call import Call, Listing

PAGES = frozenset({"page", "page-size"})
NAMES = PAGES | {"name", "strict-name-search", "sort-column", "sort-order"}
LARGEST = 5_000


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Archivable(Protocol):
    @property
    def archived(self) -> bool: ...


AnyNamed = TypeVar("AnyNamed", bound=Named)
AnyArchivable = TypeVar("AnyArchivable", bound=Archivable)
Item = TypeVar("Item")


def page_of(call: Call, items: Sequence[Item], shape: Callable[[Item], Any], *, size: int = 50) -> Listing:
    """``page`` counts from one; only this page's items are put into their shape."""
    number, size = _count(call, "page", "Page", 1), _count(call, "page-size", "Page size", size)
    if size > LARGEST:
        raise refusals.rule_broken(f"Page size must not exceed {LARGEST}")
    last = number * size
    return Listing([shape(item) for item in items[last - size : last]], is_last=last >= len(items))


def _count(call: Call, name: str, words: str, default: int) -> int:
    text = call.one(name) or str(default)
    if not text.removeprefix("-").isdigit():
        raise refusals.parameter_malformed(name, text)
    if int(text) < 1:
        raise refusals.rule_broken(f"{words} must be a positive value")  # recorded words
    return int(text)


def named(call: Call, items: Iterable[AnyNamed]) -> list[AnyNamed]:
    """Part of a name in any case, or with ``strict-name-search`` exactly the name; by name unless told otherwise.

    Which case means what, and the order, are choices.
    """
    wanted = call.one("name")
    is_strict = call.truth("strict-name-search") or False
    found = [item for item in items if wanted is None or _has(item.name, wanted, is_strict=is_strict)]
    return sorted(found, key=lambda item: item.name.lower(), reverse=call.one("sort-order") == "DESCENDING")


def _has(name: str, wanted: str, *, is_strict: bool) -> bool:
    return name == wanted if is_strict else wanted.lower() in name.lower()


def unarchived(call: Call, items: Iterable[AnyArchivable]) -> list[AnyArchivable]:
    """Probed: left out means both, whatever default the document claims."""
    archived = call.truth("archived")
    return [item for item in items if archived is None or item.archived is archived]
