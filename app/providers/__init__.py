"""The services this app speaks to, and how an account gets its adapter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.core.errors import NotConnected
from app.core.model import Account, Secret, SignedIn
from app.core.ports import Clock, Provider
from app.providers import clickup_connect as clickup
from app.providers import clickup_legacy, clickup_sign_in, clockify_sign_in, hoursmith_sign_in
from app.providers import clockify_connect as clockify
from app.providers import hoursmith_connect as hoursmith
from app.providers.freshness import Fresh, Shelf
from app.providers.http import Http
from app.providers.known_owners import KnownOwner
from app.providers.link import Link, hashed

OWNER_KNOWN = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")


Connect = Callable[[Link], Provider]


class SignIn(Protocol):
    """Asks the service whose token this is."""

    async def __call__(
        self, *, http: Http, clock: Clock, token: Secret, base_url: str, workspace_id: str
    ) -> SignedIn: ...


@dataclass(frozen=True, slots=True)
class Variables:
    """The settings that are about one service: its address, and a workspace-wide token and its workspace if there are."""

    url: str
    token: str
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Without `sign_in` people are linked by whoever runs the app. `regions`: a base URL for each but the usual one.

    `is_personal`: time belongs to the token's owner, so that a workspace-wide one is of no use to anybody else.
    """

    label: str
    base_url: str
    connect: Connect
    variables: Variables
    sign_in: SignIn | None = None
    regions: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False


_CLICKUP = Variables("CLICKUP_API_URL", "CLICKUP_TOKEN", "CLICKUP_WORKSPACE_ID")
_CLOCKIFY = Variables("CLOCKIFY_API_URL", "CLOCKIFY_API_KEY", "CLOCKIFY_WORKSPACE_ID")
_HOURSMITH = Variables("HOURSMITH_API_URL", "HOURSMITH_TOKEN")

SERVICES: Mapping[str, Service] = {
    "clickup": Service("ClickUp", clickup.BASE_URL, clickup.connect, _CLICKUP, clickup_sign_in.sign_in),
    "clickup_legacy": Service(
        "ClickUp task time",
        clickup_legacy.BASE_URL,
        clickup_legacy.connect,
        _CLICKUP,
        clickup_sign_in.sign_in,
        is_personal=True,
    ),
    "clockify": Service(
        "Clockify", clockify.BASE_URL, clockify.connect, _CLOCKIFY, clockify_sign_in.sign_in, clockify_sign_in.REGIONS
    ),
    "hoursmith": Service("Hoursmith", hoursmith.BASE_URL, hoursmith.connect, _HOURSMITH, hoursmith_sign_in.sign_in),
}


@dataclass(frozen=True, slots=True)
class Site:
    """How one service is reached, where that differs from the usual, and the workspace-wide token if there is one."""

    base_url: str = ""
    token: Secret | None = None
    workspace_id: str = ""


@dataclass(frozen=True, slots=True)
class Connections:
    """Adapters for accounts; what they learn is kept here between them.

    `owner_patience` is in seconds: of Slack's three, the rest is for what was asked.
    """

    http: Http
    clock: Clock
    sites: Mapping[str, Site] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=lambda: SERVICES)
    shelf: Shelf = field(default_factory=lambda: Shelf(limit=10_000), repr=False)
    owner_patience: float = 1

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
        site = self.site(account.provider)
        if site.token is None or site.workspace_id not in ("", account.workspace_id):
            label = self.label(account.provider)
            raise NotConnected(f"There is no {label} token for you yet. Connect with one of your own.")
        return site.token

    async def _owner(self, account: Account, token: Secret) -> str:
        known = self.shelf.find(
            ("owner", account.provider, hashed(token)), lambda: KnownOwner(Fresh(self.clock, OWNER_KNOWN))
        )
        adapter = self._connect(account, token, UTC_ZONE, is_shared=True, speaks_for_self=False)
        label = self.label(account.provider)
        return await known.get(lambda: _id_of_owner(adapter), label=label, patience=self.owner_patience)

    def _connect(
        self, account: Account, token: Secret, zone: ZoneInfo, *, is_shared: bool, speaks_for_self: bool
    ) -> Provider:
        base_url = self.base_url(account.provider, account.region)
        link = Link(self.http, self.clock, account, token, base_url, self.shelf, is_shared, speaks_for_self, zone)
        return self.services[account.provider].connect(link)

    def base_url(self, provider: str, region: str) -> str:
        """The region's, unless whoever runs the app has set another address than the usual one."""
        service, own = self.services[provider], self.site(provider).base_url.rstrip("/")
        return own if own not in ("", service.base_url) else service.regions.get(region, service.base_url)

    def site(self, provider: str) -> Site:
        return self.sites.get(provider, Site())


async def _id_of_owner(adapter: Provider) -> str:
    return (await adapter.whoami()).id
