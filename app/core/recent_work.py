"""The latest different pieces of work, in the one order in which `last` shows and `resume` counts them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.accounts import Caller
from app.core.errors import Ambiguous, EntryNotFound, Reading
from app.core.logbook import Logbook
from app.core.model import TimeEntry, Timer, Work
from app.core.tracker import Tracker

LOOK_BACK_DAYS = 14
MOST_PIECES = 9
_STILL_RUNNING = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RecentWork:
    """It asks the provider each time: what was changed elsewhere counts as well."""

    tracker: Tracker
    logbook: Logbook

    async def pieces(self, caller: Caller) -> list[TimeEntry | Timer]:
        """Each piece of work as it was last worked on, newest first; what runs comes before everything."""
        today = self.logbook.clock.now().astimezone(caller.person.zone).date()
        running = await self.tracker.current(caller)
        entries = await self.logbook.entries(caller, today - timedelta(days=LOOK_BACK_DAYS - 1), today)
        return different(entries, running)[:MOST_PIECES]

    async def piece(self, caller: Caller, number: int) -> TimeEntry | Timer:
        """Counted from 1. Raises `EntryNotFound` where there is nothing, and `Ambiguous` beyond the last."""
        found = await self.pieces(caller)
        if not found:
            raise EntryNotFound(
                f"You have logged nothing in the last {LOOK_BACK_DAYS} days, so nothing can be resumed."
            )
        if number > len(found):
            known = f"{len(found)} different pieces of work" if len(found) > 1 else "one piece of work"
            raise Ambiguous(f"There is no number {number}: I count {known}.", [Reading("last", "last")])
        return found[number - 1]


def different(entries: Sequence[TimeEntry], running: Timer | None = None) -> list[TimeEntry | Timer]:
    """`entries` come oldest first, so that of those that end at the same moment the later one is the newer."""
    pieces: list[TimeEntry | Timer] = [*entries, *([running] if running else [])]
    found: dict[Hashable, TimeEntry | Timer] = {}
    for piece in sorted(pieces, key=_end)[::-1]:
        found.setdefault(identity(piece.work), piece)
    return list(found.values())


def identity(work: Work) -> Hashable:
    """What makes it the same piece of work: resuming one must not lose a tag, or bill what was not to be billed."""
    task = work.task.id if work.task else ""
    return task, " ".join(work.description.split()), frozenset(work.tags), bool(work.billable)


def _end(piece: TimeEntry | Timer) -> datetime:
    return _STILL_RUNNING if isinstance(piece, Timer) else piece.end
