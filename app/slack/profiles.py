"""Reads a person's presence from what Slack sends of them, in answers and in events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.reminder import Presence

Json = Mapping[str, Any]


def presence_of(user: Json) -> Presence:
    """Of a user object; when they want quiet stands elsewhere. Who is deactivated has no zone any more."""
    profile = user.get("profile") or {}
    return Presence(
        zone=_zone(str(user.get("tz") or "")),
        is_gone=bool(user.get("deleted")),
        status_emoji=str(profile.get("status_emoji") or ""),
        status_text=str(profile.get("status_text") or ""),
        status_until=_moment(profile.get("status_expiration")),
    )


def with_quiet(presence: Presence, told: Json) -> Presence:
    """With the pause that goes on, or the next stretch of their schedule. See dnd.info in Slack's documents."""
    if told.get("snooze_enabled"):
        return replace(presence, quiet_from=None, quiet_until=_moment(told.get("snooze_endtime")))
    if not told.get("dnd_enabled"):
        return replace(presence, quiet_from=None, quiet_until=None)
    start, end = _moment(told.get("next_dnd_start_ts")), _moment(told.get("next_dnd_end_ts"))
    return replace(presence, quiet_from=start, quiet_until=end)


def _moment(seconds: Any) -> datetime | None:
    """Slack says 0, or 1, where there is none; so is one that no calendar has."""
    if not isinstance(seconds, int | float) or seconds <= 1:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
