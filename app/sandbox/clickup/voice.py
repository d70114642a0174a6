"""How ClickUp words what a fault makes it say, and which parts of a request are nobody's business."""

from __future__ import annotations

from ..backend.answer import Answer, json_answer
from ..backend.voice import Voice
from .workspace import Workspace


def voice(workspace: Workspace) -> Voice:
    def limited() -> Answer:
        reset = str(workspace.now // 1000 + 60).encode()
        limit = (b"x-ratelimit-limit", str(workspace.limit).encode())
        more = (limit, (b"x-ratelimit-remaining", b"0"), (b"x-ratelimit-reset", reset))
        return json_answer(429, {"err": "Rate limit reached", "ECODE": "APP_002"}, *more)

    return Voice(limited, _dead_token, {"authorization": _masked}, frozenset({"client_secret"}))


def _dead_token() -> Answer:
    return json_answer(401, {"err": "Oauth token not found", "ECODE": "OAUTH_019"})


def _masked(header: str) -> str:
    scheme = "Bearer " if header.startswith("Bearer ") else ""
    return f"{scheme}pk_…" if header.removeprefix("Bearer ").startswith("pk_") else f"{scheme}…"
