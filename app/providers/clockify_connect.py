"""How a Clockify adapter is put together, and what it remembers from one request to the next."""

from app.providers.clockify import Clockify
from app.providers.clockify_calls import Budget, Calls
from app.providers.clockify_entries import Entries
from app.providers.clockify_memory import Memory, Written, memory
from app.providers.clockify_projects import TaskFinder
from app.providers.clockify_timers import RunningTimers
from app.providers.clockify_workspace import People, RuleBook, Tags
from app.providers.link import Link

BASE_URL = "https://api.clockify.me/api/v1"  # regions have their own: https://euc1.clockify.me/api/v1 and so on


def connect(link: Link) -> Clockify:
    """Budget and writes are the workspace's, what was learned is one key's in it."""
    account, clock, shelf, workspace = link.account, link.clock, link.shelf, link.account.workspace_id
    budget: Budget = shelf.find(("clockify budget", link.base_url, workspace), Budget)
    wrote: Written = shelf.find(("clockify writes", link.base_url, workspace), Written)
    known: Memory = shelf.find(("clockify", *link.whose, workspace), lambda: memory(clock, budget, wrote))
    calls = Calls(link.http, clock, link.base_url.rstrip("/"), link.token, workspace, budget, link.is_shared)
    book, tags = RuleBook(calls, known), Tags(calls, known, account)
    finder = TaskFinder(calls, clock, known)
    entries = Entries(account, calls, known, book, tags, finder, link.speaks_for_self)
    timers = RunningTimers(entries, clock)
    return Clockify(account, book, People(calls, known), finder, tags, entries, timers, link.speaks_for_self)
