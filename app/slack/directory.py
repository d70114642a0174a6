"""What Slack knows of a person, and a way to say something to them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from app.core.model import Person
from app.slack.slack_errors import NOT_TAKEN, reason
from app.slack.strangers import is_profile_from_elsewhere

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackDirectory:
    """Scope: users:read, and for the address users:read.email."""

    slack: AsyncWebClient

    async def look_up(self, team: str, user: str) -> Person | None:
        try:
            found = (await self.slack.users_info(user=user))["user"]
            name = found.get("real_name") or found.get("name") or ""
            return Person(team, user, ZoneInfo(found["tz"]), name, is_stranger=is_profile_from_elsewhere(found, team))
        except (*NOT_TAKEN, KeyError, ValueError, TypeError) as error:
            log.warning("Slack profile not read: %s", reason(error))
            return None

    async def email(self, team: str, user: str) -> str:
        """Scope: users:read.email. Not of bots, nor of people who are here from another company (Slack Connect)."""
        try:
            found = (await self.slack.users_info(user=user))["user"]
        except (*NOT_TAKEN, KeyError, ValueError, TypeError) as error:
            log.warning("Slack profile not read: %s", reason(error))
            return ""
        return str((found.get("profile") or {}).get("email") or "") if is_own_person(found, team) else ""


def is_own_person(found: Mapping[str, Any], team: str) -> bool:
    is_here = bool(found.get("team_id")) and not is_profile_from_elsewhere(found, team)
    is_somebody = not (found.get("is_bot") or found.get("is_app_user") or found.get("deleted"))
    return is_here and is_somebody and found.get("is_email_confirmed") is not False
