"""Takes back what somebody did a moment ago, as far as the provider allows, and only what nobody has changed since."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.accounts import Caller
from app.core.errors import NotUndoable
from app.core.journal import Journal
from app.core.model import Account, Draft, TimeEntry, Timer
from app.core.operations import (
    MAKES_ROOM,
    UNDOING,
    Cancel,
    Create,
    Delete,
    Held,
    Intent,
    Operation,
    Start,
    State,
    Stop,
    Tag,
    TakeBack,
    Update,
)
from app.core.permissions import Deed, require
from app.core.ports import Clock, Store
from app.core.timer_undo import NOT_CONNECTED, TimerUndo, Undone
from app.core.unchanged import Unchanged

UNDO_FOR = timedelta(minutes=10)
_NOT_CLEAR = "It isn't clear whether that {}, so there is nothing sure to undo. Look at your entries."


@dataclass(frozen=True, slots=True)
class Undo:
    store: Store
    journal: Journal
    timers: TimerUndo
    clock: Clock

    async def latest(self, caller: Caller) -> Undone:
        """Takes back what the caller did last. Raises what `take_back` raises."""
        since = self.clock.now() - UNDO_FOR
        operation = await self.store.latest(caller.account.team, caller.account.user, since)
        if operation is None:
            raise NotUndoable("There is nothing of yours from the last ten minutes to undo.")
        await self._claim(caller, operation)
        return await self._take_back(caller, operation)

    async def take_back(self, caller: Caller, operation_id: str) -> Undone:
        """Raises `NotUndoable`, `NotAllowed`, and `ProviderError`s from taking it back."""
        operation = await self.store.operation(operation_id)
        if operation is None or operation.team != caller.account.team:
            raise NotUndoable("That can't be undone from here. Look at your entries of today.")
        return await self._take_back(caller, operation)

    async def _take_back(self, caller: Caller, operation: Operation) -> Undone:
        require(caller.account, Deed.UNDO, whose=operation)
        if operation.state in (State.QUEUED, State.WAITING) and operation.sent_at is None:
            return await self._withdraw(caller, operation)
        await self._check(caller, operation)
        whose = await self._whose(caller, operation)
        caller = replace(caller, operation_id=f"{UNDOING}{operation.id}")
        match operation.intent, operation.result:
            case Create() as intent, TimeEntry() as entry if operation.id.startswith("held:"):
                timer = Timer(operation.id, entry.work, entry.start, entry.assignee, is_held=True)
                return await self.timers.run_again(caller, whose, intent, timer, entry)
            case Create() as intent, TimeEntry() as entry:
                return Undone(intent, await self._delete(caller, whose, entry))
            case Delete(entry) as intent, _:
                return Undone(intent, await self._put_back(caller, whose, entry))
            case Update(before, _) as intent, TimeEntry() as entry:
                return Undone(intent, await self._change_back(caller, whose, before, entry))
            case Tag(on) as intent, _ if isinstance(on, Timer):
                return await self.timers.tag_back(caller, whose, intent, on)
            case Tag(on) as intent, _ if isinstance(on, TimeEntry):
                return Undone(intent, await self._tag_back(caller, whose, intent, on))
            case Stop(timer) as intent, TimeEntry() as entry:
                return await self.timers.run_again(caller, whose, intent, timer, entry)
            case Cancel(timer) as intent, _:
                return Undone(intent, timer=await self.timers.hold(caller, whose, timer))
            case Start() as intent, Timer() as timer:
                undone = await self.timers.unstart(caller, whose, operation.id, intent, timer)
                who = (operation.team, operation.by or operation.user)
                await self.store.drop(*who, f"{operation.id}{MAKES_ROOM}", self.clock.now())
                return undone
        raise NotUndoable("That can't be undone. Edit or delete it instead.")

    async def _claim(self, caller: Caller, latest: Operation) -> None:
        """The same act delivered twice must not take back the next one as well."""
        me, intent = caller.account, TakeBack(latest.id)
        act = Operation(
            caller.operation_id, me.team, me.user, me.provider, me.workspace_id, intent, self.clock.now(), State.DONE
        )
        if not await self.store.note(act):
            raise NotUndoable("That was undone already.")

    async def _withdraw(self, caller: Caller, operation: Operation) -> Undone:
        """It was never sent, and won't be; a timer that it was to save runs again from that moment."""
        intent, timer = operation.intent, None
        assert not isinstance(intent, TakeBack)
        if isinstance(intent, Create) and operation.id.startswith("held:"):
            whose, again = await self._whose(caller, operation), f"{UNDOING}{operation.id}"
            timer = await self.timers.held.startable(whose, intent.draft.work, intent.draft.start, again)
        who, held = (operation.team, operation.by or operation.user), Held(keeping=timer)
        if not await self.store.drop(*who, operation.id, self.clock.now(), held=held):
            raise NotUndoable("That is being sent just now. Try again in a moment.")
        await self._note_withdrawal(caller, operation)
        return Undone(intent, timer=timer) if timer else Undone(intent, withdrawn=operation)

    async def _note_withdrawal(self, caller: Caller, operation: Operation) -> None:
        """For whoever did it to hear, where it is somebody else who takes it back."""
        if caller.account.user == (operation.by or operation.user) or not isinstance(operation.intent, Create | Stop):
            return
        where = (operation.team, operation.user, operation.provider, operation.workspace_id)
        whose, name = await self.store.account_at(*where), f"{UNDOING}{operation.id}"
        await self.journal.note(name, caller, _gone(operation.intent), None, owner=whose)

    async def _check(self, caller: Caller, operation: Operation) -> None:
        if isinstance(operation.intent, TakeBack):
            raise NotUndoable("That was undone already.")
        if operation.state is State.REFUSED:
            raise NotUndoable("That wasn't saved, so there is nothing to undo.")
        if operation.state is not State.DONE:
            raise NotUndoable(_NOT_CLEAR.format("was saved"))
        known_at = operation.settled_at if operation.is_put_off else operation.accepted_at
        if self.clock.now() - (known_at or operation.accepted_at) > UNDO_FOR:
            raise NotUndoable("That was more than ten minutes ago. Edit or delete the entry instead.")
        undoing = await self.store.operation(f"{UNDOING}{operation.id}")
        if undoing and undoing.state is State.DONE:
            raise NotUndoable("That was undone already.")
        if undoing and undoing.state is not State.REFUSED:
            raise NotUndoable(_NOT_CLEAR.format("was undone already"))
        assignee = operation.intent.entry.assignee if isinstance(operation.intent, Delete) else ""
        if not is_undoable(type(operation.intent), caller, assignee):
            raise NotUndoable(
                f"{caller.provider.label} doesn't let that be undone here. Ask an admin of the workspace."
            )

    async def _whose(self, caller: Caller, operation: Operation) -> Account:
        """The account that it was done for, while both are still where they were."""
        whose = await self.store.account(operation.team, operation.user)
        where = (operation.provider, operation.workspace_id)
        if whose is None or any((one.provider, one.workspace_id) != where for one in (whose, caller.account)):
            raise NotUndoable(NOT_CONNECTED)
        return whose

    async def _delete(self, caller: Caller, whose: Account, entry: TimeEntry) -> TimeEntry:
        current = await Unchanged(self.store).entry(caller, entry)
        await self.journal.write(caller.operation_id, caller, Delete(current), owner=whose)
        return current

    async def _put_back(self, caller: Caller, whose: Account, entry: TimeEntry) -> TimeEntry:
        draft = Draft(entry.work, entry.start, entry.end, entry.assignee, entry.is_timed)
        made = await self.journal.write(caller.operation_id, caller, Create(draft), owner=whose)
        assert isinstance(made, TimeEntry)
        return made

    async def _change_back(self, caller: Caller, whose: Account, before: TimeEntry, changed: TimeEntry) -> TimeEntry:
        current = await Unchanged(self.store).entry(caller, changed)
        intent = Update(current, replace(before, id=current.id))
        back = await self.journal.write(caller.operation_id, caller, intent, owner=whose)
        assert isinstance(back, TimeEntry)
        return back

    async def _tag_back(self, caller: Caller, whose: Account, tag: Tag, on: TimeEntry) -> TimeEntry:
        """Only the tags that came or went: whatever else was changed since stays."""
        current = await Unchanged(self.store).present(caller, on)
        back = tag.reversed(current)
        if not back.add and not back.remove:
            await self.journal.note(caller.operation_id, caller, back, current, owner=whose)
            return current
        now = await self.journal.write(caller.operation_id, caller, back, owner=whose)
        assert isinstance(now, TimeEntry)
        return now


def _gone(intent: Create | Stop) -> Intent:
    """What stands for an intent that comes to nothing, so that nobody takes it for one."""
    if isinstance(intent, Stop):
        return intent
    draft = intent.draft
    return Delete(TimeEntry("", draft.work, draft.start, draft.end, draft.assignee, draft.is_timed))


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
