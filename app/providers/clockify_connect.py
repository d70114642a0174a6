"""How a Clockify adapter is put together, and what it remembers from one request to the next."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.model import Account, Secret
from app.core.ports import Clock
from app.providers.clockify import Clockify
from app.providers.clockify_calls import Budget, Calls
from app.providers.clockify_entries import Entries
from app.providers.clockify_memory import Memory, memory
from app.providers.clockify_projects import TaskFinder
from app.providers.clockify_timers import RunningTimers
from app.providers.clockify_workspace import People, RuleBook, Tags
from app.providers.freshness import Shelf
from app.providers.http import Http

BASE_URL = "https://api.clockify.me/api/v1"  # regions have their own: https://euc1.clockify.me/api/v1 and so on


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
) -> Clockify:
    """`shelf` outlives the adapter. Budget and writes are the workspace's, what was learned is one key's in it."""
    workspace = account.workspace_id
    budget: Budget = shelf.find(("clockify budget", base_url, workspace), Budget)
    wrote: dict[str, datetime] = shelf.find(("clockify writes", base_url, workspace), dict)
    known: Memory = shelf.find(("clockify", base_url, token, workspace), lambda: memory(clock, budget, wrote))
    calls = Calls(http, clock, base_url.rstrip("/"), token, workspace, budget, is_shared)
    book, tags = RuleBook(calls, known), Tags(calls, known, account)
    finder = TaskFinder(calls, clock, known)
    entries = Entries(account, calls, known, book, tags, finder, speaks_for_self)
    return Clockify(
        account, book, People(calls, known), finder, tags, entries, RunningTimers(entries, clock), speaks_for_self
    )
