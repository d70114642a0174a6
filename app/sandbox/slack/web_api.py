"""Slack's Web API: tokens, scopes, rate limits and arguments, before a method does anything."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.sandbox.slack.socket_mode import Sockets
from app.sandbox.slack.team import Team
from app.sandbox.slack.traffic import ApiCall
from app.sandbox.slack.world import World

Json = dict[str, Any]


class Refused(Exception):
    """The call fails with this error; `details` become response_metadata.messages, `more` goes beside it."""

    def __init__(self, error: str, details: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details or []
        self.more = more


class Limited(Exception):
    """Too many calls: nothing is done, and the app is told how many seconds to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    team: Team
    arguments: Json

    def required(self, name: str) -> str:
        value = self.arguments.get(name)
        if value in (None, ""):
            raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return str(value)

    def truth(self, name: str) -> bool:
        return self.arguments.get(name) in (True, "true", "1", 1)


@dataclass(frozen=True, slots=True)
class Method:
    """One of the scopes is enough; no scopes means any bot token will do."""

    answer: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()


Methods = dict[str, Method]


async def answer_call(request: Request, world: World, sockets: Sockets, methods: Methods) -> Response:
    name = request.path_params["method"]
    arguments = await read_arguments(request)
    token = _token(request, arguments)
    error = ""
    try:
        _play_fault(world, name)
        answered = (
            _apps_connections_open(world, sockets, token)
            if name == "apps.connections.open"
            else _answer(world, methods, name, token, arguments)
        )
    except Limited as limited:
        world.calls.append(ApiCall(name, arguments, "ratelimited"))
        headers = {"Retry-After": str(limited.seconds)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    except Refused as refused:
        error = refused.error
        answered = {"ok": False, "error": error, **refused.more}
        if refused.details:
            answered["response_metadata"] = {"messages": refused.details}
            answered["detail"] = refused.details[0]
            world.violations.append(f"{name}: {error}: {' '.join(refused.details)}")
    world.calls.append(ApiCall(name, arguments, error))
    headers = {"X-OAuth-Scopes": ",".join(sorted(world.manifest.scopes))}
    return JSONResponse({"ok": not error, **answered}, headers=headers)


def _play_fault(world: World, name: str) -> None:
    fault = world.faults.get(name)
    if not fault:
        return
    error, wait = fault.pop(0)
    raise Limited(wait) if error == "ratelimited" else Refused(error)


async def read_arguments(request: Request) -> Json:
    """Query, form and JSON alike, as Slack takes them; JSON values inside a form stay text."""
    arguments: Json = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json") and body:
        try:
            sent = json.loads(body)
        except ValueError:
            sent = {}
        return {**arguments, **(sent if isinstance(sent, dict) else {})}
    return {**arguments, **dict(parse_qsl(body.decode(), keep_blank_values=True))}


def _token(request: Request, arguments: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    sent = arguments.pop("token", "")
    return token if scheme.lower() == "bearer" else str(sent)


def _apps_connections_open(world: World, sockets: Sockets, token: str) -> Json:
    if token != world.app_token:
        raise Refused("not_authed" if not token else "invalid_auth")
    return {"url": sockets.new_address()}


def _answer(world: World, methods: Methods, name: str, token: str, arguments: Json) -> Json:
    if not token:
        raise Refused("not_authed")
    if token == world.app_token:
        raise Refused("not_allowed_token_type")
    team = next((one for one in world.teams.values() if one.bot_token == token), None)
    if team is None:
        raise Refused("invalid_auth")
    if team.is_revoked:
        raise Refused("token_revoked")
    if name not in methods:
        raise Refused("unknown_method", [f"The sandbox does not play {name}."], req_method=name)
    method, scopes = methods[name], world.manifest.scopes
    if method.scopes and not scopes.intersection(method.scopes):
        raise Refused("missing_scope", needed=method.scopes[0], provided=",".join(sorted(scopes)))
    return method.answer(Call(world, team, arguments))
