"""From DATABASE_URL and SECRET_KEY to a store that is ready: the one place that picks an engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.model import Secret
from app.storage.engine import Engine, StorageUnusable
from app.storage.generation import Generation, beside
from app.storage.migrations import bring_up_to_date
from app.storage.sqlite import BUSY_TIMEOUT, open_sqlite
from app.storage.store import SqlStore, utc_now
from app.storage.vault import vault_for

_SQLITE, _POSTGRES = "sqlite:///", ("postgresql://", "postgres://")
_NO_FILE = (
    "DATABASE_URL names a PostgreSQL database, which has tools of its own: pg_dump copies it and pg_restore puts it back."
    " After that, before anything starts: python -m app reconcile --since 2026-11-21T18:00Z"
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A database whose tables are up to date, and the names of the steps that ran for that."""

    engine: Engine
    generation: Generation
    steps: list[str]


async def open_store(
    database_url: str, secret_keys: Sequence[Secret | str] | Secret | str, *, busy_timeout: float = BUSY_TIMEOUT
) -> SqlStore:
    """Its tables are up to date. `busy_timeout` is in seconds. Raises `StorageUnusable`."""
    vault = vault_for(secret_keys)
    opened = await _opened(database_url, busy_timeout)
    return SqlStore(opened.engine, vault, opened.generation)


async def open_engine(database_url: str) -> Engine:
    """For what needs no key. Its tables are up to date. Raises `StorageUnusable`."""
    return (await _opened(database_url, BUSY_TIMEOUT)).engine


async def migrate(database_url: str) -> list[str]:
    """Brings the tables up to date and names the steps that ran. Raises `StorageUnusable`."""
    opened = await _opened(database_url, BUSY_TIMEOUT)
    await opened.engine.close()
    return opened.steps


def sqlite_path(database_url: str) -> str:
    """For what is done with the file itself. Raises `StorageUnusable` where there is none."""
    if database_url.startswith(_POSTGRES):
        raise StorageUnusable(_NO_FILE)
    path = database_url.removeprefix(_SQLITE)
    # Never quoted back whole: a URL for another database may carry a password.
    if not path or path == database_url or path == ":memory:":
        raise StorageUnusable(
            "DATABASE_URL must read sqlite:///timer.db, or sqlite:////data/timer.db for a full path,"
            " or postgresql://user:password@host:5432/name."
        )
    return path


async def _opened(database_url: str, busy_timeout: float) -> _Opened:
    engine, file = await _engine(database_url, busy_timeout)
    generation = Generation(engine, file)
    try:
        steps = await bring_up_to_date(engine, utc_now())
        await generation.open(utc_now())
    except BaseException:
        await engine.close()
        raise
    return _Opened(engine, generation, steps)


async def _engine(database_url: str, busy_timeout: float) -> tuple[Engine, Path | None]:
    if not database_url.startswith(_POSTGRES):
        path = sqlite_path(database_url)
        return await open_sqlite(path, busy_timeout=busy_timeout), beside(path)
    try:
        from app.storage.postgres import open_postgres  # an extra that most do without
    except ModuleNotFoundError:
        raise StorageUnusable(
            "DATABASE_URL names a PostgreSQL database, and what speaks to one is not installed:"
            " pip install '.[postgres]' in this app's folder."
        ) from None
    return await open_postgres(database_url, busy_timeout=busy_timeout), None
