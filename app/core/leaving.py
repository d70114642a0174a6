"""Going to another account, or away: a timer that runs must not be left behind, where nobody would see it."""

import asyncio
from dataclasses import dataclass

from app.core.errors import NotAllowed, NotConnected, TimerError
from app.core.model import Account, Person, Timer
from app.core.ports import Connections, Store

ASK_SECONDS = 1.0  # a form and an answer have three seconds


@dataclass(frozen=True, slots=True)
class Leaving:
    store: Store
    connections: Connections

    async def refuse_going(self, person: Person) -> None:
        """Raises `NotAllowed` while a timer runs, here or at the provider."""
        timer = await self.store.held_timer(person.team, person.user)
        if timer:
            raise NotAllowed(
                f"Your timer “{_name_of(timer)}” is kept here and would be lost. Stop or cancel it first, then disconnect."
            )
        now = await self._account(person)
        runs = now and await self._running(person, now)
        if now and runs:
            raise NotAllowed(
                f"Your timer “{_name_of(runs)}” runs in {self.connections.label(now.provider)} and would run on unseen."
                " Stop or cancel it first, then disconnect."
            )

    async def refuse_changing(self, person: Person, account: Account) -> None:
        """Raises `NotAllowed` while a timer runs that isn't `account`'s."""
        timer = await self.store.held_timer(person.team, person.user)
        try:
            now = await self.store.account(person.team, person.user)
        except NotConnected:
            return  # its credential can't be opened: the store looks at the rest
        if now is None:
            await self._refuse_taking_over(account, timer)
            return
        runs = None if same_user(now, account) else timer or await self._running(person, now)
        if runs:
            where = "is kept here for" if timer else f"runs in {self.connections.label(now.provider)}, with"
            raise NotAllowed(
                f"Your timer “{_name_of(runs)}” {where} the account you have now. Stop or cancel it first,"
                " then connect another.",
                field="token",
            )

    async def drop(self, person: Person, timer_id: str) -> Timer | None:
        """Drops a held timer whose account is gone; None when there is none of that name."""
        timer = await self.store.held_timer(person.team, person.user)
        is_meant = timer is not None and timer.id == timer_id
        return timer if is_meant and await self.store.release(person.team, person.user, timer_id) else None

    async def _refuse_taking_over(self, account: Account, timer: Timer | None) -> None:
        """The account that the timer is for is gone; it waits for the same user to come back."""
        if timer is None or timer.assignee == account.user_id:
            return
        began = await self.store.operation(timer.id.removeprefix("held:"))
        where = f" in {self.connections.label(began.provider)}" if began else ""
        raise NotAllowed(
            f"Your timer “{_name_of(timer)}” is kept here for the account you had{where}, and this is another one."
            " Connect that one again and stop the timer, or drop it with cancel.",
            field="token",
        )

    async def _account(self, person: Person) -> Account | None:
        try:
            return await self.store.account(person.team, person.user)
        except NotConnected:
            return None

    async def _running(self, person: Person, account: Account) -> Timer | None:
        """The provider's own timer; None also where it cannot be asked, for that must keep nobody."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                provider = await self.connections.provider(account, person.zone)
                return await provider.current(account.user_id) if provider.capabilities.native_timer else None
        except (TimerError, TimeoutError):
            return None


def same_user(one: Account, other: Account) -> bool:
    """Of the same provider, which is what tells whose a held timer is."""
    return (one.provider, one.workspace_id, one.user_id) == (other.provider, other.workspace_id, other.user_id)


def _name_of(timer: Timer) -> str:
    return timer.work.task.name if timer.work.task else timer.work.description or "without a task"
