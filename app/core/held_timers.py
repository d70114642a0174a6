"""Timers that the app keeps itself, for accounts whose provider has none or whose token is somebody else's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.crash_points import reached
from app.core.errors import AlreadySent, NoTimerRunning, TimerError
from app.core.model import Account, Draft, Timer, Work
from app.core.operations import State
from app.core.ports import Store


@dataclass(frozen=True, slots=True)
class HeldTimers:
    """Durable: a held timer is on disk before anybody is told that it runs."""

    store: Store

    async def current(self, account: Account) -> Timer | None:
        return await self.store.held_timer(account.team, account.user)

    async def start(self, account: Account, work: Work, at: datetime, operation_id: str) -> Timer:
        """The timer is named after the operation, so a second delivery finds it running.

        Raises `AlreadySent` for one that was stopped: its name is its entry's operation, and made an entry already.
        """
        timer = await self.startable(account, work, at, operation_id)
        if await self.store.hold(account.team, account.user, timer):
            reached("hold.kept")
            return timer
        running = await self.current(account)
        if running and running.id == timer.id:
            return running
        raise TimerError("Another timer was started in the same moment. Look at status, then try again.")

    async def startable(self, account: Account, work: Work, at: datetime, operation_id: str) -> Timer:
        """The timer that `start` would hold. Raises `AlreadySent` as it does."""
        timer = Timer(f"held:{operation_id}", work, at, account.user_id, is_held=True)
        stopped = await self.store.operation(timer.id)
        if stopped and stopped.state not in (State.REFUSED, State.DROPPED):
            raise AlreadySent("That timer was started and stopped already. Start a new one.")
        return timer

    async def retag(self, account: Account, timer: Timer, add: tuple[str, ...], remove: tuple[str, ...]) -> Timer:
        """Raises `NoTimerRunning`."""
        return await self._change(account, timer, lambda work: work.retagged(add, remove))

    async def amend(self, account: Account, timer: Timer, work: Work) -> Timer:
        """Raises `NoTimerRunning`."""
        return await self._change(account, timer, lambda _: work)

    async def _change(self, account: Account, timer: Timer, change: Callable[[Work], Work]) -> Timer:
        """Of the timer as it is by now: whoever changes it at the same time loses nothing."""
        while (held := await self.current(account)) and held.id == timer.id:
            changed = replace(held, work=change(held.work))
            if await self.store.change_held(account.team, account.user, held, changed):
                return changed
        raise NoTimerRunning("That timer isn't running any more, so it wasn't changed.")

    async def drop(self, account: Account, timer: Timer) -> None:
        """Raises `NoTimerRunning`."""
        if not await self.store.release(account.team, account.user, timer.id):
            raise NoTimerRunning("That timer isn't running any more, so there is nothing to drop.")
        reached("hold.released")


def draft_of(timer: Timer, end: datetime, *, is_timed: bool) -> Draft:
    """The time entry that a held timer becomes when it stops."""
    return Draft(timer.work, timer.start, end, timer.assignee, is_timed)
