"""Turns an HTTP request into a Call and a Call's outcome into an answer: key, budget, workspace, refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from . import refusals
from .bodies import check_query, read
from .call import Call, Listing, Operation
from .model import User
from .workspace import Workspace

HOUR = timedelta(hours=1)
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(workspace: Workspace, operation: Operation) -> Endpoint:
    async def answer(request: Request) -> Response:
        raw = await request.body()
        try:
            return _response(operation, operation.handler(_call(workspace, operation, request, raw)))
        except refusals.Refused as no:
            return refused(no)

    return answer


def unknown(workspace: Workspace, operations: tuple[Operation, ...]) -> Endpoint:
    """A wrong verb is told apart from a wrong path, and the key is looked at before either (all three probed)."""
    known = [compile_path(operation.path)[0] for operation in operations]

    async def answer(request: Request) -> Response:
        path = "/" + request.path_params["rest"]
        try:
            _user(workspace, request)
            _count(workspace)
        except refusals.Refused as no:
            return refused(no)
        is_known = any(pattern.match(path) for pattern in known)
        return refused(refusals.verb_unknown(request.method) if is_known else refusals.route_unknown(path))

    return answer


def refused(no: refusals.Refused) -> Response:
    return (
        JSONResponse({"message": no.message, "code": no.code}, no.status) if no.message else Response(None, no.status)
    )


def _response(operation: Operation, outcome: object) -> Response:
    if operation.status == 204:
        return Response(None, 204)
    if isinstance(outcome, Listing):
        return JSONResponse(outcome.items, operation.status, headers={"Last-Page": str(outcome.is_last).lower()})
    return JSONResponse(outcome, operation.status)


def _call(workspace: Workspace, operation: Operation, request: Request, raw: bytes) -> Call:
    user = _user(workspace, request)
    _count(workspace)
    if request.path_params.get("workspaceId", workspace.id) != workspace.id:
        raise refusals.workspace_unknown()
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    check_query(query, operation, workspace)
    body = read(raw, request.headers.get("content-type", ""), operation, workspace)
    return Call(workspace, user, request.path_params, query, body)


def _user(workspace: Workspace, request: Request) -> User:
    """Exactly one of the two headers; ``Authorization`` is none of them."""
    key, addon = request.headers.get("x-api-key"), request.headers.get("x-addon-token")
    if (key is None) == (addon is None):
        raise refusals.no_single_token()
    if key is None:
        raise refusals.addon_token_invalid()
    token = workspace.tokens.get(key)
    if token is None or token.is_revoked:
        raise refusals.key_unknown()
    return workspace.users[token.user_id]


def _count(workspace: Workspace) -> None:
    """The budget is the whole workspace's. That the hour begins with its first request is a choice."""
    if workspace.rate_limit is None:
        return
    (used, until), now = workspace.budget, workspace.clock()
    if until is None or not until - HOUR <= now < until:  # a clock that was set back begins a new one
        used, until = 0, now + HOUR
    workspace.budget = used + 1, until
    if used >= workspace.rate_limit:
        raise refusals.too_many_requests()
