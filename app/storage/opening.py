"""From DATABASE_URL and SECRET_KEY to a store that is ready: the one place that picks an engine."""

from collections.abc import Sequence

from app.core.model import Secret
from app.storage.engine import Engine, StorageUnusable
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
    engine, _ = await _current(database_url, busy_timeout)
    return SqlStore(engine, vault)


async def migrate(database_url: str) -> list[str]:
    """Brings the tables up to date and names the steps that ran. Raises `StorageUnusable`."""
    engine, steps = await _current(database_url, BUSY_TIMEOUT)
    await engine.close()
    return steps


async def _current(database_url: str, busy_timeout: float) -> tuple[Engine, list[str]]:
    engine = await _open(database_url, busy_timeout)
    try:
        return engine, await bring_up_to_date(engine, utc_now())
    except BaseException:
        await engine.close()
        raise


async def _open(database_url: str, busy_timeout: float) -> Engine:
    path = database_url.removeprefix(_SQLITE)
    # Never quoted back whole: a URL for another database may carry a password.
    if not path or path == database_url or path == ":memory:":
        raise StorageUnusable("DATABASE_URL must read sqlite:///timer.db, or sqlite:////data/timer.db for a full path.")
    return await open_sqlite(path, busy_timeout=busy_timeout)
