"""Turns an HTTP request into a Call and its outcome into an answer: token, limits, plan, scope, key, refusals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from . import refusals
from .bodies import check_query, read
from .call import Call, Operation
from .limits import PLANS, STRANGERS
from .model import Token
from .organisation import Organisation
from .replays import Kept

LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    def response(self) -> Response:
        kind = "application/json" if self.body else None
        return Response(self.body, self.status, self.headers, media_type=kind)


def endpoint(organisation: Organisation, operation: Operation | None) -> Callable[[Request], Awaitable[Response]]:
    """Without an operation: what a path or method is answered that is not known."""

    async def answer(request: Request) -> Response:
        raw = await request.body()
        bearer = _bearer(organisation, request)
        try:
            answer = _answer(organisation, operation, request, raw, bearer)
        except refusals.Refused as no:
            answer = _refused(no)
        response = answer.response()
        response.headers.update(_headers(organisation, bearer, request))
        return response

    return answer


def _answer(
    organisation: Organisation, operation: Operation | None, request: Request, raw: bytes, bearer: str | None
) -> Answer:
    _count(organisation, bearer, request)
    if bearer is None:
        raise refusals.unauthenticated()
    if not organisation.has_api:
        raise refusals.forbidden_plan()
    if operation is None:
        raise refusals.not_found("Resource")
    if operation.method == "POST":
        return _once(organisation, operation, request, raw, bearer)
    return _run(organisation, operation, request, raw, organisation.tokens[bearer])


def _once(organisation: Organisation, operation: Operation, request: Request, raw: bytes, bearer: str) -> Answer:
    """The same key and body again get the first answer again. Which answers are remembered is a choice."""
    key, path = request.headers.get("idempotency-key", "").strip(), request.url.path
    if not key or len(key) > LONGEST_KEY:
        raise refusals.key_missing("required" if not key else "too long")
    kept = organisation.replays.find(bearer, key, path, raw, organisation.now)
    if kept:
        return Answer(kept.status, kept.answer, {"Idempotent-Replayed": "true"})
    try:
        answer = _run(organisation, operation, request, raw, organisation.tokens[bearer])
    except refusals.Refused as no:
        answer = _refused(no)
    if answer.status < 300 or organisation.choices.remembered == "everything":
        kept = Kept(path, raw, answer.status, answer.body, organisation.now)
        organisation.replays.keep(bearer, key, kept)
    return answer


def _run(organisation: Organisation, operation: Operation, request: Request, raw: bytes, token: Token) -> Answer:
    if operation.scope not in token.scopes:
        raise refusals.forbidden_scope(f"This token lacks the “{operation.scope}” scope.")
    query = dict(request.query_params)
    check_query(query, operation, organisation)
    body = read(raw, request.headers.get("content-type", ""), operation, organisation)
    member = organisation.members[token.user_id]
    outcome = operation.handler(Call(organisation, member, token, request.path_params, query, body))
    if outcome is None:
        return Answer(204, b"", {})
    status = organisation.choices.created_status if operation.method == "POST" else 200
    return Answer(status, json.dumps(outcome).encode(), {})


def _refused(no: refusals.Refused) -> Answer:
    headers = {} if no.retry_after is None else {"Retry-After": str(no.retry_after)}
    return Answer(no.status, json.dumps(no.body).encode(), headers)


def _bearer(organisation: Organisation, request: Request) -> str | None:
    """The token, when it is a good one; a removed member's are dead as well."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = organisation.tokens.get(bearer)
    is_good = scheme == "Bearer" and token and not token.is_revoked and token.user_id in organisation.members
    return bearer if is_good else None


def _who(bearer: str | None, request: Request) -> str:
    return bearer or f"ip {request.client.host if request.client else ''}"


def _limit(organisation: Organisation, bearer: str | None) -> tuple[int, int]:
    if bearer is None:
        return STRANGERS, STRANGERS
    limit = organisation.rate_limit
    return PLANS[organisation.plan] if limit is None else (limit, limit)


def _count(organisation: Organisation, bearer: str | None, request: Request) -> None:
    burst, sustained = _limit(organisation, bearer)
    organisation.limits.count(_who(bearer, request), organisation.now, burst=burst, sustained=sustained)


def _headers(organisation: Organisation, bearer: str | None, request: Request) -> dict[str, str]:
    sustained = _limit(organisation, bearer)[1]
    return organisation.limits.headers(_who(bearer, request), organisation.now, sustained=sustained)
