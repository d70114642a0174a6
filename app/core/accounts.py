"""Who is asking, with which account, and whose time they may log."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from app.core import permissions
from app.core.errors import AssigneeNotConnected, NotAllowed, TimerError
from app.core.model import Account, Person
from app.core.permissions import Deed
from app.core.ports import Connections, Directory, Provider, Store
from app.core.standing import Standing

log = logging.getLogger(__name__)

LEARN_SECONDS = 1.0  # a form has three seconds to open


@dataclass(frozen=True, slots=True)
class Caller:
    """A person with their account and provider; `operation_id` names what they are doing this once.

    `act` is what Slack delivered, "" for the same name: one act may make several operations.
    `acted_at` is when they did it, aware UTC; None for just now.
    """

    person: Person
    account: Account
    provider: Provider
    operation_id: str
    act: str = ""
    acted_at: datetime | None = None


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
        if found and not found.is_stranger:
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
        account = await self.standing.of(person, await self._own(person))
        provider = await self.connections.provider(account, person.zone)
        await learned(provider)
        return Caller(person, account, provider, operation_id, act=operation_id)

    async def known(self, person: Person, operation_id: str) -> Caller:
        """As `caller`, by what is kept here: the provider is asked for neither their role nor its rules."""
        account = await self._own(person)
        provider = await self.connections.provider(account, person.zone)
        return Caller(person, account, provider, operation_id, act=operation_id)

    async def assignee(self, caller: Caller, slack_user: str, deed: Deed) -> Account:
        """The account of the person to whose time it is done, the caller's own if that is who was named.

        Raises `NotAllowed` before anything else is looked at, and `NotConnected`.
        """
        if slack_user in ("", caller.account.user):
            return caller.account
        permissions.require_anybody(caller.account, deed)
        account = await self.store.account(caller.account.team, slack_user)
        if account is None:
            raise await self._not_connected(caller.account.team, slack_user)
        if (account.provider, account.workspace_id) != (caller.account.provider, caller.account.workspace_id):
            label = caller.provider.label
            raise NotAllowed(
                f"<@{slack_user}> tracks time in another workspace than you. Log it in yours, {label}, only."
            )
        account = await self.standing.named(account)
        if account.has_left:
            raise await self._has_left(account)
        return account

    async def _own(self, person: Person) -> Account:
        account = await self.store.account(person.team, person.user)
        if account is None:
            raise permissions.not_connected(self.connections.label(self.default_provider), self.command)
        return account

    async def _not_connected(self, team: str, user: str) -> TimerError:
        found = await self.directory.look_up(team, user)
        if found and found.is_stranger:
            return NotAllowed(
                f"<@{user}> belongs to another Slack workspace, and time is tracked here for the people of this one only."
                " An admin of this Slack workspace can make them a member of it."
            )
        label = self.connections.label(self.default_provider)
        return AssigneeNotConnected(
            f"<@{user}> isn't connected to {label} yet. They can do it themselves, with {self.command} connect."
        )

    async def _has_left(self, account: Account) -> NotAllowed:
        held = await self.store.held_timer(account.team, account.user)
        kept = " Their timer stays here, unsaved, until they are back or drop it themselves." if held else ""
        return NotAllowed(
            f"<@{account.user}> is no active member of the {self.connections.label(account.provider)} workspace any more,"
            f" so nothing was done. Its owner can invite them again.{kept}"
        )


async def learned(provider: Provider) -> None:
    """Its rules, as far as it tells them in time. Raises `SignInExpired`."""
    try:
        async with asyncio.timeout(LEARN_SECONDS):
            await provider.learn()
    except TimeoutError:
        log.info("%s is slow to tell its rules", provider.label)  # what breaks them it refuses itself
