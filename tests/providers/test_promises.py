"""Every promise, kept by every provider."""

from app.providers import SERVICES, Service, Variables
from providers import toy
from providers.grounds.clickup import ClickUpGround
from providers.grounds.clickup_legacy import ClickUpLegacyGround
from providers.grounds.clockify import ClockifyGround
from providers.grounds.hoursmith import HoursmithGround
from providers.grounds.toy import ToyGround
from providers.promise import Promise


class TestClickUp(Promise):
    ground = ClickUpGround()


class TestClickUpLegacy(Promise):
    ground = ClickUpLegacyGround()


class TestClockify(Promise):
    ground = ClockifyGround()


class TestHoursmith(Promise):
    ground = HoursmithGround()


class TestToy(Promise):
    """A fifth one, made as README says: what is promised is not made for four."""

    ground = ToyGround()
    services = SERVICES | {"toy": Service("Sundial", toy.BASE_URL, toy.connect, Variables("TOY_API_URL", "TOY_TOKEN"))}
