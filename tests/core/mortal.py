"""A store that dies with its process at a chosen step: what was committed before stays, and nothing comes after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.core.ports import Store


class Crash(BaseException):
    """The process is gone; no handler of ours may catch it."""


@dataclass(slots=True)
class MortalStore:
    """Each call has two steps at which it may die: before the commit and after it. None is for ever.

    Or it dies as soon as it is asked for what `dies_at` names.
    """

    store: Store
    steps_left: int | None = None
    dies_at: str = ""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self.store, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            if name == self.dies_at:
                raise Crash
            self._step()
            result = await method(*arguments, **named)
            self._step()
            return result

        return call

    def _step(self) -> None:
        if self.steps_left is None:
            return
        if self.steps_left <= 0:
            raise Crash
        self.steps_left -= 1
