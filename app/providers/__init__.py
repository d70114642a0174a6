"""The services this app speaks to, and how an account gets its adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.core.errors import NoAnswer, NotConnected, NotReached
from app.core.model import Account, Secret
from app.core.ports import Clock, Provider
from app.providers import clickup_connect as clickup
from app.providers import clickup_legacy
from app.providers import clockify_connect as clockify
from app.providers import hoursmith_connect as hoursmith
from app.providers.freshness import Fresh, Shelf
from app.providers.http import Http

OWNER_KNOWN = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")


class Connect(Protocol):
    """Makes an adapter. `is_shared`: the token is the workspace-wide one; `speaks_for_self`: it is this account's own;
    `zone`: the person's.
    """

    def __call__(
        self,
        *,
        http: Http,
        clock: Clock,
        account: Account,
        token: Secret,
        base_url: str,
        shelf: Shelf,
        is_shared: bool,
        speaks_for_self: bool,
        zone: ZoneInfo,
    ) -> Provider: ...


@dataclass(frozen=True, slots=True)
class Variables:
    """The settings that are about one service: its address, and a workspace-wide token and its workspace if there are."""

    url: str
    token: str
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    label: str
    base_url: str
    connect: Connect
    variables: Variables


_CLICKUP = Variables("CLICKUP_API_URL", "CLICKUP_TOKEN", "CLICKUP_WORKSPACE_ID")
_CLOCKIFY = Variables("CLOCKIFY_API_URL", "CLOCKIFY_API_KEY", "CLOCKIFY_WORKSPACE_ID")
_HOURSMITH = Variables("HOURSMITH_API_URL", "HOURSMITH_TOKEN")

SERVICES: Mapping[str, Service] = {
    "clickup": Service("ClickUp", clickup.BASE_URL, clickup.connect, _CLICKUP),
    "clickup_legacy": Service("ClickUp", clickup_legacy.BASE_URL, clickup_legacy.connect, _CLICKUP),
    "clockify": Service("Clockify", clockify.BASE_URL, clockify.connect, _CLOCKIFY),
    "hoursmith": Service("Hoursmith", hoursmith.BASE_URL, hoursmith.connect, _HOURSMITH),
}


@dataclass(frozen=True, slots=True)
class Site:
    """How one service is reached, where that differs from the usual, and the workspace-wide token if there is one."""

    base_url: str = ""
    token: Secret | None = None
    workspace_id: str = ""


@dataclass(frozen=True, slots=True)
class Connections:
    """Adapters for accounts; what they learn is kept here between them."""

    http: Http
    clock: Clock
    sites: Mapping[str, Site] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=lambda: SERVICES)
    shelf: Shelf = field(default_factory=lambda: Shelf(limit=10_000), repr=False)

    def label(self, provider: str) -> str:
        return self.services[provider].label if provider in self.services else provider

    async def provider(self, account: Account, zone: ZoneInfo = UTC_ZONE) -> Provider:
        """Raises `NotConnected` without a token, `NotReached` or `Refused` when the shared token's owner can't be read."""
        if account.provider not in self.services:
            raise NotConnected(
                f"This app doesn't speak to {account.provider}. Ask whoever runs it which services it knows."
            )
        if account.credential:
            return self._connect(account, account.credential, zone, is_shared=False, speaks_for_self=True)
        token = self._shared_token(account)
        owner = await self._owner(account, token)
        return self._connect(account, token, zone, is_shared=True, speaks_for_self=owner == account.user_id)

    def _shared_token(self, account: Account) -> Secret:
        """The workspace-wide token speaks in its own workspace only."""
        site = self._site(account)
        if site.token is None or site.workspace_id not in ("", account.workspace_id):
            label = self.label(account.provider)
            raise NotConnected(
                f"There is no {label} token for you yet. Ask whoever runs this app to link you with one."
            )
        return site.token

    async def _owner(self, account: Account, token: Secret) -> str:
        known: Fresh[str] = self.shelf.find(("owner", account.provider, token), lambda: Fresh(self.clock, OWNER_KNOWN))
        adapter = self._connect(account, token, UTC_ZONE, is_shared=True, speaks_for_self=False)
        try:
            return await known.get(lambda: _id_of_owner(adapter))
        except NoAnswer as error:
            raise NotReached(error.sentence) from None  # it was only asked who it is: nothing can have happened

    def _connect(
        self, account: Account, token: Secret, zone: ZoneInfo, *, is_shared: bool, speaks_for_self: bool
    ) -> Provider:
        service = self.services[account.provider]
        return service.connect(
            http=self.http,
            clock=self.clock,
            account=account,
            token=token,
            base_url=self._site(account).base_url or service.base_url,
            shelf=self.shelf,
            is_shared=is_shared,
            speaks_for_self=speaks_for_self,
            zone=zone,
        )

    def _site(self, account: Account) -> Site:
        return self.sites.get(account.provider, Site())


async def _id_of_owner(adapter: Provider) -> str:
    return (await adapter.whoami()).id
