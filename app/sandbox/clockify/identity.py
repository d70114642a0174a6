"""Who is asking, which workspaces there are, and who is in one."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call, Listing
from .listing import NAMES, named, page_of
from .model import User

USERS = (NAMES - {"strict-name-search"}) | {
    "email",
    "status",
    "account-statuses",
    "memberships",
    "include-roles",
    "project-id",
}


def read_user(call: Call) -> dict[str, Any]:
    """Memberships only with ``include-memberships``."""
    shape = wire.user(call.workspace, call.user, is_self=True)
    if call.truth("include-memberships"):
        shape["memberships"] = [wire.membership(call.user.id, call.workspace.id, "WORKSPACE")]
    return shape


def list_workspaces(call: Call) -> list[dict[str, Any]]:
    """With ``roles`` only where one has one of them; owners do not count as admins."""
    roles = call.all("roles")
    return [wire.workspace(call.workspace)] if not roles or call.user.role in roles else []


def read_workspace(call: Call) -> dict[str, Any]:
    return wire.workspace(call.workspace)


def list_users(call: Call) -> Listing:
    """Roles only with ``include-roles``, which the document calls required; ``status`` is the membership's."""
    if not call.user.is_admin and not call.workspace.choices.members_list_users:
        raise refusals.access_denied()
    if call.one("include-roles") is None:
        call.workspace.complaints.append("GET users was asked without include-roles, which Clockify asks for.")
    email = (call.one("email") or "").lower()
    is_wanted = call.one("status") in (None, "ACTIVE", "ALL")
    people = [person for person in call.workspace.users.values() if is_wanted and email in person.email.lower()]
    return page_of(call, named(call, people), lambda person: _user(call, person))


def _user(call: Call, person: User) -> dict[str, Any]:
    shape = wire.user(call.workspace, person, is_self=person is call.user)
    if not call.truth("include-roles"):
        return shape
    role = {"role": person.role, "userId": person.id, "workspaceId": call.workspace.id}
    return shape | {"roles": [] if person.role == "MEMBER" else [role]}
