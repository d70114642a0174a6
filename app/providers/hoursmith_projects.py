"""What can be worked on at Hoursmith: projects and their tasks, listed whole and searched here."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.core.errors import AccessDenied
from app.core.model import Task
from app.providers.clickup_tasks import fold
from app.providers.freshness import Fresh
from app.providers.hoursmith_calls import Calls
from app.providers.hoursmith_wire import Json, identifier, text_of

HOST = "hoursmith.app"
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every project and task by our id, "project" or "project/task"; `open` are those that time is still logged on."""

    tasks: dict[str, Task] = field(default_factory=dict)
    open: tuple[Task, ...] = ()

    def named(self, project: str, task: str) -> Task:
        """With its name where it is listed; what was archived out of sight goes by its id."""
        our_id = f"{project}/{task}" if task else project
        known = self.tasks.get(our_id)
        if known:
            return known
        parent = self.tasks.get(project)
        return Task(our_id, task or project, place=parent.name if parent and task else "")


@dataclass(frozen=True, slots=True)
class ProjectFinder:
    calls: Calls
    known: Fresh[Catalogue]

    async def catalogue(self) -> Catalogue:
        """GET /projects (List projects) and GET /tasks (List tasks)."""
        return await self.known.get(self._fetch)

    async def find(self, text: str) -> Task | None:
        """By our id, a task's own id, or a link that ends in either."""
        wanted = _wanted(text)
        if not wanted:
            return None
        tasks = (await self.catalogue()).tasks
        found = tasks.get(wanted) or [task for our_id, task in tasks.items() if our_id.endswith(f"/{wanted}")]
        if isinstance(found, list):
            return found[0] if len(found) == 1 else None
        return found

    async def search(self, text: str) -> list[Task]:
        query = fold(" ".join(text.replace("/", " ").split()))
        ranked = []
        for task in (await self.catalogue()).open:
            rank = _rank(task, query)
            if rank is not None:
                ranked.append((rank, "/" in task.id, fold(task.name), task.id, task))
        return [best[-1] for best in sorted(ranked, key=lambda best: best[:-1])[:MOST_FOUND]]

    async def _fetch(self) -> Catalogue:
        projects, tasks = await asyncio.gather(self.calls.pages("/projects"), self._tasks())
        names = {identifier(raw.get("id")): text_of(raw.get("name")) for raw in projects}
        is_open = {identifier(raw.get("id")): _status(raw) in ("", "ACTIVE") for raw in projects}
        found = {raw_id: _project(raw) for raw in projects if (raw_id := identifier(raw.get("id")))}
        opened = [task for raw_id, task in found.items() if is_open[raw_id]]
        for raw in tasks:
            project, task = identifier(raw.get("projectId")), _task(raw, names)
            if task:
                found[task.id] = task
                opened += [task] if is_open.get(project, True) and _status(raw) != "DONE" else []
        return Catalogue(found, tuple(opened))

    async def _tasks(self) -> list[Json]:
        """A role that sees no tasks still sees projects."""
        try:
            return await self.calls.pages("/tasks")
        except AccessDenied:
            return []


def _rank(task: Task, query: str) -> int | None:
    """0 is the name itself, 3 only contains the words, None does not."""
    name, words = fold(task.name), query.split()
    everything = f"{name} {fold(task.place)}"
    if not all(word in everything for word in words):
        return None
    if name == query:
        return 0
    if name.startswith(query):
        return 1
    return 2 if all(f" {word}" in f" {everything}" for word in words) else 3


def _wanted(text: str) -> str:
    text = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    if "://" not in text:
        return text
    try:
        address = urlsplit(text)
    except ValueError:
        return ""
    is_there = address.scheme == "https" and address.netloc.lower().removeprefix("www.") == HOST
    return address.path.rstrip("/").rpartition("/")[2] if is_there else ""


def _project(raw: Json) -> Task:
    project = identifier(raw.get("id"))
    client = raw.get("client")
    place = text_of(raw.get("clientName")) or (text_of(client.get("name")) if isinstance(client, dict) else "")
    return Task(project, text_of(raw.get("name")) or project, place=place)


def _task(raw: Json, names: dict[str, str]) -> Task | None:
    project, task = identifier(raw.get("projectId")), identifier(raw.get("id"))
    if not project or not task:
        return None
    return Task(f"{project}/{task}", text_of(raw.get("name")) or task, place=names.get(project, ""))


def _status(raw: Json) -> str:
    """ACTIVE in the reference, `active` in one of the guides' examples; ARCHIVED where it was put away."""
    return "ARCHIVED" if raw.get("archivedAt") else text_of(raw.get("status")).upper()
