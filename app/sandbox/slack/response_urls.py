"""Response URLs: up to five late answers to one thing a person did, within thirty minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=30)
MOST_USES = 5


@dataclass(slots=True)
class ResponseUrl:
    """`original_ts` is the message that was acted on; None after a slash command, which has none."""

    team_id: str
    channel_id: str
    person_id: str
    issued: datetime
    original_ts: str | None = None
    must_say_replace: bool = False
    uses: int = 0

    def is_spent(self, now: datetime) -> bool:
        return self.uses >= MOST_USES or now - self.issued > LIFETIME
