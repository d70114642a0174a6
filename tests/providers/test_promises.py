"""Every promise, kept by every provider."""

import pytest

from app.providers import SERVICES, Service, Variables
from providers import toy
from providers.contract import Sent
from providers.grounds.clickup import ClickUpByOAuthGround, ClickUpGround
from providers.grounds.clickup_legacy import ClickUpLegacyGround
from providers.grounds.clockify import ClockifyGround, ClockifyWithRulesGround
from providers.grounds.hoursmith import HoursmithGround
from providers.grounds.toy import ToyGround
from providers.promise import Promise, faults_of


class TestClickUp(Promise):
    ground = ClickUpGround()


class TestClickUpByOAuth(Promise):
    """As whoever signed in on ClickUp's own page: some questions are refused that a pasted token may ask."""

    ground = ClickUpByOAuthGround()


class TestClickUpLegacy(Promise):
    ground = ClickUpLegacyGround()


class TestClockify(Promise):
    ground = ClockifyGround()


class TestClockifyWithRules(Promise):
    """In a workspace that wants a project on every entry and lets only admins say what is billable."""

    ground = ClockifyWithRulesGround()


class TestHoursmith(Promise):
    ground = HoursmithGround()


class TestToy(Promise):
    """A fifth one, made as README says: what is promised is not made for four."""

    ground = ToyGround()
    services = SERVICES | {"toy": Service("Sundial", toy.BASE_URL, toy.connect, Variables("TOY_API_URL", "TOY_TOKEN"))}


@pytest.mark.parametrize("provider", [*SERVICES, "toy"])
def test_a_request_without_a_contract_breaks_every_promise_in_which_it_is_sent(provider: str) -> None:
    for sent in (Sent("GET", "/nowhere", (), None, {}), Sent("PATCH", "/user", (), {"name": "Bo"}, {})):
        assert f"no contract for {sent.method} {sent.path}" in faults_of(provider, [sent])
