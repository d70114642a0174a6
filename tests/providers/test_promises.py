"""Every promise, kept by every provider."""

from providers.grounds.clickup import ClickUpGround
from providers.grounds.clickup_legacy import ClickUpLegacyGround
from providers.grounds.clockify import ClockifyGround
from providers.grounds.hoursmith import HoursmithGround
from providers.promise import Promise


class TestClickUp(Promise):
    ground = ClickUpGround()


class TestClickUpLegacy(Promise):
    ground = ClickUpLegacyGround()


class TestClockify(Promise):
    ground = ClockifyGround()


class TestHoursmith(Promise):
    ground = HoursmithGround()
