"""Clockify's own controls: settings, a lock by date, choices with the plan's limits, and its whole state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from ..backend import control
from ..backend.control import Control
from . import wire
from .workspace import Workspace

LIMITS = frozenset({"rate_limit", "has_time_for_others", "window_lag"})


def controls(workspace: Workspace) -> Mapping[tuple[str, str], Control]:
    return {
        ("POST", "settings"): partial(configure, workspace),
        ("POST", "choices"): partial(choose, workspace),
        ("POST", "lock"): partial(lock, workspace),
        ("GET", "state"): partial(state, workspace),
    }


def configure(workspace: Workspace, body: Any) -> Any:
    """``{"forceProjects": true}`` and the like."""
    workspace.configure(**body)
    return workspace.settings


def choose(workspace: Workspace, body: Any) -> Any:
    """Settings may be among the choices."""
    workspace.configure(**{name: value for name, value in body.items() if name in workspace.settings})
    rest = {name: value for name, value in body.items() if name not in workspace.settings}
    return control.choose(workspace, rest, limits=LIMITS)


def lock(workspace: Workspace, body: Any) -> Any:
    """As everywhere, and ``{"until": "2026-11-16T00:00:00Z"}`` for all that starts before that."""
    if "until" not in body:
        return control.lock(workspace, body)
    workspace.configure(lockTimeEntries=body["until"])
    return {"locked": workspace.is_locked}


def state(workspace: Workspace, _: Any) -> Any:
    """Everything but keys."""
    return {
        "workspace": {"id": workspace.id, "name": workspace.name},
        "settings": workspace.settings,
        "users": [asdict(user) for user in workspace.users.values()],
        "projects": [asdict(project) for project in workspace.projects.values()],
        "tasks": [asdict(task) for task in workspace.tasks.values()],
        "tags": [asdict(tag) for tag in workspace.tags.values()],
        "entries": [wire.entry(workspace, entry) for entry in workspace.entries.values()],
        **control.shared_state(workspace),
    }
