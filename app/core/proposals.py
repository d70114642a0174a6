"""Who somebody of Slack may be at the provider: their e-mail proposes it, and only they say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.connecting import Connected, Connecting
from app.core.errors import NotAllowed, ProviderError
from app.core.model import Member, Person, SignedIn, Workspace


@dataclass(frozen=True, slots=True)
class Proposal:
    provider: str
    member: Member
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Proposals:
    connecting: Connecting
    default_provider: str

    async def is_worth_asking(self, person: Person) -> bool:
        """Without asking anybody outside: they are not connected, and a workspace-wide token sees who is there."""
        return bool(self._shared()) and not await self.connecting.connected_to(person)

    async def find(self, person: Person) -> Proposal | None:
        """The one active member with exactly their address who isn't somebody else already."""
        email = (await self.connecting.directory.email(person.team, person.user)).strip().casefold()
        for provider in self._shared() if email else ():
            roster = await self._roster(provider)
            found = _only(roster, email) if roster else None
            if found and not await self._is_taken(person, *found):
                return Proposal(provider, *found)
        return None

    async def accept(self, person: Person, provider: str, member_id: str) -> Connected:
        """Looks again before it links: what was offered may be somebody else's by now. Raises `NotAllowed`."""
        proposal = await self.find(person)
        if proposal is None or (proposal.provider, proposal.member.id) != (provider, member_id):
            raise NotAllowed("I can't offer you that account any more. Connect with your own token instead.")
        return await self.connecting.link(person, provider, proposal.member, proposal.workspace)

    def _shared(self) -> Sequence[str]:
        """The default first."""
        shared = list(self.connecting.sign_ins.shared)
        return sorted(shared, key=lambda name: name != self.default_provider)

    async def _roster(self, provider: str) -> SignedIn | None:
        try:
            return await self.connecting.sign_ins.roster(provider)
        except ProviderError:
            return None  # nobody is proposed where nobody can be seen

    async def _is_taken(self, person: Person, member: Member, workspace: Workspace) -> bool:
        return await self.connecting.is_somebody_else(person.team, person.user, workspace.id, member.id)


def _only(roster: SignedIn, email: str) -> tuple[Member, Workspace] | None:
    same = [one for one in roster.members if one.email.strip().casefold() == email]
    is_fit = len(same) == 1 and same[0].is_active and same[0].role is not None
    workspace = roster.workspaces[0] if len(roster.workspaces) == 1 else None
    return (same[0], workspace) if is_fit and workspace else None
