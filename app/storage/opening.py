"""From DATABASE_URL and SECRET_KEY to a store that is ready: the one place that picks an engine."""

from collections.abc import Sequence

from app.core.model import Secret
from app.storage.engine import Engine, StorageUnusable
from app.storage.generation import Generation, beside
from app.storage.migrations import bring_up_to_date
from app.storage.sqlite import BUSY_TIMEOUT, open_sqlite
from app.storage.store import SqlStore, utc_now
from app.storage.vault import vault_for

_SQLITE = "sqlite:///"


async def open_store(
    database_url: str, secret_keys: Sequence[Secret | str] | Secret | str, *, busy_timeout: float = BUSY_TIMEOUT
) -> SqlStore:
    """Its tables are up to date. `busy_timeout` is in seconds. Raises `StorageUnusable`."""
    vault = vault_for(secret_keys)
    path = sqlite_path(database_url)
    engine, _ = await _current(path, busy_timeout)
    return SqlStore(engine, vault, Generation(engine, beside(path)))


async def open_engine(database_url: str) -> Engine:
    """For what needs no key. Its tables are up to date. Raises `StorageUnusable`."""
    engine, _ = await _current(sqlite_path(database_url), BUSY_TIMEOUT)
    return engine


async def migrate(database_url: str) -> list[str]:
    """Brings the tables up to date and names the steps that ran. Raises `StorageUnusable`."""
    engine, steps = await _current(sqlite_path(database_url), BUSY_TIMEOUT)
    await engine.close()
    return steps


def sqlite_path(database_url: str) -> str:
    path = database_url.removeprefix(_SQLITE)
    # Never quoted back whole: a URL for another database may carry a password.
    if not path or path == database_url or path == ":memory:":
        raise StorageUnusable("DATABASE_URL must read sqlite:///timer.db, or sqlite:////data/timer.db for a full path.")
    return path


async def _current(path: str, busy_timeout: float) -> tuple[Engine, list[str]]:
    engine = await open_sqlite(path, busy_timeout=busy_timeout)
    try:
        steps = await bring_up_to_date(engine, utc_now())
        await Generation(engine, beside(path)).open(utc_now())
    except BaseException:
        await engine.close()
        raise
    return engine, steps
