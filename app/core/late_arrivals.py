"""Looks once more, long after, whether a request that was given up on arrived after all: then the entry is there twice."""

import logging
from dataclasses import dataclass

from app.core.accounts import Caller
from app.core.asking import asked
from app.core.errors import NotReached, TimerError
from app.core.journal import Journal
from app.core.model import TimeEntry
from app.core.operations import COPY, Create, Delete, Operation
from app.core.ports import Clock, Inbox, Store
from app.core.settling import Settler

log = logging.getLogger(__name__)

AFTER = (10, 960)  # quarantines: a quarter of an hour and a day, when one is ninety seconds
_TAKEN_OUT = "A request that I had given up on arrived after all, so an entry was there twice: {}. The second one is being taken out."
_TWICE = "An entry seems to be there twice: {}. Look at it, and delete one if it is the same work."


@dataclass(frozen=True, slots=True)
class LateArrivals:
    store: Store
    journal: Journal
    settler: Settler
    clock: Clock
    inbox: Inbox

    async def look(self) -> int:
        """Takes out what is provably our own second copy, tells of what only may be one; returns how many there were."""
        now, found = self.clock.now(), 0
        for looks, quarantines in enumerate(AFTER):
            for operation in await self.store.sent_twice(looks, before=now - quarantines * self.journal.quarantine):
                found += await self._look(operation, looks)
        return found

    async def _look(self, operation: Operation, looks: int) -> int:
        """A look that fails doesn't count; one that another process has taken is not taken twice."""
        try:
            caller = await self.settler.caller_of(operation)
            copies = await self._copies(caller, operation)
        except NotReached:
            return 0
        except TimerError as error:
            log.warning("operation %s could not be looked at again: %s", operation.id, error.sentence)
            copies = []
        if not await self.store.looked_again(operation, looks):
            return 0
        for copy in copies:
            await self._deal_with(caller, operation, copy)
        return len(copies)

    async def _copies(self, caller: Caller, operation: Operation) -> list[TimeEntry]:
        """None where its own entry isn't there any more: then the other one is all that there is."""
        intent, mine = operation.intent, operation.result
        if not isinstance(intent, Create) or mine is None or operation.sent_at is None:
            return []
        if caller.provider.capabilities.idempotent:
            return []
        made = await asked(
            caller.provider.made_from(intent.draft, operation_id=operation.attempt, since=operation.sent_at)
        )
        if mine.id not in [one.id for one in made]:
            return []
        others = [one for one in made if one.id != mine.id]
        return [one for one in others if not await self.store.is_made_by_us(operation, one.id)]

    async def _deal_with(self, caller: Caller, operation: Operation, copy: TimeEntry) -> None:
        """Only a mark proves whose it is; without one it may be the person's own, and is theirs to delete."""
        owner = await self.store.account_at(operation.team, operation.user, operation.provider, operation.workspace_id)
        is_ours = _is_marked(caller, operation) and owner is not None
        if is_ours:
            await self.journal.put_off(f"{COPY}{copy.id}", caller, Delete(copy), owner=owner)
        await self.inbox.tell_about(operation, _TAKEN_OUT if is_ours else _TWICE)


def _is_marked(caller: Caller, operation: Operation) -> bool:
    """Whether this very draft carries the mark of its operation, where the provider's entries carry any."""
    assert isinstance(operation.intent, Create)
    draft, marked = operation.intent.draft, caller.provider.marked
    return marked(draft, operation.id) == draft and marked(draft, f"{operation.id} again") != draft
