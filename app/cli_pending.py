"""python -m app people pending: what has not ended, of everybody, also of those who have left."""

from typing import Annotated

import typer


def pending(
    slack_team: Annotated[str, typer.Option("--slack-team", help="Only this one.")] = "",
) -> None:
    """What still waits to be sent, of everybody."""
    from app.core.belongings import operation_record
    from app.settings import load_database_settings
    from app.storage.belongings import SqlBelongings
    from app.storage.opening import open_engine
    from app.terminal import loaded, run

    database_url = loaded(load_database_settings).database_url

    async def find() -> list[str]:
        engine = await open_engine(database_url)
        try:
            found = await SqlBelongings(engine).waiting_anywhere(slack_team or None)
        finally:
            await engine.close()
        return [_line(operation_record(operation)) for operation in found]

    lines = run(find())
    typer.echo("\n".join(lines) if lines else "Nothing waits to be sent.")


def _line(record: dict[str, str]) -> str:
    about = record["task"] or record["description"] or "no task"
    return (
        f"{record['slack_user']} in {record['slack_team']}  {record['at']}  {record['state']}: {record['kind']} {about}"
    )
