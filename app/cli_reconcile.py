"""python -m app reconcile: after a backup was put back, looks up what may have been sent since, and lets the app send again."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.model import Timer
from app.core.operations import Operation

if TYPE_CHECKING:
    from app.core.reconciling import Reconciled
    from app.settings import Settings

_NOTHING_TO_DO = (
    "✓ Nothing to do: this database was not put back. If the whole disk was, say of when it is:"
    " python -m app reconcile --since 2026-11-21T18:00Z"
)


def reconcile(
    since: Annotated[str, typer.Option(help="Of when the data is, where that isn't known: 2026-11-21T18:00Z.")] = "",
) -> None:
    """Look up everything that a restored backup still means to send; nothing is sent before."""
    from app.logs import set_up_logs
    from app.settings import load_settings
    from app.terminal import failed, loaded, run

    moment, settings = _moment(since), loaded(load_settings)
    set_up_logs("WARNING")
    unknown = run(_look_back(settings, moment))
    if unknown is None:
        typer.echo(_NOTHING_TO_DO)
        return
    if unknown:
        raise failed(
            [f"{unknown} could not be looked up, so nothing is sent yet. Run it again: python -m app reconcile"]
        )
    typer.echo("✓ Nothing is in doubt any more: serve and worker send again what is still to be sent.")


async def _look_back(settings: "Settings", since: datetime | None) -> int | None:
    """How much could not be looked up; None where there was nothing to do."""
    from app.core.reconciling import Reconciler, Verdict
    from app.main import SystemClock, running

    async with running(settings, hears_slack=False) as app:
        if since:
            await app.store.generation.declare_put_back(since)
        as_of = await app.store.put_back_as_of()
        if as_of is None:
            return None
        typer.echo(
            f"The data is of {as_of:%Y-%m-%d %H:%M:%S} UTC. What was done since is looked up at the provider only."
        )
        unknown = 0
        async for one in Reconciler(app.store, app.settler, SystemClock()).look_back():
            typer.echo(_line(one))
            unknown += one.verdict is Verdict.UNKNOWN
        if not unknown:
            await app.store.generation.reconciled()
        return unknown


def _line(one: "Reconciled") -> str:
    why = f" ({one.why.rstrip('.')})" if one.why else ""
    return f"  {one.user} in {one.team}: {_described(one.about)}: {one.verdict}{why}."


def _described(about: Operation | Timer) -> str:
    from app.core.belongings import operation_record, timer_record

    record = timer_record("", "", about) if isinstance(about, Timer) else operation_record(about)
    what = record["task"] or record["description"] or "no task"
    return f"{record.get('kind', 'timer')} {what}, {record['start'] or record.get('at')}"


def _moment(since: str) -> datetime | None:
    if not since:
        return None
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(
            "--since takes a moment with its zone, such as 2026-11-21T18:00Z or +01:00 at the end."
        )
    return moment
