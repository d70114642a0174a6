"""What Clockify was seen to answer, hydrated and plain, with its nulls, and people and projects to fill it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.model import Task, TimeEntry, Timer, Work

WORKSPACE = "64a687e29ae1f428e7ebe303"
ADA, BO = "5a0ab5acb07987125438b601", "5a0ab5acb07987125438b602"
ENTRY, OTHER_ENTRY = "64c777ddd3fcab07cfbb2101", "64c777ddd3fcab07cfbb2102"
WEBSITE, MOBILE = "25b687e29ae1f428e7ebe101", "25b687e29ae1f428e7ebe102"
DESIGN, LOGIN = "57a687e29ae1f428e7ebe201", "57a687e29ae1f428e7ebe202"
BACKEND, URGENT = "21a687e29ae1f428e7ebe301", "21a687e29ae1f428e7ebe302"
FIELD = "31a687e29ae1f428e7ebe401"

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
ELEVEN, NOON = TEN + timedelta(hours=1), TEN + timedelta(hours=2)

ON_DESIGN = Task(f"{WEBSITE}/{DESIGN}", "Design", place="Website")
ON_WEBSITE = Task(WEBSITE, "Website", place="Babbage & Co")
WORK = Work(ON_DESIGN, "pairing with Bo", ("backend",))
LOGGED = TimeEntry(ENTRY, WORK, TEN, ELEVEN, ADA)
RUNNING = Timer(ENTRY, WORK, TEN, ADA)

TAGS = [
    {"id": BACKEND, "name": "backend", "workspaceId": WORKSPACE, "archived": False},
    {"id": URGENT, "name": "urgent", "workspaceId": WORKSPACE, "archived": False},
]
CUSTOM_VALUE = {
    "customFieldId": FIELD,
    "timeEntryId": ENTRY,
    "name": "Location",
    "type": "DROPDOWN_SINGLE",
    "value": "London",
}


def iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def plain(**changes: Any) -> dict[str, Any]:
    """As POST, PUT and PATCH answer: ids, and null where there is nothing."""
    return {
        "id": ENTRY,
        "description": "pairing with Bo",
        "tagIds": [BACKEND],
        "userId": ADA,
        "billable": False,
        "taskId": DESIGN,
        "projectId": WEBSITE,
        "workspaceId": WORKSPACE,
        "timeInterval": {"start": iso(TEN), "end": iso(ELEVEN), "duration": "PT1H"},
        "customFieldValues": [],
        "type": "REGULAR",
        "kioskId": None,
        "hourlyRate": None,
        "costRate": None,
        "isLocked": False,
    } | changes


def hydrated(**changes: Any) -> dict[str, Any]:
    """As a list and a GET answer when they are asked for more: objects beside or instead of ids."""
    answer = plain()
    del answer["tagIds"], answer["taskId"]
    return (
        answer
        | {
            "project": {"id": WEBSITE, "name": "Website", "clientName": "Babbage & Co", "archived": False},
            "task": {"id": DESIGN, "name": "Design", "projectId": WEBSITE, "status": "ACTIVE"},
            "tags": [TAGS[0]],
            "user": {"id": ADA, "name": "Ada", "status": "ACTIVE"},
        }
        | changes
    )


def times(start: datetime, end: datetime | None = None, duration: str | None = None) -> dict[str, Any]:
    return {"timeInterval": {"start": iso(start), "end": iso(end) if end else None, "duration": duration}}


def running(**changes: Any) -> dict[str, Any]:
    return hydrated(**times(TEN)) | changes


def started(**changes: Any) -> dict[str, Any]:
    return plain(**times(TEN)) | changes


USER = {
    "id": ADA,
    "email": "ada@example.com",
    "name": "Ada",
    "memberships": [],
    "profilePicture": "https://img.clockify.me/no-user-image.png",
    "activeWorkspace": WORKSPACE,
    "defaultWorkspace": WORKSPACE,
    "settings": {"timeZone": "Europe/Berlin", "weekStart": "MONDAY", "timeFormat": "HOUR24"},
    "status": "ACTIVE",
}
USERS = [
    USER | {"roles": [{"role": "OWNER", "userId": ADA, "workspaceId": WORKSPACE}]},
    {"id": BO, "name": "Bo", "email": "bo@example.com", "settings": None, "roles": [], "status": "ACTIVE"},
    {
        "id": "5a0ab5acb07987125438b603",
        "name": None,
        "email": "cy@example.com",
        "settings": None,
        "roles": [{"role": "TEAM_MANAGER"}, {"role": "WORKSPACE_ADMIN"}],
        "status": "PENDING",
    },
    {"id": "5a0ab5acb07987125438b604", "name": "Di", "email": "di@example.com", "roles": [], "status": "INACTIVE"},
    {"id": None},
]


def settings(**changes: Any) -> dict[str, Any]:
    """A workspace whose `workspaceSettings` differ from the usual in `changes`."""
    usual: dict[str, Any] = {
        "timeRoundingInReports": False,
        "onlyAdminsSeeBillableRates": True,
        "onlyAdminsCreateProject": True,
        "forceProjects": False,
        "forceTasks": False,
        "forceTags": False,
        "forceDescription": False,
        "lockTimeEntries": None,
        "lockTimeZone": None,
        "automaticLock": None,
        "timeTrackingMode": "DEFAULT",
        "onlyAdminsCanChangeBillableStatus": False,
        "onlyAdminsCreateTag": False,
        "entityCreationPermissions": {"whoCanCreateTags": "EVERYONE"},
        "trackTimeDownToSecond": True,
    }
    return {
        "id": WORKSPACE,
        "name": "Analytical Engines",
        "memberships": [],
        "workspaceSettings": usual | changes,
        "featureSubscriptionType": "PRO",
        "features": ["ADD_TIME_FOR_OTHERS", "LOCKED_TIMESHEETS"],
    }


def project(project_id: str, name: str, *tasks: dict[str, Any], client: str = "", **changes: Any) -> dict[str, Any]:
    return {
        "id": project_id,
        "name": name,
        "clientName": client,
        "workspaceId": WORKSPACE,
        "archived": False,
        "tasks": list(tasks),
    } | changes


def task(task_id: str, name: str, *, status: str = "ACTIVE") -> dict[str, Any]:
    return {"id": task_id, "name": name, "projectId": WEBSITE, "status": status, "billable": False}


PROJECTS = [
    project(WEBSITE, "Website", task(DESIGN, "Design"), task(LOGIN, "Fix login"), client="Babbage & Co"),
    project(MOBILE, "Mobile"),
]


def refused(code: int | None, words: str = "no") -> dict[str, Any]:
    return {"message": words} | ({} if code is None else {"code": code})


NOTHING_RUNS = refused(404, f"Currently running time entry doesn't exist on workspace {WORKSPACE} for user {ADA}.")
SPURIOUS = refused(501, f"TIMEENTRY with ID '{ENTRY}' not found")
FOREIGN = refused(501, "Project doesn't belong to Workspace")
RULE = refused(501, "Project, tags are required fields.")
