"""python -m app backup · restore: copies of the database, for whoever runs the app."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.storage.backups import Contents


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="A new file; by default one in this folder, with the time in its name.")
    ] = None,
) -> None:
    """Copy the database to a new file, also while the app serves."""
    from app.settings import load_database_settings
    from app.storage.backups import take
    from app.storage.opening import sqlite_path
    from app.terminal import loaded, said

    target = file or Path(f"timer-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db")
    contents = said(lambda: take(sqlite_path(loaded(load_database_settings).database_url), target))
    typer.echo(f"✓ {target} holds {_summary(contents)}")
    typer.echo(f"  {_sealed(contents)}")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
) -> None:
    """Put a backup in the database's place; what was there is kept beside it."""
    from app.settings import load_storage_settings
    from app.storage.backups import put_back
    from app.storage.opening import sqlite_path
    from app.storage.vault import vault_for
    from app.terminal import loaded, said

    settings = loaded(load_storage_settings)
    path = said(lambda: sqlite_path(settings.database_url))
    contents, aside = said(lambda: put_back(file, path, datetime.now(UTC)))
    typer.echo(f"✓ {path} holds {_summary(contents)}")
    typer.echo(f"  What was there is kept as {aside}." if aside else "  There was none before.")
    unknown = sorted(set(contents.sealed_with) - set(vault_for(settings.secret_keys).fingerprints))
    if unknown:
        keys = ", ".join(f"{key}…" for key in unknown)
        typer.echo(f"  SECRET_KEY does not open credentials sealed with {keys}: add that key behind the present one.")
    typer.echo(
        "  Next: python -m app reconcile. What was done after the backup may stand at the provider,"
        " so nothing is sent before that."
    )


def _summary(contents: "Contents") -> str:
    timers = f", {contents.timers} running timers" if contents.timers else ""
    waiting = f" ({contents.waiting} of them not ended)" if contents.waiting else ""
    return (
        f"the data of {contents.as_of:%Y-%m-%d %H:%M:%S} UTC: {contents.people} people, {contents.accounts} accounts,"
        f" {contents.operations} operations{waiting}{timers}; schema {contents.schema}."
    )


def _sealed(contents: "Contents") -> str:
    if not contents.sealed_with:
        return "No credentials are in it."
    keys = ", ".join(f"{key}…" for key in contents.sealed_with)
    return f"Credentials in it stay sealed: without SECRET_KEY ({keys}) they are lost. Keep that elsewhere."
