"""The names that the tests of the sandbox Clockify share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.sandbox.clockify import PEOPLE, PROJECTS
from tests.sandbox.clickup.clickup_desk import FRIDAY, Direct, Reply, Watch, served

__all__ = ["ENTRIES", "FRIDAY", "HERE", "TIME", "Direct", "Reply", "Watch", "at", "entry", "no", "served", "times_of"]

HERE = "/workspaces/64a687e29ae1f428e7ebe305"
TIME = f"{HERE}/time-entries"
ENTRIES = {name: f"{HERE}/user/{user_id}/time-entries" for name, user_id in PEOPLE.items()}


def at(clock: str, *, days: int = 0) -> str:
    """A UTC time on that Friday, or some days away from it, as Clockify spells it."""
    return f"{(FRIDAY + timedelta(days=days)).date()}T{clock}:00Z"


def entry(**more: Any) -> dict[str, Any]:
    """An hour on the Backend, from noon to one."""
    return {"start": at("12:00"), "end": at("13:00"), "projectId": PROJECTS["Backend"], "description": "Pairing"} | more


def no(reply: Reply) -> tuple[int, int]:
    """Status and code of a refusal."""
    assert isinstance(reply.json["code"], int)
    return reply.status, reply.json["code"]


def times_of(item: dict[str, Any]) -> tuple[str, str | None, str | None]:
    interval = item["timeInterval"]
    return interval["start"], interval["end"], interval["duration"]
