"""What a back end remembers of every request, for tests and for the curious."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.types import Receive


@dataclass(slots=True)
class Recorded:
    """One request as it came in; ``status`` is None while it hangs and when it ended without an answer."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any
    at: str
    status: int | None = None
    fault: str | None = None


def parse(raw: bytes, content_type: str) -> Any:
    """For the record: JSON where it is JSON, a form as an object, else the text."""
    if not raw:
        return None
    if content_type.startswith("application/x-www-form-urlencoded"):
        return {name: values[-1] for name, values in parse_qs(raw.decode("utf-8", "replace")).items()}
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", "replace")


async def read_body(receive: Receive) -> bytes | None:
    """None when the client went away in the middle of it."""
    raw: bytes = b""
    while (message := await receive())["type"] == "http.request":
        raw += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return raw
    return None
