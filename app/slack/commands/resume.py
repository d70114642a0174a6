"""Begin again with what somebody worked on lately."""

from dataclasses import replace

from app.core.accounts import Caller
from app.core.model import Timer, Work
from app.core.recent_work import identity
from app.core.words import Slot, Word
from app.slack import messages
from app.slack.call import Answer, Call, Command, in_turn


async def resume(call: Call) -> Answer:
    caller = await call.caller()
    piece = await call.services.recent_work.piece(caller, int(call.phrase.text or 1))
    if isinstance(piece, Timer):
        return messages.already_running(call, piece)
    return await _started(call, caller, piece.work)


async def begin_again(call: Call, caller: Caller, work: Work) -> Answer:
    """Starts `work` as it is, unless that is what runs."""
    running = await call.services.tracker.current(caller)
    if running and identity(running.work) == identity(work):
        return messages.already_running(call, running)
    return await _started(call, caller, work)


async def _started(call: Call, caller: Caller, work: Work) -> Answer:
    """What the provider doesn't keep, nobody has said."""
    said = work if caller.provider.capabilities.billable else replace(work, billable=None)
    return messages.timer_started(call, caller, await call.services.tracker.start(caller, said))


COMMAND = Command(
    Word("resume", Slot.NUMBER, ("continue",)),
    usage="resume [n]",
    summary="Start again what you worked on last, or number n of that list.",
    examples=("resume", "resume 2"),
    run=in_turn(resume),
    asks_twice=True,
)
