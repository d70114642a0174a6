"""Lists as Hoursmith gives them: filtered, sorted, a page at a time, with a cursor that belongs to its order."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from . import refusals
from .bodies import read_day

PAGING = frozenset({"cursor", "limit", "sort", "search"})
MOST, USUAL = 200, 50
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")

Json = dict[str, Any]


def page(items: Iterable[Json], query: Mapping[str, str], sorts: frozenset[str]) -> Json:
    """``items`` are wire shapes; ``sorts`` the fields that they may be sorted by."""
    sort, limit = query.get("sort") or "-createdAt", _limit(query.get("limit"))
    name = sort.removeprefix("-")
    if name not in sorts:
        raise refusals.invalid(sort=f"must be one of {', '.join(sorted(sorts))}")
    ordered = sorted(items, key=lambda item: (item[name], item["id"]), reverse=sort.startswith("-"))
    first = _after(query.get("cursor"), sort, [item["id"] for item in ordered])
    shown = ordered[first : first + limit]
    is_last = first + limit >= len(ordered)
    cursor = None if is_last else _cursor(sort, shown[-1]["id"])
    return {"data": shown, "pagination": {"nextCursor": cursor, "limit": limit}}


def matches(query: Mapping[str, str], name: str, value: Any) -> bool:
    """Whether the filter of that name, if it is set, is exactly this."""
    return not query.get(name) or query[name] == value


def is_so(query: Mapping[str, str], name: str, value: bool) -> bool:
    text = query.get(name, "").lower()
    if text and text not in TRUE + FALSE:
        raise refusals.invalid(**{name: "must be true or false"})
    return not text or (text in TRUE) is value


def is_between(query: Mapping[str, str], name: str, value: date) -> bool:
    """``…From`` and ``…To``, both inclusive."""
    first, last = _day(query, f"{name}From"), _day(query, f"{name}To")
    return (first is None or value >= first) and (last is None or value <= last)


def is_within(query: Mapping[str, str], name: str, value: int) -> bool:
    """``…Min`` and ``…Max``, both inclusive."""
    least, most = _number(query, f"{name}Min"), _number(query, f"{name}Max")
    return (least is None or value >= least) and (most is None or value <= most)


def contains(query: Mapping[str, str], *texts: str | None) -> bool:
    sought = query.get("search", "")
    if len(sought) > 200:
        raise refusals.invalid(search="must be at most 200 characters")
    return any(sought.casefold() in (text or "").casefold() for text in texts)


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL
    if not text.isdigit() or not 1 <= int(text) <= MOST:
        raise refusals.invalid(limit=f"must be between 1 and {MOST}")
    return int(text)


def _cursor(sort: str, last: str) -> str:
    return urlsafe_b64encode(json.dumps([sort, last]).encode()).decode().rstrip("=")


def _after(cursor: str | None, sort: str, ids: list[str]) -> int:
    if not cursor:
        return 0
    try:
        made_for, last = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if made_for == sort:
            return ids.index(last) + 1
    except (ValueError, TypeError, BadBase64):
        pass
    raise refusals.bad_request("The cursor is invalid, or belongs to another sort.")


def _day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name)
    if not text:
        return None
    found = read_day(text[:10])
    if found is None:
        raise refusals.invalid(**{name: "must be a date"})
    return found


def _number(query: Mapping[str, str], name: str) -> float | None:
    text = query.get(name)
    try:
        return float(text) if text else None
    except ValueError:
        raise refusals.invalid(**{name: "must be a number"}) from None
