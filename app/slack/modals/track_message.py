"""The form to log time on a message: the message's words and link are its description."""

import asyncio

from app.core.accounts import Caller
from app.core.errors import ProviderError, TaskNotFound
from app.core.model import Task, Work
from app.core.offers import check_times
from app.slack import messages
from app.slack.call import Answer, Call, Form
from app.slack.mentions import names_in
from app.slack.modals import log_time
from app.slack.quoting import Quoted, fitted

_LOOK_UP_SECONDS = 4
_MOST_LOOKED_UP = 3


async def form(call: Call, message: Quoted) -> Answer:
    """May take seconds: names are Slack's to tell, and whether a task is there is the provider's."""
    caller = await call.caller()
    check_times(caller, call.now)
    names, task = await asyncio.gather(names_in(call, message.markup), _named_task(call, caller, message))
    work = Work(task, fitted(message.plain(names), message.link), billable=None)
    view = log_time.view(call, caller, work, caller.account)
    if caller.provider.capabilities.description:
        return Form(view)
    return Form(messages.with_note(view, messages.words_not_kept(caller, task)))


async def _named_task(call: Call, caller: Caller, message: Quoted) -> Task | None:
    """The one task whose id or link stands in the message; none where there are several, or it cannot be found out."""
    named = message.task_ids()
    if not 0 < len(named) <= _MOST_LOOKED_UP:
        return None
    try:
        async with asyncio.timeout(_LOOK_UP_SECONDS):
            found = await asyncio.gather(*(_task(call, caller, one) for one in named))
    except (ProviderError, TimeoutError):
        return None
    tasks = {task.id: task for task in found if task}
    return next(iter(tasks.values())) if len(tasks) == 1 else None


async def _task(call: Call, caller: Caller, named: str) -> Task | None:
    try:
        return await call.services.worklist.task(caller, named)
    except TaskNotFound:
        return None
