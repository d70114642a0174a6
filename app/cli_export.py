"""python -m app export: what the app keeps about a person or a Slack workspace, to give to whom it is about."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from app.core.belongings import Record, as_csv_line, as_json_line, csv_header


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


def export(
    slack_team: Annotated[str, typer.Option("--slack-team", help="T…, as in the address of Slack in a browser.")],
    slack_user: Annotated[str, typer.Option("--slack-user", help="U…; without it, everybody in that team.")] = "",
    format: Annotated[Format, typer.Option(help="A line of JSON for each record, or a table.")] = Format.JSON,
    file: Annotated[str, typer.Argument(help="A new file, or - for standard output.")] = "-",
) -> None:
    """People, accounts without credentials, operations and held timers."""
    from app.settings import load_database_settings
    from app.storage.belongings import SqlBelongings
    from app.storage.opening import open_engine
    from app.terminal import failed, loaded, run

    database_url = loaded(load_database_settings).database_url

    async def write() -> int:
        engine = await open_engine(database_url)
        try:
            records = SqlBelongings(engine).records(slack_team, slack_user or None)
            return await _written(records, file, format)
        finally:
            await engine.close()

    count = run(write())
    if not count:
        who = f"{slack_user} in {slack_team}" if slack_user else slack_team
        raise failed([f"Nothing is kept about {who}. See: python -m app people list"])
    if file != "-":
        typer.echo(f"✓ {file} holds {count} records, for its owner only. Times are UTC.")


async def _written(records: AsyncIterator[Record], file: str, format: Format) -> int:
    """How many; without any there is no file either."""
    first = await anext(records, None)
    if first is None:
        return 0
    as_line, count = (as_csv_line if format is Format.CSV else as_json_line), 1
    with _opened(file, format) as target:
        target.write((csv_header() if format is Format.CSV else "") + as_line(first))
        async for record in records:
            target.write(as_line(record))
            count += 1
    return count


@contextmanager
def _opened(file: str, format: Format) -> Iterator[TextIO]:
    """A table begins with a mark by which Excel knows UTF-8. Raises `OSError` where the file is there already."""
    if file == "-":
        yield sys.stdout
        return
    try:
        descriptor = os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileExistsError(f"{file} is there already and was left alone. Name another file.") from None
    with open(descriptor, "w", encoding="utf-8-sig" if format is Format.CSV else "utf-8", newline="") as target:
        yield target
