"""After an older database was put back: looks up what it still means to send, for all of it may have been sent since.

Nothing is sent here, and nothing anywhere until everything that can be looked up has been.
"""

import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.core.accounts import Caller
from app.core.asking import asked
from app.core.errors import NoAnswer, NotConnected, NotReached, NotSaved, SignInExpired, TimerError
from app.core.held_timers import draft_of
from app.core.lookups import KEYS_LAST, look_up
from app.core.model import Draft, TimeEntry, Timer, Window
from app.core.operations import Create, Operation
from app.core.outcomes import done
from app.core.ports import Clock, Provider, Store
from app.core.settling import Settler

log = logging.getLogger(__name__)

_HELD = "held:"
_ANOTHER = "another entry began in the same second"
_SPLIT_SECOND, _A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Verdict(StrEnum):
    """`UNKNOWN` keeps everything from being sent; the others do not."""

    THERE = "it is there already"
    NOT_THERE = "it is not there and will be sent"
    LEFT = "it will be told to whoever did it"
    SIGNED_OUT = "it waits for a sign-in and is looked up then"
    STOPPED = "that timer was stopped already, and is let go"
    RUNS = "that timer was not stopped and runs on"
    UNCLEAR = "whether that timer was stopped can't be seen: look before you stop it"
    UNKNOWN = "it could not be looked up"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What became of one operation or held timer of somebody's; `why` in words, where there is more to say."""

    team: str
    user: str
    about: Operation | Timer
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reconciler:
    store: Store
    settler: Settler
    clock: Clock

    async def look_back(self) -> AsyncIterator[Reconciled]:
        """Everything that has not ended, then every held timer."""
        for operation in await self.store.doubt(self.clock.now()):
            verdict, why = await self._judged(operation)
            yield Reconciled(operation.team, operation.user, operation, verdict, why)
        for team, user, timer in await self.store.held_timers():
            verdict, why = await self._judged_timer(team, user, timer)
            yield Reconciled(team, user, timer, verdict, why)

    async def _judged(self, operation: Operation) -> tuple[Verdict, str]:
        return await self._safely(self._looked_up(operation), operation.id, otherwise=Verdict.LEFT)

    async def _judged_timer(self, team: str, user: str, timer: Timer) -> tuple[Verdict, str]:
        return await self._safely(self._looked_for(team, user, timer), timer.id, otherwise=Verdict.UNCLEAR)

    async def _looked_up(self, operation: Operation) -> tuple[Verdict, str]:
        caller = await self.settler.caller_of(operation)
        operation = await self.settler.looked_for(caller, operation)
        # Also where the same key would make the same entry: nobody knows which keys were used.
        found = await look_up(caller.provider, operation, now=self.clock.now() + KEYS_LAST)
        for result in (*found.happened, *await self._stopped_before(caller, operation)):
            if await self.store.settle(operation, done(result)):
                return Verdict.THERE, ""
        return (Verdict.LEFT, found.too_late) if found.too_late else (Verdict.NOT_THERE, "")

    async def _looked_for(self, team: str, user: str, timer: Timer) -> tuple[Verdict, str]:
        account = await self.store.account(team, user)
        if account is None or account.user_id != timer.assignee:
            return Verdict.UNCLEAR, "its account is gone"
        draft = draft_of(timer, timer.start + _A_MINUTE, is_timed=True)
        stop = Operation(timer.id, team, user, account.provider, account.workspace_id, Create(draft), timer.start)
        caller = await self.settler.caller_of(stop)
        if not caller.provider.capabilities.clock_times:
            return Verdict.UNCLEAR, f"{caller.provider.label} keeps no times"
        if await self._stopped_before(caller, stop):
            await self.store.release(team, user, timer.id)
            return Verdict.STOPPED, ""
        return (Verdict.UNCLEAR, _ANOTHER) if await self._begun_with(caller, draft) else (Verdict.RUNS, "")

    async def _stopped_before(self, caller: Caller, stop: Operation) -> list[TimeEntry]:
        """What a held timer became already: one that comes back with a backup could be stopped a second time, at
        another moment."""
        if not stop.id.startswith(_HELD) or not isinstance(stop.intent, Create):
            return []
        draft = caller.provider.marked(stop.intent.draft, stop.id)
        return [entry for entry in await self._begun_with(caller, draft) if _is_of(entry, draft, caller.provider)]

    async def _begun_with(self, caller: Caller, draft: Draft) -> list[TimeEntry]:
        around = Window(draft.start - _A_MINUTE, draft.start + _A_MINUTE)
        likely = [draft.work.task] if draft.work.task else []
        entries = await asked(caller.provider.entries(around, draft.assignee, likely))
        return [entry for entry in entries if abs(entry.start - draft.start) < _SPLIT_SECOND]

    async def _safely(
        self, work: Awaitable[tuple[Verdict, str]], name: str, *, otherwise: Verdict
    ) -> tuple[Verdict, str]:
        """What can't be looked up keeps nobody else's from it."""
        try:
            return await work
        except (SignInExpired, NotConnected) as error:
            return Verdict.SIGNED_OUT, error.sentence
        except (NotReached, NoAnswer, NotSaved) as error:
            return Verdict.UNKNOWN, error.sentence
        except TimerError as error:
            return otherwise, error.sentence
        except Exception as error:
            log.exception("%s could not be looked up", name)
            return Verdict.UNKNOWN, f"something went wrong here ({type(error).__name__})"


def _is_of(entry: TimeEntry, draft: Draft, provider: Provider) -> bool:
    """Where the service keeps marks, the exact moment tells; else the same work does, begun in the same second."""
    if provider.marked(draft, "another") != provider.marked(draft, "one more"):
        return entry.start == draft.start
    here, there = draft.work, entry.work
    return (here.task and here.task.id, here.description) == (there.task and there.task.id, there.description)
