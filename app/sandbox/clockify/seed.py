"""Acme Studio on an ordinary day: people, projects, tasks and tags that demos and tests can name."""

from __future__ import annotations

import hashlib

from ..backend import acme
from ..backend.clock import Clock, utc_now
from .diary import write_diary
from .model import Project, Tag, Task, Token, User
from .workspace import Workspace


def _id(what: str) -> str:
    """24 hex digits, the same ones every time."""
    return "64a6" + hashlib.sha256(what.encode()).hexdigest()[:20]


NAMES = ("Ada", "Bo", "Cy", "Di")
PEOPLE = {name: _id(f"person {name}") for name in NAMES}
TOKENS = {name: f"SANDBOX{name.upper()}".ljust(48, "0") for name in NAMES}
USERS = (
    User(PEOPLE["Ada"], "Ada", "ada@acme.example", "WORKSPACE_ADMIN", "Europe/Berlin"),
    User(PEOPLE["Bo"], "Bo", "bo@acme.example", "MEMBER", "Europe/Berlin"),
    User(PEOPLE["Cy"], "Cy", "cy@acme.example", "MEMBER", "America/New_York"),
    User(PEOPLE["Di"], "Di", "di@acme.example", "OWNER", "Europe/Berlin"),
)

# colour, billable, members where it is private, tasks; two projects have a task named Design
CATALOGUE: dict[str, tuple[str, bool, str, tuple[str, ...]]] = {
    "Website": ("#03A9F4", False, "", ("Design", *acme.WEBSITE)),
    "Backend": ("#8BC34A", False, "", acme.BACKEND),
    "Ops": ("#607D8B", False, "", acme.OPS),
    "Hooli": ("#FF5722", True, "Ada Bo Di", ("Design", *acme.HOOLI)),
    "Initech": ("#9C27B0", True, "Ada Di", acme.INITECH),
    "Intranet": ("#795548", False, "", ("Move to the cloud",)),
}
PROJECTS = {name: _id(f"project {name}") for name in CATALOGUE}
TAGS = {name: _id(f"tag {name}") for name in (*acme.TAGS, "urgent")}
ARCHIVED = ("Intranet", "urgent")  # a project and a tag, for those who forget archived=false
FINISHED = ("Renew certificates",)


def seed(clock: Clock = utc_now) -> Workspace:
    """A furnished workspace; ``reset`` brings it back to this, with a diary up to the clock's new now."""
    return Workspace(clock, furnish=furnish)


def furnish(workspace: Workspace) -> None:
    workspace.users = {user.id: user for user in USERS}
    workspace.tokens = {TOKENS[name]: Token(PEOPLE[name]) for name in NAMES}
    for name, (color, billable, members, tasks) in CATALOGUE.items():
        project = Project(PROJECTS[name], name, color, is_public=not members, billable=billable)
        project.archived, project.members = name in ARCHIVED, [PEOPLE[member] for member in members.split()]
        workspace.projects[project.id] = project
        for task in tasks:
            _task(workspace, project, task)
    workspace.tags = {tag_id: Tag(tag_id, name, name in ARCHIVED) for name, tag_id in TAGS.items()}
    write_diary(workspace)


def _task(workspace: Workspace, project: Project, name: str) -> None:
    task = Task(_id(f"task {project.name} {name}"), name, project.id, billable=project.billable)
    task.status = "DONE" if name in FINISHED else "ACTIVE"
    workspace.tasks[task.id] = task
