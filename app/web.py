"""The HTTP front: Slack's deliveries and two health checks."""

from collections.abc import Awaitable, Callable, Sequence

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

MOST_BYTES = 1_000_000  # Slack's largest, a form with every field full, has a third of it

Readiness = Callable[[], Awaitable[list[str]]]


def web_app(bolt: AsyncApp, readiness: Readiness, *, signing_secret: str, pages: Sequence[Route] = ()) -> Starlette:
    """`readiness` lists what is not ready; without a signing secret Slack's deliveries come another way.

    The signature is checked here, before anything is parsed: Bolt parses first, and fails on what is no form.
    """
    verifier = SignatureVerifier(signing_secret or "none: no route takes Slack's deliveries")

    async def slack_events(request: Request) -> Response:
        body = await _body(request)
        if not verifier.is_valid_request(body, dict(request.headers)):
            raise HTTPException(401)
        return to_starlette_response(await bolt.async_dispatch(to_async_bolt_request(request, body)))

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(request: Request) -> Response:
        missing = await readiness()
        return JSONResponse(
            {"status": "not ready" if missing else "ready", "missing": missing}, 503 if missing else 200
        )

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *pages]
    if signing_secret:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes:
    """At most `MOST_BYTES`, and only text: Bolt fails on anything else before it looks at the signature."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        body.decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None
    return bytes(body)
