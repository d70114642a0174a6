"""What was read a moment ago need not be read again: values with an age, on a shelf with a limit."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from app.core.ports import Clock

T = TypeVar("T")


@dataclass(slots=True)
class Fresh(Generic[T]):
    """One value, fetched by one caller at a time for all who ask, and kept for `age`. None is not kept."""

    clock: Clock
    age: timedelta
    _value: T | None = field(default=None, repr=False)
    _fetched: datetime | None = None
    _flight: asyncio.Task[T] | None = None

    def peek(self) -> T | None:
        """The value while it is fresh; never fetches."""
        if self._fetched is None or not timedelta() <= self.clock.now() - self._fetched < self.age:
            return None
        return self._value

    async def get(self, fetch: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Raises what `fetch` raises; a failure is not kept, and a caller who gives up stops nobody else."""
        known = self.peek()
        if known is not None:
            return known
        if self._flight is None:
            self._flight = asyncio.create_task(fetch())
            self._flight.add_done_callback(self._land)
        return await asyncio.shield(self._flight)

    def _land(self, flight: "asyncio.Task[T]") -> None:
        self._flight = None
        if not flight.cancelled() and flight.exception() is None:
            self._value, self._fetched = flight.result(), self.clock.now()


@dataclass(slots=True)
class Shelf:
    """Things by key; the one that was not asked for longest goes when there are more than `limit`."""

    limit: int = 64
    _things: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict, repr=False)

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._things:
            self._things[key] = make()
        self._things.move_to_end(key)
        if len(self._things) > self.limit:
            self._things.popitem(last=False)
        thing: T = self._things[key]
        return thing
