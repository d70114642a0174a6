"""A message as it stands in a channel: who wrote it, who may see it, and when it last changed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    ts: str
    author: str  # a person's id, the bot's user id, or "USLACKBOT"
    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    only_for: str | None = None  # the one person who sees an ephemeral message
    is_edited: bool = False
    thread_ts: str | None = None
    revision: int = 0
    order: int = 0  # in which messages were posted: their times don't tell where the clock was set back

    def is_visible_to(self, person_id: str) -> bool:
        return self.only_for in (None, person_id)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a deleted message, so that open pages take it away."""

    channel: str
    ts: str
    revision: int
