"""What goes wrong at PostgreSQL, in words: for whoever runs the app at the start, for whoever typed something later."""

import psycopg
from psycopg import errors

from app.core.errors import NotSaved
from app.storage.engine import StorageUnusable

_READ_ONLY, _LOST = "the database is read-only", "the database cannot be reached"

_CAUSES = {
    "53100": "the database's disk is full",
    "53200": "the database has no memory left",
    "53300": "the database takes no more connections",
    "53400": "the database has reached a limit of its own",
    "25006": _READ_ONLY,
    "57014": "the database took too long",
    "55P03": "another program is holding the database",
    "40001": "too many were writing at the same time",
    "40P01": "too many were writing at the same time",
    "42501": "the database does not let this app do that",
    "58030": "the database's disk reported an error",
    "XX001": "the database is damaged",
    "XX002": "the database is damaged",
}
_AT_THE_START = (
    ("password authentication failed", "The user or the password in DATABASE_URL is not the right one."),
    ("no password supplied", "DATABASE_URL has no password: postgresql://user:password@host:5432/name."),
    ("does not exist", "Create it first, or correct DATABASE_URL."),
    ("resolve host", "Look at the host in DATABASE_URL."),
    ("refused", "Is it running, and is the port in DATABASE_URL the right one?"),
    ("read-only", "It is a copy that takes no writes: name the primary in DATABASE_URL."),
    ("too many", "Other programs use all its connections; each serve and worker takes up to five."),
)

LOST_AT_THE_END = (
    "The connection to the database was lost while this was being saved, so it may be saved or not; nothing was sent."
    " Look at what is pending before you do it again."
)


def is_lost(error: psycopg.Error, connection: psycopg.Connection[dict[str, object]]) -> bool:
    """Nothing more can be done on this connection; on a copy that takes no writes neither, after a fail-over."""
    is_fatal = error.diag.severity_nonlocalized in ("FATAL", "PANIC")
    return connection.closed or is_fatal or isinstance(error, errors.ReadOnlySqlTransaction)


def not_saved(error: psycopg.Error) -> NotSaved | None:
    """None for a mistake of our own."""
    if isinstance(error, psycopg.DataError) and error.sqlstate is None:
        return NotSaved("Could not save; nothing was sent: the text holds a sign that means nothing (NUL). Remove it.")
    if error.sqlstate not in _CAUSES and not _is_gone(error):
        return None
    cause = _CAUSES.get(error.sqlstate or "") or (_READ_ONLY if "read-only" in str(error) else _LOST)
    return NotSaved(f"Could not save; nothing was sent: {cause}. Try again in a minute.")


def unusable(place: str, error: psycopg.Error, password: str) -> StorageUnusable:
    """What the driver says is quoted, but for the password."""
    first = next(iter(str(error).splitlines()), "it did not answer").rstrip(".")
    said = first.removeprefix("connection failed: ").removeprefix("connection is bad: ")
    said = said.replace(password, "…") if password else said
    advice = next((advice for part, advice in _AT_THE_START if part in said), "Look at DATABASE_URL.")
    return StorageUnusable(f"{place} cannot be used: {said}. {advice}")


def _is_gone(error: psycopg.Error) -> bool:
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return error.sqlstate[:2] in ("08", "57")
