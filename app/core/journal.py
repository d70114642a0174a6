"""The one way to write at a provider: on disk first, sent once, then settled.

    sending → done       the provider said yes
            → queued     it was not reached: nothing happened there, so it is sent later, if it can wait
            → waiting    it wants a new sign-in first
            → refused    it said no, or it can't wait: nothing happened there
            → unsure     it gave no usable answer: it may have happened, so it is looked up before anything is sent again

What does not end here ends in `Settler`, also what a crash leaves in `sending`.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.accounts import Caller
from app.core.crash_points import reached
from app.core.errors import AlreadySent, NoAnswer, NotSaved, PutBack, PutOff, TimerError
from app.core.model import Account
from app.core.operations import (
    NOTHING_HELD,
    Amend,
    Cancel,
    Create,
    Delete,
    Held,
    Intent,
    Operation,
    Result,
    Start,
    State,
    Stop,
    Tag,
    TakeBack,
    Update,
)
from app.core.outcomes import NOT_WHILE_PUT_BACK, Outcome, after, done, isnt_answering
from app.core.ports import Clock, Provider, Store

log = logging.getLogger(__name__)

QUARANTINE = timedelta(seconds=90)
LEASE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Journal:
    """`quarantine`: how long something unsure waits before it is looked up, for it may still arrive until then."""

    store: Store
    clock: Clock
    quarantine: timedelta = QUARANTINE
    _under_way: dict[tuple[str, str, str], asyncio.Future[Result]] = field(default_factory=dict, repr=False)

    async def write(
        self,
        operation_id: str,
        caller: Caller,
        intent: Intent,
        *,
        owner: Account | None = None,
        held: Held = NOTHING_HELD,
        instead_of: str = "",
    ) -> Result:
        """What the provider made of `intent`: the entry or timer as it is now, or as it was before it went.

        The second call with the same id sends nothing and gets the first one's result. The operation is `owner`'s,
        by default that of the account that sends it: a timer that anybody may stop is still one person's.
        With `instead_of`, an operation of theirs that waits, that one is dropped, unless this one is refused.
        Raises `NotSaved`, `Refused`, `NotReached`, `NoAnswer`, `AlreadySent`, and `PutOff` for what can wait.
        """
        whose = owner or caller.account
        key = (whose.team, whose.user, operation_id)
        if key in self._under_way:
            return await asyncio.shield(self._under_way[key])
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._under_way[key] = future
        try:
            operation = self._operation(operation_id, caller, intent, whose)
            result = await self._write(operation, caller.provider, held, instead_of)
        except asyncio.CancelledError:
            _fail(future, NoAnswer("I was stopped while I was sending that."))  # who waits was not cancelled
            raise
        except Exception as error:
            _fail(future, error)
            raise
        else:
            future.set_result(result)
            return result
        finally:
            del self._under_way[key]

    async def put_off(
        self,
        operation_id: str,
        caller: Caller,
        intent: Intent,
        *,
        owner: Account | None = None,
        held: Held = NOTHING_HELD,
        state: State = State.QUEUED,
    ) -> None:
        """Takes `intent` down to be sent as soon as the provider answers or, `waiting`, the person has signed in."""
        operation = replace(self._operation(operation_id, caller, intent, owner or caller.account), state=state)
        await self.store.begin(operation, until=self.clock.now(), held=held)
        reached("operation.begun")

    async def twin(self, operation_id: str, caller: Caller, intent: Create, *, owner: Account) -> Operation | None:
        """What made, or will make, the very same entry."""
        return await self.store.twin(self._operation(operation_id, caller, intent, owner))

    async def note(
        self,
        operation_id: str,
        caller: Caller,
        intent: Intent,
        result: Result | None,
        *,
        owner: Account | None = None,
    ) -> None:
        """Keeps what was done here without the provider, so that it can be undone; that it can't be kept undoes nothing."""
        operation = self._operation(operation_id, caller, intent, owner or caller.account)
        try:
            await self.store.note(replace(operation, result=result))
        except NotSaved as error:
            log.warning("operation %s is done but not noted: %s", operation_id, error.sentence)

    async def resend(self, operation: Operation, provider: Provider, held: Held = NOTHING_HELD) -> Outcome | None:
        """Sends what was put off, with the intent that it has by now; None where its lease is another's by now."""
        now, is_in_doubt = self.clock.now(), operation.sent_at is not None
        sending = await self.store.resend(operation, now=now, until=now + self.lease)
        if sending is None:
            return None
        outcome = await self._deliver(sending, provider, held, is_again=True, is_in_doubt=is_in_doubt)
        reached("settle.resent")
        return outcome

    async def _deliver(
        self,
        operation: Operation,
        provider: Provider,
        held: Held,
        *,
        is_again: bool = False,
        is_in_doubt: bool = False,
    ) -> Outcome:
        """Sends what is on disk as `sending` and in this lease, and puts down how it ended."""
        reached("write.before")
        try:
            await self._refuse_while_put_back()
            async with self._leased(operation):
                await self._refuse_taken_over(operation)
                result = await _send(provider, operation)
        except BaseException as error:
            outcome = after(
                error,
                operation.intent,
                label=provider.label,
                tries=operation.tries,
                now=self.clock.now(),
                quarantine=self.quarantine,
                is_again=is_again,
                is_in_doubt=is_in_doubt,
            )
        else:
            reached("write.after")
            outcome = done(result)
        await self._settle(operation, outcome, held.reversed if outcome.state is State.REFUSED else NOTHING_HELD)
        if isinstance(outcome.error, asyncio.CancelledError):
            raise outcome.error
        return outcome

    async def _write(self, operation: Operation, provider: Provider, held: Held, instead_of: str) -> Result:
        if _must_be_looked_up(operation.intent):
            operation = replace(operation, state=State.QUEUED)
        earlier = await self.store.begin(operation, until=self._lease_end(), held=held, instead_of=instead_of)
        reached("operation.begun")
        if earlier:
            return _earlier_result(earlier)
        if operation.state is State.QUEUED:
            raise PutOff(isnt_answering(provider.label), operation.id)
        outcome = await self._deliver(operation, provider, held)
        if instead_of and outcome.state is State.REFUSED:
            await self.store.revive(operation, instead_of, outcome.reason)
        reached("operation.settled")
        return _result_of(outcome, operation)

    def _operation(self, operation_id: str, caller: Caller, intent: Intent, owner: Account) -> Operation:
        now = self.clock.now()
        if isinstance(intent, Create):
            intent = Create(caller.provider.marked(intent.draft, operation_id))
        return Operation(
            operation_id,
            owner.team,
            owner.user,
            owner.provider,
            owner.workspace_id,
            intent,
            now,
            by=caller.account.user,
            act=caller.act or operation_id,
            lease=secrets.token_hex(8),
            tries=1,
            sent_at=now,
            zone=str(caller.person.zone),
            user_id=caller.account.user_id,
        )

    async def _refuse_while_put_back(self) -> None:
        if await self.store.put_back_as_of():
            raise PutBack(NOT_WHILE_PUT_BACK)

    @asynccontextmanager
    async def _leased(self, operation: Operation) -> AsyncIterator[None]:
        """Nobody else takes up the operation meanwhile, however long it takes."""
        keeping = asyncio.create_task(self._keep(operation))
        try:
            yield
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    async def _refuse_taken_over(self, operation: Operation) -> None:
        """A process that was asleep between its note and its request must not send what others took for crashed."""
        current = await self.store.operation(operation.id)
        if current is None or current.lease != operation.lease:
            raise AlreadySent("That was taken over while I was away. Its end is told.")

    async def _keep(self, operation: Operation) -> None:
        while True:
            await asyncio.sleep(self.lease.total_seconds() / 3)
            with suppress(NotSaved):
                await self.store.renew(operation, until=self._lease_end())

    @property
    def lease(self) -> timedelta:
        return min(LEASE, self.quarantine)

    def _lease_end(self) -> datetime:
        return self.clock.now() + self.lease

    async def _settle(self, operation: Operation, outcome: Outcome, held: Held) -> None:
        """What the provider said is what the person hears, also when our own note of it fails."""
        try:
            await self.store.settle(operation, outcome, held=held)
        except Exception:
            log.exception("operation %s is %s but could not be noted", operation.id, outcome.state)


