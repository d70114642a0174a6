"""A person as Slack describes them to the app, in answers and in events."""

from typing import Any
from zoneinfo import ZoneInfo

from app.sandbox.slack.quiet import describe_quiet
from app.sandbox.slack.team import Someone, Team
from app.sandbox.slack.world import World

Json = dict[str, Any]


def describe_user(world: World, team: Team, person: Someone) -> Json:
    """Of somebody who is deactivated, Slack leaves out the zone, the name beside the profile and the rights."""
    about: Json = {
        "id": person.id,
        "team_id": person.home or team.id,
        "name": person.handle,
        "deleted": person.is_deleted,
        "profile": describe_profile(world, team, person),
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }
    return about if person.is_deleted else about | _zone(world, person) | _rights(person)


def _zone(world: World, person: Someone) -> Json:
    now = world.clock().astimezone(ZoneInfo(person.timezone))
    offset = now.utcoffset()
    return {
        "tz": person.timezone,
        "tz_label": now.tzname() or person.timezone,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
    }


def _rights(person: Someone) -> Json:
    return {
        "real_name": person.real_name,
        "color": "9f69e7",
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def describe_profile(world: World, team: Team, person: Someone) -> Json:
    status = status_of(world, person)
    profile: Json = {
        "title": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": person.real_name.partition(" ")[0],
        "last_name": person.real_name.partition(" ")[2],
        **status,
        "team": person.home or team.id,
    }
    if "users:read.email" in world.manifest.scopes:
        profile["email"] = person.email
    return profile


def status_of(world: World, person: Someone) -> Json:
    """A status is gone when its time is over."""
    is_over = 0 < person.status_expiration <= world.clock().timestamp()
    if is_over:
        return {"status_text": "", "status_emoji": "", "status_expiration": 0}
    return {
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
    }


def describe_dnd(world: World, person: Someone) -> Json:
    now = world.clock()
    return describe_quiet(person.quiet_hours, person.timezone, snoozed_until=person.snoozed_until, now=now)


def describe_bot(world: World, team: Team) -> Json:
    return {
        "id": team.bot_user_id,
        "team_id": team.id,
        "name": team.bot_handle,
        "real_name": team.bot_name,
        "deleted": False,
        "is_bot": True,
        "is_app_user": False,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Time",
        "tz_offset": -28800,
        "profile": {
            "real_name": team.bot_name,
            "display_name": team.bot_name,
            "bot_id": team.bot_id,
            "api_app_id": world.app_id,
        },
    }
