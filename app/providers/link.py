"""What an adapter is made from: one account's way to its service."""

import hashlib
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from app.core.model import Account, Secret
from app.core.ports import Clock
from app.providers.freshness import Shelf
from app.providers.http import Http


@dataclass(frozen=True, slots=True)
class Link:
    """`is_shared`: the token is the workspace-wide one; `speaks_for_self`: it is this account's own; `zone`: the person's.

    `shelf` outlives the adapter: what one request learned, the next one with the same token knows.
    """

    http: Http
    clock: Clock
    account: Account
    token: Secret
    base_url: str
    shelf: Shelf = field(repr=False)
    is_shared: bool
    speaks_for_self: bool
    zone: ZoneInfo

    @property
    def whose(self) -> tuple[str, str]:
        """Where and with which token, for keeping things by."""
        return self.base_url, hashed(self.token)


def hashed(token: Secret) -> str:
    """Which token it is: one that was given back must not live on in the name of what was learned with it."""
    return hashlib.sha256(token.reveal().encode()).hexdigest()
