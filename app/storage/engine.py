"""The one door to a database, so that the store is written once and never knows which database it talks to.

Its SQL is portable: `:name` values, ISO-8601 UTC text, 0 and 1 for no and yes, `on conflict … do update`, `returning`.
Where a value may be null and stands beside no column, its type is said: `cast(:team as text) is null`.

What one of several processes is to do is claimed in one statement, which gives it a lease:

    update thing set lease = :lease, leased_until = :until
    where id = (
        select id from thing where due_at <= :now and leased_until <= :now
        order by due_at, id limit 1 /* for update skip locked */)
    returning *

SQLite has one writer at a time and reads past the comment. On PostgreSQL its words count: who comes second takes the next
row and does not wait for the first. Write it like that, word for word.
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
    """Raises `NotSaved` when the database does not take or give something, and then nothing has changed.

    There is one exception, and its sentence says so: a connection that is lost during the last step of a `write`.
    """

    @property
    def place(self) -> str:
        """Where the data is, as people read it; never with a password."""

    async def read(self, sql: str, /, **values: Value) -> list[Row]: ...

    async def write(self, work: Callable[[Execute], Result]) -> Result:
        """Runs `work` in one transaction: all of it is on disk when this returns, or none of it when it raises.

        What it reads stays so until it has written, as if it were alone. `work` acts through its `Execute` only: it runs
        on another thread, an engine may run it again after losing a race or its connection, and may commit it together
        with others that arrived at the same time.
        """

    async def write_alone(self, work: Callable[[Execute], Result]) -> Result:
        """As `write`, while every other process that asks for the same waits."""

    async def is_writable(self) -> bool:
        """Tries a write that changes nothing."""

    async def close(self) -> None: ...
