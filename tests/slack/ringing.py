"""Puts the message at the end of the day on somebody's screen, at whatever time it is."""

from dataclasses import replace
from datetime import date, timedelta

from app.core.reminder import Kind, Reminder
from app.slack import messages
from app.slack.call import Call
from tests.person import Seen
from tests.stage import Stage

TEAM = "T0SANDBOX"


async def rung(stage: Stage, name: str = "Ada", *, day: date | None = None, minutes_ago: int = 0) -> Seen:
    """What they read; their day was read so many minutes ago."""
    front, user = stage.app.front, stage.world.person(name).id
    person = await front.services.accounts.person(TEAM, user)
    assert person
    call = Call(front.services, person, "")
    reader, caller = await stage.person(name), await call.caller()
    await reader.reads(within=0)
    brief = await front.services.briefs.read(caller, day or call.today)
    brief = replace(brief, read_at=call.now - timedelta(minutes=minutes_ago))
    await front.outgoing.say(user, messages.day_asked(call, caller, brief))
    (said,) = await reader.reads()
    return said


async def reminder(stage: Stage, day: date, name: str = "Ada") -> Reminder | None:
    return await stage.app.store.reminders.reminder(TEAM, stage.world.person(name).id, Kind.DAY, day)
