"""Looks once more, long after, whether a request that was given up on arrived after all: then the entry is there twice."""

import logging
from dataclasses import dataclass

from app.core.accounts import Caller
from app.core.errors import NoAnswer, TimerError
from app.core.journal import Journal
from app.core.model import Draft, TimeEntry
from app.core.operations import Create, Delete, Operation
from app.core.ports import Clock, Inbox, Store
from app.core.settling import Settler

log = logging.getLogger(__name__)

AFTER = (10, 960)  # quarantines: a quarter of an hour and a day, when one is ninety seconds
_TAKEN_OUT = (
    "A request that I had given up on arrived after all, so an entry was there twice: {}. I took the second one out."
)
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
        for audits, quarantines in enumerate(AFTER):
            for operation in await self.store.sent_twice(audits, before=now - quarantines * self.journal.quarantine):
                if await self.store.looked_again(operation, audits):
                    found += await self._look(operation)
        return found

    async def _look(self, operation: Operation) -> int:
        try:
            caller = await self.settler.caller_of(operation)
            copies = await self._copies(caller, operation)
            for copy in copies:
                await self._deal_with(caller, operation, copy)
        except TimerError as error:
            log.warning("operation %s could not be looked at again: %s", operation.id, error.sentence)
            return 0
        return len(copies)

    async def _copies(self, caller: Caller, operation: Operation) -> list[TimeEntry]:
        intent, mine = operation.intent, operation.result
        if not isinstance(intent, Create) or mine is None or operation.sent_at is None:
            return []
        if caller.provider.capabilities.idempotent:
            return []
        made = await caller.provider.made_from(intent.draft, operation_id=operation.attempt, since=operation.sent_at)
        others = [one for one in made if one.id != mine.id]
        return [one for one in others if not await self.store.is_made_by_us(operation, one.id)]

    async def _deal_with(self, caller: Caller, operation: Operation, copy: TimeEntry) -> None:
        """Only a mark proves whose it is; without one it may be the person's own, and is theirs to delete."""
        assert isinstance(operation.intent, Create)
        sentence = _TWICE
        if _is_marked(caller, operation.intent.draft):
            owner = await self.store.account_at(
                operation.team, operation.user, operation.provider, operation.workspace_id
            )
            try:
                await self.journal.write(f"copy:{copy.id}", caller, Delete(copy), owner=owner)
            except NoAnswer as error:  # that it is gone is settled as any deletion is
                log.warning("a second copy may still be there: %s", error.sentence)
            sentence = _TAKEN_OUT
        await self.inbox.tell_about(operation, sentence)


def _is_marked(caller: Caller, draft: Draft) -> bool:
    """Whether this provider's entries tell which operation they came from: then another one's would lie elsewhere."""
    return caller.provider.marked(draft, "another") != caller.provider.marked(draft, "one more")
