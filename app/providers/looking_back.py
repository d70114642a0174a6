"""Whether something is there that was sent and never answered: a look that says nothing must never read as "no"."""

from collections.abc import Awaitable, Sequence
from typing import TypeVar

from app.core.asking import asked
from app.core.errors import AccessDenied, NotReached, ProviderError, TimerError

T = TypeVar("T")


async def looked_up(question: Awaitable[T]) -> T:
    """Raises `NotReached` for silence, and `AccessDenied` where the service doesn't show the place that was looked at."""
    try:
        return await asked(question)
    except ProviderError:
        raise
    except TimerError as error:
        raise AccessDenied(error.sentence) from None


def told(listed: object, readable: Sequence[object], label: str) -> None:
    """Raises `NotReached` unless `listed` is a list that can be read: of several things at least one."""
    if not isinstance(listed, list) or (listed and not readable):
        raise NotReached(f"{label} answered with something unreadable. Nothing was changed; try again in a minute.")
