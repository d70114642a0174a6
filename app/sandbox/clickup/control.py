"""The strings behind the stage: faults, locks, choices and everything recorded, over HTTP for other processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .model import now_iso
from .workspace import Workspace

Control = Callable[[Workspace, Any], Any]


def add_faults(workspace: Workspace, body: Any) -> Any:
    """One fault or a list of them."""
    for fault in body if isinstance(body, list) else [body]:
        workspace.faults.add(**fault)
    return workspace.faults.as_json()


def clear_faults(workspace: Workspace, _: Any) -> Any:
    workspace.faults.clear()
    return []


def revoke(workspace: Workspace, body: Any) -> Any:
    """Every token of ``{"user": 183}``; which tokens those are is never said."""
    found = [key for key, token in workspace.tokens.items() if token.user_id == body["user"]]
    for key in found:
        workspace.revoke(key)
    return {"revoked": len(found)}


def lock(workspace: Workspace, body: Any) -> Any:
    """``{"entry": "4189…", "locked": true}``"""
    workspace.lock(body["entry"], is_locked=body.get("locked", True))
    return {"entry": body["entry"], "locked": workspace.entries[body["entry"]].is_locked}


def choose(workspace: Workspace, body: Any) -> Any:
    """How the undocumented is answered, see Choices; and the plan's limits."""
    for name, value in body.items():
        owner = workspace if name in ("rate_limit", "has_tags", "advanced_uses_left") else workspace.choices
        if not hasattr(owner, name):
            raise ValueError(f"There is no choice named {name!r}.")
        setattr(owner, name, value)
    return asdict(workspace.choices)


def reset(workspace: Workspace, _: Any) -> Any:
    workspace.reset()
    return {}


def state(workspace: Workspace, _: Any) -> Any:
    """Everything but tokens."""
    return {
        "workspace": {"id": workspace.id, "name": workspace.name, "plan": workspace.plan},
        "now": now_iso(workspace.clock),
        "users": [asdict(user) for user in workspace.users.values()],
        "entries": [asdict(entry) for entry in workspace.entries.values()],
        "labels": sorted(workspace.labels),
        "requests": [asdict(request) for request in workspace.requests],
        "complaints": workspace.complaints,
        "faults": workspace.faults.as_json(),
        "choices": asdict(workspace.choices),
    }


def _endpoint(workspace: Workspace, control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            body = await request.json() if await request.body() else {}
            return JSONResponse(control(workspace, body))
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)

    return answer


def control_routes(workspace: Workspace) -> list[Route]:
    table: tuple[tuple[str, str, Control], ...] = (
        ("POST", "faults", add_faults),
        ("DELETE", "faults", clear_faults),
        ("POST", "revoke", revoke),
        ("POST", "lock", lock),
        ("POST", "choices", choose),
        ("POST", "reset", reset),
        ("GET", "state", state),
    )
    return [Route(f"/sandbox/{name}", _endpoint(workspace, run), methods=[method]) for method, name, run in table]
