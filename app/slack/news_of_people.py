"""Hears from Slack what people change about themselves, so that what is known of them is never old."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.core.ports import Store
from app.core.reminder import Presence
from app.slack.outgoing import Body
from app.slack.profiles import presence_of, with_quiet

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewsOfPeople:
    """Slack tells of everybody in the workspace; only those whom the app knows are of interest."""

    store: Store

    async def user_change(self, team: str, event: Body) -> None:
        """Event user_change: a status, another time zone, or that somebody was deactivated."""
        user = str((event.get("user") or {}).get("id") or "")
        if await self.store.person(team, user):
            known, told = await self.store.reminders.presence(team, user), presence_of(event["user"])
            await self._keep(team, user, replace(told, quiet_from=known.quiet_from, quiet_until=known.quiet_until))

    async def dnd_updated(self, team: str, event: Body) -> None:
        """Event dnd_updated_user: notifications are paused, or not any more."""
        user = str(event.get("user") or "")
        if await self.store.person(team, user):
            known = await self.store.reminders.presence(team, user)
            await self._keep(team, user, with_quiet(known, event.get("dnd_status") or {}))

    async def _keep(self, team: str, user: str, presence: Presence) -> None:
        """It tells of one thing; when all of it was last read stays as it was."""
        seen_at = await self.store.reminders.seen_at(team, user)
        await self.store.reminders.keep_presences(team, {user: presence}, seen_at or _NEVER)
