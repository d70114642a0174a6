"""Finds an entry as it is now, and whether it is still as we left it: what was changed since is not ours to take back."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
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
        zone = caller.person.zone
        if seen_as(current, zone) != seen_as(left, zone):
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


def seen_as(entry: TimeEntry, zone: ZoneInfo) -> str:
    """What people can change about it, in short: the same while nobody has.

    Only what is timed stands somewhere in its day; below the second, entries carry marks of ours.
    """
    day, work = entry.start.astimezone(zone).date(), entry.work
    start = entry.start.astimezone(UTC).isoformat(timespec="seconds") if entry.is_timed else ""
    words = sorted({work.description, *work.tags})
    seen = [work.task.id if work.task else "", words, bool(work.billable), str(day), start, str(entry.duration)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
