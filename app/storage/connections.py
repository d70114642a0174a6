"""Connections to PostgreSQL: made when they are needed, kept while they work, and never waited for without end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from app.storage.engine import StorageUnusable

Connection: TypeAlias = psycopg.Connection[DictRow]

# What DATABASE_URL says comes first. A machine that is gone says nothing: without these the system waits for hours.
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "target_session_attrs": "read-write",
    "application_name": "timer-for-slack",
}
_UNREADABLE = (
    "DATABASE_URL must read postgresql://user:password@host:5432/name. In the user and the password"
    " / is written %2F, @ %40, : %3A, # %23 and % %25."
)


@dataclass(frozen=True, slots=True)
class Connections:
    """As many as are in use at once; `limits` are settings of a session, each with its value.

    psycopg_pool connects in the background: while the server is away, people would wait for its timeout and not be told why.
    Here they are told at once, and the engine's threads are all that ever ask.
    """

    _where: Mapping[str, Any] = field(repr=False)
    _limits: Mapping[str, str] = field(repr=False)
    _idle: SimpleQueue[Connection] = field(default_factory=SimpleQueue, repr=False)

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Raises `psycopg.Error` where none can be made."""
        connection = self._next()
        try:
            yield connection
        finally:
            self._take_back(connection)

    def forget_idle(self) -> None:
        """When one was lost the others are as old, so that the next one is new."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _next(self) -> Connection:
        with suppress(Empty):
            return self._idle.get_nowait()
        connection = psycopg.connect(**self._where, autocommit=True, row_factory=dict_row)
        try:
            connection.execute(_settings(self._limits))
        except BaseException:
            connection.close()
            raise
        return connection

    def _take_back(self, connection: Connection) -> None:
        if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                connection.execute("rollback")
        if connection.closed or connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.close()
        else:
            self._idle.put(connection)


def address(database_url: str) -> dict[str, Any]:
    """What the driver is to connect to. Raises `StorageUnusable`, never quoting: there may be a password in it."""
    try:
        given = conninfo_to_dict(database_url)
    except (psycopg.Error, UnicodeError):
        raise StorageUnusable(_UNREADABLE) from None
    if not _is_whole(given):
        raise StorageUnusable(_UNREADABLE)
    # The sessions of a pooler know nothing of statements that were prepared in others.
    return _PATIENCE | given | {"client_encoding": "utf8", "prepare_threshold": None}


def place_of(where: Mapping[str, Any]) -> str:
    """The address without who signs in, and how."""
    host, name = str(where.get("host", "")), where.get("dbname") or where.get("user", "")
    if host.startswith("/"):
        return f"postgresql:///{name}?host={host}"
    return f"postgresql://{host}:{where.get('port', 5432)}/{name}" if host else f"postgresql:///{name}"


def _is_whole(given: Mapping[str, Any]) -> bool:
    """A password whose signs aren't written out is cut in pieces, and they would pass for a host, port or name."""
    is_cut = "@" in f"{given.get('host', '')}{given.get('dbname', '')}" or "/" in str(given.get("dbname", ""))
    return not is_cut and str(given.get("port", "5432")).replace(",", "").isdigit()


def _settings(limits: Mapping[str, str]) -> bytes:
    return "; ".join(f"set {name} = '{value}'" for name, value in limits.items()).encode()
