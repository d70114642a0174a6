"""Acme Studio on an ordinary day: people, projects and tasks that demos and tests can name, and a week of history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..backend import acme
from ..backend.clock import Clock, utc_now
from ..backend.week import Stretch, last_week
from .model import Member, Project, Role, Task, Token
from .organisation import Organisation

PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("Ada", "ADMIN", "Europe/Berlin"),
    ("Bo", "MEMBER", "Europe/Berlin"),
    ("Cy", "MEMBER", "America/New_York"),
    ("Di", "OWNER", "Europe/Berlin"),
)
TOKENS = {name: f"hsk_test_{name.lower():0<12}_{'Sandbox' + name:0<32}" for name, _, _ in PEOPLE}

# project: client, colour, who is on it, its tasks; what Bo and Cy have to do is theirs to see, the rest is not
PROJECTS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "Website": ("Acme", "#0f766e", ("Bo", "Cy"), ("Design", *acme.WEBSITE)),
    "Backend": ("Acme", "#b45309", ("Bo",), acme.BACKEND),
    "Ops": ("Acme", "#4338ca", (), acme.OPS),
    "Hooli": ("Hooli", "#be123c", (), acme.HOOLI),
    "Initech": ("Initech", "#7e22ce", (), acme.INITECH),
}
ASSIGNED = {
    "Bo": ("Design", "Landing page hero", "Website relaunch", "Fix login", "Fix logout", "Search is slow"),
    "Cy": ("Landing page hero", "Cookie banner"),
}
CYS_WEEK = (
    acme.Line("Cookie banner", "Wording", billable=True),
    acme.Line("Landing page hero", "", billable=True),
    acme.Line("Website relaunch", "Copy for the blog", billable=True),
    acme.Line("Cookie banner", "Tracked down a wrong expiry"),
    acme.Line(None, "Stand-up"),
)  # a member like Bo; elsewhere Cy is a guest who logs nothing
MEETINGS = "Ops"  # there is no time without a project, so what the others log on no task is logged on this one


def seed(clock: Clock = utc_now) -> Organisation:
    """A furnished organisation; ``reset`` brings it back to this, with a history up to the clock's new now."""
    return Organisation(clock, furnish=furnish)


def furnish(organisation: Organisation) -> None:
    before = organisation.now - timedelta(days=90)
    for name, role, timezone in PEOPLE:
        user_id = f"us_{name.lower()}"
        email = f"{name.lower()}@acme.example"
        organisation.members[user_id] = Member(f"mb_{name.lower()}", user_id, name, email, role, timezone, before)
        organisation.tokens[TOKENS[name]] = Token(user_id, f"{name}'s laptop")
    for name in PROJECTS:
        _project(organisation, name, before)
    old = Project("pr_old-site", "Old site", "cl_hooli", "Hooli", before, "ARCHIVED", {"us_bo"})
    organisation.projects[old.id] = old
    for member in organisation.members.values():
        zone = ZoneInfo(member.timezone)
        if member.name in acme.DIARY:
            _write(organisation, member, zone, acme.history(member.name, organisation.now, zone))
        if member.name == "Cy":
            _write(organisation, member, zone, last_week("Cy", organisation.now, zone, CYS_WEEK))


def _project(organisation: Organisation, name: str, before: datetime) -> None:
    client, color, on_it, tasks = PROJECTS[name]
    client_id, members = f"cl_{client.lower()}", {f"us_{person.lower()}" for person in on_it}
    project = Project(_id("pr", name), name, client_id, client, before, members=members, color=color)
    organisation.projects[project.id] = project
    for number, task_name in enumerate(tasks, 1):
        task = Task(_id("ta", task_name), project.id, task_name, before + timedelta(hours=number))
        task.assignees = [f"us_{person.lower()}" for person, theirs in ASSIGNED.items() if task_name in theirs]
        organisation.tasks[task.id] = task


def _write(organisation: Organisation, member: Member, zone: ZoneInfo, stretches: Iterator[Stretch[acme.Line]]) -> None:
    """What was begun before ten was timed in Hoursmith's own app, the rest typed in when it was over."""
    for stretch in stretches:
        line = stretch.line
        task = organisation.tasks[_id("ta", line.task)] if line.task else None
        start, end = stretch.start, stretch.start + stretch.length
        is_timed = start.astimezone(zone).time() < time(10)
        entry = organisation.record(
            user_id=member.user_id,
            project_id=task.project_id if task else _id("pr", MEETINGS),
            task_id=task.id if task else None,
            day=start.astimezone(zone).date(),
            seconds=stretch.length // timedelta(seconds=1),
            billable=line.billable,
            note=line.description or None,
            started=start if is_timed else None,
            stopped=end if is_timed else None,
            source="app",
        )
        entry.created = entry.updated = end
        entry.listed_from = None


def _id(kind: str, name: str) -> str:
    """``pr_website``: opaque to whoever asks, readable to whoever tests."""
    return f"{kind}_{'-'.join(name.lower().split())}"
