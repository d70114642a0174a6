"""python -m app people forget: deletes what the app keeps about somebody, not before saying what would be lost."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.core.operations import Operation

if TYPE_CHECKING:
    from app.storage.store import SqlStore

_STAYS = (
    "What was logged stays at the provider, and so does a token of theirs: both are deleted or revoked there.",
    "Backups and logs from before still name them. That they may log their own time only, if you said so, stays a rule.",
)


def forget(
    slack_team: Annotated[str, typer.Option("--slack-team", help="T…")],
    slack_user: Annotated[str, typer.Option("--slack-user", help="U…")],
    force: Annotated[bool, typer.Option(help="Also what has not ended yet; it is lost.")] = False,
) -> None:
    """Delete everything about somebody: account, token, operations, timer."""
    from app.cli_people import opened_store
    from app.terminal import failed, run

    async def delete() -> tuple[list[str], int]:
        async with opened_store() as store:
            waiting = await store.belongings.waiting(slack_team, slack_user)
            lost = [*map(_waits, waiting), *await _runs(store, slack_team, slack_user)]
            if lost and not force:
                return lost, 0
            return [], await store.belongings.forget(slack_team, slack_user, lets_go=[one.id for one in waiting])

    lost, count = run(delete())
    if lost:
        keep = f"python -m app export --slack-team {slack_team} --slack-user {slack_user} FILE"
        raise failed([*lost, f"That would be lost, so nothing was deleted. Keep a copy: {keep}. Then add --force."])
    if not count:
        raise failed([f"Nothing is kept about {slack_user} in {slack_team}. See: python -m app people list"])
    typer.echo(f"✓ Everything about {slack_user} in {slack_team} is deleted here: {count} records.")
    typer.echo("\n".join(f"  {sentence}" for sentence in _STAYS))


def _waits(operation: Operation) -> str:
    from app.core.belongings import operation_record

    record = operation_record(operation)
    about = record["task"] or record["description"] or "no task"
    return f"Has not ended ({record['state']}): {record['kind']}, {about}, accepted {record['at']}."


async def _runs(store: "SqlStore", team: str, user: str) -> list[str]:
    timer = await store.held_timer(team, user)
    return [f"A timer is kept here for them since {timer.start:%Y-%m-%d %H:%M} UTC."] if timer else []
