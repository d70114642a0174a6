"""The parts that Slack's interaction payloads have in common."""

from typing import Any

from app.sandbox.slack.message import Message
from app.sandbox.slack.response_urls import ResponseUrl
from app.sandbox.slack.team import Channel, Someone, Team
from app.sandbox.slack.world import World

Json = dict[str, Any]


def who(world: World, team: Team, person: Someone) -> Json:
    return {
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.home or team.id},
        "api_app_id": world.app_id,
        "token": "sandbox-verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_payload(team: Team, message: Message) -> Json:
    said: Json = {"type": "message", "user": message.author, "ts": message.ts, "text": message.text, "team": team.id}
    if message.author == team.bot_user_id:
        said |= {"bot_id": team.bot_id, "blocks": list(message.blocks)}
    if message.thread_ts:
        said["thread_ts"] = message.thread_ts
    return said


def new_response_url(
    world: World,
    team: Team,
    channel: Channel,
    person: Someone,
    *,
    original_ts: str | None = None,
    must_say_replace: bool = False,
) -> str:
    key = world.next_id("r")
    world.response_urls[key] = ResponseUrl(team.id, channel.id, person.id, world.clock(), original_ts, must_say_replace)
    kind = "actions" if original_ts else "commands"
    return f"{world.base_url}/response/{kind}/{team.id}/{key}"


def channel_payload(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name if channel.kind != "private" else "privategroup"}
