"""Everything as it looks on the wire: camelCase, ids as opaque text, days as dates, moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .model import Entry, Member, Project, Task
from .organisation import Organisation

Json = dict[str, Any]


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def member(organisation: Organisation, person: Member) -> Json:
    return {
        "id": person.id,
        "orgId": organisation.id,
        "userId": person.user_id,
        "role": person.role,
        "name": person.name,
        "email": person.email,
        "createdAt": moment(person.joined),
    }


def project(organisation: Organisation, item: Project, *, for_member: Member) -> Json:
    """Members are not told whose money it is."""
    shape: Json = {
        "id": item.id,
        "orgId": organisation.id,
        "name": item.name,
        "description": None,
        "status": item.status,
        "startDate": None,
        "dueDate": None,
        "createdAt": moment(item.created),
        "updatedAt": moment(item.created),
    }
    return shape | {"clientId": item.client_id} if for_member.sees_everything else shape


def task(organisation: Organisation, item: Task) -> Json:
    return {
        "id": item.id,
        "orgId": organisation.id,
        "projectId": item.project_id,
        "name": item.name,
        "description": None,
        "status": item.status,
        "priority": item.priority,
        "billable": item.billable,
        "assigneeIds": list(item.assignees),
        "createdAt": moment(item.created),
        "updatedAt": moment(item.created),
    }


def entry(organisation: Organisation, item: Entry) -> Json:
    return {
        "id": item.id,
        "orgId": organisation.id,
        "userId": item.user_id,
        "projectId": item.project_id,
        "taskId": item.task_id,
        "invoiceId": item.invoice_id,
        "durationSeconds": item.seconds,
        "billable": item.billable,
        "note": item.note,
        "entryDate": item.day.isoformat(),
        "startedAt": moment(item.started) if item.started else None,
        "stoppedAt": moment(item.stopped) if item.stopped else None,
        "createdAt": moment(item.created),
        "updatedAt": moment(item.updated),
        "deletedAt": None,
    }
