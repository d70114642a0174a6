"""Slack's deliveries as raw, signed requests: for what a well-behaved Slack never does, and for people it never had."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import httpx

from app.slack.app import bolt_app
from app.slack.forms import Forms
from app.slack.front import Front
from app.slack.news_of_people import NewsOfPeople
from app.web import web_app
from tests.stage import Stage

SECRET = "sandbox-signing-secret"
FORM = "application/x-www-form-urlencoded"
Json = dict[str, Any]

_numbers = itertools.count(1)


@dataclass(slots=True, repr=False)
class Wire:
    """Posts to the app as Slack would; `told` is what the app posted to response URLs."""

    client: httpx.AsyncClient
    front: Front
    told: list[Json] = field(default_factory=list)

    async def command(self, text: str, **who: str) -> httpx.Response:
        """`who`: team, user, trigger."""
        sent = _who(who)
        flat = {
            "command": "/timer",
            "text": text,
            "team_id": sent["team"]["id"],
            "user_id": sent["user"]["id"],
            "channel_id": "C0GENERAL",
            "channel_name": "general",
            "api_app_id": "A0SANDBOX",
            "is_enterprise_install": "false",
            "response_url": sent["response_url"],
            "trigger_id": sent["trigger_id"],
        }
        return await self.post(urlencode(flat))

    async def click(self, name: str, value: str, *, message: str = "1.1", **who: str) -> httpx.Response:
        action = {"type": "button", "action_id": f"{name}:0", "block_id": "b", "value": value, "action_ts": "1.2"}
        container = {"type": "message", "message_ts": message, "channel_id": "C0GENERAL", "is_ephemeral": True}
        return await self.interact({"type": "block_actions", "container": container, "actions": [action]}, **who)

    async def submit(self, callback_id: str, state: Json, *, metadata: Json, **who: str) -> httpx.Response:
        blocks = [{"type": "input", "block_id": name, "element": {"action_id": name}} for name in state]
        values = {name: {name: held} for name, held in state.items()}
        view = {"id": "V1", "type": "modal", "callback_id": callback_id, "blocks": blocks, "state": {"values": values}}
        view |= {"private_metadata": json.dumps(metadata), "title": {"type": "plain_text", "text": "Log time"}}
        return await self.interact({"type": "view_submission", "view": view}, **who)

    async def suggest(self, name: str, typed: str, **who: str) -> httpx.Response:
        container = {"type": "view", "view_id": "V1"}
        asked = {"action_id": name, "block_id": name, "value": typed, "container": container}
        return await self.interact({"type": "block_suggestion", **asked}, **who)

    async def message(self, text: str, *, event: str = "Ev1", **who: str) -> httpx.Response:
        sent = _who(who)
        said = {"type": "message", "channel_type": "im", "channel": "D0ADA", "user": sent["user"]["id"], "text": text}
        body = {"type": "event_callback", "event_id": event, "team_id": sent["team"]["id"], "event": said}
        return await self.post(json.dumps(body), content_type="application/json")

    async def event(self, kind: str, *, team: str = "T0SANDBOX", signature: str = "", **about: Any) -> httpx.Response:
        body = {"type": "event_callback", "event_id": f"Ev{next(_numbers)}", "team_id": team}
        raw = json.dumps(body | {"event": {"type": kind, **about}})
        forged = {"X-Slack-Signature": signature} if signature else {}
        return await self.post(raw, content_type="application/json", **forged)

    async def interact(self, payload: Json, **who: str) -> httpx.Response:
        return await self.post(urlencode({"payload": json.dumps({**_who(who), **payload})}))

    async def post(self, body: str | bytes, *, content_type: str = FORM, **headers: str) -> httpx.Response:
        raw = body.encode() if isinstance(body, str) else body
        sent = {"Content-Type": content_type, **signature(raw), **headers}
        return await self.client.post("/slack/events", content=raw, headers=sent)


@asynccontextmanager
async def wired(stage: Stage, front: Front | None = None) -> AsyncIterator[Wire]:
    """The stage's app, or another front, behind its own web app, in this process."""
    told: list[Json] = []

    async def post(url: str, body: Json) -> int:
        told.append(body)
        return 200

    asked = front or stage.app.front
    outgoing = replace(asked.outgoing, post=post)
    heard = replace(asked, outgoing=outgoing, forms=Forms(outgoing, asked.background, asked.acts))
    bolt = bolt_app(
        heard,
        NewsOfPeople(stage.app.store, stage.clock),
        command="/timer",
        bot_token="xoxb-sandbox",
        api_url=f"{stage.address}/api/",
    )

    async def readiness() -> list[str]:
        return []

    transport = httpx.ASGITransport(app=web_app(bolt, readiness, signing_secret=SECRET))
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
        yield Wire(client, heard, told)


def signature(raw: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def words(answered: Any) -> str:
    """Everything readable in a message or a view, from its JSON."""
    return "\n".join(one["text"] for one in texts(answered))


def texts(value: Any) -> list[Json]:
    """Every text object in a payload, and the payload's own text as mrkdwn, which is what it is."""
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in ("mrkdwn", "plain_text", "text"):  # the last one in rich text, which reads no markup
        return [value]
    own = [{"type": "mrkdwn", "text": value["text"]}] if isinstance(value.get("text"), str) else []
    return [*own, *(text for key, one in value.items() if key != "text" or not own for text in texts(one))]


def _who(who: dict[str, str]) -> Json:
    team, user = who.get("team", "T0SANDBOX"), who.get("user", "U0ADA")
    number = next(_numbers)
    return {
        "team": {"id": team, "domain": "acme"},
        "user": {"id": user, "team_id": team},
        "api_app_id": "A0SANDBOX",
        "trigger_id": who.get("trigger", f"{number}.{team}"),
        "response_url": f"https://hooks.slack.example/{number}",
    }
