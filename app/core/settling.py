"""Brings to an end what could not end at once: sends what waits, and looks up what is unsure before it sends it again."""

import asyncio
import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.core import permissions
from app.core.accounts import Caller, learned
from app.core.crash_points import reached
from app.core.errors import NoAnswer, NotConnected, NotReached, PutOff, SignInExpired, TimerError, TooManyRequests
from app.core.held_timers import HeldTimers, draft_of
from app.core.journal import Journal
from app.core.lookups import Found, look_up
from app.core.model import Person
from app.core.operations import NOTHING_HELD, Create, Delete, Halt, Held, Operation, Result, Start, State
from app.core.outcomes import GIVEN_UP_AFTER, STOPPED, TOLD_IN_VAIN, Outcome, back_off, done
from app.core.ports import Clock, Connections, Inbox, Store
from app.core.standing import Standing
from app.core.worklist import Worklist

log = logging.getLogger(__name__)

AT_ONCE = 8
_SOONEST, _LATEST = timedelta(seconds=1), timedelta(minutes=10)
_CANT_TELL = "I can't tell whether that arrived: {} Look at your entries, then send it again or drop it."


@dataclass(frozen=True, slots=True)
class Settler:
    store: Store
    connections: Connections
    journal: Journal
    worklist: Worklist
    held: HeldTimers
    clock: Clock
    inbox: Inbox
    standing: Standing

    async def settle_due(self) -> int:
        """Takes up everything that is due and tells how it ended. Returns how many were taken up."""
        if await self.store.put_back_as_of():
            return 0
        taken = 0
        while operations := await self._take():
            await asyncio.gather(*(self._settle_safely(operation) for operation in operations))
            taken += len(operations)
        await self._tell()
        return taken

    async def _take(self) -> list[Operation]:
        taken: list[Operation] = []
        while len(taken) < AT_ONCE:
            now = self.clock.now()
            operation = await self.store.due(now, lease=secrets.token_hex(8), until=now + self.journal.lease)
            if operation is None:
                break
            taken.append(operation)
        return taken

    async def _settle_safely(self, operation: Operation) -> None:
        """One that can't be settled keeps nobody else's from it."""
        reached("settle.claimed")
        try:
            await self._settle(operation)
        except Exception as error:
            log.exception("operation %s could not be settled", operation.id)
            await self._postpone(operation, error)

    async def _settle(self, operation: Operation) -> None:
        if operation.state is State.SENDING:  # whoever was sending it is gone
            due = self.clock.now() + self.journal.quarantine
            await self.store.settle(operation, Outcome(State.UNSURE, STOPPED, due_at=due, may_have_happened=True))
            return
        try:
            caller = await self.caller_of(operation)
            if await self._stopped_here(caller, operation):
                return
            operation = await self.looked_for(caller, operation)
            found = await look_up(caller.provider, operation, now=self.clock.now())
        except TimerError as error:
            await self._postpone(operation, error)
            return
        reached("settle.looked_up")
        for result in found.happened:
            if await self.store.settle(operation, done(result)):
                return
        try:
            permissions.require_still(caller.account, operation)
        except TimerError as error:
            await self._postpone(operation, error)
        else:
            await self._carry_on(caller, operation, found)

    async def _carry_on(self, caller: Caller, operation: Operation, found: Found) -> None:
        if found.remaining is None:
            await self._give_up(operation, found.too_late)
        elif isinstance(found.remaining, Start):
            await self._hold_instead(caller, operation, found.remaining)
        else:
            await self._resend(caller, replace(operation, intent=found.remaining))

    async def _give_up(self, operation: Operation, reason: str) -> None:
        """Nothing more can be done about it; of a stop with nothing to stop nothing is left either."""
        state, kept = State.REFUSED, await self._kept_with(operation)
        if isinstance(operation.intent, Halt):
            state = State.DROPPED
        if kept.keeping:
            reason = f"{reason} The timer that ran again meanwhile was dropped."
        await self.store.settle(operation, Outcome(state, reason), held=kept.reversed)

    async def _resend(self, caller: Caller, operation: Operation) -> None:
        """Only in a lease that is still ours, whatever the look-up took."""
        outcome = await self.journal.resend(operation, caller.provider, await self._kept_with(operation))
        if outcome and outcome.state is State.WAITING:
            await self._report(operation.id)
        if outcome and outcome.state is State.DONE and isinstance(operation.intent, Create):
            await self.worklist.remember(caller, operation.intent.draft.work)

    async def _kept_with(self, operation: Operation) -> Held:
        """The timer that runs again in place of the entry that an undone stop takes out, if it still does."""
        timer = await self.store.held_timer(operation.team, operation.user)
        is_its = timer is not None and timer.id == f"held:{operation.id}" and isinstance(operation.intent, Delete)
        return Held(keeping=timer) if is_its else NOTHING_HELD

    async def _hold_instead(self, caller: Caller, operation: Operation, start: Start) -> None:
        """The timer that was not started there runs here from when it was asked for, unless something came after it."""
        owner = await self.store.account_at(operation.team, operation.user, operation.provider, operation.workspace_id)
        is_over = any(not isinstance(one.intent, Halt) for one in await self.store.timer_acts_since(operation))
        if is_over or caller.provider.capabilities.timers_only or owner is None or await self.held.current(owner):
            reason = f"Your timer was not started in {caller.provider.label}. Start it again, or log the time."
            await self.store.settle(operation, Outcome(State.REFUSED, reason))
            return
        timer = await self.held.startable(owner, start.work, start.at or operation.accepted_at, operation.id)
        await self.store.settle(operation, done(timer), held=Held(keeping=timer))

    async def _stopped_here(self, caller: Caller, operation: Operation) -> bool:
        """A stop that was put off ends what runs here, where the start before it was not taken by the provider."""
        halt, timer = operation.intent, await self.store.held_timer(operation.team, operation.user)
        if not isinstance(halt, Halt) or timer is None or halt.timer_id not in ("", timer.id):
            return False
        began = await self.store.operation(timer.id.removeprefix("held:"))
        if halt.makes_room or began is None or began.accepted_at >= operation.accepted_at or timer.start >= halt.at:
            return False
        draft = draft_of(timer, halt.at, is_timed=caller.provider.capabilities.clock_times)
        entry: Result | None = None
        with suppress(PutOff, NoAnswer):  # that is an operation of its own, and is told by itself
            entry = await self.journal.write(timer.id, caller, Create(draft), held=Held(letting_go=timer))
        return await self.store.settle(operation, done(entry))

    async def looked_for(self, caller: Caller, operation: Operation) -> Operation:
        """With the task that was typed while nobody could be asked for it. Raises `SeveralTasks`, `TaskNotFound`."""
        intent = operation.intent
        if not isinstance(intent, Create) or not intent.draft.work.sought:
            return operation
        work = await self.worklist.found(caller, intent.draft.work)
        return replace(operation, intent=Create(replace(intent.draft, work=work)))

    async def caller_of(self, operation: Operation) -> Caller:
        """Whoever did it, with the account they did it with and no other one. Raises `NotConnected`."""
        team, user = operation.team, operation.by or operation.user
        account = await self.store.account_at(team, user, operation.provider, operation.workspace_id)
        label = self.connections.label(operation.provider)
        if account is None:
            raise NotConnected(f"You aren't connected to {label} any more. Connect it again.")
        if operation.user_id not in ("", account.user_id):
            raise NotConnected(
                f"You are connected to {label} as somebody else than when you did that."
                " Connect as that user again, and I'll see to it; or drop it."
            )
        person = Person(team, user, ZoneInfo(operation.zone or "UTC"))
        account = await self.standing.of(person, account)
        provider = await self.connections.provider(account, person.zone)
        await learned(provider)
        return Caller(person, account, provider, operation.id, act=operation.act)

    async def _postpone(self, operation: Operation, error: Exception) -> None:
        """It could not be looked up: nothing was sent, and what was unsure still is."""
        may_have_happened = operation.sent_at is not None
        now = self.clock.now()
        kept = State.UNSURE if may_have_happened else State.QUEUED
        if isinstance(error, SignInExpired | NotConnected):
            outcome = Outcome(State.WAITING, error.sentence, may_have_happened=may_have_happened)
        elif now - operation.accepted_at > GIVEN_UP_AFTER and not may_have_happened:
            outcome = Outcome(State.REFUSED, "It couldn't be sent for a week, so I have stopped trying.")
        elif isinstance(error, NotReached | NoAnswer) or not isinstance(error, TimerError):
            outcome = Outcome(
                kept, operation.reason, due_at=self._later(operation, error), may_have_happened=may_have_happened
            )
        elif may_have_happened:
            outcome = Outcome(State.UNSURE, _CANT_TELL.format(error.sentence), may_have_happened=True)
        else:
            outcome = Outcome(State.REFUSED, error.sentence)
        if await self.store.settle(operation, outcome) and outcome.due_at is None:
            await self._report(operation.id)

    def _later(self, operation: Operation, error: Exception) -> datetime:
        """The longer it takes the rarer it is tried, at least every ten minutes."""
        now = self.clock.now()
        wait = min(max((now - operation.accepted_at) / 2, _SOONEST), _LATEST)
        told = error.until if isinstance(error, TooManyRequests) else None
        return told if told and now < told <= now + _LATEST else now + wait

    async def _tell(self) -> None:
        now = self.clock.now()
        for operation in await self.store.untold(now):
            if not await self.store.claim_telling(operation, now, until=now + self.journal.lease):
                continue
            if await self._reported(operation) or operation.tellings >= TOLD_IN_VAIN:
                await self.store.told(operation)
            else:
                later = self.clock.now() + back_off(operation.tellings + 1)
                await self.store.tell_later(operation, later)

    async def _reported(self, operation: Operation) -> bool:
        """One that can't be told keeps nobody's end from them."""
        try:
            return await self.inbox.report(operation)
        except Exception:
            log.exception("operation %s could not be told", operation.id)
            return False

    async def _report(self, operation_id: str) -> None:
        """It won't go on by itself, so whoever did it is told now."""
        operation = await self.store.operation(operation_id)
        if operation and operation.state in (State.WAITING, State.UNSURE):
            await self._reported(operation)
