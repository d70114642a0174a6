"""What one person does with their timers happens in the order in which they did it, however long each takes."""

import asyncio
from dataclasses import dataclass, field
from weakref import WeakValueDictionary


@dataclass(frozen=True, slots=True)
class Turns:
    """In one process; between two of them the journal's order counts."""

    _locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = field(default_factory=WeakValueDictionary, repr=False)

    def of(self, team: str, user: str) -> asyncio.Lock:
        """Whoever asks for it first has it first."""
        lock = self._locks.get((team, user)) or asyncio.Lock()
        self._locks[team, user] = lock
        return lock
