"""Finding what somebody works on in Clockify: projects and the tasks under them, by id, link, name or typing."""

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.errors import EntryNotFound, ProviderError, TaskNotFound
from app.core.model import Task
from app.core.ports import Clock
from app.providers.clockify_calls import Calls
from app.providers.clockify_errors import About, RuleBroken
from app.providers.clockify_memory import LIST_AGE, Memory, Project
from app.providers.clockify_wire import Json, lacks_names, object_of, objects, project_id, project_task, task_of
from app.providers.freshness import Fresh

DOMAIN = "clockify.me"
MOST_FOUND = 100
PROJECTS_OPENED = 12  # for their tasks, in one search, where the list of projects did not carry them
PROJECTS_OPENED_FREE = 4
AT_ONCE = 4

_ID = re.compile(r"([0-9a-f]{24})(?:/([0-9a-f]{24}))?", re.IGNORECASE)
_LINK = re.compile(r"/projects/([0-9a-f]{24})(?:/.*)?", re.IGNORECASE)


def fold(text: str) -> str:
    """Without case, accents and double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def reference(text: str) -> str:
    """`text` as a Task's id, where it is an id or a link to a project; "" for everything else."""
    text = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    match = _LINK.fullmatch(_path(text)) if "://" in text else _ID.fullmatch(text)
    return "/".join(part for part in match.groups() if part).lower() if match else ""


def rank(task: Task, query: str) -> int | None:
    """0 is the name itself, alone or after its place; 3 only contains the words, None does not."""
    name, place = fold(task.name), fold(task.place)
    words = query.replace("/", " ").split()
    if not all(word in name or word in place for word in words):
        return None
    if query in (name, f"{place}/{name}", f"{place} {name}"):
        return 0
    if name.startswith(query):
        return 1
    starts = re.split(r"[\W_]+", f"{place} {name}")
    return 2 if all(any(start.startswith(word) for start in starts) for word in words) else 3


@dataclass(frozen=True, slots=True)
class TaskFinder:
    calls: Calls
    clock: Clock
    memory: Memory

    async def find(self, text: str) -> Task | None:
        task_id = reference(text)
        if task_id:
            kept = self.memory.found.find(task_id, lambda: Fresh[Task | None](self.clock, LIST_AGE))
            return await self._listed(task_id) or await kept.get(lambda: self._fetch(task_id))
        if "/" not in text or "://" in text:
            return None
        found = {task.id: task async for task in self._named(text)}
        return next(iter(found.values())) if len(found) == 1 else None

    async def search(self, text: str) -> list[Task]:
        """At most a hundred; a project comes before its tasks, both before what only sounds like it."""
        query = fold(text.replace("/", " / ")).replace(" / ", "/")
        projects = await self.memory.projects.get(self._fetch_projects)
        open_projects = projects if not query else _likely(projects, query)
        tasks = await self._several(open_projects)
        ranked = []
        for task in {one.id: one for one in (*_known(projects), *tasks)}.values():
            place = rank(task, query)
            if place is not None:
                ranked.append((place, "/" in task.id, fold(task.name), fold(task.place), task.id, task))
        return [best[-1] for best in sorted(ranked, key=lambda best: best[:-1])[:MOST_FOUND]]

    async def named(self, entries: Sequence[Json]) -> list[Json]:
        """Entries with the names of their projects and tasks, where Clockify only numbered them."""
        if not any(lacks_names(entry) for entry in entries):
            return list(entries)
        try:
            projects = await self.memory.projects.get(self._fetch_projects)
            wanted = {project_id(entry) for entry in entries if lacks_names(entry)}
            tasks = await self._several([one for one in projects if one.task.id in wanted])
        except ProviderError:
            return list(entries)  # an entry without its project's name is better than none
        names = {task.id: task for task in (*_known(projects), *tasks)}
        return [_with_names(entry, names) for entry in entries]

    async def _listed(self, task_id: str) -> Task | None:
        known = self.memory.projects.last or []
        return next((task for task in _known(known) if task.id == task_id), None)

    async def _named(self, text: str) -> AsyncIterator[Task]:
        projects = await self.memory.projects.get(self._fetch_projects)
        for left, right in _halves(text):
            for project in [one for one in projects if fold(one.task.name) == left]:
                for task in await self._tasks(project):
                    if fold(task.name) == right:
                        yield task

    async def _several(self, projects: Sequence[Project]) -> list[Task]:
        """The tasks of those projects that came without, while there are requests for it."""
        found: list[Task] = []
        most = PROJECTS_OPENED_FREE if self.memory.budget.is_paid is False else PROJECTS_OPENED
        unread = [one for one in projects if one.tasks is None][:most]
        for first in range(0, len(unread), AT_ONCE):
            if self.memory.budget.has_few(self.clock.now()):
                break
            parts = await asyncio.gather(*(self._tasks_or_none(one) for one in unread[first : first + AT_ONCE]))
            found += [task for part in parts for task in part]
        return found

    async def _tasks_or_none(self, project: Project) -> list[Task]:
        try:
            return await self._tasks(project)
        except ProviderError:
            return []

    async def _tasks(self, project: Project) -> list[Task]:
        """GET …/projects/{projectId}/tasks?is-active=true (Find tasks on a project)."""
        if project.tasks is not None:
            return list(project.tasks)
        kept: Fresh[list[Task]] = self.memory.tasks.find(project.task.id, lambda: Fresh(self.clock, LIST_AGE))
        return await kept.get(lambda: self._fetch_tasks(project.task))

    async def _fetch_tasks(self, project: Task) -> list[Task]:
        where = self.calls.where("projects", project.id, "tasks")
        raw = await self.calls.pages(where, {"is-active": "true"}, about=About.TASK)
        return [task for task in (task_of(one, project) for one in raw) if task]

    async def _fetch_projects(self) -> list[Project]:
        """GET …/projects (Get all projects on a workspace). Hydrated ones carry their tasks: one request for all.

        Without `archived=false` archived ones come too, whatever the document says.
        """
        raw = await self.calls.pages(self.calls.where("projects"), {"archived": "false", "hydrated": "true"})
        return [project for project in map(_project, raw) if project]

    async def _fetch(self, task_id: str) -> Task | None:
        """GET …/projects/{projectId} (Find a project by ID), then …/tasks/{taskId} (Find a task by ID)."""
        project_part, _, task_part = task_id.partition("/")
        where = self.calls.where("projects", project_part)
        try:
            raw = object_of(await self.calls.read(where, about=About.TASK))
            project = project_task(raw)
            if not project or raw.get("archived") is True or not task_part:
                return None if raw.get("archived") is True else project
            where = self.calls.where("projects", project_part, "tasks", task_part)
            return task_of(object_of(await self.calls.read(where, about=About.TASK)), project)
        except (TaskNotFound, EntryNotFound, RuleBroken):
            return None


