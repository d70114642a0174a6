"""Keeps how somebody works and when they want to be asked, however they said it, and says it back."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.core.decision import due, upcoming
from app.core.errors import NotUnderstood, TimerError
from app.core.model import Person
from app.core.reminder import Kind
from app.core.rhythm import Rhythm
from app.slack import messages
from app.slack.call import UNKNOWN_ZONE, Call, Reply


async def keep(call: Call, rhythm: Rhythm) -> Reply:
    require_known(call)
    person, before = replace(call.person, rhythm=rhythm), call.person.rhythm
    await call.services.store.reminders.keep_rhythm(person.team, person.user, rhythm)
    has_account = await is_connected(call)
    return messages.rhythm_kept(call, rhythm, before, next_at=await next_at(call, person), is_connected=has_account)


async def next_at(call: Call, person: Person) -> datetime | None:
    """When they are asked next, as far as nothing else keeps it silent; about each day they are asked once."""
    todays = await call.services.store.reminders.reminder(person.team, person.user, Kind.DAY, call.today)
    is_over = (todays and todays.settled_at) or due(person.rhythm, call.today, person.zone) <= call.now
    first = call.today + timedelta(days=1 if is_over else 0)
    return upcoming(person, first, lambda day: call.services.holidays.on(day, person.zone))


async def was_over(call: Call, hour: datetime) -> bool:
    """Whether that hour was over when they last connected or changed how they work."""
    changed_at = await call.services.store.reminders.changed_at(call.person.team, call.person.user, call.now)
    return changed_at is not None and hour <= changed_at


async def is_connected(call: Call) -> bool:
    try:
        account = await call.services.store.account(call.person.team, call.person.user)
    except TimerError:
        return False
    return account is not None and not account.has_left


def require_known(call: Call) -> None:
    """Where Slack didn't tell who they are, nothing is known of how they work. Raises `NotUnderstood`."""
    if not call.is_zone_known:
        raise NotUnderstood(UNKNOWN_ZONE)
