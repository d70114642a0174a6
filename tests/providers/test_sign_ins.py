"""Where a token is tried, and at which address its account is asked from then on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from app.core.errors import NotConnected
from app.core.model import Key, Secret
from app.providers import SERVICES, Connections, Site
from app.providers.http import Http
from app.providers.sign_ins import SignIns


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    http = Http()
    yield http
    await http.aclose()


def reach(http: Http, url: str = "") -> Connections:
    return Connections(http, Clock(), {"clockify": Site(url)})


@pytest.mark.parametrize("url", ["", "https://api.clockify.me/api/v1", "https://api.clockify.me/api/v1/"])
def test_clockify_s_regions_have_addresses_of_their_own(http: Http, url: str) -> None:
    ours = reach(http, url)
    assert SignIns(ours).regions("clockify") == ["", "eu", "us", "uk", "au"]
    asked = {region: ours.base_url("clockify", region) for region in SignIns(ours).regions("clockify")}
    assert asked == {
        "": "https://api.clockify.me/api/v1",
        "eu": "https://euc1.clockify.me/api/v1",
        "us": "https://use2.clockify.me/api/v1",
        "uk": "https://euw2.clockify.me/api/v1",
        "au": "https://apse2.clockify.me/api/v1",
    }


def test_an_address_of_one_s_own_has_no_regions(http: Http) -> None:
    ours = reach(http, "https://acme.clockify.me/api/v1")
    assert SignIns(ours).regions("clockify") == []
    assert ours.base_url("clockify", "eu") == "https://acme.clockify.me/api/v1"


def test_a_region_that_is_none_leads_nowhere_else(http: Http) -> None:
    assert reach(http).base_url("clockify", "evil.example") == SERVICES["clockify"].base_url
    assert reach(http).base_url("hoursmith", "eu") == SERVICES["hoursmith"].base_url


async def test_a_system_nobody_knows_is_not_asked(http: Http) -> None:
    with pytest.raises(NotConnected, match="can't connect you to evil"):
        await SignIns(reach(http)).sign_in(Key("evil", Secret("x")))


def test_a_key_never_shows_its_token() -> None:
    assert "hidden" not in repr(Key("clickup", Secret("hidden")))


def test_every_system_that_is_wired_can_be_connected_to(http: Http) -> None:
    assert set(SignIns(reach(http)).offered) == set(SERVICES)
