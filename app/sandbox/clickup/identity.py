"""Who is asking, which workspaces there are, and the last step of signing in."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .model import ROLE_NUMBERS, User
from .workspace import PLANS


def read_user(call: Call) -> dict[str, Any]:
    more = {"week_start_day": 1, "global_font_support": True, "timezone": call.user.timezone}
    return {"user": wire.user(call.user) | more}


def list_workspaces(call: Call) -> dict[str, Any]:
    """The workspace's id is a string here, a user's is a number."""
    workspace = call.workspace
    members = [{"user": _member(call, user)} for user in workspace.users.values()]
    places = [(workspace.id, workspace.name), *workspace.others]
    return {
        "teams": [
            {"id": place_id, "name": name, "color": "#7b68ee", "avatar": None, "members": members}
            for place_id, name in places
        ]
    }


def _member(call: Call, user: User) -> dict[str, Any]:
    return wire.user(user) | {
        "role": ROLE_NUMBERS[user.role],
        "role_subtype": 0,
        "role_key": user.role,
        "custom_role": None,
        "last_active": str(call.now),
        "date_joined": None if user.id in call.workspace.invited else "1704100000000",
        "date_invited": "1704000000000",
    }


def read_plan(call: Call) -> dict[str, Any]:
    return {"plan_name": call.workspace.plan, "plan_id": PLANS[call.workspace.plan]}


def make_token(call: Call) -> dict[str, Any]:
    """A code is good once. Recorded names of the refusals: OAUTH_010 for the client; the code's is a choice."""
    workspace, body = call.workspace, call.body
    if workspace.oauth_clients.get(body["client_id"]) != body["client_secret"]:
        raise refusals.client_unknown()
    user_id = workspace.oauth_codes.pop(body["code"], None)
    if user_id is None:
        raise refusals.code_unknown()
    return {"access_token": workspace.grant(user_id)}
