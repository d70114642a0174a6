"""What Slack demands of a message before it shows it, and our own demand that blocks come with a text."""

import json
from dataclasses import dataclass
from typing import Any

from app.sandbox.slack.blocks import find_block_problems

LONGEST_TEXT = 40_000


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    blocks: tuple[dict[str, Any], ...]


class MessageRefused(Exception):
    """Slack would not post this; `error` is Slack's word for it and `details` say where and why."""

    def __init__(self, error: str, details: list[str]) -> None:
        super().__init__(f"{error}: {' '.join(details)}")
        self.error = error
        self.details = details


def read_draft(fields: dict[str, Any]) -> Draft:
    """The message in a chat.* call, an ack or a response_url body; raises MessageRefused."""
    text, blocks = fields.get("text") or "", _read_blocks(fields.get("blocks"))
    if fields.get("attachments"):
        raise MessageRefused("invalid_attachments", ["Attachments are legacy and not played here; use blocks."])
    if not isinstance(text, str):
        raise MessageRefused("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    problems = find_block_problems(blocks, "message")
    if problems:
        raise MessageRefused("invalid_blocks", problems)
    if not text.strip() and blocks:
        raise MessageRefused(
            "no_text", ["Blocks came without a top-level text, which notifications and screen readers need."]
        )
    if not text.strip():
        raise MessageRefused("no_text", ["The message has neither text nor blocks."])
    if len(text) > LONGEST_TEXT:
        raise MessageRefused("msg_too_long", [f"The text has more than {LONGEST_TEXT} characters."])
    return Draft(text, tuple(blocks))


def _read_blocks(value: Any) -> list[dict[str, Any]]:
    try:
        blocks = json.loads(value) if isinstance(value, str) and value else value or []
    except ValueError:
        raise MessageRefused("invalid_blocks_format", ["blocks is not JSON."]) from None
    if not isinstance(blocks, list):
        raise MessageRefused("invalid_blocks_format", ["blocks is not an array."])
    return blocks
