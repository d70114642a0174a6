"""A sign-in that goes through the provider's own page in a browser, and comes back later without Slack."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.model import Secret

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody of a Slack workspace on their way through a browser.

    `name` is the hash of a secret that only their browser has: the state of the way there, then the ticket of what is
    still to be answered. `token` is what the provider gave meanwhile.
    """

    name: str
    team: str
    user: str
    provider: str
    until: datetime
    token: Secret | None = None


def name_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
