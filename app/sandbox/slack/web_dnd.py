"""The dnd.* methods: when the app should keep quiet for people."""

from typing import Any

from app.sandbox.slack.user_objects import describe_dnd
from app.sandbox.slack.web_api import Call, Method, Methods, Refused
from app.sandbox.slack.web_people import person_called

Json = dict[str, Any]
MOST_AT_ONCE = 50


def info(call: Call) -> Json:
    """Of oneself, when nobody is named; only there Slack says whether notifications are paused, and a bot never pauses."""
    wanted = str(call.arguments.get("user") or call.team.bot_user_id)
    if wanted == call.team.bot_user_id:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}
    return describe_dnd(call.world, person_called(call, wanted))


def team_info(call: Call) -> Json:
    wanted = [one for one in str(call.arguments.get("users") or "").split(",") if one]
    if not wanted:
        raise Refused("no_users_provided")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(
            "too_many_users", [f"[ERROR] dnd.teamInfo takes up to {MOST_AT_ONCE} users [json-pointer:/users]"]
        )
    here = [call.team.people[one] for one in wanted if one in call.team.people]
    return {"users": {person.id: describe_dnd(call.world, person) for person in here}}


METHODS: Methods = {
    "dnd.info": Method(info, ("dnd:read",)),
    "dnd.teamInfo": Method(team_info, ("dnd:read",)),
}
