"""Who is asking, where, and who else is there."""

from __future__ import annotations

from typing import Any

from . import wire
from .call import Call
from .lists import matches, page

SORTS = frozenset({"createdAt", "id", "role"})


def read_me(call: Call) -> dict[str, Any]:
    """It names the role, the scopes and the token, and not whose token it is."""
    organisation, member = call.organisation, call.member
    projects = [] if member.sees_everything else [project.id for project in organisation.projects_of(member)]
    me = {
        "orgId": organisation.id,
        "orgName": organisation.name,
        "plan": organisation.plan,
        "role": member.role,
        "tokenName": call.token.name,
        "scopes": list(call.token.scopes),
        "projectIds": projects,
    }
    return {"data": me | {"email": member.email} if organisation.choices.me == "email" else me}


def read_organisation(call: Call) -> dict[str, Any]:
    organisation = call.organisation
    return {"data": {"id": organisation.id, "name": organisation.name, "plan": organisation.plan}}


def list_members(call: Call) -> dict[str, Any]:
    """Members read only their own record."""
    everybody = call.organisation.members.values() if call.member.sees_everything else [call.member]
    sought = call.query.get("search", "").casefold()
    shapes = [
        wire.member(call.organisation, member)
        for member in everybody
        if sought in f"{member.name} {member.email}".casefold() and matches(call.query, "role", member.role)
    ]
    return page(shapes, call.query, SORTS)
