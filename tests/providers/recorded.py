"""What ClickUp was seen to answer, with its mixture of int, text and null, and people and tasks to fill it."""

from typing import Any

WORKSPACE = "9006054115"
ADA, BO = "183", "184"
ENTRY = "3958571726112231467"
OTHER_ENTRY = "3958571726112231468"
START = 1_772_618_400_000  # 2026-03-04 10:00 UTC
HOUR = 3_600_000

TASK = {
    "id": "86c7mc19h",
    "custom_id": "DEV-12",
    "name": "Fix login",
    "status": {"status": "in progress", "color": "#d3d3d3", "type": "custom", "orderindex": 1},
    "custom_type": None,
}
USER = {
    "id": 183,
    "username": "Ada",
    "email": "ada@example.com",
    "color": "#7b68ee",
    "initials": "A",
    "profilePicture": None,
}
TAG = {"name": "backend", "tag_fg": "#FFFFFF", "tag_bg": "#BF55EC", "creator": 183}


def listed(**changes: Any) -> dict[str, Any]:
    """As in a list, and as GET of one: nearly every number is text."""
    return {
        "id": ENTRY,
        "task": TASK,
        "wid": WORKSPACE,
        "user": USER,
        "billable": False,
        "start": str(START),
        "end": str(START + HOUR),
        "duration": str(HOUR),
        "description": "pairing with Bo",
        "tags": [TAG],
        "source": "clickup",
        "at": str(START + HOUR),
        "task_location": {
            "list_id": "901",
            "folder_id": "902",
            "space_id": "903",
            "list_name": "Sprint 12",
            "folder_name": "Website",
        },
        "task_tags": [],
        "task_url": "https://app.clickup.com/t/86c7mc19h",
    } | changes


def created(**changes: Any) -> dict[str, Any]:
    """As POST answers: start and duration are numbers, end is text."""
    return {
        "id": ENTRY,
        "task": TASK,
        "wid": WORKSPACE,
        "user": USER | {"timezone": "Europe/Berlin"},
        "billable": False,
        "start": START,
        "end": str(START + HOUR),
        "duration": HOUR,
        "description": "pairing with Bo",
        "tags": [TAG],
        "at": START + HOUR,
        "is_locked": False,
        "task_location": {},
    } | changes


def started(**changes: Any) -> dict[str, Any]:
    """As start answers: no end, and a duration of minus the few milliseconds since."""
    answer = created(duration=-417, is_locked=False) | changes
    return {name: value for name, value in answer.items() if name != "end" or "end" in changes}


def stopped(**changes: Any) -> dict[str, Any]:
    """As stop answers: start has become text, end a number."""
    return (
        created(start=str(START), end=START + HOUR, duration=HOUR, source="api_automatic", approval_id=None) | changes
    )


def deleted() -> dict[str, Any]:
    return {"data": [listed(source="api", is_locked=False)]}


USER_ANSWER = {"user": USER | {"week_start_day": 1, "global_font_support": True, "timezone": "Europe/Berlin"}}
TEAM_ANSWER = {
    "teams": [
        {"id": "1", "name": "Elsewhere", "color": "#000", "avatar": None, "members": []},
        {
            "id": WORKSPACE,
            "name": "Analytical Engines",
            "color": "#000",
            "avatar": None,
            "members": [
                {"user": USER | {"role": 1, "role_key": "owner", "custom_role": None}},
                {"user": {"id": 184, "username": "Bo", "email": "bo@example.com", "role": "3", "custom_role": None}},
                {
                    "user": {"id": 185, "username": None, "email": "cy@example.com", "role": 4, "custom_role": None},
                    "invited_by": {"id": 183, "status": "invited"},
                },
                {"user": {"id": 186, "username": "Di", "role": 7_001, "custom_role": {"inherited_role": 2}}},
                {"user": None},
            ],
        },
    ]
}
TASK_ANSWER = TASK | {
    "team_id": WORKSPACE,
    "date_updated": str(START),
    "list": {"id": "901", "name": "Sprint 12"},
    "folder": {"id": "902", "name": "Website", "hidden": False},
    "space": {"id": "903"},
    "time_spent": 0,
    "url": "https://app.clickup.com/t/86c7mc19h",
}


def task(task_id: str, name: str, *, updated: int = 0, custom_id: str | None = None, place: str = "") -> dict[str, Any]:
    """As in a page of tasks, where a task without a folder carries a hidden one."""
    return {
        "id": task_id,
        "custom_id": custom_id,
        "name": name,
        "date_updated": str(START + updated),
        "list": {"id": "901", "name": place},
        "folder": {"id": "904", "name": "hidden", "hidden": True},
        "space": {"id": "903"},
        "url": f"https://app.clickup.com/t/{task_id}",
    }


def refused(code: str, words: str = "no") -> dict[str, str]:
    return {"err": words, "ECODE": code}
