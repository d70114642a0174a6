"""What Hoursmith's reference shows in answers, with people and projects to fill it."""

from typing import Any

ADA, BO, CY, DI = "us_ada", "us_bo", "us_cy", "us_di"
ENTRY, OTHER_ENTRY = "te_497f6eca", "te_497f6ecb"
WEBSITE, BACKEND = "pr_website", "pr_backend"
DESIGN, FIX_LOGIN = "ta_design", "ta_fix-login"


def logged(**changes: Any) -> dict[str, Any]:
    """Typed in or sent: a day and a length, and no time of day."""
    return {
        "id": ENTRY,
        "orgId": "or_acme",
        "userId": ADA,
        "projectId": BACKEND,
        "taskId": FIX_LOGIN,
        "invoiceId": None,
        "durationSeconds": 3600,
        "billable": False,
        "note": "pairing with Bo",
        "entryDate": "2026-03-04",
        "startedAt": None,
        "stoppedAt": None,
        "createdAt": "2026-03-04T11:00:00.000Z",
        "updatedAt": "2026-03-04T11:00:00.000Z",
        "deletedAt": None,
    } | changes


def page(*items: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    return {"data": list(items), "pagination": {"nextCursor": cursor, "limit": 200}}


def me(**changes: Any) -> dict[str, Any]:
    """Nobody's name: the token's role, and what it may do."""
    return {
        "data": {
            "orgId": "or_acme",
            "orgName": "Acme Studio",
            "plan": "studio",
            "role": "ADMIN",
            "tokenName": "Ada's laptop",
            "scopes": ["read", "write"],
            "projectIds": [],
        }
        | changes
    }


def member(name: str, role: str) -> dict[str, Any]:
    return {
        "id": f"mb_{name.lower()}",
        "orgId": "or_acme",
        "userId": f"us_{name.lower()}",
        "role": role,
        "name": name,
        "email": f"{name.lower()}@acme.example",
        "createdAt": "2026-01-02T08:00:00.000Z",
    }


MEMBERS = page(member("Ada", "ADMIN"), member("Bo", "MEMBER"), member("Cy", "MEMBER"), member("Di", "OWNER"))
PROJECTS = page(
    {"id": WEBSITE, "name": "Website", "clientId": "cl_1", "status": "ACTIVE"},
    {"id": BACKEND, "name": "Backend", "client": {"id": "cl_2", "name": "Initech"}, "status": "ACTIVE"},
    {"id": "pr_old", "name": "Old website", "status": "ARCHIVED"},
    {"id": None, "name": "Nothing"},
)
TASKS = page(
    {"id": DESIGN, "projectId": WEBSITE, "name": "Design", "status": "TODO"},
    {"id": FIX_LOGIN, "projectId": BACKEND, "name": "Fix login", "status": "IN_PROGRESS"},
    {"id": "ta_done", "projectId": BACKEND, "name": "Fix logout", "status": "DONE"},
    {"id": "ta_old", "projectId": "pr_old", "name": "Old design", "status": "TODO"},
    {"id": "ta_lost", "name": "No project"},
)


def refused(code: str, message: str = "no", **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": message} | more}
