"""Finds an entry as it is now, and whether it is still as we left it: what was changed since is not ours to take back."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.core.accounts import Caller
from app.core.errors import EntryNotFound, NotUndoable
from app.core.model import TimeEntry
from app.core.operations import UNDOING, State
from app.core.ports import Store

_MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Unchanged:
    store: Store

    async def entry(self, caller: Caller, left: TimeEntry) -> TimeEntry:
        """Raises `NotUndoable` where it is gone or was changed."""
        current = await self.present(caller, left)
        if not _is_same(current, left, caller.person.zone):
            raise NotUndoable("That entry was changed since, so it was left alone. Edit or delete it instead.")
        return current

    async def present(self, caller: Caller, left: TimeEntry) -> TimeEntry:
        """Also under the id that it came back with after a deletion. Raises `NotUndoable` where it is gone."""
        entry_id = await self._latest_id(caller, left.id)
        try:
            return await caller.provider.entry(entry_id)
        except EntryNotFound:
            raise NotUndoable("That entry is gone already, so there is nothing to undo.") from None

    async def _latest_id(self, caller: Caller, entry_id: str) -> str:
        for _ in range(_MOST_STEPS):
            deletion = await self.store.deletion_of(caller.account.team, entry_id)
            back = await self.store.operation(f"{UNDOING}{deletion.id}") if deletion else None
            if back is None or back.state is not State.DONE or not isinstance(back.result, TimeEntry):
                return entry_id
            entry_id = back.result.id
        return entry_id


def _is_same(one: TimeEntry, other: TimeEntry, zone: ZoneInfo) -> bool:
    """In what people can change; where in the day it stands counts only where it is timed."""
    if one.duration != other.duration or one.start.astimezone(zone).date() != other.start.astimezone(zone).date():
        return False
    if one.is_timed and other.is_timed and one.start != other.start:
        return False
    task, other_task = one.work.task, other.work.task
    is_same_task = (task and task.id) == (other_task and other_task.id)
    words, other_words = {one.work.description, *one.work.tags}, {other.work.description, *other.work.tags}
    return is_same_task and words == other_words
