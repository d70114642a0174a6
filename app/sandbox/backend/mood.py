"""How a back end behaves right now, in the five words that the page of records offers as buttons."""

from __future__ import annotations

from .workspace import Workspace

WORDS = {"slow": "slow", "error": "down", "limited": "limited"}


def mood(workspace: Workspace) -> str:
    """“other” when a fault is in force that no button asks for."""
    if workspace.is_locked:
        return "locked"
    kinds = [fault.kind for fault in workspace.faults.in_force if fault.times != 0]
    return WORDS.get(kinds[0], "other") if kinds else "normal"
