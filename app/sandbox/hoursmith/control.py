"""Hoursmith's own controls: choices with the plan and its limits, and its whole state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..backend.control import Control, choose, shared_state
from . import wire
from .organisation import Organisation

LIMITS = frozenset({"plan", "rate_limit"})


def controls(organisation: Organisation) -> Mapping[tuple[str, str], Control]:
    return {
        ("POST", "choices"): partial(choose, organisation, limits=LIMITS),
        ("GET", "state"): partial(state, organisation),
    }


def state(organisation: Organisation, _: Any) -> Any:
    """Everything but tokens."""
    return {
        "organisation": {"id": organisation.id, "name": organisation.name, "plan": organisation.plan},
        "members": [wire.member(organisation, member) for member in organisation.members.values()],
        "entries": [wire.entry(organisation, entry) for entry in organisation.entries.values()],
        **shared_state(organisation),
    }
