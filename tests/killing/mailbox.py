"""A Slack that remembers which process sent what, so that a message that came twice can be explained, or not."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse

from app.manifest import manifest
from app.sandbox.slack.crowd import crowd
from app.sandbox.slack.server import create_app
from app.sandbox.slack.world import World

LIFE = "x-life"  # the header in which a process says who it is
NOTED = "noted"  # where it says that it is through with a message


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that Slack has taken, at a moment of its own clock."""

    ts: str
    life: int
    at: float


@dataclass(slots=True)
class Mailbox:
    """An ASGI app: the sandbox Slack with workspaces of its own, and an ear at the door."""

    teams: int
    people: int
    taken: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    noted: set[tuple[str, str]] = field(default_factory=set)  # user and ts where the sender said it was through with it
    _slack: Any = None

    def open(self, address: str) -> None:
        world = World(manifest(url=address), base_url=address)
        for number, (team, _) in enumerate(self.teams_and_people()):
            members = crowd(self.people, first=1 + number * self.people)
            world.add_team(team, team, people=members, bot_token=f"xoxb-{team}")
        self._slack = create_app(world)

    def teams_and_people(self) -> Iterable[tuple[str, list[str]]]:
        for number in range(self.teams):
            members = crowd(self.people, first=1 + number * self.people)
            yield f"T0CROWD{number}", [one.id for one in members]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].endswith(f"/{NOTED}"):
            told = parse_qs(scope["query_string"].decode())
            self.noted.add((told["user"][0], told["ts"][0]))
            await PlainTextResponse("ok")(scope, receive, send)
            return
        if scope["type"] != "http" or not scope["path"].endswith("/chat.postMessage"):
            await self._slack(scope, receive, send)
            return
        life = int(dict(scope["headers"]).get(LIFE.encode(), b"0"))

        async def heard(message: Any) -> None:
            if message["type"] == "http.response.body":
                self._note(json.loads(message["body"]), life)
            await send(message)

        await self._slack(scope, receive, heard)

    def _note(self, answer: dict[str, Any], life: int) -> None:
        if answer.get("ok"):
            self.taken["U" + answer["channel"][1:]].append(Taken(answer["ts"], life, time.monotonic()))
