"""Says to people, by direct message, what somebody else did to their time, with a way to undo it."""

import logging
from dataclasses import dataclass, replace

from app.core.accounts import Caller
from app.core.errors import TimerError
from app.core.operations import UNDOING, Operation
from app.slack import messages
from app.slack.call import Call, Services
from app.slack.outgoing import Outgoing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Herald:
    """Keeps core's `Herald`. Scope: chat:write."""

    services: Services
    outgoing: Outgoing

    async def tell(self, operation: Operation, to: str) -> None:
        person = await self.services.accounts.person(operation.team, to)
        if person is None:
            log.warning("operation %s is done but not told: Slack doesn't say who %s is", operation.id, to)
            return
        call = Call(self.services, person, operation.id)
        doer = operation.by or operation.user
        by = await self.services.accounts.person(operation.team, doer) or replace(person, user=doer, name="")
        is_undoable = to == operation.user and not operation.id.startswith(UNDOING)
        undoer = await self._caller(call) if is_undoable else None
        said = messages.done_to_yours(call, operation, by, undoer)
        if not await self.outgoing.say(to, said):
            log.warning("operation %s is done but %s was not told", operation.id, to)

    async def _caller(self, call: Call) -> Caller | None:
        """None where nothing could be undone, for want of a sign-in."""
        try:
            return await call.caller()
        except TimerError as error:
            log.info("no undo is offered: %s", type(error).__name__)
            return None
