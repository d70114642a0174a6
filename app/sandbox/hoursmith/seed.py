"""Acme Studio on an ordinary day: people, projects and tasks that demos and tests can name, and a week of history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..backend.clock import Clock, utc_now
from ..backend.week import Stretch, last_week, this_morning
from .model import Member, Project, Role, Task, Token
from .organisation import Organisation

PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("Ada", "ADMIN", "Europe/Berlin"),
    ("Bo", "MEMBER", "Europe/Berlin"),
    ("Cy", "MEMBER", "America/New_York"),
    ("Di", "OWNER", "Europe/Berlin"),
)
TOKENS = {name: f"hsk_test_{name.lower():0<12}_{'Sandbox' + name:0<32}" for name, _, _ in PEOPLE}

# project: client, colour, who is on it, its tasks with who has them
PROJECTS: dict[str, tuple[str, str, tuple[str, ...], dict[str, tuple[str, ...]]]] = {
    "Website": (
        "Hooli",
        "#0f766e",
        ("Bo", "Cy"),
        {"Design": ("Bo",), "Landing page hero": ("Bo", "Cy"), "Cookie banner": ("Cy",), "Dark mode": ()},
    ),
    "Backend": (
        "Initech",
        "#b45309",
        ("Bo",),
        {"Fix login": ("Ada", "Bo"), "Fix logout": ("Ada",), "Search is slow": ("Bo",), "Rotate API keys": ()},
    ),
    "Ops": ("Acme", "#4338ca", (), {"On-call rota": ("Ada",), "Weekly planning": (), "Back-up drill": ("Di",)}),
}

# project, task, note, billable
Line = tuple[str, str | None, str, bool]
WORK: dict[str, tuple[Line, ...]] = {
    "Ada": (
        ("Backend", "Fix login", "Session cookie was lost behind the proxy", True),
        ("Backend", "Fix logout", "Reviewed Bo's change", True),
        ("Backend", None, "Index on customer names", True),
        ("Ops", "On-call rota", "", False),
        ("Ops", "Weekly planning", "Planning", False),
        ("Website", None, "Measured the home page", True),
    ),
    "Bo": (
        ("Website", "Design", "Relaunch check list", True),
        ("Website", "Landing page hero", "Hero image in three sizes", True),
        ("Backend", "Fix login", "Log out of every device", True),
        ("Backend", "Search is slow", "", True),
        ("Website", None, "Call with Hooli", False),
    ),
    "Cy": (
        ("Website", "Cookie banner", "Wording", True),
        ("Website", "Landing page hero", "", True),
        ("Website", None, "Copy for the blog", True),
        ("Website", None, "Stand-up", False),
        ("Website", "Cookie banner", "Tracked down a wrong expiry", False),
    ),
}


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
    for name, lines in WORK.items():
        zone = ZoneInfo(organisation.members[f"us_{name.lower()}"].timezone)
        _write(organisation, name, zone, last_week(name, organisation.now, zone, lines))
    berlin = ZoneInfo("Europe/Berlin")
    _write(organisation, "Ada", berlin, this_morning(organisation.now, berlin, WORK["Ada"][0]))


def _project(organisation: Organisation, name: str, before: datetime) -> None:
    client, color, on_it, tasks = PROJECTS[name]
    client_id, members = f"cl_{client.lower()}", {f"us_{person.lower()}" for person in on_it}
    project = Project(_id("pr", name), name, client_id, client, before, members=members, color=color)
    organisation.projects[project.id] = project
    for number, (task_name, assigned) in enumerate(tasks.items(), 1):
        task = Task(_id("ta", task_name), project.id, task_name, before + timedelta(hours=number))
        task.assignees = [f"us_{person.lower()}" for person in assigned]
        organisation.tasks[task.id] = task


def _write(organisation: Organisation, name: str, zone: ZoneInfo, stretches: Iterator[Stretch[Line]]) -> None:
    """What was begun before ten was timed in Hoursmith's own app, the rest typed in when it was over."""
    for stretch in stretches:
        project, task, note, billable = stretch.line
        start, end = stretch.start, stretch.start + stretch.length
        is_timed = start.astimezone(zone).time() < time(10)
        entry = organisation.record(
            user_id=f"us_{name.lower()}",
            project_id=_id("pr", project),
            task_id=_id("ta", task) if task else None,
            day=start.astimezone(zone).date(),
            seconds=stretch.length // timedelta(seconds=1),
            billable=billable,
            note=note or None,
            started=start if is_timed else None,
            stopped=end if is_timed else None,
            source="app",
        )
        entry.created = entry.updated = end
        entry.listed_from = None


def _id(kind: str, name: str) -> str:
    """``pr_website``: opaque to whoever asks, readable to whoever tests."""
    return f"{kind}_{'-'.join(name.lower().split())}"
