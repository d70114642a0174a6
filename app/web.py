"""The HTTP front: Slack's deliveries and two health checks."""

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

MOST_BYTES = 1_000_000  # Slack's largest, a form with every field full, has a third of it

Readiness = Callable[[], Awaitable[list[str]]]


def web_app(bolt: AsyncApp, readiness: Readiness, *, takes_slack: bool) -> Starlette:
    """`readiness` lists what is not ready; in Socket Mode Slack's deliveries come another way."""
    handler = AsyncSlackRequestHandler(bolt)

    async def slack_events(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("length required", 411)
        if int(length) > MOST_BYTES:
            return PlainTextResponse("too large", 413)
        if not _is_text(await request.body()):
            return PlainTextResponse("not text", 400)
        return await handler.handle(request)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(request: Request) -> Response:
        missing = await readiness()
        return JSONResponse(
            {"status": "not ready" if missing else "ready", "missing": missing}, 503 if missing else 200
        )

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if takes_slack:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes)


def _is_text(body: bytes) -> bool:
    """Bolt fails on anything else before it looks at the signature."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