def _must_be_looked_up(intent: Intent | TakeBack) -> bool:
    """What it is about could not be asked yet, and is asked before it is sent."""
    return isinstance(intent, Create) and bool(intent.draft.work.sought)


def _fail(future: "asyncio.Future[Result]", error: Exception) -> None:
    future.set_exception(error)
    future.exception()  # it is raised besides; nobody else need have asked for it


def _result_of(outcome: Outcome, operation: Operation) -> Result:
    if outcome.state is State.DONE and outcome.result:
        return outcome.result
    if outcome.state in (State.QUEUED, State.WAITING):
        raise PutOff(outcome.reason, operation.id) from outcome.error
    if outcome.state is State.UNSURE and isinstance(outcome.error, NoAnswer):
        raise NoAnswer(outcome.reason) from outcome.error
    assert outcome.error
    raise outcome.error


def _earlier_result(earlier: Operation) -> Result:
    if earlier.state is State.DONE and earlier.result:
        return earlier.result
    if earlier.state is State.UNSURE:
        raise NoAnswer(earlier.reason)
    if earlier.state in (State.QUEUED, State.WAITING):
        raise PutOff(earlier.reason or "Saved, and still to be sent.", earlier.id)
    raise AlreadySent("That is on its way already; I won't send it twice.")


async def _send(provider: Provider, operation: Operation) -> Result:
    match operation.intent:
        case Create(draft):
            return await provider.create(draft, operation_id=operation.attempt)
        case Update(before, later):
            return await provider.update(before, later)
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
    raise TimerError("That can't be sent.")


async def _retag(provider: Provider, on: Result, add: tuple[str, ...], remove: tuple[str, ...]) -> Result:
    if add:
        await provider.tag(on.id, add)
    if remove:
        await provider.untag(on.id, remove)
    return replace(on, work=on.work.retagged(add, remove))
