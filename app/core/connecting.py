"""Connecting people to their accounts, and letting them go again: whose a token is, and whether they may have it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from app.core.errors import NotAllowed, ProviderError
from app.core.leaving import Leaving
from app.core.model import Account, AssigneePermission, Capabilities, Key, Member, Person, Workspace, default_permission
from app.core.ports import Connections, Directory, SignIns, Store
from app.core.token_trial import TokenTrial, settled


@dataclass(frozen=True, slots=True)
class Connected:
    account: Account
    member: Member
    workspace: Workspace
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class Choice:
    """What only the person can tell: in which workspace they work, or who of these they are."""

    workspaces: tuple[Workspace, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Connecting:
    store: Store
    sign_ins: SignIns
    connections: Connections
    directory: Directory

    async def connect(
        self, person: Person, key: Key, *, workspace_id: str = "", member_id: str = ""
    ) -> Connected | Choice:
        """Tries the token, and keeps it once it is clear whose it is.

        Raises what `TokenTrial.sign_in` and `link` do, and `NotAllowed` where it cannot be told whose it is.
        """
        signed_in = await TokenTrial(self.sign_ins, self.connections).sign_in(key, workspace_id)
        workspace = settled(signed_in.workspaces, workspace_id)
        if workspace is None:
            return Choice(workspaces=signed_in.workspaces)
        likely = await self._narrowed(person, signed_in.likely)
        if len(likely) == 1:
            return await self.link(person, key, likely[0], workspace)
        choice = self._who_of(likely, key.provider)
        member = next((one for one in choice.members if one.id == member_id), None)
        return await self.link(person, key, member, workspace) if member else choice

    async def link(self, person: Person, key: Key | str, member: Member, workspace: Workspace) -> Connected:
        """With a provider's name for a key the workspace-wide token will speak for them. Raises `NotAllowed`."""
        account = self._account(person, key if isinstance(key, str) else key.provider, member, workspace)
        if isinstance(key, Key):
            account = replace(account, credential=key.token, region=key.region)
        account = await self._allowed(person, account, member)
        await self.store.link(account)
        return Connected(account, member, workspace, await self._capabilities(person, account))

    async def is_somebody_else(self, team: str, user: str, workspace_id: str, user_id: str) -> bool:
        """Whether another Slack user has that one; also by way of task time, which is kept for ClickUp's own users."""
        return await self.store.is_somebody_else(team, user, workspace_id, user_id)

    async def connected_to(self, person: Person) -> list[str]:
        """The providers that they have accounts at, by name."""
        return await self.store.providers_of(person.team, person.user)

    async def disconnect(self, person: Person) -> list[str]:
        """The providers they were connected to. Raises `NotAllowed` while a timer of theirs runs."""
        await self.refuse_losing_a_timer(person)
        return await self.store.disconnect(person.team, person.user)

    async def refuse_losing_a_timer(self, person: Person) -> None:
        """Raises `NotAllowed`."""
        await self.leaving.refuse_going(person)

    @property
    def leaving(self) -> Leaving:
        return Leaving(self.store, self.connections)

    async def _narrowed(self, person: Person, likely: Sequence[Member]) -> list[Member]:
        """Where the provider doesn't say whose a token is, the address in Slack tells one from the others."""
        if len(likely) < 2:
            return list(likely)
        email = (await self.directory.email(person.team, person.user)).casefold()
        return [one for one in likely if email and one.email.casefold() == email] or list(likely)

    def _who_of(self, likely: Sequence[Member], provider: str) -> Choice:
        """Who may log for anybody may say who they are; nobody else is taken at their word."""
        if likely and all(one.role and one.role.is_in_charge for one in likely):
            return Choice(members=tuple(likely))
        raise NotAllowed(
            f"{self.connections.label(provider)} doesn't say whose token that is, and I can't tell by your Slack e-mail"
            " address either. Ask whoever runs this app to link you.",
            field="token",
        )

    def _account(self, person: Person, provider: str, member: Member, workspace: Workspace) -> Account:
        if member.role is None or not member.is_active or not member.id:
            raise NotAllowed(
                f"{member.name or 'Whoever has that token'} is not an active member of {workspace.name}"
                f" in {self.connections.label(provider)}. Ask its owner to invite you.",
                field="token",
            )
        permission = default_permission(member.role)
        return Account(person.team, person.user, provider, workspace.id, member.id, member.role, permission)

    async def _allowed(self, person: Person, account: Account, member: Member) -> Account:
        """As narrow as whoever runs the app has made it. The store refuses the same things; here are the words."""
        label = self.connections.label(account.provider)
        if await self.is_somebody_else(account.team, account.user, account.workspace_id, account.user_id):
            raise NotAllowed(
                f"{member.name} in {label} is somebody else's account here already, and each belongs to one person."
                " They can disconnect first, or whoever runs this app can unlink them.",
                field="token",
            )
        await self.leaving.refuse_changing(person, account)
        is_narrowed = await self.store.is_narrowed(account.team, account.user, account.provider)
        return replace(account, assignee_permission=AssigneePermission.SELF) if is_narrowed else account

    async def _capabilities(self, person: Person, account: Account) -> Capabilities:
        provider = await self.connections.provider(account, person.zone)
        with suppress(ProviderError):  # they are read again with the next command
            await provider.learn()
        return provider.capabilities
