"""The Events API: tells the app what happened, and tells it again when it does not say 200 in time."""

import asyncio
from typing import Any

from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.message import Message
from app.sandbox.slack.team import Channel, Someone, Team

Json = dict[str, Any]
RETRY_AFTER = (0.0, 60.0, 300.0)
_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "user_change": "users:read",
    "dnd_updated_user": "dnd:read",
}


async def tell(courier: Courier, team: Team, event: Json, *, subscription: str | None = None) -> None:
    """Deliver one event, if the manifest subscribes to it; the first try is awaited, later ones go on alone."""
    name = subscription or event["type"]
    if name not in courier.world.manifest.events:
        return
    scope = _SCOPES.get(name)
    if scope is not None and scope not in courier.world.manifest.scopes:
        courier.world.violations.append(f"manifest: {name} needs the scope {scope}.")
        return
    payload = _wrapped(courier, team, event)
    answer = await courier.deliver("events_api", payload)
    if not answer.is_ok:
        reason = "http_timeout" if answer.is_late else "http_error" if answer.status else "connection_failed"
        if answer.must_not_retry:
            return
        courier.in_background(_tell_again(courier, payload, reason))


async def _tell_again(courier: Courier, payload: Json, reason: str) -> None:
    for number, delay in enumerate(RETRY_AFTER, start=1):
        await asyncio.sleep(delay * courier.world.pace)
        answer = await courier.deliver("events_api", payload, retry=(number, reason))
        if answer.is_ok or answer.must_not_retry:
            return
        reason = "http_timeout" if answer.is_late else "http_error"


def _wrapped(courier: Courier, team: Team, event: Json) -> Json:
    world = courier.world
    authorization = {
        "enterprise_id": None,
        "team_id": team.id,
        "user_id": team.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "sandbox-verification-token",
        "team_id": team.id,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.next_id("Ev"),
        "event_time": int(world.clock().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": world.next_id("4-"),
    }


async def tell_message(courier: Courier, team: Team, channel: Channel, message: Message) -> None:
    if channel.kind != "im" and not channel.is_bot_here:
        return
    said = {
        "type": "message",
        "channel": channel.id,
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "event_ts": message.ts,
        "team": team.id,
        "channel_type": {"im": "im", "public": "channel", "private": "group"}[channel.kind],
        "client_msg_id": courier.world.next_id("msg"),
    }
    author = team.people.get(message.author)
    if author and author.home:
        said |= {"user_team": author.home, "source_team": author.home}
    await tell(courier, team, said, subscription=channel.event_name)
    if f"<@{team.bot_user_id}>" in message.text and channel.kind != "im":
        await tell(courier, team, {**said, "type": "app_mention"})


async def tell_home_opened(courier: Courier, team: Team, person: Someone, tab: str) -> None:
    world, home = courier.world, courier.world.screens[person.id].home
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": team.direct_channel(person.id).id,
        "tab": tab,
        "event_ts": world.next_ts(),
    }
    if home is not None and tab == "home":
        event["view"] = home.as_payload(app_id=world.app_id, bot_id=team.bot_id)
    await tell(courier, team, event)


async def uninstall(courier: Courier, team: Team) -> None:
    """The app is removed: its token stops working, then both events arrive, in no particular order."""
    team.is_revoked = True
    await tell(courier, team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user_id]}})
    await tell(courier, team, {"type": "app_uninstalled"})


async def verify_url(courier: Courier) -> bool:
    """What Slack does when a request URL is saved: the app must answer with the challenge."""
    challenge = courier.world.next_id("challenge")
    answer = await courier.deliver(
        "events_api", {"type": "url_verification", "token": "sandbox-verification-token", "challenge": challenge}
    )
    return answer.is_ok and challenge in answer.body
