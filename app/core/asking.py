"""What is only asked changes nothing at the provider, also when no answer comes."""

from collections.abc import Awaitable
from typing import TypeVar

from app.core.errors import NoAnswer, NotReached

T = TypeVar("T")


async def asked(question: Awaitable[T]) -> T:
    """Raises `NotReached` instead of `NoAnswer`: whatever was to follow has not been sent."""
    try:
        return await question
    except NoAnswer as error:
        raise NotReached(error.sentence) from None
