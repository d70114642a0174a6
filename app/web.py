"""The HTTP front: Slack's deliveries and two health checks."""

import hmac
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log = logging.getLogger(__name__)

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
            _tell_of_skew(verifier, body, request.headers)
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


def _tell_of_skew(verifier: SignatureVerifier, body: bytes, headers: Headers) -> None:
    """Signed by Slack and yet refused: it is old, played back, or this machine's clock is wrong."""
    stamp, signed = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    own = verifier.generate_signature(timestamp=stamp, body=body) or ""
    if stamp.isdecimal() and hmac.compare_digest(own.encode(), signed.encode()):
        away = int(time.time()) - int(stamp)
        log.warning("a delivery signed by Slack was refused: it is %s s away from this machine's clock", away)


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
