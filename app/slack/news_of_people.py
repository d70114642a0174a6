"""Hears from Slack what people change about themselves, so that what is known of them is never old."""

from dataclasses import dataclass

from app.core.ports import Clock, Store
from app.core.reminder import Presence
from app.slack.outgoing import Body
from app.slack.profiles import presence_of, with_quiet


@dataclass(frozen=True, slots=True)
class NewsOfPeople:
    """Slack tells of everybody in the workspace; only of those whom the app knows anything is kept."""

    store: Store
    clock: Clock

    async def user_change(self, team: str, event: Body) -> None:
        """Event user_change: a status, another time zone, or that somebody was deactivated."""
        user = str((event.get("user") or {}).get("id") or "")
        if await self.store.person(team, user):
            told = {user: presence_of(event["user"])}
            await self.store.reminders.keep_profiles(team, told, self.clock.now())

    async def dnd_updated(self, team: str, event: Body) -> None:
        """Event dnd_updated_user: notifications are paused, or not any more."""
        user = str(event.get("user") or "")
        if await self.store.person(team, user):
            told = {user: with_quiet(Presence(), event.get("dnd_status") or {})}
            await self.store.reminders.keep_quiet(team, told, self.clock.now())
