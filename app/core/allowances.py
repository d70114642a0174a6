"""How much may be read of a provider for reminders, so that people's own commands always find something left."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from app.core.model import Account, Capabilities
from app.core.reminder_ports import Reminders

HOUR = timedelta(hours=1)
SHORTEST = timedelta(minutes=1)
ENTRIES_AND_TIMER = 2
TASK_BY_TASK = 6  # about as many as somebody works on within a few days
COUNTED_AGAIN_AFTER = timedelta(minutes=15)
HANDFULS = 100  # into which an hour is divided; a process that dies loses what it has in hand
GOLDEN = 0.618034  # of a line moved on by that every day, nobody's places are close to each other for long
OWN_TOKEN_EVERY = timedelta(seconds=0.3)  # nobody's limit, only so that not everything is read at once


@dataclass(slots=True)
class Purse:
    """What this process has taken of an hour's requests and not used yet, so that it need not ask for each."""

    hour: datetime | None = None
    left: dict[str, int] = field(default_factory=dict)

    def take(self, where: str, hour: datetime, requests: int) -> bool:
        if self.hour != hour:
            self.hour, self.left = hour, {}
        if self.left.get(where, 0) < requests:
            return False
        self.left[where] -= requests
        return True

    def put(self, where: str, hour: datetime, requests: int) -> None:
        if self.hour == hour:
            self.left[where] = self.left.get(where, 0) + requests


@dataclass(frozen=True, slots=True)
class Allowances:
    """Requests by the hour and by the place that grants them, counted for all processes together."""

    reminders: Reminders
    _purse: Purse = field(default_factory=Purse, repr=False)
    _counted: dict[tuple[str, str, str], tuple[int, datetime]] = field(default_factory=dict, repr=False)

    async def spread(self, account: Account, capabilities: Capabilities, now: datetime) -> timedelta:
        """Over how long before their hour the days of all who share a limit are read: as long as it takes to read them
        within it, an hour at most. Who is read when in that is `place_in_line`.
        """
        each = OWN_TOKEN_EVERY
        if _is_shared(account, capabilities):
            each = HOUR * costs(capabilities) / capabilities.reads_an_hour
        people = await self._sharing(account, int(HOUR / each) + 1, now)
        return min(people * each, HOUR - SHORTEST)

    async def _sharing(self, account: Account, limit: int, now: datetime) -> int:
        """Counted once for all who are planned together."""
        where = (account.team, account.provider, account.workspace_id)
        people, counted_at = self._counted.get(where, (0, None))
        if counted_at is None or not counted_at <= now < counted_at + COUNTED_AGAIN_AFTER:
            people = await self.reminders.sharing(account, limit)
            self._counted[where] = people, now
        return people

    async def spend(self, account: Account, capabilities: Capabilities, now: datetime) -> bool:
        """False where this hour's requests are used up."""
        where, hour = place(account, capabilities), now.replace(minute=0, second=0, microsecond=0)
        requests = costs(capabilities)
        if self._purse.take(where, hour, requests):
            return True
        most = capabilities.reads_an_hour
        handful = max(requests, most // HANDFULS) if _is_shared(account, capabilities) else requests
        if handful > requests and await self.reminders.spend(where, handful, hour=hour, most=most):
            self._purse.put(where, hour, handful - requests)
            return True
        return await self.reminders.spend(where, requests, hour=hour, most=most)


def costs(capabilities: Capabilities) -> int:
    """How many requests the reading of one day takes, about."""
    return TASK_BY_TASK if capabilities.lists_by_task else ENTRIES_AND_TIMER


def place(account: Account, capabilities: Capabilities) -> str:
    """Who counts the requests: the provider for a token, or for everybody in a workspace."""
    shared = f"{account.provider} {account.workspace_id}"
    return shared if _is_shared(account, capabilities) else f"{shared} {account.user_id}"


def _is_shared(account: Account, capabilities: Capabilities) -> bool:
    return account.credential is None or capabilities.grants_by_workspace


def place_in_line(team: str, user: str, day: date) -> float:
    """From 0 for the last to 1 for the first, evenly, always the same for a day and another one the next.

    Who is among the last third, for whom scarce requests may not do, is not among them on the next day.
    """
    first = int.from_bytes(sha256(f"{team} {user}".encode()).digest()[:4]) / 2**32
    return (first + day.toordinal() * GOLDEN) % 1
