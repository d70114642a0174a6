"""How a Hoursmith adapter is put together, and what it remembers from one request to the next."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.model import Member
from app.core.ports import Clock
from app.providers.freshness import Fresh
from app.providers.hoursmith import Hoursmith
from app.providers.hoursmith_calls import Calls, Gate
from app.providers.hoursmith_people import People
from app.providers.hoursmith_projects import Catalogue, ProjectFinder
from app.providers.link import Link

BASE_URL = "https://hoursmith.app/api/v1"
MEMBERS_FRESH = timedelta(minutes=5)
PROJECTS_FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Memory:
    """What one token learned about its organisation a moment ago."""

    people: Fresh[list[Member]]
    projects: Fresh[Catalogue]


def connect(link: Link) -> Hoursmith:
    """It needs the person's zone: Hoursmith keeps days, and only that tells on which one an hour was worked."""
    account, clock = link.account, link.clock
    gate = link.shelf.find(("hoursmith", *link.whose), Gate)
    memory = link.shelf.find(("hoursmith", *link.whose, "memory"), lambda: _memory(clock))
    calls = Calls(link.http, clock, link.base_url.rstrip("/"), link.token, gate, link.is_shared)
    people, finder = People(calls, account, memory.people), ProjectFinder(calls, memory.projects)
    return Hoursmith(account, calls, people, finder, clock, link.speaks_for_self, link.zone)


def _memory(clock: Clock) -> Memory:
    return Memory(Fresh(clock, MEMBERS_FRESH), Fresh(clock, PROJECTS_FRESH))
