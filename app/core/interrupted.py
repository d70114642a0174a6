"""Finds what a crash cut off before it was answered, and tells whoever did it what came of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.acts import Act
from app.core.operations import MAKES_ROOM
from app.core.outcomes import TOLD_IN_VAIN, back_off
from app.core.ports import Clock, Inbox, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """`after` which an act that isn't answered has been cut off, unless it `is_under_way` here: clocks leap, and laptops sleep."""

    store: Store
    inbox: Inbox
    clock: Clock
    after: timedelta
    is_under_way: Callable[[str], bool]

    async def tell(self) -> int:
        """How many there were. What was put on disk is told as it ends; of the rest nothing was sent."""
        now = self.clock.now()
        found = await self.store.unanswered_acts(now - self.after, now)
        cut_off = [act for act in found if not self.is_under_way(act.id)]
        for act in cut_off:
            if not await self.store.claim_act_telling(act, now, until=now + self.after):
                continue
            if await self._told(act) or act.tellings >= TOLD_IN_VAIN:
                await self._let_go(act)
            else:
                await self.store.tell_act_later(act, now + back_off(act.tellings + 1))
        return len(cut_off)

    async def _told(self, act: Act) -> bool:
        """One that can't be told of keeps nobody else's from them."""
        try:
            return await self._tell(act)
        except Exception:
            log.exception("act %s could not be told of", act.id)
            return False

    async def _tell(self, act: Act) -> bool:
        before = replace(act, id=f"{act.id}{MAKES_ROOM}")  # that far it may have come
        operations = await self.store.operations_of(act)
        is_half_done = bool(operations or await self.store.operations_of(before))
        for told in (before, act) if not act.tellings else ():
            await self.store.retell(told)
        if any(operation.id == act.id for operation in operations) or (operations and not act.said):
            return True
        if is_half_done:
            return await self.inbox.cut_off(act, is_half_done=True)
        was_said_again = bool(act.said) and await self.store.latest_act(act, act.claimed_at) is not None
        return was_said_again or await self.inbox.cut_off(act)

    async def _let_go(self, act: Act) -> None:
        """What was only clicked may be clicked again."""
        if act.said:
            await self.store.answer_act(act.team, act.id, self.clock.now(), was_refused=True)
        else:
            await self.store.release_act(act.team, act.id)
