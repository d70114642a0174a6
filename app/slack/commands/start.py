"""Begin to work on something, now or a little earlier."""

from app.core.permissions import Deed
from app.core.words import Slot, Word
from app.slack import messages
from app.slack.call import Answer, Call, Command, in_turn


async def start(call: Call) -> Answer:
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, call.phrase.assignee, Deed.START)
    work = await call.services.worklist.work(caller, call.phrase)
    started = await call.services.tracker.start(caller, work, at=call.phrase.start, whose=whose)
    return messages.timer_started(call, caller, started)


COMMAND = Command(
    Word("start", Slot.MOMENT | Slot.DAY | Slot.WHAT | Slot.TAGS | Slot.BILLABLE | Slot.ASSIGNEE, ("switch", "begin")),
    usage="start [at 9:30 | 10m ago] [task or text] [#tag …] [billable] [for @person]",
    summary="Start a timer. What runs is stopped in the same instant.",
    examples=("start DEV-12 #backend", "start 10m ago fix login", "start Website: hero section billable"),
    run=in_turn(start),
    asks_twice=True,
)
