"""The methods that tell the app about people, their zones and their quiet hours, and about the workspace."""

from typing import Any
from zoneinfo import ZoneInfo

from app.sandbox.slack.team import Someone
from app.sandbox.slack.web_api import Call, Method, Methods, Refused

Json = dict[str, Any]


def _person(call: Call, wanted: str) -> Someone:
    person = call.team.people.get(wanted)
    if person is None:
        raise Refused("user_not_found")
    return person


def _describe(call: Call, person: Someone) -> Json:
    now = call.world.clock().astimezone(ZoneInfo(person.timezone))
    offset = now.utcoffset()
    return {
        "id": person.id,
        "team_id": person.home or call.team.id,
        "name": person.handle,
        "real_name": person.real_name,
        "deleted": person.is_deleted,
        "color": "9f69e7",
        "tz": person.timezone,
        "tz_label": now.tzname() or person.timezone,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": _profile(call, person),
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(call: Call, person: Someone) -> Json:
    profile: Json = {
        "title": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": person.real_name.partition(" ")[0],
        "last_name": person.real_name.partition(" ")[2],
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
        "team": person.home or call.team.id,
    }
    if "users:read.email" in call.world.manifest.scopes:
        profile["email"] = person.email
    return profile


def _describe_bot(call: Call) -> Json:
    name = call.team.bot_name
    return {
        "id": call.team.bot_user_id,
        "team_id": call.team.id,
        "name": call.team.bot_handle,
        "real_name": name,
        "deleted": False,
        "is_bot": True,
        "is_app_user": False,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Time",
        "tz_offset": -28800,
        "profile": {
            "real_name": name,
            "display_name": name,
            "bot_id": call.team.bot_id,
            "api_app_id": call.world.app_id,
        },
    }


def auth_test(call: Call) -> Json:
    return {
        "url": f"{call.world.base_url}/",
        "team": call.team.name,
        "user": call.team.bot_handle,
        "team_id": call.team.id,
        "user_id": call.team.bot_user_id,
        "bot_id": call.team.bot_id,
        "is_enterprise_install": False,
    }


def user_info(call: Call) -> Json:
    wanted = call.required("user")
    is_bot = wanted == call.team.bot_user_id
    return {"user": _describe_bot(call) if is_bot else _describe(call, _person(call, wanted))}


def user_list(call: Call) -> Json:
    members = [*(_describe(call, person) for person in call.team.people.values()), _describe_bot(call)]
    start = int(call.arguments.get("cursor") or 0)
    end = start + int(call.arguments.get("limit") or len(members))
    next_cursor = str(end) if end < len(members) else ""
    return {"members": members[start:end], "cache_ts": 0, "response_metadata": {"next_cursor": next_cursor}}


def lookup_by_email(call: Call) -> Json:
    email = call.required("email").lower()
    person = next((one for one in call.team.people.values() if one.email.lower() == email), None)
    if person is None:
        raise Refused("users_not_found")
    return {"user": _describe(call, person)}


def user_profile(call: Call) -> Json:
    return {"profile": _profile(call, _person(call, call.required("user")))}


def dnd_info(call: Call) -> Json:
    person = _person(call, call.required("user"))
    until = int(person.snoozed_until.timestamp()) if person.snoozed_until else 0
    is_snoozed = until > call.world.clock().timestamp()
    return {
        "dnd_enabled": is_snoozed,
        "next_dnd_start_ts": 1,
        "next_dnd_end_ts": until or 1,
        "snooze_enabled": is_snoozed,
        **(
            {"snooze_endtime": until, "snooze_remaining": until - int(call.world.clock().timestamp())}
            if is_snoozed
            else {}
        ),
    }


def team_info(call: Call) -> Json:
    return {"team": {"id": call.team.id, "name": call.team.name, "domain": call.team.domain, "email_domain": ""}}


METHODS: Methods = {
    "auth.test": Method(auth_test),
    "users.info": Method(user_info, ("users:read",)),
    "users.list": Method(user_list, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",)),
    "users.profile.get": Method(user_profile, ("users.profile:read",)),
    "dnd.info": Method(dnd_info, ("dnd:read",)),
    "team.info": Method(team_info, ("team:read",)),
}
