"""What Slack knows of a person, and a way to say something to them."""

import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from app.core.model import Person
from app.slack.blocks import escape
from app.slack.slack_errors import NOT_TAKEN, reason

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackDirectory:
    """Scope: users:read."""

    slack: AsyncWebClient

    async def look_up(self, team: str, user: str) -> Person | None:
        try:
            found = (await self.slack.users_info(user=user))["user"]
            return Person(team, user, ZoneInfo(found["tz"]), found.get("real_name") or found.get("name") or "")
        except (*NOT_TAKEN, KeyError, ValueError, TypeError) as error:
            log.warning("Slack profile not read: %s", reason(error))
            return None


@dataclass(frozen=True, slots=True)
class SlackInbox:
    """Scope: chat:write."""

    slack: AsyncWebClient

    async def tell(self, team: str, user: str, sentence: str) -> None:
        try:
            await self.slack.chat_postMessage(channel=user, text=escape(sentence))
        except NOT_TAKEN as error:
            log.warning("direct message not sent: %s", reason(error))
