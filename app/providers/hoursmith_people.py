"""Who is in a Hoursmith organisation, and whose token this is, which Hoursmith does not say outright."""

from dataclasses import dataclass

from app.core.errors import AccessDenied
from app.core.model import Account, Member
from app.providers.freshness import Fresh
from app.providers.hoursmith_calls import UNREADABLE, Calls
from app.providers.hoursmith_errors import no_answer
from app.providers.hoursmith_wire import Json, identifier, member, role, text_of


@dataclass(frozen=True, slots=True)
class People:
    calls: Calls
    account: Account
    known: Fresh[list[Member]]

    async def members(self) -> list[Member]:
        """GET /members (List members): everybody for owners, admins and managers, oneself for members."""
        return await self.known.get(self._fetch)

    async def whoami(self) -> Member:
        """GET /me (Resolve the token's identity), which names the role but nobody: the rest follows from /members.

        The id is empty where even that leaves several people, and no account vouches for one of them.
        """
        me = await self.calls.read("/me")
        if not isinstance(me, dict):
            raise no_answer(UNREADABLE, is_write=False)
        candidates = likely(me, await self._visible())
        if len(candidates) == 1:
            return candidates[0]
        own = None if self.calls.is_shared else self.account.user_id
        vouched = next((someone for someone in candidates if someone.id == own), None)
        if vouched:
            return vouched
        unseen = own if own and not candidates else ""
        return Member(unseen, text_of(me.get("tokenName")), role=role(me))

    async def _visible(self) -> list[Member]:
        try:
            return await self.members()
        except AccessDenied:
            return []

    async def _fetch(self) -> list[Member]:
        return [someone for someone in map(member, await self.calls.pages("/members")) if someone]


def likely(me: Json, everybody: list[Member]) -> list[Member]:
    """Whoever has the token's id or e-mail, should it tell one, else everybody with its role."""
    user_id, email = identifier(me.get("userId")), text_of(me.get("email")).casefold()
    if user_id or email:
        return [one for one in everybody if one.id == user_id or (email and one.email.casefold() == email)]
    return [one for one in everybody if one.role is role(me)]
