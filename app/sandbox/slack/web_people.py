"""The methods that tell the app about people, and about the workspace."""

import base64
from collections.abc import Sequence
from typing import Any

from app.sandbox.slack.team import Someone
from app.sandbox.slack.user_objects import describe_bot, describe_profile, describe_user
from app.sandbox.slack.web_api import Call, Method, Methods, Refused

Json = dict[str, Any]
LONGEST_PAGE = 1000


def person_called(call: Call, wanted: str) -> Someone:
    person = call.team.people.get(wanted)
    if person is None:
        raise Refused("user_not_found")
    return person


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
    if wanted == call.team.bot_user_id:
        return {"user": describe_bot(call.world, call.team)}
    return {"user": describe_user(call.world, call.team, person_called(call, wanted))}


def user_list(call: Call) -> Json:
    """At most a thousand at once, whatever is asked for; a large workspace is not listed without a `limit` at all."""
    ids = [*call.team.people, call.team.bot_user_id]
    limit = _limit(call, len(ids))
    start = _start(call, ids)
    end = start + limit
    members = [
        describe_bot(call.world, call.team)
        if one == call.team.bot_user_id
        else describe_user(call.world, call.team, call.team.people[one])
        for one in ids[start:end]
    ]
    next_cursor = _cursor(ids[end]) if end < len(ids) else ""
    return {
        "members": members,
        "cache_ts": int(call.world.clock().timestamp()),
        "response_metadata": {"next_cursor": next_cursor},
    }


def _limit(call: Call, total: int) -> int:
    asked = str(call.arguments.get("limit") or "0")
    if not asked.isdecimal():
        raise Refused("invalid_limit")
    if int(asked) == 0 and total > LONGEST_PAGE:
        raise Refused("limit_required")
    return min(int(asked) or total, LONGEST_PAGE)


def _start(call: Call, ids: Sequence[str]) -> int:
    cursor = call.arguments.get("cursor") or ""
    places = {_cursor(one): at for at, one in enumerate(ids)} if cursor else {"": 0}
    if cursor not in places:
        raise Refused("invalid_cursor")
    return places[cursor]


def _cursor(user_id: str) -> str:
    return base64.b64encode(f"user:{user_id}".encode()).decode()


def lookup_by_email(call: Call) -> Json:
    email = call.required("email").lower()
    person = next((one for one in call.team.people.values() if one.email.lower() == email), None)
    if person is None:
        raise Refused("users_not_found")
    return {"user": describe_user(call.world, call.team, person)}


def user_profile(call: Call) -> Json:
    return {"profile": describe_profile(call.world, call.team, person_called(call, call.required("user")))}


def team_info(call: Call) -> Json:
    return {"team": {"id": call.team.id, "name": call.team.name, "domain": call.team.domain, "email_domain": ""}}


METHODS: Methods = {
    "auth.test": Method(auth_test),
    "users.info": Method(user_info, ("users:read",)),
    "users.list": Method(user_list, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",)),
    "users.profile.get": Method(user_profile, ("users.profile:read",)),
    "team.info": Method(team_info, ("team:read",)),
}
