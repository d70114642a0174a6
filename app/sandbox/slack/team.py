"""The people and channels of a Slack workspace, and the workspace the sandbox starts with: Acme Studio with Ada, Bo and Cy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from app.sandbox.slack.message import Message
from app.sandbox.slack.quiet import NIGHT, QuietHours


@dataclass(frozen=True, slots=True)
class Someone:
    """A person in a workspace, as Slack knows them; `home` is another workspace where they only share channels with this one."""

    id: str
    name: str
    real_name: str
    email: str
    timezone: str
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    snoozed_until: datetime | None = None
    quiet_hours: QuietHours | None = NIGHT
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    home: str = ""

    @property
    def handle(self) -> str:
        return self.name.lower()


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    kind: Literal["public", "private", "im"]
    members: set[str]
    messages: dict[str, Message] = field(default_factory=dict)
    is_bot_here: bool = True

    @property
    def event_name(self) -> str:
        return {"public": "message.channels", "private": "message.groups", "im": "message.im"}[self.kind]


@dataclass(slots=True)
class Team:
    id: str
    name: str
    domain: str
    bot_token: str
    bot_name: str
    people: dict[str, Someone] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    is_revoked: bool = False

    @property
    def bot_user_id(self) -> str:
        return f"U0TIMER{self._suffix}"

    @property
    def bot_id(self) -> str:
        return f"B0TIMER{self._suffix}"

    @property
    def _suffix(self) -> str:
        return "" if self.id == "T0SANDBOX" else self.id[1:]

    @property
    def bot_handle(self) -> str:
        return self.bot_name.lower().replace(" ", "-")

    def direct_channel(self, person_id: str) -> Channel:
        return self.channels["D" + person_id[1:]]

    def visible_channels(self, person_id: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if person_id in channel.members]

    def channel_named(self, name: str, person_id: str) -> Channel | None:
        """The channel a person means by a name, an id, `#name`, or the app's name for their DM with it (also `app`)."""
        wanted = name.removeprefix("#").removeprefix("@")
        if wanted in {self.bot_handle, self.bot_name, "app"}:
            return self.direct_channel(person_id)
        visible = self.visible_channels(person_id)
        return next((channel for channel in visible if wanted in (channel.id, channel.name)), None)


PEOPLE = (
    Someone("U0ADA", "Ada", "Ada Okafor", "ada@acme.example", "Europe/Berlin", is_admin=True, is_owner=True),
    Someone("U0BO", "Bo", "Bo Lindqvist", "bo@acme.example", "Europe/Berlin"),
    Someone("U0CY", "Cy", "Cy Marsh", "cy@acme.example", "America/New_York"),
)
CHANNELS = ("general", "backend", "random")


def found_team(
    team_id: str, name: str, *, bot_token: str, bot_name: str, people: Iterable[Someone], channels: Iterable[str]
) -> Team:
    """A workspace where everybody is in every channel; the app has been invited to all channels but #random."""
    team = Team(team_id, name, name.lower().replace(" ", "-"), bot_token, bot_name)
    team.people = {person.id: person for person in people}
    suffix = "" if team_id == "T0SANDBOX" else team_id[1:]
    for channel_name in channels:
        channel = Channel(
            f"C0{channel_name.upper().replace('-', '')}{suffix}",
            channel_name,
            "public",
            set(team.people),
            is_bot_here=channel_name != "random",
        )
        team.channels[channel.id] = channel
    for person_id in team.people:
        direct = Channel("D" + person_id[1:], "directmessage", "im", {person_id})
        team.channels[direct.id] = direct
    return team
