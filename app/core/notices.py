"""Tells people what somebody else did to their time, and whoever did it that it was taken back: once each."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from app.core.operations import UNDOING, Operation
from app.core.ports import Clock, Herald, Store

log = logging.getLogger(__name__)

STILL_NEWS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notices:
    store: Store
    clock: Clock
    herald: Herald

    async def tell(self) -> int:
        """Tells everything that is done and not told yet, and returns how many. What can't be told stays done."""
        unheard = await self.store.unheard(self.clock.now() - STILL_NEWS)
        return sum([await self._tell_once(operation) for operation in unheard])

    async def _tell_once(self, operation: Operation) -> bool:
        """Claimed first: a message that was sent can't be recognised when it is sent again."""
        if not await self.store.heard(operation):
            return False
        told = await self._about(operation)
        for user in told:
            try:
                await self.herald.tell(operation, user)
            except Exception:  # one person who can't be told must not keep the others from it
                log.exception("could not tell %s about operation %s", user, operation.id)
        return bool(told)

    async def _about(self, operation: Operation) -> list[str]:
        """Whose time it is and, where it takes something back, who had done that; never who does it now."""
        concerned = [operation.user]
        if operation.id.startswith(UNDOING):
            undone = await self.store.operation(operation.id.removeprefix(UNDOING))
            concerned += [undone.by] if undone and undone.team == operation.team else []
        return [user for user in dict.fromkeys(concerned) if user not in ("", operation.by or operation.user)]
