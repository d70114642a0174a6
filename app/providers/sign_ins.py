"""Tokens that nobody has vouched for yet, at every service that people may connect to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.errors import NoAnswer, NotConnected, NotReached
from app.core.model import Key, SignedIn
from app.providers import Connections
from app.providers.freshness import Fresh

ROSTER_FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignIns:
    reach: Connections

    @property
    def offered(self) -> Sequence[str]:
        return [name for name, service in self.reach.services.items() if service.sign_in]

    def regions(self, provider: str) -> Sequence[str]:
        """None to choose from at an address of one's own."""
        service = self.reach.services[provider]
        is_usual = self.reach.base_url(provider, "") == service.base_url
        return ["", *service.regions] if service.regions and is_usual else []

    async def sign_in(self, key: Key, workspace_id: str = "") -> SignedIn:
        """It only reads, so no answer means that nothing happened."""
        service = self.reach.services.get(key.provider)
        if service is None or service.sign_in is None:
            raise NotConnected(f"This app can't connect you to {key.provider}. Choose another system.")
        try:
            return await service.sign_in(
                http=self.reach.http,
                clock=self.reach.clock,
                token=key.token,
                base_url=self.reach.base_url(key.provider, key.region),
                workspace_id=workspace_id,
            )
        except NoAnswer as error:
            raise NotReached(error.sentence) from None

    @property
    def shared(self) -> Sequence[str]:
        useful = [name for name in self.offered if not self.reach.services[name].is_personal]
        return [name for name in useful if self.reach.site(name).token]

    async def roster(self, provider: str) -> SignedIn | None:
        site = self.reach.site(provider)
        if site.token is None or provider not in self.offered:
            return None
        key = Key(provider, site.token)
        found = await self._known(provider).get(lambda: self.sign_in(key, site.workspace_id))
        return _only(found, site.workspace_id)

    def recalled(self, provider: str) -> SignedIn | None:
        known = self._known(provider).peek()
        return _only(known, self.reach.site(provider).workspace_id) if known else None

    def _known(self, provider: str) -> Fresh[SignedIn]:
        fresh: Fresh[SignedIn] = self.reach.shelf.find(
            ("roster", provider), lambda: Fresh(self.reach.clock, ROSTER_FRESH)
        )
        return fresh


def _only(found: SignedIn, workspace_id: str) -> SignedIn:
    """The workspace that whoever runs the app has named, though the token's owner may see others."""
    if not workspace_id:
        return found
    return replace(found, workspaces=tuple(one for one in found.workspaces if one.id == workspace_id))
