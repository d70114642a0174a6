"""Who is in a ClickUp workspace, and whose token this is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.errors import AccessDenied
from app.core.model import Member, Role
from app.providers.clickup_calls import Calls
from app.providers.clickup_errors import no_answer
from app.providers.clickup_wire import identifier, member, objects
from app.providers.freshness import Fresh

NOT_IN_WORKSPACE = (
    "This ClickUp sign-in doesn't see workspace {}. "
    "Ask its owner to invite you, or whoever runs this app to link you with another token."
)


@dataclass(frozen=True, slots=True)
class People:
    calls: Calls
    workspace_id: str
    known: Fresh[list[Member]]

    async def members(self) -> list[Member]:
        """GET /team (Get authorized workspaces): the only list of a workspace's members. Raises `AccessDenied`."""
        return await self.known.get(self._fetch)

    async def whoami(self) -> Member:
        """GET /user, which knows the time zone, and the role from GET /team; None when not in this workspace."""
        answer = await self.calls.read("/user")
        me = member(_object(answer, "user"))
        if me is None:
            raise no_answer("ClickUp answered without saying who you are.", is_write=False)
        return replace(me, role=await self._role(me.id))

    async def _role(self, user_id: str) -> Role | None:
        try:
            everybody = await self.members()
        except AccessDenied:
            return None
        return next((someone.role for someone in everybody if someone.id == user_id), None)

    async def _fetch(self) -> list[Member]:
        teams = objects(await self.calls.read("/team"), "teams")
        mine = next((team for team in teams if identifier(team.get("id")) == self.workspace_id), None)
        if mine is None:
            raise AccessDenied(NOT_IN_WORKSPACE.format(self.workspace_id))
        people = (member(_object(item, "user")) for item in objects(mine, "members"))
        return [someone for someone in people if someone]


def _object(answer: object, key: str) -> Mapping[str, Any]:
    found = answer.get(key) if isinstance(answer, Mapping) else None
    return found if isinstance(found, Mapping) else {}
