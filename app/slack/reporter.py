"""Tells people how something ended that could not end at once, where they did it or by direct message."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.core.acts import Act
from app.core.model import Person
from app.core.operations import MAKES_ROOM, Halt, Operation, State
from app.slack import messages
from app.slack.call import Call, Reply, Services
from app.slack.outgoing import Outgoing

ORIGIN_LASTS = timedelta(minutes=29)  # Slack answers half an hour long where a command was typed


@dataclass(frozen=True, slots=True)
class Reporter:
    """Keeps core's `Inbox`."""

    services: Services
    outgoing: Outgoing

    async def report(self, operation: Operation) -> bool:
        if isinstance(operation.intent, Halt) and operation.intent.makes_room and operation.state is State.DONE:
            return True  # nothing ran that had to make room
        call = await self._call(operation.team, operation.by or operation.user)
        label = self.services.accounts.connections.label(operation.provider)
        reply = messages.reported(call, operation, label)
        act = await self.services.store.act(operation.team, call.person.user, operation.act.removesuffix(MAKES_ROOM))
        return await self._tell(call, act, reply)

    async def tell_about(self, operation: Operation, sentence: str) -> bool:
        call = await self._call(operation.team, operation.by or operation.user)
        return await self.outgoing.say(call.person.user, messages.told_about(call, operation, sentence))

    async def cut_off(self, act: Act, *, is_half_done: bool = False) -> bool:
        call = await self._call(act.team, act.user)
        return await self._tell(call, act, messages.cut_off(act.said, is_line=act.is_line, is_half_done=is_half_done))

    async def _tell(self, call: Call, act: Act | None, reply: Reply) -> bool:
        is_fresh = act is not None and call.now - act.claimed_at < ORIGIN_LASTS
        origin = act.origin.reveal() if act and act.origin and is_fresh else ""
        return await self.outgoing.respond(origin, reply, replaces=False) or await self.outgoing.say(
            call.person.user, reply
        )

    async def _call(self, team: str, user: str) -> Call:
        person = await self.services.accounts.person(team, user)
        return Call(self.services, person or Person(team, user, ZoneInfo("UTC")), "")
