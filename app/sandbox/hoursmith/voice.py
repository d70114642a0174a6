"""How Hoursmith words what a fault makes it say, and which parts of a request are nobody's business."""

from __future__ import annotations

from math import ceil

from ..backend.answer import Answer, json_answer
from ..backend.voice import Voice
from . import refusals
from .limits import PLANS
from .organisation import Organisation

WAIT = 10


def voice(organisation: Organisation) -> Voice:
    def limited() -> Answer:
        no = refusals.rate_limited(WAIT)
        reset = str(ceil(organisation.now.timestamp()) + WAIT).encode()
        limit = str(organisation.rate_limit or PLANS[organisation.plan][1]).encode()
        more = ((b"x-ratelimit-limit", limit), (b"x-ratelimit-remaining", b"0"), (b"x-ratelimit-reset", reset))
        return json_answer(no.status, no.body, (b"retry-after", str(WAIT).encode()), *more)

    return Voice(limited, _dead_token, {"authorization": _masked})


def _dead_token() -> Answer:
    no = refusals.unauthenticated()
    return json_answer(no.status, no.body)


def _masked(header: str) -> str:
    scheme = "Bearer " if header.startswith("Bearer ") else ""
    return f"{scheme}hsk_…" if header.removeprefix("Bearer ").startswith("hsk_") else f"{scheme}…"
