"""A stop that was put off comes before whatever is asked next: the timer ended when the person said so, not later."""

import secrets
from dataclasses import dataclass, replace

from app.core.accounts import Caller
from app.core.errors import NotReached
from app.core.journal import Journal
from app.core.lookups import stop_of
from app.core.model import Timer
from app.core.operations import Operation, State, Stop
from app.core.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class WaitingStops:
    store: Store
    journal: Journal
    clock: Clock

    async def end(self, caller: Caller, running: Timer) -> bool:
        """Whether `running`, the caller's own at the provider, was to be stopped before, and is by now.

        Raises `NotReached` while that can't be said.
        """
        where = (caller.account.provider, caller.account.workspace_id)
        for operation in await self.store.pending(caller.account.team, caller.account.user):
            is_there = (operation.provider, operation.workspace_id) == where
            stop = stop_of(operation, running) if is_there else None
            if stop:
                return await self._send(caller, operation, stop)
        return False

    async def _send(self, caller: Caller, operation: Operation, stop: Stop) -> bool:
        now = self.clock.now()
        until = now + self.journal.lease
        taken = await self.store.take(operation, now=now, lease=secrets.token_hex(8), until=until)
        if taken is None:
            raise NotReached("Your stop is being sent just now. Try again in a moment.")
        outcome = await self.journal.resend(replace(taken, intent=stop), caller.provider)
        if outcome is None or outcome.state not in (State.DONE, State.REFUSED):
            raise NotReached(f"{caller.provider.label} isn't answering, and your stop is still to be sent.")
        return outcome.state is State.DONE
