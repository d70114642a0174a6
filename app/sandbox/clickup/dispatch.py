"""Turns an HTTP request into a Call and a Call's outcome into an answer: token, limits, ids, refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from . import refusals
from .bodies import check_query, read
from .call import Call, Operation
from .model import Token, User
from .workspace import Workspace

NOBODY = User(0, "Nobody", "", "guest", "UTC")


def endpoint(workspace: Workspace, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        raw = await request.body()
        key, is_counted = "", True
        try:
            key, token = ("", Token(0, is_oauth=False)) if operation.is_public else _token(workspace, request)
            _count(workspace, key)
            response: Response = JSONResponse(operation.handler(_call(workspace, operation, request, token, raw)))
        except refusals.Refused as no:
            is_counted = no.is_counted
            response = JSONResponse({"err": no.err, "ECODE": no.ecode}, no.status)
        if key and is_counted:
            response.headers.update(rate_headers(workspace, key))
        return response

    return answer


def _call(workspace: Workspace, operation: Operation, request: Request, token: Token, raw: bytes) -> Call:
    params = request.query_params
    query = {name: params.getlist(name) for name in params}
    check_query(query, operation, workspace)
    if (team_id := request.path_params.get("team_id")) is not None:
        _check_workspace(workspace, team_id)
    body = read(raw, request.headers.get("content-type", ""), operation, workspace)
    user = workspace.users.get(token.user_id, NOBODY)
    return Call(workspace, user, token, request.path_params, query, body, workspace.now)


def _token(workspace: Workspace, request: Request) -> tuple[str, Token]:
    """Personal tokens are sent raw and OAuth tokens after ``Bearer``; the other way round is unknown to ClickUp."""
    header = request.headers.get("authorization")
    if not header:
        raise refusals.header_missing()
    bearer = header.removeprefix("Bearer ")
    token = workspace.tokens.get(bearer)
    if token is None or token.is_oauth is (bearer == header):
        raise refusals.token_unknown()
    if token.is_revoked:
        raise refusals.token_revoked()
    return bearer, token


def _check_workspace(workspace: Workspace, team_id: str) -> None:
    if not team_id.isdigit():
        raise refusals.malformed("Team id")
    if team_id != workspace.id:
        raise refusals.workspace_not_found()


def _count(workspace: Workspace, key: str) -> None:
    """A window opens with the first call and ends about a minute later, whatever happens in it."""
    if not key:
        return
    now = workspace.now // 1000
    calls, reset = workspace.windows.get(key, (0, 0))
    if not reset - 60 <= now < reset:  # a clock that was set back opens a new one
        calls, reset = 0, now + 60
    workspace.windows[key] = calls + 1, reset
    if calls >= workspace.limit:
        raise refusals.too_many_requests()


def rate_headers(workspace: Workspace, key: str) -> dict[str, str]:
    """Recorded traffic: the reset is an epoch in seconds, and there is no Retry-After."""
    calls, reset = workspace.windows.get(key, (0, workspace.now // 1000 + 60))
    return {
        "x-ratelimit-limit": str(workspace.limit),
        "x-ratelimit-remaining": str(max(0, workspace.limit - calls)),
        "x-ratelimit-reset": str(reset),
    }


async def unknown_route(request: Request) -> Response:
    """Recorded traffic: an unknown path or method is answered with a page, not with JSON."""
    what = escape(f"Cannot {request.method} {request.url.path}")
    page = f'<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><pre>{what}</pre></body></html>\n'
    return HTMLResponse(page, 404)
