"""Whose the workspace-wide token is: looked up once a day, and never waited for as long as Slack waits for us."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from app.core.asking import asked
from app.core.errors import NotReached, ProviderError
from app.providers.freshness import Fresh


@dataclass(slots=True)
class KnownOwner:
    """A token stays its owner's, so the last that was known will do while the service says nothing."""

    fresh: Fresh[str]
    last: str | None = None

    async def get(self, look: Callable[[], Coroutine[Any, Any, str]], *, label: str, patience: float) -> str:
        """The user's id, "" where the service can't tell, within `patience` seconds. Raises `ProviderError`s."""
        try:
            async with asyncio.timeout(patience):
                self.last = await asked(self.fresh.get(look))
        except TimeoutError:
            if self.last is None:
                raise NotReached(
                    f"{label} didn't say in time whose this app's own token is. Nothing was sent; try again in a moment."
                ) from None
        except ProviderError:
            if self.last is None:
                raise
        return self.last
