"""Finding a ClickUp task: by what names it exactly, and by typing, which ClickUp itself cannot search for."""

import asyncio
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from app.core.errors import ProviderError, TaskNotFound
from app.core.model import Task
from app.core.ports import Clock
from app.providers.calls import path
from app.providers.clickup_calls import Calls
from app.providers.clickup_errors import About
from app.providers.clickup_wire import Json, identifier, number, objects, task
from app.providers.freshness import Fresh, Shelf

HOST = "app.clickup.com"
PAGES = 20  # of a hundred tasks
AT_ONCE = 4
FILLING_SECONDS = 1.5  # a list of suggestions must be there within three
MOST_FOUND = 100
FRESH = timedelta(seconds=60)

_PLAIN = re.compile(r"(?=.*\d)[0-9a-z]{5,12}", re.IGNORECASE)
_MARKED = re.compile(r"(?:#|CU-)([0-9a-z]{3,12})", re.IGNORECASE)
_EXACT = re.compile(r"[0-9A-Za-z_-]{1,40}")
_CUSTOM = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d{1,12}")
_LINK = re.compile(r"/t/(?:(?P<team>\d+)/)?(?P<task>[^/]+)/?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A task by ClickUp's own id, or by the custom id that people know."""

    id: str
    is_custom: bool


def references(text: str, workspace_id: str) -> list[Reference]:
    """Every reading of `text` as one task, likeliest first; none for words, other hosts and other workspaces."""
    text = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    if "://" in text:
        text = _linked(text, workspace_id)
    return list(dict.fromkeys(_readings(text)))


def fold(text: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True)
class Listed:
    """The little of a task that is kept: a hundred whole ones weigh a megabyte."""

    task: Task
    updated: int
    name: str
    custom_id: str
    place: str

    def rank(self, query: str, words: list[str]) -> int | None:
        """0 is the custom id itself, 3 only contains the words, None does not."""
        if not all(word in self.name or word in self.custom_id or word in self.place for word in words):
            return None
        if query == self.custom_id:
            return 0
        if self.name.startswith(query):
            return 1
        starts = re.split(r"[\W_]+", self.name)
        return 2 if all(any(start.startswith(word) for start in starts) for word in words) else 3


@dataclass(frozen=True, slots=True)
class Page:
    tasks: tuple[Listed, ...]
    is_last: bool

    @property
    def is_oldest_first(self) -> bool:
        return len(self.tasks) > 1 and self.tasks[0].updated < self.tasks[-1].updated


@dataclass(frozen=True, slots=True)
class TaskFinder:
    """`recent` is shared by everybody who uses the token, `mine` is one person's."""

    calls: Calls
    clock: Clock
    workspace_id: str
    user_id: str
    recent: Fresh[list[Listed]]
    mine: Fresh[list[Listed]]
    found: Shelf

    async def find(self, text: str) -> Task | None:
        """`id:` in front says that the rest is ClickUp's own id, whatever it looks like."""
        for reference in self._references(text.strip()):
            known = self._listed(reference) or await self._found(reference)
            if known:
                return known
        return None

    def _references(self, text: str) -> list[Reference]:
        exact = text.removeprefix("id:")
        if exact == text:
            return references(text, self.workspace_id)
        return [Reference(exact, is_custom=False)] if _EXACT.fullmatch(exact) else []

    async def search(self, text: str) -> list[Task]:
        """At most a hundred; what has not been listed yet is still found by its exact id."""
        query = fold(" ".join(text.split()))
        mine, recent = await asyncio.gather(self.mine.get(self._list_mine), self.recent.get(self._list_recent))
        likely = _likeliest(query, mine, recent)
        if likely or not query:
            return likely
        exact = await self.find(text)
        return [exact] if exact else []

    async def assigned(self) -> list[Task]:
        """The hundred of the person's own tasks that changed last, the latest first."""
        listed = sorted(await self.mine.get(self._list_mine), key=lambda one: -one.updated)
        return [one.task for one in listed]

    def _listed(self, reference: Reference) -> Task | None:
        known = (self.mine.peek() or []) + (self.recent.peek() or [])
        for listed in known:
            if reference.id == (listed.task.custom_id if reference.is_custom else listed.task.id):
                return listed.task
        return None

    async def _found(self, reference: Reference) -> Task | None:
        kept = self.found.find(reference, lambda: Fresh[Task | None](self.clock, FRESH))
        return await kept.get(lambda: self._fetch(reference))

    async def _fetch(self, reference: Reference) -> Task | None:
        """GET /task/{task_id} (Get task); a task of another workspace that the token also sees is no task here."""
        params = {"custom_task_ids": "true", "team_id": self.workspace_id} if reference.is_custom else None
        try:
            answer = await self.calls.read(path("task", reference.id), params, about=About.TASK)
        except TaskNotFound:
            return None
        is_foreign = isinstance(answer, dict) and identifier(answer.get("team_id")) not in ("", self.workspace_id)
        return None if is_foreign else task(answer)

    async def _list_mine(self) -> list[Listed]:
        return list((await self._page(0, assignee=self.user_id)).tasks)

    async def _list_recent(self) -> list[Listed]:
        """As many pages as there is time for."""
        deadline = asyncio.get_running_loop().time() + FILLING_SECONDS
        first = await self._page(0)
        if first.is_last:
            return list(first.tasks)
        # Clients disagree on whether "updated" comes newest or oldest first, so the first page decides.
        is_reversed = first.is_oldest_first
        listed = [] if is_reversed else list(first.tasks)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                await self._fill(listed, is_reversed=is_reversed)
        return listed or list(first.tasks)

    async def _fill(self, listed: list[Listed], *, is_reversed: bool) -> None:
        """Adds pages up to the last, or until typing would spend the requests that people need for their writes."""
        for start in range(0 if is_reversed else 1, PAGES, AT_ONCE):
            if self.calls.gate.has_few(self.clock.now()):
                return
            numbers = range(start, start + AT_ONCE)
            pages = await asyncio.gather(*(self._page_or_end(n, is_reversed=is_reversed) for n in numbers))
            listed += [one for page in pages for one in page.tasks]
            if any(page.is_last for page in pages):
                return

    async def _page_or_end(self, page: int, *, is_reversed: bool) -> Page:
        try:
            return await self._page(page, is_reversed=is_reversed)
        except ProviderError:
            return Page((), is_last=True)

    async def _page(self, page: int, *, assignee: str = "", is_reversed: bool = False) -> Page:
        """GET /team/{id}/task (Get filtered team tasks): a hundred a page, and no parameter that searches text."""
        params: dict[str, str | int | list[str]] = {"page": page, "order_by": "updated", "subtasks": "true"}
        if assignee:
            params["assignees[]"] = [assignee]
        if is_reversed:
            params["reverse"] = "true"
        answer = await self.calls.read(path("team", self.workspace_id, "task"), params)
        raw = objects(answer, "tasks")
        is_last = not raw or not isinstance(answer, dict) or answer.get("last_page") is not False
        return Page(tuple(one for one in map(_listed, raw) if one), is_last)


def _likeliest(query: str, mine: list[Listed], recent: list[Listed]) -> list[Task]:
    words, own = query.split(), {listed.task.id for listed in mine}
    ranked = []
    for listed in {one.task.id: one for one in (*recent, *mine)}.values():
        rank = listed.rank(query, words)
        if rank is not None:
            ranked.append((rank, listed.task.id not in own, -listed.updated, listed.task.id, listed.task))
    return [best[-1] for best in sorted(ranked, key=lambda best: best[:-1])[:MOST_FOUND]]


def _listed(raw: Json) -> Listed | None:
    found = task(raw)
    if found is None:
        return None
    updated = number(raw.get("date_updated")) or 0
    return Listed(found, updated, fold(found.name), fold(found.custom_id), fold(found.place))


def _linked(text: str, workspace_id: str) -> str:
    """The task part of https://app.clickup.com/t/…, marked as an id where it is not a custom one."""
    try:
        address = urlsplit(text)
    except ValueError:
        return ""
    match = _LINK.fullmatch(address.path)
    if address.scheme not in ("http", "https") or address.netloc.lower() != HOST or not match:
        return ""
    if match["team"] not in (None, workspace_id):
        return ""
    return match["task"] if _CUSTOM.fullmatch(match["task"]) else "#" + match["task"]


def _readings(text: str) -> Iterator[Reference]:
    if marked := _MARKED.fullmatch(text):
        yield Reference(marked[1].lower(), is_custom=False)
    elif _PLAIN.fullmatch(text):
        yield Reference(text.lower(), is_custom=False)
    if _CUSTOM.fullmatch(text):
        yield Reference(text, is_custom=True)
        yield Reference(text.upper(), is_custom=True)
