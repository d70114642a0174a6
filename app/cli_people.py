"""python -m app people: the mapping table, for whoever runs the app."""

import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import typer

from app.cli_forget import forget
from app.cli_pending import pending
from app.core.model import Account, AssigneePermission, Person, Role, Secret, default_permission

if TYPE_CHECKING:
    from app.storage.store import SqlStore

T = TypeVar("T")

people = typer.Typer(help="Who in Slack is whom at the provider.", no_args_is_help=True)

Team = Annotated[str, typer.Option("--slack-team", help="T…, as in the address of Slack in a browser.")]
User = Annotated[str, typer.Option("--slack-user", help="U…, under “Copy member ID” in the Slack profile.")]
Provider = Annotated[str, typer.Option("--provider", help="Which time-tracking system.")]


@people.command()
def link(
    slack_team: Team,
    slack_user: User,
    workspace: Annotated[str, typer.Option(help="The provider's workspace id.")],
    user: Annotated[str, typer.Option(help="The provider's user id.")],
    role: Annotated[Role, typer.Option(help="In the provider's workspace.")],
    provider: Provider = "clickup",
    assignee: Annotated[
        AssigneePermission | None, typer.Option(help="Whose time they may log; follows from the role.")
    ] = None,
    timezone: Annotated[str, typer.Option(help="Europe/Berlin; else it is taken from the Slack profile.")] = "",
    token_stdin: Annotated[
        bool, typer.Option("--token-stdin", help="Read their own token from standard input.")
    ] = False,
) -> None:
    """Add somebody, or change who they are."""
    permission = _permission(role, assignee)
    zone = _zone(timezone)
    _known(provider)
    token = sys.stdin.readline().strip() if token_stdin else ""
    if token_stdin and not token:
        raise typer.BadParameter("--token-stdin was given, but standard input is empty.")
    account = Account(
        slack_team, slack_user, provider, workspace, user, role, permission, Secret(token) if token else None
    )

    async def save() -> None:
        async with opened_store() as store:
            await store.link(account, is_ordered=True)
            if zone:
                known = await store.person(slack_team, slack_user)
                await store.remember_person(
                    replace(known, zone=zone) if known else Person(slack_team, slack_user, zone)
                )

    _run(save())
    sealed = "with their own token, sealed" if token else "without a token of their own"
    typer.echo(f"✓ {slack_user} in {slack_team} is {provider} user {user} in workspace {workspace}, {role}, {sealed}.")


@people.command("list")
def list_(slack_team: Annotated[str, typer.Option("--slack-team", help="Only this one.")] = "") -> None:
    """Everybody who is linked."""

    async def find() -> list[tuple[Account, Person | None]]:
        async with opened_store() as store:
            return [(one, await store.person(one.team, one.user)) for one in await store.accounts(slack_team or None)]

    found = _run(find())
    rows = [("TEAM", "SLACK USER", "PROVIDER", "WORKSPACE", "USER", "ROLE", "MAY LOG FOR", "TOKEN", "TIME ZONE")]
    for account, person in found:
        zone = person.zone.key if person else "from Slack"
        token = "own" if account.credential else "workspace's"
        rows.append(
            (account.team, account.user, account.provider, account.workspace_id, account.user_id, account.role.value,
             account.assignee_permission.value, token, zone)
        )  # fmt: skip
    if not found:
        typer.echo("Nobody is linked yet. Link somebody with: python -m app people link")
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@people.command()
def unlink(
    slack_team: Team,
    slack_user: User,
    provider: Provider = "clickup",
    force: Annotated[bool, typer.Option(help="Also when a timer is held for them; it is dropped unsaved.")] = False,
) -> None:
    """Forget somebody's account and token."""

    async def forget() -> tuple[bool, str]:
        async with opened_store() as store:
            is_gone = await store.unlink(slack_team, slack_user, provider, force=force)
            return is_gone, await store.provider_in_use(slack_team, slack_user)

    is_gone, left = _run(forget())
    if not is_gone:
        raise _not_linked(slack_team, slack_user, provider)
    typer.echo(f"✓ {slack_user} in {slack_team} is not linked to {provider} any more, and their token is gone.")
    if left:
        typer.echo(f"  They are linked to {left} as well: from now on their time goes there.")


@people.command()
def role(
    slack_team: Team,
    slack_user: User,
    role: Annotated[Role, typer.Option(help="In the provider's workspace.")],
    provider: Provider = "clickup",
    assignee: Annotated[AssigneePermission | None, typer.Option(help="Whose time they may log.")] = None,
) -> None:
    """Change somebody's role, and with it whose time they may log."""
    permission = _permission(role, assignee)

    async def change() -> Account | None:
        async with opened_store() as store:
            accounts = await store.accounts(slack_team)
            known = next((one for one in accounts if (one.user, one.provider) == (slack_user, provider)), None)
            if known:
                await store.link(replace(known, role=role, assignee_permission=permission), is_ordered=True)
            return known

    if not _run(change()):
        raise _not_linked(slack_team, slack_user, provider)
    typer.echo(f"✓ {slack_user} in {slack_team} is {role} now and may log for {permission}.")


people.command()(forget)
people.command()(pending)


def _run(work: Coroutine[Any, Any, T]) -> T:
    from app.terminal import run

    return run(work)


@asynccontextmanager
async def opened_store() -> "AsyncIterator[SqlStore]":
    """Needs DATABASE_URL and SECRET_KEY only: people are linked before Slack is set up."""
    from app.settings import load_storage_settings
    from app.storage.opening import open_store
    from app.terminal import loaded

    settings = loaded(load_storage_settings)
    store = await open_store(settings.database_url, settings.secret_keys)
    try:
        yield store
    finally:
        await store.close()


def _permission(role: Role, assignee: AssigneePermission | None) -> AssigneePermission:
    if assignee is AssigneePermission.ANYONE and not role.is_in_charge:
        raise typer.BadParameter(f"A {role} may log their own time only; owners and admins may log anybody's.")
    return assignee or default_permission(role)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        raise typer.BadParameter(f"{name} is not a time zone. Write one such as Europe/Berlin.") from None


def _known(provider: str) -> None:
    from app.providers import SERVICES

    if provider not in SERVICES:
        raise typer.BadParameter(f"{provider} is not a system this app speaks to. It knows: {', '.join(SERVICES)}.")


def _not_linked(team: str, user: str, provider: str) -> typer.Exit:
    from app.terminal import failed

    return failed([f"{user} in {team} is not linked to {provider}. See: python -m app people list"])
