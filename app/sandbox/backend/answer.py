"""One HTTP answer as a value, so that a fault can look at it and change it before it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.types import Send

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[Header]
    body: bytes

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})

    def with_body(self, body: bytes) -> Answer:
        """The same status and headers around another body."""
        kept = [header for header in self.headers if header[0].lower() != b"content-length"]
        return Answer(self.status, [*kept, (b"content-length", str(len(body)).encode())], body)


def json_answer(status: int, body: Mapping[str, Any], *more: Header) -> Answer:
    return Answer(status, [(b"content-type", b"application/json"), *more], b"").with_body(json.dumps(body).encode())


def error_page(status: int) -> Answer:
    """HTML, as gateways answer when what is behind them does not."""
    title = f"{status} {HTTPStatus(status).phrase}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body>\n</html>\n"
    return Answer(status, [(b"content-type", b"text/html")], b"").with_body(page.encode())
