"""Who is asking, with which account, and whose time they may log."""

import asyncio
import logging
from dataclasses import dataclass

from app.core.errors import AssigneeNotConnected, NotAllowed, NotConnected, TimerError
from app.core.model import Account, AssigneePermission, Person, Role
from app.core.ports import Connections, Directory, Provider, Store
from app.core.standing import Standing

log = logging.getLogger(__name__)

LEARN_SECONDS = 1.0  # a form has three seconds to open


@dataclass(frozen=True, slots=True)
class Caller:
    """A person with their account and provider; `operation_id` names what they are doing this once."""

    person: Person
    account: Account
    provider: Provider
    operation_id: str


@dataclass(frozen=True, slots=True)
class Accounts:
    store: Store
    connections: Connections
    directory: Directory
    standing: Standing
    default_provider: str
    command: str = "/timer"

    async def person(self, team: str, user: str) -> Person | None:
        """From our own memory, else from their Slack profile; None when neither tells their time zone."""
        known = await self.store.person(team, user)
        if known:
            return known
        found = await self.directory.look_up(team, user)
        if found:
            await self.store.remember_person(found)
        return found

    async def label(self, team: str, user: str) -> str:
        """The name of the system that this person's time goes to."""
        try:
            account = await self.store.account(team, user)
        except TimerError:
            account = None
        return self.connections.label(account.provider if account else self.default_provider)

    async def caller(self, person: Person, operation_id: str) -> Caller:
        """Raises `NotConnected`, also for who has left the workspace."""
        account = await self.store.account(person.team, person.user)
        if account is None:
            label = self.connections.label(self.default_provider)
            raise NotConnected(
                f"You aren't connected to {label} yet. Type {self.command} connect; it takes a minute, once."
            )
        account = await self.standing.of(person, account)
        provider = await self.connections.provider(account, person.zone)
        try:
            async with asyncio.timeout(LEARN_SECONDS):
                await provider.learn()
        except TimeoutError:
            log.info("%s is slow to tell its rules", provider.label)  # what breaks them it refuses itself
        return Caller(person, account, provider, operation_id)

    async def assignee(self, caller: Caller, slack_user: str) -> Account:
        """The account of the person whose time it is, the caller's own if that is who was named.

        Raises `NotAllowed` before anything else is looked at, and `NotConnected`.
        """
        if slack_user in ("", caller.account.user):
            return caller.account
        require_anyone(caller.account)
        account = await self.store.account(caller.account.team, slack_user)
        if account is None:
            label = self.connections.label(self.default_provider)
            raise AssigneeNotConnected(
                f"<@{slack_user}> isn't connected to {label} yet. They can do it themselves, with {self.command} connect."
            )
        if (account.provider, account.workspace_id) != (caller.account.provider, caller.account.workspace_id):
            label = caller.provider.label
            raise NotAllowed(
                f"<@{slack_user}> tracks time in another workspace than you. Log it in yours, {label}, only."
            )
        return account


def may_name_anyone(account: Account) -> bool:
    """Only an owner or admin may, and only if whoever runs the app has not narrowed it to themselves."""
    return account.role.is_in_charge and account.assignee_permission is AssigneePermission.ANYONE


def require_anyone(account: Account) -> None:
    """Raises `NotAllowed`, naming the rule and who can change it."""
    if may_name_anyone(account):
        return
    if account.role.is_in_charge:
        raise NotAllowed(
            f"You are {_a(account.role)}, but logging for others is switched off for you. Whoever runs this app can change that."
        )
    raise NotAllowed(
        f"Only owners and admins can track time for somebody else, and you are {_a(account.role)}. "
        "Ask an owner or admin of the workspace to do it, or to change your role."
    )


def _a(role: Role) -> str:
    return f"an {role}" if role in (Role.OWNER, Role.ADMIN) else f"a {role}"
