"""An act: one thing that a person did in Slack. It is taken down before it is looked at, so that it counts once."""

from dataclasses import dataclass, field
from datetime import datetime

from app.core.model import Secret


@dataclass(frozen=True, slots=True)
class Act:
    """`said` is the line that was typed, "" where nothing was; `is_line` unless that was a form's. `origin` is where it is answered.

    `tellings`: how often it was told in vain what became of it.
    """

    id: str
    team: str
    user: str
    said: str
    claimed_at: datetime
    origin: Secret | None = field(default=None, repr=False)
    is_line: bool = True
    is_answered: bool = False
    was_refused: bool = False
    tellings: int = field(default=0, compare=False)
