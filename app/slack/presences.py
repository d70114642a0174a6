"""What Slack says of people: whether they are still there, where they are, and whether they want to be left alone."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import NotReached
from app.core.reminder import Presence
from app.slack.profiles import Json, presence_of, with_quiet
from app.slack.slack_errors import NOT_TAKEN, reason

log = logging.getLogger(__name__)

PAGE = 1000  # the most that Slack gives


@dataclass(frozen=True, slots=True)
class SlackPresences:
    """Keeps core's `Presences`. Scopes: users:read, and dnd:read, without which nobody is known to want quiet."""

    slack: AsyncWebClient
    _lacking: set[str] = field(default_factory=set, repr=False)

    async def profile(self, team: str, user: str) -> Presence | None:
        async with _answered():
            told = await self._person(user)
            return presence_of(told) if told else None

    async def listed(self, team: str, cursor: str) -> tuple[Mapping[str, Presence], str]:
        async with _answered():
            page = await self.slack.users_list(limit=PAGE, cursor=cursor)
            after = (page.get("response_metadata") or {}).get("next_cursor") or ""
            return {one["id"]: presence_of(one) for one in page["members"]}, after

    async def quiet(self, team: str, users: Sequence[str]) -> Mapping[str, Presence]:
        async with _answered():
            told = await self._pauses(users)
            return {user: with_quiet(Presence(), told.get(user) or {}) for user in users}

    async def _person(self, user: str) -> Json | None:
        try:
            return dict((await self.slack.users_info(user=user))["user"])
        except SlackApiError as error:
            if reason(error) != "user_not_found":
                raise
            return None

    async def _pauses(self, users: Sequence[str]) -> Mapping[str, Any]:
        if self._lacking:
            return {}
        try:
            answer = await self.slack.dnd_teamInfo(users=",".join(users))
        except SlackApiError as error:
            if reason(error) != "missing_scope":
                raise
            self._lacking.add("dnd:read")
            log.warning("The Slack app lacks the scope dnd:read: reminders come while notifications are paused.")
            return {}
        return dict(answer.get("users") or {})


@asynccontextmanager
async def _answered() -> AsyncIterator[None]:
    try:
        yield
    except (*NOT_TAKEN, KeyError, TypeError, ValueError) as error:
        raise NotReached(f"Slack did not say who is there: {reason(error)}.") from error
