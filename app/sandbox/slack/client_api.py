"""What the page and the test driver may do: the same calls for both, so that whatever a test does a person can do."""

import asyncio
import contextlib
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.sandbox.slack.changes import changes_since, describe_world, is_news, wait_for_changes
from app.sandbox.slack.commands import say
from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.element_state import fill
from app.sandbox.slack.events import tell_home_opened, uninstall
from app.sandbox.slack.from_outside import FROM_OUTSIDE, Deed
from app.sandbox.slack.interactions import NothingThere, act, find_spot, suggest, use_message_shortcut, use_shortcut
from app.sandbox.slack.submission import close, submit
from app.sandbox.slack.team import Someone
from app.sandbox.slack.view import View

Json = dict[str, Any]
LONGEST_WAIT = 20.0


async def _say(courier: Courier, person: Someone, body: Json) -> None:
    channel = courier.world.team_of(person.id).channel_named(body["channel"], person.id)
    if channel is None:
        raise NothingThere(f"{person.name} is in no channel called {body['channel']}")
    await say(courier, person, channel, body["text"])


async def _act(courier: Courier, person: Someone, body: Json) -> Json:
    spot = find_spot(courier, person, body["container"])
    return {"ok": await act(courier, person, spot, body["block_id"], body["action_id"], body)}


async def _suggest(courier: Courier, person: Someone, body: Json) -> Json:
    spot = find_spot(courier, person, body["container"])
    if spot.view is not None:
        fill(spot.view.values, body.get("values"))
    return await suggest(courier, person, spot, body["block_id"], body["action_id"], body.get("query", ""))


def _view(courier: Courier, person: Someone, body: Json) -> View:
    view = find_spot(courier, person, {"view": body["view"]}).view
    if view is None:
        raise NothingThere("the view is no longer open")
    return view


async def _fill(courier: Courier, person: Someone, body: Json) -> None:
    fill(_view(courier, person, body).values, body["values"])


async def _submit(courier: Courier, person: Someone, body: Json) -> Json:
    view = _view(courier, person, body)
    await submit(courier, person, view, body.get("values"))
    return {"errors": view.errors, "trouble": view.trouble}


async def _close(courier: Courier, person: Someone, body: Json) -> None:
    await close(courier, person, _view(courier, person, body), everything=bool(body.get("everything")))


async def _shortcut(courier: Courier, person: Someone, body: Json) -> Json:
    kind = "message" if "container" in body else "global"
    shortcut = courier.world.manifest.shortcut(body["callback_id"])
    if shortcut is None or shortcut.kind != kind:
        raise NothingThere(f"no {kind} shortcut {body['callback_id']}")
    if "container" in body:
        spot = find_spot(courier, person, body["container"])
        return {"ok": await use_message_shortcut(courier, person, body["callback_id"], spot)}
    return {"ok": await use_shortcut(courier, person, body["callback_id"])}


async def _open(courier: Courier, person: Someone, body: Json) -> None:
    await tell_home_opened(courier, courier.world.team_of(person.id), person, body.get("tab", "home"))


async def _uninstall(courier: Courier, person: Someone, body: Json) -> None:
    await uninstall(courier, courier.world.team_of(person.id))


DEEDS: dict[str, Deed] = {
    "say": _say,
    "act": _act,
    "suggest": _suggest,
    "fill": _fill,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "open": _open,
    "uninstall": _uninstall,
    **FROM_OUTSIDE,
}


def client_routes(courier: Courier) -> list[Route | WebSocketRoute]:
    world = courier.world

    def person_of(name: str) -> Someone:
        try:
            return world.person(name)
        except StopIteration:
            raise NothingThere(f"nobody is called {name}") from None

    async def do(request: Request) -> Response:
        body = await request.json()
        try:
            person = person_of(body["person"])
            done = await DEEDS[request.path_params["deed"]](courier, person, body)
        except (NothingThere, KeyError, ValueError) as missing:
            return JSONResponse({"ok": False, "error": str(missing)}, 404)
        return JSONResponse({"ok": True, **(done or {}), "revision": world.revision})

    async def describe(request: Request) -> Response:
        try:
            person = person_of(request.query_params["person"])
        except NothingThere as missing:
            return JSONResponse({"ok": False, "error": str(missing)}, 404)
        return JSONResponse(describe_world(world, person))

    async def changes(request: Request) -> Response:
        try:
            person, after = person_of(request.query_params["person"]), int(request.query_params.get("after", 0))
        except NothingThere as missing:
            return JSONResponse({"ok": False, "error": str(missing)}, 404)
        wait = min(float(request.query_params.get("wait", 0)), LONGEST_WAIT)
        return JSONResponse(await wait_for_changes(world, person, after, wait))

    async def stream(socket: WebSocket) -> None:
        try:
            person = person_of(socket.query_params["person"])
        except NothingThere:
            return await socket.close()
        await socket.accept()
        showing = asyncio.ensure_future(_show(courier, person, int(socket.query_params.get("after", 0)), socket))
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
        showing.cancel()
        return None

    return [
        Route("/client/world", describe),
        Route("/client/changes", changes),
        Route("/client/{deed}", do, methods=["POST"]),
        WebSocketRoute("/client/stream", stream),
    ]


async def _show(courier: Courier, person: Someone, after: int, socket: WebSocket) -> None:
    """Send every change as it happens, until the page goes away."""
    while True:
        fresh = changes_since(courier.world, person, after)
        if not is_news(fresh):
            await courier.world.wait_for_ring()
            continue
        after = fresh["revision"]
        try:
            await socket.send_json(fresh)
        except (WebSocketDisconnect, RuntimeError):  # the page went away while this was on its way
            return
