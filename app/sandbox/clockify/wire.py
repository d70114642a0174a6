"""Things as they look on the wire."""

from __future__ import annotations

from typing import Any

from .model import Entry, Project, Tag, Task, User
from .times import write_length, write_moment
from .workspace import Workspace

Json = dict[str, Any]
RATE = {"amount": 0, "currency": "EUR"}
FEATURES = ["REQUIRED_FIELDS", "WORKSPACE_LOCK_TIMEENTRIES", "DISABLE_MANUAL_MODE", "APPROVAL", "TIME_TRACKING"]


def entry(workspace: Workspace, item: Entry) -> Json:
    """Recorded: ``tagIds`` is null where none were sent; a running timer has neither end nor duration.

    That ``isLocked`` ignores who asks, though owners and admins are exempt from locks, is a choice.
    """
    length = None if item.end is None else write_length(item.end - item.start)
    return {
        "id": item.id,
        "description": item.description,
        "tagIds": item.tag_ids,
        "userId": item.user_id,
        "billable": item.billable,
        "taskId": item.task_id,
        "projectId": item.project_id,
        "workspaceId": workspace.id,
        "timeInterval": {
            "start": write_moment(item.start),
            "end": None if item.end is None else write_moment(item.end),
            "duration": length,
        },
        "customFieldValues": [],
        "type": item.type,
        "kioskId": None,
        "isLocked": item.is_approved or workspace.is_before_lock(item.start),
    }


def listed(workspace: Workspace, item: Entry, *, hydrated: bool) -> Json:
    """Recorded: fifteen fields, rates among them and no time of creation; hydrated adds whole objects."""
    shape = entry(workspace, item) | {"hourlyRate": RATE, "costRate": None}
    if not hydrated:
        return shape
    project_, task_ = workspace.projects.get(item.project_id or ""), workspace.tasks.get(item.task_id or "")
    return shape | {
        "project": project(workspace, project_) if project_ else None,
        "task": task(task_) if task_ else None,
        "tags": [tag(workspace, workspace.tags[tag_id]) for tag_id in item.tag_ids or [] if tag_id in workspace.tags],
        "user": {"id": item.user_id, "name": workspace.users[item.user_id].name},
    }


def project(workspace: Workspace, item: Project) -> Json:
    return {
        "id": item.id,
        "name": item.name,
        "hourlyRate": None,
        "costRate": None,
        "clientId": "",
        "clientName": "",
        "workspaceId": workspace.id,
        "billable": item.billable,
        "memberships": [membership(user_id, item.id, "PROJECT") for user_id in item.members],
        "color": item.color,
        "estimate": {"estimate": "PT0S", "type": "AUTO"},
        "archived": item.archived,
        "duration": _spent(workspace, item),
        "note": item.note,
        "template": False,
        "public": item.is_public,
    }


def _spent(workspace: Workspace, item: Project) -> str:
    spent = [one.end - one.start for one in workspace.entries.values() if one.project_id == item.id and one.end]
    return write_length(sum(spent[1:], spent[0])) if spent else "PT0S"


def task(item: Task) -> Json:
    return {
        "id": item.id,
        "name": item.name,
        "projectId": item.project_id,
        "assigneeIds": item.assignees,
        "assigneeId": item.assignees[0] if item.assignees else None,
        "userGroupIds": [],
        "estimate": "PT0S",
        "status": item.status,
        "budgetEstimate": 0,
        "billable": item.billable,
        "hourlyRate": None,
        "costRate": None,
        "duration": None,
    }


def tag(workspace: Workspace, item: Tag) -> Json:
    return {"id": item.id, "name": item.name, "workspaceId": workspace.id, "archived": item.archived}


def membership(user_id: str, target: str, kind: str) -> Json:
    return {
        "userId": user_id,
        "hourlyRate": None,
        "costRate": None,
        "targetId": target,
        "membershipType": kind,
        "membershipStatus": "ACTIVE",
    }


def user(workspace: Workspace, person: User, *, is_self: bool) -> Json:
    """Probed: ``settings`` is always there, and may be null where it is somebody else's."""
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "memberships": [],
        "profilePicture": "",
        "activeWorkspace": workspace.id,
        "defaultWorkspace": workspace.id,
        "settings": _settings(person) if is_self else None,
        "status": "ACTIVE",
        "customFields": [],
    }


def _settings(person: User) -> Json:
    return {
        "weekStart": "MONDAY",
        "timeZone": person.timezone,
        "timeFormat": "HOUR24",
        "dateFormat": "DD/MM/YYYY",
        "timeTrackingManual": False,
        "lang": "EN",
        "theme": "DEFAULT",
        "summaryReportSettings": {"group": "Project", "subgroup": "Time Entry"},
    }


def workspace(item: Workspace) -> Json:
    everyone = {True: "ADMINS", False: "EVERYONE"}
    settings = item.settings
    permissions = {
        "whoCanCreateProjectsAndClients": everyone[settings["onlyAdminsCreateProject"]],
        "whoCanCreateTags": everyone[settings["onlyAdminsCreateTag"]],
        "whoCanCreateTasks": everyone[settings["onlyAdminsCreateTask"]],
    }
    return {
        "id": item.id,
        "name": item.name,
        "hourlyRate": RATE,
        "costRate": RATE,
        "memberships": [membership(user_id, item.id, "WORKSPACE") for user_id in item.users],
        "workspaceSettings": settings | {"entityCreationPermissions": permissions},
        "imageUrl": "",
        "featureSubscriptionType": "PRO_YEAR" if item.has_time_for_others else None,
        "features": [*FEATURES, "ADD_TIME_FOR_OTHERS"] if item.has_time_for_others else ["TIME_TRACKING"],
        "currencies": [{"id": "64a687e29ae1f428e7ebe399", "code": "EUR", "isDefault": True}],
    }
