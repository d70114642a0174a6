"""Takes back starts and stops. What was stopped runs on as a held timer, from when it began: no entry runs again."""

from dataclasses import dataclass, replace

from app.core.accounts import Caller
from app.core.errors import NoAnswer, NotUndoable, TimerError
from app.core.held_timers import HeldTimers
from app.core.journal import Journal
from app.core.model import Account, TimeEntry, Timer
from app.core.operations import MAKES_ROOM, UNDOING, Cancel, Delete, Held, Intent, Operation, Start, Stop, Tag
from app.core.ports import Store
from app.core.tracker import Tracker
from app.core.unchanged import Unchanged

NOT_CONNECTED = "That was in an account that isn't connected any more, so it stays as it is."
_RUNS_AGAIN = "The timer runs again meanwhile."


@dataclass(frozen=True, slots=True)
class Undone:
    """`intent` was taken back: `entry` is back or gone, `timer` runs again or was dropped, `withdrawn` was never sent."""

    intent: Intent
    entry: TimeEntry | None = None
    timer: Timer | None = None
    withdrawn: Operation | None = None


@dataclass(frozen=True, slots=True)
class TimerUndo:
    store: Store
    journal: Journal
    held: HeldTimers
    tracker: Tracker

    async def run_again(self, caller: Caller, whose: Account, intent: Intent, timer: Timer, entry: TimeEntry) -> Undone:
        """The timer runs from the moment that the deletion of its entry is on disk, and not if that is refused."""
        current = await Unchanged(self.store).entry(caller, entry)
        held = await self._holdable(caller, whose, timer)
        deletion, kept = Delete(current), Held(keeping=held)
        try:
            await self.journal.write(caller.operation_id, caller, deletion, owner=whose, held=kept)
        except NoAnswer as error:
            raise NoAnswer(f"{error.sentence} {_RUNS_AGAIN}") from error
        return Undone(intent, current, held)

    async def unstart(self, caller: Caller, whose: Account, started: str, start: Start, timer: Timer) -> Undone:
        """Drops what was started; what it replaced runs on, unless only timers are taken there."""
        await self.tracker.drop(caller, whose, await self._still(caller, whose, timer))
        before = start.replacing
        if before is None or caller.provider.capabilities.timers_only:
            return Undone(start)
        name = before.id if before.is_held else f"{started}{MAKES_ROOM}"
        if not before.is_held and await self._was_still_to_stop(caller, name):
            return Undone(start, timer=before)
        caller = replace(caller, operation_id=f"{UNDOING}{name}")
        try:
            stopped = await self.store.operation(name)
            known = stopped.result if stopped and isinstance(stopped.result, TimeEntry) else None
            return await self.run_again(caller, whose, start, before, known or await caller.provider.entry(before.id))
        except NoAnswer:
            raise
        except TimerError as error:
            raise type(error)(f"It was dropped, but what ran before doesn't run again. {error.sentence}") from error

    async def _was_still_to_stop(self, caller: Caller, name: str) -> bool:
        """Whether what ran before was only to be stopped, and is left running now."""
        waiting = await self.store.operation(name)
        if waiting is None or waiting.sent_at is not None:
            return False
        who = (waiting.team, waiting.by or waiting.user)
        return await self.store.drop(*who, name, self.tracker.clock.now()) is not None

    async def hold(self, caller: Caller, whose: Account, timer: Timer) -> Timer:
        await self._holdable(caller, whose, timer)
        held = await self.held.start(whose, timer.work, timer.start, caller.operation_id)
        await self._note(caller, whose, Start(timer.work, timer.start), held)
        return held

    async def _holdable(self, caller: Caller, whose: Account, timer: Timer) -> Timer:
        """As it would run here, where nothing else does. Raises `NotUndoable`."""
        running = await self.tracker.current(caller, whose)
        if running and running.id != f"held:{caller.operation_id}":
            raise NotUndoable("Another timer was started since. Stop it first, then undo this.")
        if timer.assignee != whose.user_id:
            raise NotUndoable(NOT_CONNECTED)
        return await self.held.startable(whose, timer.work, timer.start, caller.operation_id)

    async def tag_back(self, caller: Caller, whose: Account, tag: Tag, on: Timer) -> Undone:
        """Only the tags that came or went, and only while that timer runs."""
        running = await self._still(caller, whose, on)
        back = tag.reversed(running)
        if running.is_held or not (back.add or back.remove):
            now = await self.held.retag(whose, running, back.add, back.remove) if running.is_held else running
            await self._note(caller, whose, back, now)
            return Undone(tag, timer=now)
        changed = await self.journal.write(caller.operation_id, caller, back, owner=whose)
        assert isinstance(changed, Timer)
        return Undone(tag, timer=changed)

    async def _still(self, caller: Caller, whose: Account, timer: Timer) -> Timer:
        """What runs, when it is `timer` or what an undone stop or drop made of it. Raises `NotUndoable`."""
        running = await self.tracker.current(caller, whose)
        if running is None or timer.id not in await self._names(running):
            raise NotUndoable("That timer isn't running any more, so there is nothing to undo.")
        return running

    async def _names(self, running: Timer) -> list[str]:
        """Its own id, and those that it had before a stop or a drop of it was undone."""
        names = [running.id]
        while names[-1].startswith(f"held:{UNDOING}"):
            undone = await self.store.operation(names[-1].removeprefix(f"held:{UNDOING}"))
            if undone is None:
                break
            intent = undone.intent
            names.append(intent.timer.id if isinstance(intent, Stop | Cancel) else undone.id)
        return names

    async def _note(self, caller: Caller, whose: Account, intent: Intent, result: TimeEntry | Timer) -> None:
        await self.journal.note(caller.operation_id, caller, intent, result, owner=whose)
