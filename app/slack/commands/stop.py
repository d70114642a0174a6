"""Finish what runs, now or a little earlier."""

from app.core.permissions import Deed
from app.core.words import Slot, Word
from app.slack import days, messages
from app.slack.call import Answer, Call, Command, in_turn


async def stop(call: Call) -> Answer:
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, call.phrase.assignee, Deed.STOP)
    stopped = await call.services.tracker.stop(caller, at=call.phrase.end, whose=whose)
    return messages.timer_stopped(call, caller, stopped, await days.day_total(call, caller, stopped.entry))


COMMAND = Command(
    Word("stop", Slot.MOMENT | Slot.DAY | Slot.ASSIGNEE, ("end", "finish")),
    usage="stop [at 17:00 | 5m ago] [for @person]",
    summary="Stop the timer and save it.",
    examples=("stop", "stop at 17:00", "stop 5m ago"),
    run=in_turn(stop),
    asks_twice=True,
)
