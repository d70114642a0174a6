"""Puts the sandbox Slack behind one port: Web API, response URLs, Socket Mode, the client's calls and the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from app.sandbox.slack import web_chat, web_dnd, web_people, web_views
from app.sandbox.slack.answers import use_response_url
from app.sandbox.slack.client_api import client_routes
from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.web_api import Methods, answer_call, read_arguments
from app.sandbox.slack.world import World

PAGE = Path(__file__).parent / "page"
ONLY_OURS = "default-src 'self'; img-src 'self' http: https: data:; frame-ancestors 'none'"
METHODS: Methods = {**web_chat.METHODS, **web_people.METHODS, **web_dnd.METHODS, **web_views.METHODS}


def create_app(world: World) -> Starlette:
    """The whole sandbox as one ASGI app; its `state.courier` delivers events on demand."""
    courier = Courier(world)

    async def call(request: Request) -> Response:
        return await answer_call(request, world, courier.sockets, METHODS)

    async def respond(request: Request) -> Response:
        url = world.response_urls.get(request.path_params["key"])
        if url is None:
            return JSONResponse({"ok": False, "error": "expired_url"}, 404)
        error = use_response_url(world, url, await read_arguments(request))
        if error:
            return JSONResponse({"ok": False, "error": error}, 404 if error == "used_url" else 400)
        return PlainTextResponse("ok")

    async def link(socket: WebSocket) -> None:
        await courier.sockets.serve(socket)

    async def page(request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": ONLY_OURS})

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await courier.close()

    app = Starlette(
        routes=[
            Route("/", page),
            Route("/api/{method}", call, methods=["GET", "POST"]),
            Route("/response/{kind}/{team}/{key}", respond, methods=["POST"]),
            WebSocketRoute("/link/", link),
            *client_routes(courier),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        lifespan=lifespan,
    )
    app.state.courier = courier
    return app
