"""Takes back what somebody did a moment ago, as far as the provider allows.

What was stopped runs on as a held timer, from when it began: no provider lets an entry run again.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.accounts import Caller, may_name_anyone
from app.core.errors import EntryNotFound, NoAnswer, NotUndoable, TimerError
from app.core.held_timers import HeldTimers
from app.core.journal import Journal
from app.core.model import Account, Draft, TimeEntry, Timer
from app.core.operations import (
    UNDOING,
    Cancel,
    Create,
    Delete,
    Intent,
    Operation,
    Start,
    State,
    Stop,
    Tag,
    Update,
)
from app.core.ports import Clock, Store
from app.core.tracker import Tracker

UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Undone:
    """`intent` was taken back: `entry` is back or gone, `timer` runs again or was dropped."""

    intent: Intent
    entry: TimeEntry | None = None
    timer: Timer | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    store: Store
    journal: Journal
    held: HeldTimers
    tracker: Tracker
    clock: Clock

    async def latest(self, caller: Caller) -> Undone:
        """Takes back what the caller did last. Raises `NotUndoable` and what `take_back` raises."""
        since = self.clock.now() - UNDO_FOR
        operation = await self.store.latest_done(caller.account.team, caller.account.user, since)
        if operation is None:
            raise NotUndoable("There is nothing of yours from the last ten minutes to undo.")
        return await self._take_back(caller, operation)

    async def take_back(self, caller: Caller, operation_id: str) -> Undone:
        """Raises `NotUndoable`, and `ProviderError`s from taking it back."""
        operation = await self.store.operation(operation_id)
        if operation is None or not _is_within_reach(caller, operation):
            raise NotUndoable("That can't be undone from here. Look at your entries of today.")
        return await self._take_back(caller, operation)

    async def _take_back(self, caller: Caller, operation: Operation) -> Undone:
        await self._check(caller, operation)
        whose = await self.store.account(operation.team, operation.user)
        where = (operation.provider, operation.workspace_id)
        if whose is None or any((one.provider, one.workspace_id) != where for one in (whose, caller.account)):
            raise NotUndoable("That was in an account that isn't connected any more, so it stays as it is.")
        caller = replace(caller, operation_id=f"{UNDOING}{operation.id}")
        match operation.intent, operation.result:
            case Create(), TimeEntry() as entry if operation.id.startswith("held:"):
                return await self._run_again(caller, whose, operation.intent, _timer_of(entry), entry)
            case Create(), TimeEntry() as entry:
                return Undone(operation.intent, await self._delete(caller, entry))
            case Delete(entry), _:
                return Undone(operation.intent, await self._put_back(caller, entry))
            case Update(before, after), TimeEntry() as entry:
                return Undone(operation.intent, await self._change_back(caller, before, after, entry))
            case Tag() as tag, _:
                return await self._tag_back(caller, whose, tag)
            case Stop(timer), TimeEntry() as entry:
                return await self._run_again(caller, whose, operation.intent, timer, entry)
            case Cancel(timer), _:
                return Undone(operation.intent, timer=await self._hold(caller, whose, timer))
            case Start() as start, Timer() as timer:
                return await self._unstart(caller, whose, operation.id, start, timer)
        raise NotUndoable("That can't be undone. Edit or delete it instead.")

    async def _check(self, caller: Caller, operation: Operation) -> None:
        if operation.state is State.UNSURE:
            raise NotUndoable(
                "It isn't clear whether that was saved, so there is nothing sure to undo. Look at your entries."
            )
        if operation.state is not State.DONE:
            raise NotUndoable("That wasn't saved, so there is nothing to undo.")
        if self.clock.now() - operation.accepted_at > UNDO_FOR:
            raise NotUndoable("That was more than ten minutes ago. Edit or delete the entry instead.")
        undoing = await self.store.operation(f"{UNDOING}{operation.id}")
        if undoing and undoing.state is State.DONE:
            raise NotUndoable("That was undone already.")
        assignee = operation.intent.entry.assignee if isinstance(operation.intent, Delete) else ""
        if not is_undoable(type(operation.intent), caller, assignee):
            raise NotUndoable(
                f"{caller.provider.label} doesn't let that be undone here. Ask an admin of the workspace."
            )

    async def _delete(self, caller: Caller, entry: TimeEntry) -> TimeEntry:
        await self.journal.write(caller.operation_id, caller.provider, Delete(entry))
        return entry

    async def _put_back(self, caller: Caller, entry: TimeEntry) -> TimeEntry:
        draft = Draft(entry.work, entry.start, entry.end, entry.assignee)
        made = await self.journal.write(caller.operation_id, caller.provider, Create(draft))
        assert isinstance(made, TimeEntry)
        return made

    async def _change_back(self, caller: Caller, before: TimeEntry, after: TimeEntry, changed: TimeEntry) -> TimeEntry:
        """Only what nobody has changed again since: their change would be lost with ours."""
        current = await caller.provider.entry(before.id)
        if not _is_same(current, changed) and not _is_same(current, after):
            raise NotUndoable("That entry was changed again since, so it was left alone. Edit it instead.")
        back = await self.journal.write(caller.operation_id, caller.provider, Update(after, before))
        assert isinstance(back, TimeEntry)
        return back

    async def _tag_back(self, caller: Caller, whose: Account, tag: Tag) -> Undone:
        add = tuple(name for name in tag.remove if name in tag.on.work.tags)
        remove = tuple(name for name in tag.add if name not in tag.on.work.tags)
        changed = replace(tag.on, work=tag.on.work.retagged(tag.add, tag.remove))
        if isinstance(changed, Timer) and changed.is_held:
            timer = await self.held.retag(whose, changed, add, remove)
            await self._note(caller, whose, Tag(changed, add, remove), timer)
            return Undone(tag, timer=timer)
        if add or remove:
            await self.journal.write(caller.operation_id, caller.provider, Tag(changed, add, remove))
        else:
            await self._note(caller, whose, Tag(changed, add, remove), changed)
        return Undone(tag, tag.on) if isinstance(tag.on, TimeEntry) else Undone(tag, timer=tag.on)

    async def _unstart(self, caller: Caller, whose: Account, started: str, start: Start, timer: Timer) -> Undone:
        """Drops what was started; what it replaced runs on."""
        await self._drop(caller, whose, timer)
        before = start.replacing
        if before is None or caller.provider.capabilities.timers_only:
            return Undone(start, timer=None)
        name = before.id if before.is_held else f"{started}:before"
        caller = replace(caller, operation_id=f"{UNDOING}{name}")
        try:
            entry = await self._entry_of(caller, name, before)
            again = await self._run_again(caller, whose, start, before, entry)
        except TimerError as error:
            raise type(error)(f"It was dropped, but what ran before doesn't run again. {error.sentence}") from error
        return again

    async def _entry_of(self, caller: Caller, operation_id: str, timer: Timer) -> TimeEntry:
        """What became of `timer`: our own stop knows, else the entry has the timer's id."""
        stopped = await self.store.operation(operation_id)
        if stopped and isinstance(stopped.result, TimeEntry):
            return stopped.result
        return await caller.provider.entry(timer.id)

    async def _drop(self, caller: Caller, whose: Account, timer: Timer) -> None:
        running = await self.tracker.current(caller, whose)
        if running is None or running.id != timer.id:
            raise NotUndoable("That timer isn't running any more, so there is nothing to take back.")
        if not timer.is_held:
            await self.journal.write(caller.operation_id, caller.provider, Cancel(timer))
            return
        await self.held.release(whose, timer)
        await self._note(caller, whose, Cancel(timer), timer)

    async def _run_again(
        self, caller: Caller, whose: Account, intent: Intent, timer: Timer, entry: TimeEntry
    ) -> Undone:
        """The timer first, then the entry goes: between the two the time is there twice, never lost."""
        held = await self._hold(caller, whose, timer, is_noted=False)
        try:
            await self.journal.write(caller.operation_id, caller.provider, Delete(entry))
        except EntryNotFound:
            await self._note(caller, whose, Delete(entry), entry)  # it was deleted elsewhere; the time still runs
        except NoAnswer as error:
            raise NoAnswer(f"{error.sentence} The timer runs again meanwhile.") from error
        except TimerError:
            await self.held.release(whose, held)
            raise
        return Undone(intent, entry, held)

    async def _hold(self, caller: Caller, whose: Account, timer: Timer, *, is_noted: bool = True) -> Timer:
        running = await self.tracker.current(caller, whose)
        if running and running.id != f"held:{caller.operation_id}":
            raise NotUndoable("Another timer was started since. Stop it first, then undo this.")
        held = await self.held.start(whose, timer.work, timer.start, caller.operation_id)
        if is_noted:
            await self._note(caller, whose, Start(timer.work, timer.start), held)
        return held

    async def _note(self, caller: Caller, whose: Account, intent: Intent, result: TimeEntry | Timer) -> None:
        await self.journal.note(caller.operation_id, caller.account, intent, result, owner=whose)


