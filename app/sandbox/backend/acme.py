"""Acme Studio, the company in every sandbox: what it works on and what it did last week, the same in each back end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from .week import Stretch, last_week, this_morning


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\n", "|").split("|"))


BACKEND = _names("""Set up staging|Upgrade Postgres|Retry failed payments|Rotate API keys|Export invoices as PDF
Paginate the audit log|Speed up the test suite|Webhook signatures
Delete stale sessions|Import contacts|Two-factor sign-in|Fix login|Fix logout
Search is slow|Cache avatars|Rate limits per customer|Move cron jobs|Send receipts|Fold error pages|Document the API
Fix login e-mail on staging|Trim log volume|Read replicas|Remove the old importer""")
OPS = _names("""Renew certificates|On-call rota|Back-up drill|Laptop orders|Weekly planning|Quarterly budget
Hiring interviews|Office move""")
WEBSITE = _names("""Cookie banner|Contact form|Landing page hero|Blog templates|Pricing page|Case studies
Website relaunch|Dark mode""")
HOOLI = _names("Hooli home page|Hooli product tour")
INITECH = _names("Initech dashboard|Initech onboarding")

TAGS = ("backend", "design", "frontend", "meeting", "review", "staging")


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that somebody does in an ordinary week; the task by its name, None where it is for no task."""

    task: str | None
    description: str
    tags: tuple[str, ...] = ()
    billable: bool = False


DIARY: dict[str, tuple[Line, ...]] = {
    "Ada": (
        Line("Fix login", "Session cookie was lost behind the proxy", ("backend",)),
        Line("Search is slow", "Index on customer names", ("backend",), billable=True),
        Line("Fix logout", "Reviewed Bo's change", ("review",)),
        Line("Fix login e-mail on staging", "", ("backend", "staging")),
        Line("Weekly planning", "Planning", ("meeting",)),
        Line(None, "Stand-up", ("meeting",)),
        Line("Hooli home page", "Hooli: measured the home page", billable=True),
    ),
    "Bo": (
        Line("Landing page hero", "Hero image in three sizes", ("frontend",)),
        Line("Website relaunch", "Relaunch check list", ("frontend",), billable=True),
        Line("Fix logout", "Log out of every device", ("backend",)),
        Line("Initech dashboard", "Initech: charts", ("frontend",), billable=True),
        Line("On-call rota", ""),
        Line(None, "Interview notes"),
        Line(None, "Stand-up", ("meeting",)),
    ),
}
_CHANCE = {"Ada": 183, "Bo": 184}  # what makes a person's week their own


def history(name: str, now: datetime, zone: ZoneInfo) -> Iterator[Stretch[Line]]:
    """Somebody's last week, and of today only what Ada did between 9 and 10."""
    yield from last_week(_CHANCE[name], now, zone, DIARY[name])
    if name == "Ada":
        yield from this_morning(now, zone, DIARY[name][0])
