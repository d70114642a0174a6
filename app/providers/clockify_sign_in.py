"""Signing in to Clockify: what an API key tells of itself."""

from collections.abc import Mapping
from dataclasses import replace

from app.core.errors import AccessDenied
from app.core.model import Member, Role, Secret, SignedIn, Workspace
from app.core.ports import Clock
from app.providers.clockify_calls import Budget, Calls
from app.providers.clockify_errors import no_answer
from app.providers.clockify_wire import Json, member, object_of, objects, text_of
from app.providers.http import Http

# facts of the vendor's own documentation: each region keeps its customers' data apart, and knows no other's keys
REGIONS: Mapping[str, str] = {
    "eu": "https://euc1.clockify.me/api/v1",
    "us": "https://use2.clockify.me/api/v1",
    "uk": "https://euw2.clockify.me/api/v1",
    "au": "https://apse2.clockify.me/api/v1",
}


async def sign_in(*, http: Http, clock: Clock, token: Secret, base_url: str, workspace_id: str) -> SignedIn:
    """GET /user, GET /workspaces (Get all my workspaces), and the role from GET …/users?include-roles=true."""
    anywhere = Calls(http, clock, base_url.rstrip("/"), token, "", Budget())
    me = member(object_of(await anywhere.read("/user")))
    if me is None:
        raise no_answer("Clockify answered without saying who you are.", is_write=False)
    found = [one for one in objects(await anywhere.read("/workspaces")) if _is_active_in(one, me.id)]
    workspaces = tuple(Workspace(text_of(one.get("id")), text_of(one.get("name")) or "your workspace") for one in found)
    settled = workspace_id or (workspaces[0].id if len(workspaces) == 1 else "")
    if not any(one.id == settled for one in workspaces):
        return SignedIn(workspaces)
    people = await _people(replace(anywhere, workspace_id=settled))
    return SignedIn(workspaces, (_with_role(me, people),), people or ())


async def _people(calls: Calls) -> tuple[Member, ...] | None:
    """None where only those in charge may see who is there."""
    try:
        raw = await calls.pages(calls.where("users"), {"include-roles": "true"})
    except AccessDenied:
        return None
    people = ((one, member(one, calls.workspace_id)) for one in raw)
    return tuple(replace(found, is_active=_is_active(one)) for one, found in people if found)


def _with_role(me: Member, people: tuple[Member, ...] | None) -> Member:
    """Owners and admins may always see the list, so who may not is a member."""
    if people is None:
        return replace(me, role=Role.MEMBER)
    mine = next((one for one in people if one.id == me.id), None)
    return replace(me, role=mine.role if mine else None, is_active=bool(mine and mine.is_active))


def _is_active(raw: Json) -> bool:
    return text_of(raw.get("status")) in ("", "ACTIVE")


def _is_active_in(workspace: Json, user_id: str) -> bool:
    """A list of memberships that says nothing of oneself proves nothing."""
    mine = [
        one
        for one in objects(workspace.get("memberships") or [])
        if text_of(one.get("userId")) == user_id and text_of(one.get("membershipType")) in ("", "WORKSPACE")
    ]
    return not mine or any(text_of(one.get("membershipStatus")) in ("", "ACTIVE") for one in mine)
