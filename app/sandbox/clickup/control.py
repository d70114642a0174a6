"""ClickUp's own controls: choices with the plan's limits, and its whole state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from ..backend.control import Control, choose, shared_state
from .workspace import Workspace

LIMITS = frozenset({"rate_limit", "has_tags", "advanced_uses_left"})


def controls(workspace: Workspace) -> Mapping[tuple[str, str], Control]:
    return {
        ("POST", "choices"): partial(choose, workspace, limits=LIMITS),
        ("GET", "state"): partial(state, workspace),
    }


def state(workspace: Workspace, _: Any) -> Any:
    """Everything but tokens."""
    return {
        "workspace": {"id": workspace.id, "name": workspace.name, "plan": workspace.plan},
        "users": [asdict(user) for user in workspace.users.values()],
        "entries": [asdict(entry) for entry in workspace.entries.values()],
        "labels": sorted(workspace.labels),
        **shared_state(workspace),
    }
