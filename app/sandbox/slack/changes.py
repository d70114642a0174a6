"""What one person sees, and what of it changed since they last looked: the one picture that page and tests share."""

import asyncio
from typing import Any

from app.sandbox.slack.message import Message
from app.sandbox.slack.plain_words import EMOJI
from app.sandbox.slack.team import Channel, Someone, Team
from app.sandbox.slack.user_objects import status_of
from app.sandbox.slack.view import View
from app.sandbox.slack.world import World

Json = dict[str, Any]


def describe_world(world: World, person: Someone) -> Json:
    """Everything about the workspace that does not change with every message."""
    team, manifest = world.team_of(person.id), world.manifest
    return {
        "team": {"id": team.id, "name": team.name},
        "me": person.id,
        "people": [describe_person(world, one) for one in team.people.values()],
        "everyone": [
            {**describe_person(world, one), "team": other.name}
            for other in world.teams.values()
            for one in other.people.values()
        ],
        "channels": [_describe_channel(channel, team) for channel in team.visible_channels(person.id)],
        "app": {
            "name": manifest.bot_name,
            "handle": team.bot_handle,
            "user": team.bot_user_id,
            "description": manifest.description,
            "about": manifest.long_description,
            "color": manifest.color,
            "has_home": manifest.has_home,
            "has_messages": manifest.has_messages,
            "is_read_only": manifest.is_read_only,
        },
        "commands": [
            {"command": one.command, "description": one.description, "hint": one.usage_hint}
            for one in manifest.commands
        ],
        "shortcuts": [
            {"name": one.name, "kind": one.kind, "callback_id": one.callback_id, "description": one.description}
            for one in manifest.shortcuts
        ],
        "emoji": EMOJI,
        "clock": {"is_settable": world.settable is not None, "is_set": bool(world.settable and world.settable.is_set)},
        "links": [{"label": label, "url": url} for label, url in world.links],
    }


def describe_person(world: World, person: Someone) -> Json:
    status, pause = status_of(world, person), person.snoozed_until
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "timezone": person.timezone,
        "status": status["status_text"],
        "status_emoji": status["status_emoji"],
        "status_until": status["status_expiration"],
        "paused_until": int(pause.timestamp()) if pause and pause > world.clock() else 0,
        "is_deactivated": person.is_deleted,
    }


def _describe_channel(channel: Channel, team: Team) -> Json:
    is_direct = channel.kind == "im"
    return {"id": channel.id, "name": team.bot_name if is_direct else channel.name, "kind": channel.kind}


def changes_since(world: World, person: Someone, after: int) -> Json:
    """Messages, screens and notices newer than revision `after`; `after=0` is the whole picture."""
    team, screen = world.team_of(person.id), world.screens[person.id]
    visible = team.visible_channels(person.id)
    fresh = [
        _describe_message(message, channel, team)
        for channel in visible
        for message in channel.messages.values()
        if message.revision > after and message.is_visible_to(person.id)
    ]
    gone = [
        {"channel": one.channel, "ts": one.ts}
        for one in world.tombstones
        if one.revision > after and any(one.channel == channel.id for channel in visible)
    ]
    return {
        "revision": world.revision,
        "now": world.clock().timestamp(),
        "messages": sorted(fresh, key=lambda message: message["revision"]),
        "gone": gone,
        "views": [describe_view(view) for view in screen.stack] if screen.stack_revision > after else None,
        "home": describe_view(screen.home) if screen.home and screen.home_revision > after else None,
        "notice": screen.notice if screen.notice_revision > after else None,
        "is_about_new": world.about_revision > after,
    }


def _describe_message(message: Message, channel: Channel, team: Team) -> Json:
    return {
        "ts": message.ts,
        "channel": channel.id,
        "author": message.author,
        "is_app": message.author == team.bot_user_id,
        "text": message.text,
        "blocks": list(message.blocks),
        "is_ephemeral": message.only_for is not None,
        "is_edited": message.is_edited,
        "thread_ts": message.thread_ts,
        "revision": message.revision,
        "order": message.order,
    }


def describe_view(view: View) -> Json:
    return {
        "id": view.id,
        "hash": view.hash,
        "definition": view.definition,
        "values": view.values,
        "errors": view.errors,
        "trouble": view.trouble,
    }


def is_news(changes: Json) -> bool:
    return bool(changes["messages"] or changes["gone"] or changes["notice"] or changes["is_about_new"]) or (
        changes["views"] is not None or changes["home"] is not None
    )


async def wait_for_changes(world: World, person: Someone, after: int, seconds: float) -> Json:
    """The changes as soon as there are any, or an empty picture when the time is up."""
    try:
        async with asyncio.timeout(seconds):
            while not is_news(changes := changes_since(world, person, after)):
                await world.wait_for_ring()
    except TimeoutError:
        return changes_since(world, person, after)
    return changes
