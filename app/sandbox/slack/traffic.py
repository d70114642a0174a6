"""What went to and fro between Slack and the app, for tests to look at."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something Slack sent to the app, and how the app answered; `status` is None when no answer came."""

    kind: str
    payload: dict[str, Any]
    seconds: float
    status: int | None
    body: str
    retry: int = 0


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A Web API call the app made, and the `error` it was answered with ("" when it was ok)."""

    method: str
    arguments: dict[str, Any]
    error: str
