"""How Clockify words what a fault makes it say, and which parts of a request are nobody's business."""

from __future__ import annotations

import json

from ..backend.answer import Answer, json_answer
from ..backend.voice import Voice
from . import refusals


def voice() -> Voice:
    return Voice(
        limited=lambda: _said(refusals.too_many_requests()),
        dead_token=lambda: _said(refusals.key_unknown()),
        secret_headers=dict.fromkeys(("x-api-key", "x-addon-token", "authorization"), lambda _: "…"),
        denied=_denied,
    )


def _said(no: refusals.Refused) -> Answer:
    return json_answer(no.status, {"message": no.message, "code": no.code})


def _denied(done: Answer) -> Answer:
    """The entry is there, and its id is in the sentence that says that it is not."""
    try:
        made = json.loads(done.body)
    except ValueError:
        return done
    return _said(refusals.entry_vanished(made["id"])) if isinstance(made, dict) and "id" in made else done