def _project(raw: Json) -> Project | None:
    task = project_task(raw)
    if task is None or raw.get("archived") is True:
        return None
    listed = raw.get("tasks")
    if not isinstance(listed, list):
        return Project(task, None)
    return Project(task, tuple(one for one in (task_of(item, task) for item in objects(listed)) if one))


def _known(projects: Sequence[Project]) -> Iterator[Task]:
    for project in projects:
        yield project.task
        yield from project.tasks or ()


def _likely(projects: Sequence[Project], query: str) -> list[Project]:
    """Those that share a word with `query` first: their tasks are the likeliest to be meant."""
    words = query.replace("/", " ").split()

    def shares_none(project: Project) -> bool:
        text = fold(f"{project.task.place} {project.task.name}")
        return not any(word in text for word in words)

    return sorted(projects, key=shares_none)


def _with_names(entry: Json, names: dict[str, Task]) -> Json:
    project = names.get(project_id(entry))
    if project is None or not lacks_names(entry):
        return entry
    task_part = entry.get("taskId")
    task = names.get(f"{project.id}/{task_part}")
    found: dict[str, object] = {"project": {"id": project.id, "name": project.name, "clientName": project.place}}
    return dict(entry) | found | ({"task": {"id": task_part, "name": task.name}} if task else {})


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut at a slash: names may hold one themselves."""
    parts = text.split("/")
    for cut in range(1, len(parts)):
        left, right = fold("/".join(parts[:cut])), fold("/".join(parts[cut:]))
        if left and right:
            yield left, right


def _path(link: str) -> str:
    """The path of a link to Clockify: its app, a region or a company's own address there; else ""."""
    try:
        address = urlsplit(link)
    except ValueError:
        return ""
    host = address.netloc.lower()
    is_theirs = host.endswith(f".{DOMAIN}") and re.fullmatch(r"[a-z0-9.-]+", host)
    return address.path if address.scheme in ("http", "https") and is_theirs else ""
