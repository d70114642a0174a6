"""Reads queries and bodies strictly: what the real one might swallow is put down as a complaint for tests to see."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from . import refusals
from .call import Operation
from .organisation import Organisation

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_PARTS = re.compile(r"(?:(\d+(?:\.\d+)?)h)? ?(?:(\d+)m)?")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and read_day(value) is not None


TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (_is_text, "must be a string"),
    "text or null": (lambda value: value is None or isinstance(value, str), "must be a string or null"),
    "seconds": (_is_length, "must be a positive integer"),
    "duration": (lambda value: isinstance(value, str) and bool(read_duration(value)), "must look like 1h30m or 1:30"),
    "day": (_is_day, "must be a date, YYYY-MM-DD"),
    "bool": (lambda value: isinstance(value, bool), "must be true or false"),
}


def read_day(text: str) -> date | None:
    """Exactly YYYY-MM-DD, and on the calendar."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def read_duration(text: str) -> int:
    """Seconds in 1h30m, 1:30, 90m or 1.5h; 0 for anything else."""
    text = text.strip().lower()
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60
    parts = _PARTS.fullmatch(text)
    return round(float(parts[1] or 0) * 3600) + int(parts[2] or 0) * 60 if parts else 0


def read(raw: bytes, content_type: str, operation: Operation, organisation: Organisation) -> Mapping[str, Any]:
    """Unknown fields are complained about and ignored; wrong types are refused, field by field."""
    where = f"{operation.method} {operation.path}"
    if operation.body is None:
        if raw:
            organisation.complaints.append(f"{where} was sent a body, and takes none.")
        return {}
    if not content_type.startswith("application/json"):
        organisation.complaints.append(f"{where} was sent as {content_type or 'nothing in particular'}, not as JSON.")
    try:
        body = json.loads(raw)
    except ValueError:
        raise refusals.bad_request("The request body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise refusals.bad_request("The request body must be a JSON object.")
    for name in body.keys() - operation.body.keys():
        organisation.complaints.append(f"{where} was sent {name!r}, which Hoursmith does not know.")
    known = {name: body[name] for name in operation.body if name in body}
    wrong = {name: TYPES[kind][1] for name, kind in operation.body.items() if not _fits(known, name, kind)}
    if wrong:
        raise refusals.invalid(**wrong)
    return known


def _fits(body: Mapping[str, Any], name: str, kind: str) -> bool:
    return name not in body or TYPES[kind][0](body[name])


def check_query(query: Mapping[str, str], operation: Operation, organisation: Organisation) -> None:
    for name in query.keys() - operation.query:
        organisation.complaints.append(
            f"{operation.method} {operation.path} was asked with {name!r}, which Hoursmith does not know."
        )
