"""Connecting people to their accounts, and letting them go again: whose a token is, and whether they may have it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from app.core.accounts import default_permission
from app.core.errors import NotAllowed, NotConnected, ProviderError
from app.core.model import Account, Capabilities, Key, Member, Person, Timer, Workspace
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
        member = next((one for one in likely if len(likely) == 1 or one.id == member_id), None)
        if member is None:
            return self._who_of(likely, key.provider)
        return await self.link(person, key, member, workspace)

    async def link(self, person: Person, key: Key | str, member: Member, workspace: Workspace) -> Connected:
        """With a provider's name for a key the workspace-wide token will speak for them. Raises `NotAllowed`."""
        account = self._account(person, key if isinstance(key, str) else key.provider, member, workspace)
        if isinstance(key, Key):
            account = replace(account, credential=key.token, region=key.region)
        account = await self._allowed(account, member)
        await self.store.link(account)
        return Connected(account, member, workspace, await self._capabilities(person, account))

    async def is_somebody_else(self, team: str, user: str, workspace_id: str, user_id: str) -> bool:
        """Whether another Slack user has that one; also by way of task time, which is kept for ClickUp's own users."""
        accounts = await self.store.accounts(team)
        return any(one.user != user and (one.workspace_id, one.user_id) == (workspace_id, user_id) for one in accounts)

    async def connected_to(self, person: Person) -> list[str]:
        """The providers that they have accounts at, by name."""
        accounts = await self.store.accounts(person.team)
        return sorted({one.provider for one in accounts if one.user == person.user})

    async def disconnect(self, person: Person) -> list[str]:
        """The providers they were connected to. Raises `NotAllowed` while a timer is held for them."""
        await self.refuse_losing_a_timer(person)
        return await self.store.disconnect(person.team, person.user)

    async def refuse_losing_a_timer(self, person: Person) -> None:
        """Raises `NotAllowed`."""
        timer = await self.store.held_timer(person.team, person.user)
        if timer:
            raise NotAllowed(
                f"Your timer “{_name_of(timer)}” is kept here and would be lost. Stop or cancel it first, then disconnect."
            )

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

    async def _allowed(self, account: Account, member: Member) -> Account:
        """As narrow as whoever runs the app had made it. The store refuses the same things; here are the words."""
        label = self.connections.label(account.provider)
        if await self.is_somebody_else(account.team, account.user, account.workspace_id, account.user_id):
            raise NotAllowed(
                f"{member.name} in {label} is somebody else's account here already, and each belongs to one person."
                " They can disconnect first, or whoever runs this app can unlink them.",
                field="token",
            )
        timer = await self.store.held_timer(account.team, account.user)
        if timer and not await self._is_current(account, timer):
            raise NotAllowed(
                f"Your timer “{_name_of(timer)}” is kept here for the account you have now. Stop or cancel it first,"
                " then connect another.",
                field="token",
            )
        known = await self.store.account_of(account.team, account.provider, account.workspace_id, account.user_id)
        is_narrowed = known and known.role.is_in_charge and known.assignee_permission != default_permission(known.role)
        return replace(account, assignee_permission=known.assignee_permission) if known and is_narrowed else account

    async def _is_current(self, account: Account, timer: Timer) -> bool:
        try:
            now = await self.store.account(account.team, account.user)
        except NotConnected:
            return True  # its credential can't be opened: the store looks at the rest
        return same_user(now, account) if now else timer.assignee == account.user_id

    async def _capabilities(self, person: Person, account: Account) -> Capabilities:
        provider = await self.connections.provider(account, person.zone)
        with suppress(ProviderError):  # they are read again with the next command
            await provider.learn()
        return provider.capabilities


def same_user(one: Account, other: Account) -> bool:
    """Of the same provider, which is what tells whose a held timer is."""
    return (one.provider, one.workspace_id, one.user_id) == (other.provider, other.workspace_id, other.user_id)


def _name_of(timer: Timer) -> str:
    return timer.work.task.name if timer.work.task else timer.work.description or "without a task"
