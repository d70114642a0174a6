"""All that is not the app, in a process of its own that nobody kills: a Slack, the back ends, and strings to pull.

`python -m tests.killing.outside PORT` serves, beside the sandboxes' own calls and controls, what a test asks for:
typing, pressing and submitting as a person would, the same delivery once more, what somebody was told, and the truth.
"""

import asyncio
import contextlib
import itertools
import json
import re
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from app.demo_backends import ENOUGH, Backend, every_backend
from app.manifest import manifest
from app.sandbox import clickup
from app.sandbox.slack.answers import show_command_answer, use_response_url
from app.sandbox.slack.commands import say
from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.interactions import NothingThere, Spot, act
from app.sandbox.slack.server import create_app
from app.sandbox.slack.submission import submit
from app.sandbox.slack.team import Someone
from app.sandbox.slack.traffic import Delivery
from app.sandbox.slack.view import elements_of
from app.sandbox.slack.world import World
from tests.killing.cast import CAST, MARK, SIGNING_SECRET, TEAM
from tests.slack.wire import words

Json = dict[str, Any]
TASKS = 2000  # generated ones: each piece of task time is on one of its own, for there is nowhere else to write a mark
WINDOW_LAG = 1  # seconds, where it is 45 in life: as the quarantine is two instead of ninety


class Slack(World):
    """Delivers to each process of the app in turn, as a load balancer does during a deployment."""

    apps: "itertools.cycle[str] | None" = None

    @property
    def request_url(self) -> str | None:
        return next(self.apps) if self.apps else "http://127.0.0.1:9/nobody"

    @request_url.setter
    def request_url(self, _: object) -> None:
        pass


class Stage:
    def __init__(self, address: str) -> None:
        self.world = Slack(
            manifest(url=address), base_url=address, signing_secret=SIGNING_SECRET, smart_punctuation=False
        )
        people = [Someone(one.slack, one.name, one.name, f"{one.name}@acme.example", "Europe/Berlin") for one in CAST]
        self.world.add_team(TEAM, "Acme Studio", people=people, bot_token="xoxb-sandbox")
        self.slack = create_app(self.world)
        self.courier: Courier = self.slack.state.courier
        self.backends = every_backend(lambda: datetime.now(UTC), is_frozen=False)
        self.posted: dict[str, list[str]] = {}
        _furnish(self.backends)

    def person(self, body: Json) -> Someone:
        return self.world.person(body["person"])

    async def apps(self, body: Json) -> Json:
        self.world.apps = itertools.cycle([f"{url}/slack/events" for url in body["urls"]])
        return {}

    async def type(self, body: Json) -> Json:
        person = self.person(body)
        channel = self.world.team_of(person.id).channel_named("general", person.id)
        assert channel
        return await self._delivered(person, say(self.courier, person, channel, body["text"]))

    async def submit(self, body: Json) -> Json:
        """What was typed into the form on top: `edits` as in state.values."""
        person = self.person(body)
        stack = self.world.screens[person.id].stack
        if not stack or not stack[-1].definition.get("submit"):
            return {"number": None, "status": None, "said": ""}
        view = stack[-1]
        done = await self._delivered(person, submit(self.courier, person, view, body["edits"]))
        done["said"] = " ".join([*view.errors.values(), words(view.definition) if view in stack else ""]).strip()
        self.world.screens[person.id].stack.clear()
        return done

    async def filled(self, body: Json) -> Json:
        """Waits a moment for the form on top to have its fields."""
        person = self.person(body)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                while not self._has_fields(person):  # noqa: ASYNC110 nothing to wait for
                    await asyncio.sleep(0.02)
        return {}

    def _has_fields(self, person: Someone) -> bool:
        stack = self.world.screens[person.id].stack
        return bool(stack) and any(block["block_id"] == "duration" for block in stack[-1].definition["blocks"])

    async def press(self, body: Json) -> Json:
        """The newest button called so in a message with these words."""
        person = self.person(body)
        for channel in self.world.team_of(person.id).visible_channels(person.id):
            for message in reversed(list(channel.messages.values())):
                if not message.is_visible_to(person.id) or body["beside"] not in words(list(message.blocks)):
                    continue
                for block in message.blocks:
                    for element in elements_of(block):
                        if element.get("text", {}).get("text") == body["label"]:
                            spot = Spot(list(message.blocks), channel=channel, message=message)
                            request = {"value": {"value": element.get("value")}}
                            pressed = act(self.courier, person, spot, block["block_id"], element["action_id"], request)
                            return await self._delivered(person, pressed)
        return {"number": None, "status": None, "said": ""}

    async def again(self, body: Json) -> Json:
        """The very same delivery once more, or twice in the same instant."""
        first = self.world.deliveries[body["number"]]
        kind: Any = "slash_commands" if first.kind == "command" else "interactive"
        answers = await asyncio.gather(
            *(self.courier.deliver(kind, first.payload) for _ in range(body.get("times", 1)))
        )
        for answer in answers:
            if answer.is_ok and kind == "slash_commands" and answer.parsed is not None:
                team = self.world.teams[TEAM]
                channel = team.channels[first.payload["channel_id"]]
                show_command_answer(self.world, channel, first.payload["user_id"], "", answer.parsed)
        return {"status": max(answer.status or 0 for answer in answers) or None, "said": _said(answers[0].body)}

    async def told(self, _: Json) -> Json:
        """What stands in everybody's channels, and what was posted to each response URL."""
        people = {}
        for one in CAST:
            channels = self.world.team_of(one.slack).visible_channels(one.slack)
            people[one.name] = [
                words({"text": message.text, "blocks": list(message.blocks)})
                for channel in channels
                for message in channel.messages.values()
                if message.is_visible_to(one.slack) and (message.only_for or channel.kind == "im")
            ]
        return {"people": people, "posted": self.posted, "violations": self.world.violations}

    async def truth(self, _: Json) -> Json:
        """Every marked entry that lives at a back end, whatever its lists say yet."""
        return {"entries": [*_clickup(self.backends), *_clockify(self.backends), *_hoursmith(self.backends)]}

    async def respond(self, request: Request) -> Response:
        key, body = request.path_params["key"], await request.json()
        self.posted.setdefault(key, []).append(words(body))
        error = use_response_url(self.world, self.world.response_urls[key], body)
        return JSONResponse({"ok": False, "error": error}, 404) if error else PlainTextResponse("ok")

    async def _delivered(self, person: Someone, doing: Awaitable[object]) -> Json:
        before = len(self.world.deliveries)
        await doing
        for number in range(before, len(self.world.deliveries)):
            delivery = self.world.deliveries[number]
            if _whose(delivery) == person.id and not delivery.retry:
                line = delivery.payload.get("response_url", "").rpartition("/")[2]
                return {"number": number, "status": delivery.status, "said": _said(delivery.body), "line": line}
        return {"number": None, "status": None, "said": ""}


