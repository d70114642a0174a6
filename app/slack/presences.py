"""What Slack says of people: whether they are still there, where they are, and whether they want to be left alone."""

import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import NotReached
from app.core.reminder import Presence
from app.slack.profiles import Json, presence_of, with_quiet
from app.slack.slack_errors import NOT_TAKEN, reason

log = logging.getLogger(__name__)

FEW = 10  # they are asked for one by one: a list of everybody is long
PAGE = 1000
QUIET_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class SlackPresences:
    """Keeps core's `Presences`. Scopes: users:read, and dnd:read, without which nobody is known to want quiet."""

    slack: AsyncWebClient
    _lacking: set[str] = field(default_factory=set, repr=False)

    async def read(self, team: str, users: Collection[str]) -> Mapping[str, Presence]:
        """Raises `NotReached`."""
        try:
            found = {one["id"]: presence_of(one) async for one in self._profiles(users)}
            for some in _by(QUIET_AT_ONCE, sorted(found)):
                quiet = await self._quiet(some)
                found |= {user: with_quiet(found[user], quiet[user]) for user in some if user in quiet}
        except (*NOT_TAKEN, KeyError, TypeError, ValueError) as error:
            raise NotReached(f"Slack did not say who is there: {reason(error)}.") from error
        return found

    async def _profiles(self, users: Collection[str]) -> AsyncIterator[Json]:
        if len(users) > FEW:
            async for profile in self._listed(set(users)):
                yield profile
            return
        for user in users:
            if found := await self._profile(user):
                yield found

    async def _profile(self, user: str) -> Json | None:
        try:
            return dict((await self.slack.users_info(user=user))["user"])
        except SlackApiError as error:
            if reason(error) != "user_not_found":
                raise
            return None

    async def _listed(self, wanted: set[str]) -> AsyncIterator[Json]:
        """Page by page, and no further than to the last one who is wanted."""
        cursor = ""
        while wanted:
            page = await self.slack.users_list(limit=PAGE, cursor=cursor)
            for one in page["members"]:
                if one["id"] in wanted:
                    wanted.remove(one["id"])
                    yield one
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _quiet(self, users: Sequence[str]) -> Mapping[str, Json]:
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


def _by(size: int, users: Sequence[str]) -> list[Sequence[str]]:
    return [users[at : at + size] for at in range(0, len(users), size)]
