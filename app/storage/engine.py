"""The one door to a database, so that the store is written once and never knows which database it talks to.

Its SQL is portable: `:name` values, ISO-8601 UTC text, `on conflict … do update`, `returning`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")
Value = str | int | None
Row = Mapping[str, Any]


class StorageUnusable(Exception):
    """The app cannot start on this database; the sentence is for whoever runs it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Execute(Protocol):
    """One statement inside a running transaction."""

    def __call__(self, sql: str, /, **values: Value) -> list[Row]: ...


class Engine(Protocol):
    """Raises `NotSaved` when the database does not take or give something, and then nothing has changed."""

    @property
    def place(self) -> str:
        """Where the data is, as people read it; never with a password."""

    async def read(self, sql: str, /, **values: Value) -> list[Row]: ...

    async def write(self, work: Callable[[Execute], Result]) -> Result:
        """Runs `work` in one transaction: all of it is on disk when this returns, or none of it when it raises.

        `work` acts through its `Execute` only: it runs on another thread, an engine may run it again after
        losing a race, and may commit it together with others that arrived at the same time.
        """

    async def write_alone(self, work: Callable[[Execute], Result]) -> Result:
        """As `write`, while every other process that asks for the same waits."""

    async def is_writable(self) -> bool:
        """Tries a write that changes nothing."""

    async def close(self) -> None: ...
