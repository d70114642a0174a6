"""Logs a day once more, entry by entry, each under a name of its own: pressed again after a crash, nothing comes twice."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from app.core.accounts import Caller
from app.core.day_copy import DayCopy, Piece
from app.core.errors import NoAnswer, PutOff, TimerError
from app.core.logbook import Logbook
from app.core.model import Draft, TimeEntry, Work
from app.core.operations import Create, Operation, State
from app.core.outcomes import isnt_answering

LISTED_WITHIN = timedelta(minutes=2)  # lists may lag behind; what they still lack then is gone


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of one piece: the `entry`, or the `error` that says why there is none yet."""

    piece: Piece
    operation_id: str
    entry: TimeEntry | None = None
    error: TimerError | None = None


@dataclass(frozen=True, slots=True)
class DayCopying:
    logbook: Logbook

    async def copy(self, caller: Caller, day_copy: DayCopy) -> list[Copied]:
        """One after the other; once the provider fails to answer, the rest is put off without asking it."""
        found: list[Copied] = []
        state: State | None = None
        for piece in day_copy.pieces:
            name, known = await self._name(caller, piece, day_copy.day)
            named = replace(caller, operation_id=name)
            is_new = known is None or known.state in (State.REFUSED, State.DROPPED)
            one = await (self._put_off(named, piece, state) if state and is_new else self._log(named, piece))
            state = state or await self._trouble(one)
            found.append(one)
        return found

    async def _log(self, caller: Caller, piece: Piece) -> Copied:
        entry, work = piece.entry, _work(caller, piece)
        try:
            # What is there already was left out.
            logged = await self.logbook.log(caller, work, entry.start, entry.end, caller.account, is_another=True)
        except TimerError as error:
            return Copied(piece, caller.operation_id, error=error)
        return Copied(piece, caller.operation_id, logged)

    async def _put_off(self, caller: Caller, piece: Piece, state: State) -> Copied:
        entry, offered = piece.entry, caller.provider.capabilities
        draft = Draft(_work(caller, piece), entry.start, entry.end, caller.account.user_id, offered.clock_times)
        try:
            await self.logbook.journal.put_off(caller.operation_id, caller, Create(draft), state=state)
        except TimerError as error:
            return Copied(piece, caller.operation_id, error=error)
        return Copied(
            piece, caller.operation_id, error=PutOff(isnt_answering(caller.provider.label), caller.operation_id)
        )

    async def _trouble(self, one: Copied) -> State | None:
        """How what follows is kept; None while the provider answers."""
        if isinstance(one.error, NoAnswer):
            return State.QUEUED
        if not isinstance(one.error, PutOff):
            return None
        kept = await self.logbook.journal.store.operation(one.operation_id)
        return kept.state if kept and kept.state is State.WAITING else State.QUEUED

    async def _name(self, caller: Caller, piece: Piece, day: date) -> tuple[str, Operation | None]:
        """By person, day and source, and another one each time that what it made is gone."""
        me = caller.account
        said = "\n".join((me.team, me.user, "same", day.isoformat(), piece.source.id))
        base = hashlib.sha256(said.encode()).hexdigest()[:32]
        name, numbers = base, count(1)
        while (known := await self.logbook.journal.store.operation(name)) and await self._is_gone(known):
            name = f"{base}-{next(numbers)}"
        return name, known

    async def _is_gone(self, known: Operation) -> bool:
        """A piece whose entry is there would not be copied: whoever has none by now has deleted or moved it."""
        if known.state is not State.DONE or not isinstance(known.result, TimeEntry):
            return False
        if await self.logbook.journal.store.deletion_of(known.team, known.result.id):
            return True
        since = known.settled_at if known.is_put_off else known.accepted_at
        return self.logbook.clock.now() - (since or known.accepted_at) > LISTED_WITHIN


def _work(caller: Caller, piece: Piece) -> Work:
    """What the provider doesn't keep, nobody has said."""
    work = piece.source.work
    return work if caller.provider.capabilities.billable else replace(work, billable=None)
