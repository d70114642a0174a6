"""What somebody with their hands on the sandbox may change: the clock, and what people are up to outside this app."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.interactions import NothingThere
from app.sandbox.slack.person_changes import change
from app.sandbox.slack.team import Someone

Json = dict[str, Any]
Deed = Callable[[Courier, Someone, Json], Awaitable[Json | None]]  # raises NothingThere, KeyError or ValueError
MORNING = time(9)


async def _clock(courier: Courier, person: Someone, body: Json) -> None:
    """`local` is a date and time in the person's zone, `seconds` are added to now; without both it is real time again."""
    world = courier.world
    if world.settable is None:
        raise NothingThere("this sandbox's time comes from elsewhere")
    if "local" in body:
        world.settable.set(datetime.fromisoformat(body["local"]).replace(tzinfo=ZoneInfo(person.timezone)))
    elif "seconds" in body:
        world.settable.set(world.clock() + timedelta(seconds=body["seconds"]))
    else:
        world.settable.set_back()
    world.ring_about()


async def _status(courier: Courier, person: Someone, body: Json) -> None:
    """`emoji` as in `:palm_tree:`, "" clears; `until` is "hour", "midnight" or nothing."""
    until = _until(courier, person, body.get("until"))
    await change(
        courier,
        person.id,
        status_emoji=body["emoji"],
        status_text=body.get("text", ""),
        status_expiration=int(until.timestamp()) if until else 0,
    )


async def _pause(courier: Courier, person: Someone, body: Json) -> None:
    """`until` is "hour" or "morning"; nothing lets notifications through again."""
    await change(courier, person.id, snoozed_until=_until(courier, person, body.get("until")))


async def _travel(courier: Courier, person: Someone, body: Json) -> None:
    await change(courier, person.id, timezone=ZoneInfo(body["timezone"]).key)


async def _account(courier: Courier, person: Someone, body: Json) -> None:
    await change(courier, person.id, is_deleted=bool(body["is_deactivated"]))


def _until(courier: Courier, person: Someone, word: str | None) -> datetime | None:
    now, zone = courier.world.clock(), ZoneInfo(person.timezone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    match word:
        case "hour":
            return now + timedelta(hours=1)
        case "midnight":
            return datetime.combine(tomorrow, time(), zone)
        case "morning":
            return datetime.combine(tomorrow, MORNING, zone)
    return None


FROM_OUTSIDE: Mapping[str, Deed] = {
    "clock": _clock,
    "status": _status,
    "pause": _pause,
    "travel": _travel,
    "account": _account,
}
