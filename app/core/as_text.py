"""Turns values into text that can be kept on disk, and back; the same value is always the same text."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from typing import Any


def to_json(value: Any) -> str:
    """Of dataclasses, moments, days, times of day, lengths and tuples of them."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str, *kinds: type) -> Any:
    """What `to_json` was given, where all dataclasses in it are among `kinds`."""
    return _lively(json.loads(text), {kind.__name__: kind for kind in kinds})


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, datetime):
        return {"is": "datetime", "at": value.isoformat()}
    if isinstance(value, date | time):
        return {"is": type(value).__name__, "at": value.isoformat()}
    if isinstance(value, timedelta):
        return {"is": "timedelta", "seconds": value.total_seconds()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _lively(value: Any, kinds: dict[str, type]) -> Any:
    if isinstance(value, list):
        return tuple(_lively(item, kinds) for item in value)
    if not isinstance(value, dict):
        return value
    match value.pop("is"):
        case "datetime":
            return datetime.fromisoformat(value["at"])
        case "date":
            return date.fromisoformat(value["at"])
        case "time":
            return time.fromisoformat(value["at"])
        case "timedelta":
            return timedelta(seconds=value["seconds"])
        case kind:
            return kinds[kind](**{name: _lively(item, kinds) for name, item in value.items()})
