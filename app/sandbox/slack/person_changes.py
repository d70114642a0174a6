"""What people change about themselves, and what Slack tells the app of it."""

from typing import Any

from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.events import tell
from app.sandbox.slack.team import Someone
from app.sandbox.slack.user_objects import describe_dnd, describe_user

_QUIET = ("snoozed_until", "quiet_hours")


async def change(courier: Courier, name_or_id: str, **changes: Any) -> Someone:
    """Any fields of Someone. Returns once the app has heard of it; `World.change_person` tells nobody."""
    world = courier.world
    before = world.person(name_or_id)
    person = world.change_person(before.id, **changes)
    team = world.team_of(person.id)
    changed = {name for name, value in changes.items() if getattr(before, name) != value}
    if changed.difference(_QUIET):
        told = {"user": describe_user(world, team, person), "cache_ts": int(world.clock().timestamp())}
        await tell(courier, team, {"type": "user_change", **told, "event_ts": world.next_ts()})
    if changed.intersection(_QUIET):
        told = {"user": person.id, "dnd_status": describe_dnd(world, person)}
        await tell(courier, team, {"type": "dnd_updated_user", **told, "event_ts": world.next_ts()})
    return person
