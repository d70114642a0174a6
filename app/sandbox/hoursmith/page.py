"""What Hoursmith has recorded, as the page of records wants to read it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..backend.clock import now_iso
from ..backend.page import Look
from .model import Entry
from .organisation import Organisation

LOOK = Look(
    "Hoursmith",
    "Project",
    "No project",
    Path(__file__).parent / "look.css",
    idle="No timer is running in Hoursmith's own app, and nobody else can start one.",
)
NOON = time(12)


def recorded(organisation: Organisation) -> dict[str, Any]:
    """Times are ISO-8601 UTC; the page puts them into each person's zone."""
    people = [
        {"id": member.user_id, "name": member.name, "timezone": member.timezone}
        for member in organisation.members.values()
    ]
    newest_first = sorted(organisation.entries.values(), key=lambda entry: (entry.day, entry.created), reverse=True)
    return {
        "workspace": organisation.name,
        "now": now_iso(organisation.clock),
        "people": people,
        "entries": [_entry(organisation, entry) for entry in newest_first[:500]],
    }


def _entry(organisation: Organisation, entry: Entry) -> dict[str, Any]:
    """What has no time of day is put to noon for the page's sake, which then shows the day alone."""
    zone = ZoneInfo(organisation.members[entry.user_id].timezone)
    start = entry.started or datetime.combine(entry.day, NOON, zone)
    project, task = organisation.projects[entry.project_id], organisation.tasks.get(entry.task_id or "")
    return {
        "id": entry.id,
        "person": entry.user_id,
        "start": start.isoformat(),
        "end": None if entry.is_running else (start + timedelta(seconds=entry.seconds)).isoformat(),
        "timeless": entry.started is None,
        "seconds": entry.seconds,
        "running": entry.is_running,
        "task": {"id": project.name, "name": task.name if task else "", "color": project.color},
        "description": entry.note or "",
        "tags": [],
        "billable": entry.billable,
        "source": entry.source,
        "locked": entry.invoice_id is not None,
    }
