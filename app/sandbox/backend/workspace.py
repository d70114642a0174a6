"""What the gate, the controls and the page of records need to know of any back end's workspace."""

from __future__ import annotations

from typing import Any, Protocol

from .clock import Clock
from .faults import Faults
from .recording import Recorded


class Workspace(Protocol):
    """``choices`` is a dataclass: how the undocumented is answered."""

    clock: Clock
    faults: Faults
    requests: list[Recorded]
    complaints: list[str]

    @property
    def choices(self) -> Any: ...

    @property
    def is_locked(self) -> bool:
        """Whether everything recorded so far is locked."""

    def lock_everything(self, *, is_locked: bool) -> None: ...

    def lock(self, entry_id: str, *, is_locked: bool = True) -> None: ...

    def revoke_all(self, user_id: Any) -> int:
        """How many tokens that person had."""

    def reset(self) -> None: ...
