"""The command line. What a command needs is imported when it runs, so that `understand` answers at once."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli_backups import backup, restore
from app.cli_export import export
from app.cli_people import people
from app.cli_reconcile import reconcile

if TYPE_CHECKING:
    from app.settings import Settings

DEMOS = ("clickup", "clickup_legacy", "clockify", "hoursmith")

cli = typer.Typer(
    help="Track time from Slack.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is.")] = 3000,
    provider: Annotated[str, typer.Option(help=f"Where the hours go: {', '.join(DEMOS)}.")] = "clickup",
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """A local Slack, local back ends and the real app between them; nothing to configure."""
    if provider not in DEMOS:
        raise typer.BadParameter(f"There is no sandbox of {provider}. Choose one of {', '.join(DEMOS)}.")
    from app.demo import play
    from app.logs import set_up_logs
    from app.terminal import run

    set_up_logs("WARNING")
    run(play(port, provider, opens_browser=browser))


@cli.command()
def serve() -> None:
    """Answer Slack: HTTP on PORT, or Socket Mode when SLACK_APP_TOKEN is set."""
    from app.main import serve as serve_app
    from app.terminal import run

    run(serve_app(_ready()))


@cli.command()
def worker() -> None:
    """What serve does beside answering, in a process of its own on the same database."""
    from app.main import work
    from app.terminal import run

    run(work(_ready()))


@cli.command()
def check() -> None:
    """Every setting, the database, Slack and the provider: all faults at once."""
    from app.check import faults
    from app.settings import load_settings
    from app.terminal import failed, loaded, run

    settings = loaded(load_settings)

    async def look() -> list[str]:
        return [fault async for fault in faults(settings)]

    if found := run(look()):
        raise failed(found)
    typer.echo("✓ All is well.")


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from app.settings import load_storage_settings
    from app.storage.opening import migrate as bring_up
    from app.terminal import loaded, run

    steps = run(bring_up(loaded(load_storage_settings).database_url))
    typer.echo("\n".join(f"✓ {step}" for step in steps) or "✓ Nothing to do.")


@cli.command()
def manifest(url: Annotated[str, typer.Option(help="The app's public address; without it, Socket Mode.")] = "") -> None:
    """The Slack app's manifest, to paste into Slack."""
    from app.manifest import as_yaml
    from app.manifest import manifest as made
    from app.settings import load_manifest_settings
    from app.terminal import loaded

    settings = loaded(load_manifest_settings)

    typer.echo(as_yaml(made(settings.timer_command, url or settings.public_url)), nl=False)


@cli.command()
def understand(
    line: Annotated[str, typer.Argument(help="What somebody typed; - reads lines from standard input.")],
    now: Annotated[str, typer.Option(help="As if it were then: 2026-03-04T10:17, in the time zone.")] = "",
    timezone: Annotated[str, typer.Option(help="The person's time zone.")] = "UTC",
) -> None:
    """What the grammar makes of a line, as JSON: the answer to “why did it log that?”"""
    from zoneinfo import ZoneInfo

    try:
        zone = ZoneInfo(timezone)
        moment = datetime.fromisoformat(now) if now else datetime.now(zone)
    except (ValueError, OSError, KeyError) as error:
        raise typer.BadParameter(
            f"--timezone takes a name such as Europe/Berlin, --now 2026-03-04T10:17 ({error})"
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    for one in _lines(line):
        typer.echo(json.dumps(_understood(one, moment, zone), ensure_ascii=False))


def _understood(line: str, now: datetime, zone: Any) -> dict[str, Any]:
    from app.core.errors import NotUnderstood
    from app.core.phrases import read
    from app.slack.commands import WORDS

    try:
        phrase = read(line, WORDS, now=now, zone=zone)
    except NotUnderstood as error:
        return {"refused": error.sentence}
    changes = [f"+{tag}" for tag in phrase.tags] + [f"-{tag}" for tag in phrase.untags]
    return {
        "word": phrase.word,
        "start": phrase.start.isoformat().replace("+00:00", "Z") if phrase.start else None,
        "end": phrase.end.isoformat().replace("+00:00", "Z") if phrase.end else None,
        "seconds": int(phrase.duration.total_seconds()) if phrase.duration else None,
        "day": phrase.day.isoformat() if phrase.day else None,
        "task": phrase.task or None,
        "text": phrase.text or None,
        "tags": changes if phrase.word == "tag" else list(phrase.tags),
        "billable": phrase.billable,
        "assignee": phrase.assignee or None,
    }


def _lines(line: str) -> Iterator[str]:
    if line != "-":
        return iter([line])
    return (one.rstrip("\r\n") for one in sys.stdin)


def _ready() -> "Settings":
    from app.logs import set_up_logs
    from app.settings import load_settings
    from app.terminal import loaded

    settings = loaded(load_settings)
    set_up_logs(settings.log_level)
    return settings


cli.command()(backup)
cli.command()(restore)
cli.command()(reconcile)
cli.command()(export)
cli.add_typer(people, name="people")