def is_undoable(kind: type[Intent], caller: Caller, assignee: str = "") -> bool:
    """Whether the provider takes back such a thing; where it doesn't, no button offers it.

    `assignee` is whose time it is, where it is not the caller's own.
    """
    offered = caller.provider.capabilities
    if kind is Delete:
        may_write = assignee in ("", caller.account.user_id) or offered.assignees
        return may_write and not offered.timers_only
    if kind in (Stop, Cancel):
        return not offered.timers_only
    return kind is not Tag or offered.tags


def _is_within_reach(caller: Caller, operation: Operation) -> bool:
    """One's own time and what one did oneself; whoever may name anyone reaches everybody of their workspace."""
    if operation.team != caller.account.team:
        return False
    is_own = caller.account.user in (operation.user, operation.by)
    return is_own or may_name_anyone(caller.account)


def _timer_of(entry: TimeEntry) -> Timer:
    return Timer(entry.id, entry.work, entry.start, entry.assignee, is_held=True)


def _is_same(one: TimeEntry, other: TimeEntry) -> bool:
    """In what people can change; where in the day it stands counts only where it is timed."""
    if one.duration != other.duration or (one.is_timed and other.is_timed and one.start != other.start):
        return False
    task, other_task = one.work.task, other.work.task
    is_same_task = (task and task.id) == (other_task and other_task.id)
    words, other_words = ({one.work.description, *one.work.tags}, {other.work.description, *other.work.tags})
    return is_same_task and words == other_words
