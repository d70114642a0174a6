"""How a Hoursmith adapter is put together, and what it remembers from one request to the next."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.core.model import Account, Member, Secret
from app.core.ports import Clock
from app.providers.freshness import Fresh, Shelf
from app.providers.hoursmith import Hoursmith
from app.providers.hoursmith_calls import Calls, Gate
from app.providers.hoursmith_people import People
from app.providers.hoursmith_projects import Catalogue, ProjectFinder
from app.providers.http import Http

BASE_URL = "https://hoursmith.app/api/v1"
MEMBERS_FRESH = timedelta(minutes=5)
PROJECTS_FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Memory:
    """What one token learned about its organisation a moment ago."""

    people: Fresh[list[Member]]
    projects: Fresh[Catalogue]


def connect(
    *,
    http: Http,
    clock: Clock,
    account: Account,
    token: Secret,
    base_url: str,
    shelf: Shelf,
    is_shared: bool,
    speaks_for_self: bool,
    zone: ZoneInfo,
) -> Hoursmith:
    """`shelf` outlives the adapter: what one request learned, the next one with the same token knows.

    `zone` is the person's: Hoursmith keeps days, and only their zone tells on which one an hour was worked.
    """
    gate = shelf.find(("hoursmith", base_url, token), Gate)
    memory = shelf.find(("hoursmith", base_url, token, "memory"), lambda: _memory(clock))
    calls = Calls(http, clock, base_url.rstrip("/"), token, gate, is_shared)
    people = People(calls, account, memory.people)
    return Hoursmith(account, calls, people, ProjectFinder(calls, memory.projects), clock, speaks_for_self, zone)


def _memory(clock: Clock) -> Memory:
    return Memory(Fresh(clock, MEMBERS_FRESH), Fresh(clock, PROJECTS_FRESH))
