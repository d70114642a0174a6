"""A modal or Home tab on one person's screen, and what that person has typed into it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, dict[str, dict[str, Any]]]


@dataclass(slots=True)
class View:
    id: str
    team_id: str
    definition: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def kind(self) -> str:
        return str(self.definition["type"])

    def as_payload(self, *, app_id: str, bot_id: str) -> dict[str, Any]:
        """The view as Slack puts it in payloads and in answers to views.* methods."""
        empty: dict[str, Any] = {
            "private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False,
            "notify_on_close": False, "close": None, "submit": None, "title": None,
        }  # fmt: skip
        return {
            **empty,
            **self.definition,
            "id": self.id,
            "team_id": self.team_id,
            "hash": self.hash,
            "state": {"values": self.values},
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": app_id,
            "app_installed_team_id": self.team_id,
            "bot_id": bot_id,
        }


@dataclass(slots=True)
class Screen:
    """What one person has in front of them besides the channels."""

    stack: list[View] = field(default_factory=list)
    stack_revision: int = 0
    home: View | None = None
    home_revision: int = 0
    notice: str = ""
    notice_revision: int = 0


def elements_of(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The elements of a block that a person can act on."""
    for name in ("element", "accessory"):
        if isinstance(block.get(name), dict):
            yield block[name]
    if block["type"] in ("actions", "context_actions"):
        yield from block["elements"]
    if block["type"] == "card":
        yield from block.get("actions", [])
    for inside in [*block.get("child_blocks", []), *(block["elements"] if block["type"] == "carousel" else [])]:
        yield from elements_of(inside)
