"""Clockify's spelling of moments and lengths: UTC with a Z and whole seconds, ISO-8601 durations."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def read_moment(text: str) -> datetime | None:
    """None for anything but ``yyyy-MM-ddThh:mm:ssZ``: no fractions, no other offset."""
    if not MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None  # the 30th of February


def cut_fraction(text: str) -> str:
    return re.sub(r"\.\d+Z$", "Z", text)


def write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_length(length: timedelta) -> str:
    """Hours may exceed 24, as recorded: PT86H40M13S."""
    seconds = length // timedelta(seconds=1)
    parts = ((seconds // 3600, "H"), (seconds % 3600 // 60, "M"), (seconds % 60, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def as_wall_clock(moment: datetime, timezone: str) -> datetime:
    """The quirk of the list's window: the digits of the UTC moment, read as a clock on the wall over there."""
    return moment.astimezone(UTC).replace(tzinfo=ZoneInfo(timezone))
