"""The state of the sandbox: workspaces, messages, screens, and everything that went to and fro, for tests to look at."""

import asyncio
import copy
import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.sandbox.slack.clock import SandboxClock
from app.sandbox.slack.manifest import Manifest, read_manifest
from app.sandbox.slack.message import Message, Tombstone
from app.sandbox.slack.posting_pace import PostingPace
from app.sandbox.slack.response_urls import ResponseUrl
from app.sandbox.slack.team import CHANNELS, PEOPLE, Channel, Someone, Team, found_team
from app.sandbox.slack.traffic import ApiCall, Delivery
from app.sandbox.slack.triggers import Triggers
from app.sandbox.slack.view import Screen, elements_of


class World:
    """A whole local Slack. `pace` shortens Slack's physical time limits (ack, trigger, redelivery) for tests.

    Its `clock` can be set from the page when it is a `SandboxClock`, as it is when none is given.

    `deliveries`, `calls` and `violations` only grow; a violation is a sentence about something real Slack would refuse.
    """

    app_id = "A0SANDBOX"

    def __init__(
        self,
        manifest: dict[str, Any],
        *,
        base_url: str,
        request_url: str | None = None,
        signing_secret: str = "sandbox-signing-secret",
        bot_token: str = "xoxb-sandbox",
        app_token: str = "xapp-sandbox",
        clock: SandboxClock | Callable[[], datetime] | None = None,
        pace: float = 1.0,
        smart_punctuation: bool = True,
        links: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.manifest: Manifest = read_manifest(manifest)
        self.base_url = base_url.rstrip("/")
        self.request_url = request_url
        self.signing_secret = signing_secret
        self.app_token = app_token
        clock = clock or SandboxClock()
        self.settable = clock if isinstance(clock, SandboxClock) else None
        self.clock: Callable[[], datetime] = clock.now if isinstance(clock, SandboxClock) else clock
        self.pace = pace
        self.smart_punctuation = smart_punctuation
        self.links = list(links)
        self.teams: dict[str, Team] = {}
        self.screens: dict[str, Screen] = {}
        self.tombstones: list[Tombstone] = []
        self.triggers = Triggers(pace)
        self.response_urls: dict[str, ResponseUrl] = {}
        self.posting_pace: PostingPace | None = None
        self.faults: dict[str, list[tuple[str, float]]] = {}
        self.deliveries: list[Delivery] = []
        self.calls: list[ApiCall] = []
        self.violations: list[str] = []
        self.revision = 0
        self.about_revision = 0
        self._rung = asyncio.Event()
        self._numbers = itertools.count(1)
        self._stamps = itertools.count()
        self.add_team("T0SANDBOX", "Acme Studio", people=PEOPLE, channels=CHANNELS, bot_token=bot_token)

    # who and where

    def add_team(
        self,
        team_id: str,
        name: str,
        *,
        people: Iterable[Someone],
        bot_token: str,
        channels: Iterable[str] = CHANNELS,
    ) -> Team:
        team = found_team(
            team_id, name, bot_token=bot_token, bot_name=self.manifest.bot_name, people=people, channels=channels
        )
        self.teams[team_id] = team
        self.screens.update({person_id: Screen() for person_id in team.people})
        return team

    def invite(self, person: Someone, team_id: str = "T0SANDBOX") -> None:
        """Somebody more, in every channel; with another `home` the channels are shared with that workspace."""
        self.invite_all([person], team_id)

    def invite_all(self, people: Iterable[Someone], team_id: str = "T0SANDBOX") -> None:
        """Thousands take a moment: see crowd.py."""
        team = self.teams[team_id]
        public = [channel for channel in team.channels.values() if channel.kind == "public"]
        for person in people:
            team.people[person.id] = person
            for channel in public:
                channel.members.add(person.id)
            direct = Channel("D" + person.id[1:], "directmessage", "im", {person.id})
            team.channels[direct.id] = direct
            self.screens[person.id] = Screen()
        self.ring_about()

    def team_of(self, person_id: str) -> Team:
        return next(team for team in self.teams.values() if person_id in team.people)

    def person(self, name_or_id: str) -> Someone:
        people = [person for team in self.teams.values() for person in team.people.values()]
        return next(person for person in people if name_or_id in (person.id, person.name))

    def change_person(self, name_or_id: str, **changes: Any) -> Someone:
        """Any field of Someone, as if it had always been so: `person_changes.change` tells the app too."""
        person = replace(self.person(name_or_id), **changes)
        self.team_of(person.id).people[person.id] = person
        self.ring_about()
        return person

    # what is said

    def post(
        self,
        channel: Channel,
        author: str,
        text: str,
        *,
        blocks: Iterable[dict[str, Any]] = (),
        only_for: str | None = None,
        thread_ts: str | None = None,
    ) -> Message:
        revision = self.ring()
        message = Message(
            self.next_ts(),
            author,
            text,
            self.named(blocks),
            only_for,
            thread_ts=thread_ts,
            revision=revision,
            order=revision,
        )
        channel.messages[message.ts] = message
        return message

    def rewrite(self, channel: Channel, ts: str, text: str, blocks: Iterable[dict[str, Any]]) -> Message:
        message = replace(
            channel.messages[ts], text=text, blocks=self.named(blocks), is_edited=True, revision=self.ring()
        )
        channel.messages[ts] = message
        return message

    def remove(self, channel: Channel, ts: str) -> None:
        del channel.messages[ts]
        self.tombstones.append(Tombstone(channel.id, ts, self.ring()))

    def named(self, blocks: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
        """The blocks with a block_id and action_ids wherever the app left them out, as Slack fills them in."""
        filled = copy.deepcopy(list(blocks))
        for block in filled:
            block.setdefault("block_id", self.next_id("b"))
            for element in elements_of(block):
                if element["type"] != "image":
                    element.setdefault("action_id", self.next_id("a"))
        return tuple(filled)

    # faults on demand

    def limit(self, method: str, *, retry_after: float = 1, times: int = 1) -> None:
        """Answer the next calls of this method with 429 and Retry-After."""
        self.faults.setdefault(method, []).extend([("ratelimited", retry_after)] * times)

    def fail(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer the next calls of this method with this error."""
        self.faults.setdefault(method, []).extend([(error, 0)] * times)

    # counting and waiting

    def next_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):06X}"

    def next_ts(self) -> str:
        """The clock as Slack writes it: behind the second stands a number, so that none of a million comes twice."""
        rounds, place = divmod(next(self._stamps), 10_000)
        return f"{int(self.clock().timestamp())}.{place * 100 + rounds % 100:06d}"

    def ring(self) -> int:
        """Count a change and wake everyone who waits for one."""
        self.revision += 1
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()
        return self.revision

    def ring_about(self) -> None:
        """What changed is not what somebody said but the workspace itself: its people or its clock."""
        self.about_revision = self.ring()

    async def wait_for_ring(self) -> None:
        await self._rung.wait()