def _whose(delivery: Delivery) -> str:
    return str(delivery.payload.get("user_id") or delivery.payload.get("user", {}).get("id"))


def _said(body: str) -> str:
    try:
        return words(json.loads(body))
    except ValueError:
        return body


def _furnish(backends: dict[str, Backend]) -> None:
    workspace = backends["clickup"].workspace
    workspace.users[185].role = "member"
    clickup.add_generated_tasks(workspace, TASKS)
    backends["clockify"].workspace.rate_limit = ENOUGH
    backends["clockify"].workspace.window_lag = WINDOW_LAG


def _mark(text: str | None) -> str:
    found = re.search(MARK, text or "")
    return found[0] if found else ""


def _clickup(backends: dict[str, Backend]) -> list[Json]:
    workspace = backends["clickup"].workspace
    found = []
    for entry in workspace.entries.values():
        task = workspace.tasks.get(entry.task_id)
        mark = _mark(entry.description) or _mark(task.custom_id if task else "")
        found.append({"mark": mark, "seconds": (entry.duration or 0) / 1000, "runs": entry.is_running})
    return [one for one in found if one["mark"]]


def _clockify(backends: dict[str, Backend]) -> list[Json]:
    entries = backends["clockify"].workspace.entries.values()
    return [
        {
            "mark": _mark(entry.description),
            "seconds": (entry.end - entry.start).total_seconds() if entry.end else 0,
            "runs": entry.end is None,
        }
        for entry in entries
        if _mark(entry.description)
    ]


def _hoursmith(backends: dict[str, Backend]) -> list[Json]:
    entries = backends["hoursmith"].workspace.entries.values()
    return [{"mark": _mark(one.note), "seconds": one.seconds, "runs": False} for one in entries if _mark(one.note)]


def site(address: str) -> Starlette:
    stage = Stage(address)

    def string(pull: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            body = await request.json() if await request.body() else {}
            try:
                return JSONResponse(await pull(body))
            except (NothingThere, StopIteration) as missing:
                return JSONResponse({"number": None, "status": None, "said": "", "error": str(missing)})

        return answer

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with stage.slack.router.lifespan_context(stage.slack):
            yield

    pulls = (stage.apps, stage.type, stage.submit, stage.filled, stage.press, stage.again, stage.told, stage.truth)
    return Starlette(
        routes=[
            *(Route(f"/stage/{pull.__name__}", string(pull), methods=["POST"]) for pull in pulls),
            Route("/response/{kind}/{team}/{key}", stage.respond, methods=["POST"]),
            *(Mount(f"/{name}", backend) for name, backend in stage.backends.items()),
            Mount("/", stage.slack),
        ],
        lifespan=lifespan,
    )


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(
        site(f"http://127.0.0.1:{port}"), host="127.0.0.1", port=port, log_level="error", ws="websockets-sansio"
    )
