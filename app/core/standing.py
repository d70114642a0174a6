"""Whether an account still is what it was: role and membership change at the provider, and nobody tells us.

A workspace-wide token could do more than the person it speaks for, so what they may do is read again now and then.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import NotSaved, ProviderError, TimerError
from app.core.model import Account, AssigneePermission, Person, SignedIn, default_permission
from app.core.permissions import left
from app.core.ports import Clock, Connections, SignIns, Store

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
AGAIN = timedelta(minutes=15)  # after a list that couldn't be read, or in which somebody was missing
READ_SECONDS = 1.0  # an answer has three seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """`later` starts what nobody waits for."""

    store: Store
    sign_ins: SignIns
    connections: Connections
    clock: Clock
    later: Callable[[Coroutine[Any, Any, None]], object]

    async def of(self, person: Person, account: Account) -> Account:
        """`account` with the role of today, or of yesterday. Raises `NotConnected` for who has left."""
        if account.credential:
            await self._ask_later(person, account)
            return account
        found = await self._from_roster(account)
        if found.has_left:
            raise left(self.connections.label(account.provider))
        return found

    async def named(self, account: Account) -> Account:
        """The account that somebody else names, as far as is known already: what is too old is read for the next time."""
        roster = self.sign_ins.recalled(account.provider)
        if account.credential:
            return account
        if roster is None:
            self.later(self._refresh(account))
            return account
        return await self._as_of(account, roster)

    async def _refresh(self, account: Account) -> None:
        await self._from_roster(account)

    async def _from_roster(self, account: Account) -> Account:
        """As the list of members says, read at most once a day for this, or while it is fresh anyway."""
        is_due, roster = self._is_due(account), self.sign_ins.recalled(account.provider)
        if is_due and roster is None:
            roster = await self._read(account)
        return account if roster is None else await self._as_of(account, roster)

    async def _as_of(self, account: Account, roster: SignedIn) -> Account:
        found = await self._as_listed(account, roster)
        if self._is_due(account) or (found.role, found.has_left) != (account.role, account.has_left):
            await self._keep(found, self._soon() if found.has_left else self.clock.now())
        return found

    async def _read(self, account: Account) -> SignedIn | None:
        await self._keep(account, self._soon())
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await self.sign_ins.roster(account.provider)
        except (TimerError, TimeoutError) as error:
            log.info("members of %s not read: %s", account.provider, type(error).__name__)
            return None

    async def _as_listed(self, account: Account, roster: SignedIn) -> Account:
        """A list of another workspace, or one that may not show everybody, proves nothing by who is missing."""
        if [one.id for one in roster.workspaces] != [account.workspace_id]:
            return account
        member = next((one for one in roster.members if one.id == account.user_id), None)
        if member is None:
            shows_everybody = roster.likely and all(one.role and one.role.is_in_charge for one in roster.likely)
            return replace(account, has_left=True) if shows_everybody else account
        role = member.role or account.role
        changed = account if role is account.role else await self._in_role(replace(account, role=role))
        return replace(changed, has_left=not member.is_active)

    async def _ask_later(self, person: Person, account: Account) -> None:
        """Their own token can do no more than they may: nobody waits, and the next command knows."""
        if self._is_due(account):
            await self._keep(account, self.clock.now())
            if account.checked_at:  # else they have just connected, and it was read then
                self.later(self._ask(person, account))

    async def _ask(self, person: Person, account: Account) -> None:
        try:
            me = await (await self.connections.provider(account, person.zone)).whoami()
        except ProviderError as error:
            log.info("role at %s not read: %s", account.provider, type(error).__name__)
            return
        if me.id == account.user_id and me.role and me.role is not account.role:
            await self._keep(await self._in_role(replace(account, role=me.role)), self.clock.now())

    async def _in_role(self, account: Account) -> Account:
        """The role is the provider's to say; whoever runs the app may have narrowed what follows from it."""
        is_narrowed = await self.store.is_narrowed(account.team, account.user, account.provider)
        permission = AssigneePermission.SELF if is_narrowed else default_permission(account.role)
        return replace(account, assignee_permission=permission)

    async def _keep(self, account: Account, checked_at: datetime) -> None:
        with suppress(NotSaved):  # it is looked up again with the next command
            await self.store.keep_standing(replace(account, checked_at=checked_at))

    def _is_due(self, account: Account) -> bool:
        """So is what was looked at in the future: the clock was set back since."""
        return account.checked_at is None or not timedelta() <= self.clock.now() - account.checked_at < EVERY

    def _soon(self) -> datetime:
        return self.clock.now() - EVERY + AGAIN
