"""How a ClickUp adapter is put together, and what it remembers from one request to the next."""

from dataclasses import dataclass, field
from datetime import timedelta

from app.core.model import Member
from app.core.ports import Clock
from app.providers.clickup import ClickUp
from app.providers.clickup_calls import Calls, Gate
from app.providers.clickup_entries import Entries
from app.providers.clickup_people import People
from app.providers.clickup_tasks import FRESH, Listed, TaskFinder
from app.providers.clickup_timers import RunningTimers
from app.providers.freshness import Fresh, Shelf
from app.providers.link import Link

BASE_URL = "https://api.clickup.com/api/v2"
MEMBERS_FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Memory:
    """What one token learned about one workspace a moment ago."""

    people: Fresh[list[Member]]
    recent: Fresh[list[Listed]]
    tags: Fresh[list[str]]
    mine: Shelf = field(default_factory=Shelf)
    found: Shelf = field(default_factory=lambda: Shelf(limit=200))


def connect(link: Link) -> ClickUp:
    account, clock = link.account, link.clock
    gate = link.shelf.find(("clickup", *link.whose), Gate)
    memory = link.shelf.find(("clickup", *link.whose, account.workspace_id), lambda: _memory(clock))
    calls = Calls(link.http, clock, link.base_url.rstrip("/"), link.token, gate, link.is_shared)
    people = People(calls, account.workspace_id, memory.people)
    mine: Fresh[list[Listed]] = memory.mine.find(account.user_id, lambda: Fresh(clock, FRESH))
    finder = TaskFinder(
        calls, clock, account.workspace_id, account.user_id, recent=memory.recent, mine=mine, found=memory.found
    )
    written = Entries(account, calls, link.speaks_for_self)
    return ClickUp(account, people, finder, memory.tags, written, RunningTimers(written))


def _memory(clock: Clock) -> Memory:
    return Memory(Fresh(clock, MEMBERS_FRESH), Fresh(clock, FRESH), Fresh(clock, FRESH))
