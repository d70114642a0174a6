"""The one way to write at a provider: on disk first, sent once, then settled.

    sending → done       the provider said yes
            → refused    it said no, or was not reached: nothing happened there, it may be sent again
            → unsure     it gave no usable answer: it may have happened, so it is never resent blindly

What a crash leaves in `sending` is found at the next start and becomes `unsure`.
"""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta

from app.core.errors import AlreadySent, NoAnswer, NotSaved, TimerError
from app.core.model import Account, TimeEntry, Timer
from app.core.operations import Amend, Cancel, Create, Delete, Intent, Operation, Start, State, Stop, Tag, Update
from app.core.ports import Clock, Inbox, Provider, Store

log = logging.getLogger(__name__)

Result = TimeEntry | Timer
_LONGEST_UNDER_WAY = timedelta(minutes=3)  # the longest operation is five requests of at most twenty seconds
_LOOK = "It may or may not have been saved: look at your entries before you do it again."
_STOPPED = f"I was stopped while I was sending something of yours. {_LOOK}"


@dataclass(frozen=True, slots=True)
class Journal:
    store: Store
    clock: Clock
    _under_way: dict[tuple[str, str, str], asyncio.Future[Result]] = field(default_factory=dict, repr=False)

    async def write(
        self, operation_id: str, provider: Provider, intent: Intent, *, owner: Account | None = None
    ) -> Result:
        """What the provider made of `intent`: the entry or timer as it is now, or as it was before it went.

        The second call with the same id sends nothing and gets the first one's result. The operation is `owner`'s,
        by default that of the account that sends it: a timer that anybody may stop is still one person's.
        Raises `NotSaved`, `Refused`, `NotReached`, `NoAnswer` and `AlreadySent`.
        """
        whose = owner or provider.account
        key = (whose.team, whose.user, operation_id)
        if key in self._under_way:
            return await asyncio.shield(self._under_way[key])
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._under_way[key] = future
        try:
            result = await self._write(operation_id, provider, intent, whose)
        except asyncio.CancelledError:
            future.set_exception(NoAnswer(_STOPPED))  # the others who wait were not cancelled
            future.exception()
            raise
        except Exception as error:
            future.set_exception(error)
            future.exception()  # raised here as well; nobody else need have asked for it
            raise
        else:
            future.set_result(result)
            return result
        finally:
            del self._under_way[key]

    async def note(
        self, operation_id: str, by: Account, intent: Intent, result: Result, *, owner: Account | None = None
    ) -> None:
        """Keeps what was done here without the provider, so that it can be undone; that it can't be kept undoes nothing."""
        try:
            await self.store.note(replace(self._operation(operation_id, by, intent, owner or by), result=result))
        except NotSaved as error:
            log.warning("operation %s is done but not noted: %s", operation_id, error.sentence)

    def _operation(self, operation_id: str, by: Account, intent: Intent, owner: Account) -> Operation:
        return Operation(
            operation_id,
            owner.team,
            owner.user,
            owner.provider,
            owner.workspace_id,
            intent,
            self.clock.now(),
            by=by.user,
        )

    async def recover(self, inbox: Inbox) -> int:
        """Marks what a crash cut off as unsure and says so to each person. Returns how many there were.

        What was accepted a moment ago may be under way in another process, as it is during a deployment.
        """
        before = self.clock.now() - _LONGEST_UNDER_WAY
        interrupted = [
            operation
            for operation in await self.store.unsettled()
            if operation.accepted_at < before and (operation.team, operation.user, operation.id) not in self._under_way
        ]
        for operation in interrupted:
            await self.store.settle(operation.id, State.UNSURE, reason=_STOPPED)
            try:
                await inbox.tell(operation.team, operation.user, _STOPPED)
            except Exception:  # one person who cannot be told must not keep the others from it
                log.exception("could not tell %s about operation %s", operation.user, operation.id)
        return len(interrupted)

    async def _write(self, operation_id: str, provider: Provider, intent: Intent, account: Account) -> Result:
        operation = self._operation(operation_id, provider.account, intent, account)
        earlier = await self.store.begin(operation)
        if earlier:
            return _earlier_result(earlier)
        try:
            result = await _send(provider, intent, operation.attempt)
        except NoAnswer as error:
            await self._settle(operation_id, State.UNSURE, reason=error.sentence)
            raise
        except TimerError as error:
            await self._settle(operation_id, State.REFUSED, reason=error.sentence)
            raise
        except asyncio.CancelledError:
            await self._settle(operation_id, State.UNSURE, reason=_STOPPED)
            raise
        except Exception as error:  # our own mistake, after we may have sent it
            await self._settle(
                operation_id, State.UNSURE, reason=f"Something went wrong here ({type(error).__name__}). {_LOOK}"
            )
            raise
        await self._settle(operation_id, State.DONE, result=result)
        return result

    async def _settle(self, operation_id: str, state: State, *, result: Result | None = None, reason: str = "") -> None:
        """What the provider said is what the person hears, also when our own note of it fails."""
        try:
            await self.store.settle(operation_id, state, result=result, reason=reason)
        except Exception:
            log.exception("operation %s is %s but could not be noted", operation_id, state)


def _earlier_result(earlier: Operation) -> Result:
    if earlier.state is State.DONE and earlier.result:
        return earlier.result
    if earlier.state is State.UNSURE:
        raise NoAnswer(earlier.reason)
    raise AlreadySent("That is on its way already; I won't send it twice.")


async def _send(provider: Provider, intent: Intent, attempt: str) -> Result:
    match intent:
        case Create(draft):
            return await provider.create(draft, operation_id=attempt)
        case Update(before, after):
            return await provider.update(before, after)
        case Delete(entry):
            await provider.delete(entry)
            return entry
        case Start(work, at):
            return await provider.start(work, at)
        case Stop(timer, at):
            return await provider.stop(timer, at)
        case Cancel(timer):
            await provider.cancel(timer)
            return timer
        case Amend(timer, work):
            return await provider.amend(timer, work)
        case Tag(on, add, remove):
            return await _retag(provider, on, add, remove)


async def _retag(provider: Provider, on: Result, add: tuple[str, ...], remove: tuple[str, ...]) -> Result:
    if add:
        await provider.tag(on.id, add)
    if remove:
        await provider.untag(on.id, remove)
    return replace(on, work=on.work.retagged(add, remove))
