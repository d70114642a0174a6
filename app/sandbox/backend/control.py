"""The strings behind the stage: faults, locks, choices and everything recorded, over HTTP for other processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .clock import now_iso
from .workspace import Workspace

Control = Callable[[Any], Any]  # takes the body, answers what becomes JSON


def control_routes(workspace: Workspace, own: Mapping[tuple[str, str], Control]) -> list[Route]:
    """``own`` are this back end's controls by method and name; they win over those that all share."""
    shared: dict[tuple[str, str], Control] = {
        ("POST", "faults"): partial(add_faults, workspace),
        ("DELETE", "faults"): partial(clear_faults, workspace),
        ("POST", "revoke"): partial(revoke, workspace),
        ("POST", "lock"): partial(lock, workspace),
        ("POST", "unlock"): partial(unlock, workspace),
        ("POST", "reset"): partial(reset, workspace),
    }
    table = {**shared, **own}
    return [Route(f"/sandbox/{name}", _endpoint(run), methods=[method]) for (method, name), run in table.items()]


def _endpoint(run: Control) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            body = await request.json() if await request.body() else {}
            return JSONResponse(run(body))
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)

    return answer


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
    return {"revoked": workspace.revoke_all(body["user"])}


def lock(workspace: Workspace, body: Any) -> Any:
    """``{"entry": "4189…", "locked": true}``; without an entry it is everything recorded so far."""
    is_locked = body.get("locked", True)
    if "entry" not in body:
        workspace.lock_everything(is_locked=is_locked)
        return {"locked": workspace.is_locked}
    workspace.lock(body["entry"], is_locked=is_locked)
    return {"entry": body["entry"], "locked": is_locked}


def unlock(workspace: Workspace, body: Any) -> Any:
    return lock(workspace, {**body, "locked": False})


def reset(workspace: Workspace, _: Any) -> Any:
    workspace.reset()
    return {}


def choose(workspace: Workspace, body: Mapping[str, Any], *, limits: frozenset[str]) -> Any:
    """How the undocumented is answered, see Choices; ``limits`` are the workspace's own attributes of that sort."""
    for name, value in body.items():
        owner = workspace if name in limits else workspace.choices
        if not hasattr(owner, name):
            raise ValueError(f"There is no choice named {name!r}.")
        setattr(owner, name, value)
    return asdict(workspace.choices)


def shared_state(workspace: Workspace) -> dict[str, Any]:
    """What every back end can tell of itself; never a token."""
    return {
        "now": now_iso(workspace.clock),
        "requests": [asdict(request) for request in workspace.requests],
        "complaints": workspace.complaints,
        "faults": workspace.faults.as_json(),
        "choices": asdict(workspace.choices),
        "locked": workspace.is_locked,
    }
