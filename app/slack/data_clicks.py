"""The buttons about what is kept of a person: show it page by page, and delete it after asking."""

from app.core.operations import Operation
from app.slack import ids, messages
from app.slack.call import Answer, Call

_MOST_ROWS = 60


async def show(call: Call) -> Answer:
    """`value` is the operation at which the last page ended, "-" for the first page."""
    before = "" if call.value == "-" else call.value
    belongings = call.services.store.belongings
    found = await belongings.operations(call.person.team, call.person.user, before=before, limit=_MOST_ROWS)
    return messages.data_shown(call, found, is_all=len(found) < _MOST_ROWS, is_first=not before)


async def ask_to_forget(call: Call) -> Answer:
    await call.services.connecting.refuse_losing_a_timer(call.person)
    waiting = await _waiting(call)
    return messages.forgetting_asked(call, waiting, _name_of(waiting))


async def forget(call: Call) -> Answer:
    """Asked about something else than what waits by now, they are asked once more."""
    await call.services.connecting.refuse_losing_a_timer(call.person)
    waiting = await _waiting(call)
    if call.value != _name_of(waiting):
        return messages.forgetting_asked(call, waiting, _name_of(waiting))
    who = (call.person.team, call.person.user)
    await call.services.store.belongings.forget(*who, lets_go=[operation.id for operation in waiting])
    return messages.everything_forgotten(call)


async def _waiting(call: Call) -> list[Operation]:
    return await call.services.store.belongings.waiting(call.person.team, call.person.user)


def _name_of(waiting: list[Operation]) -> str:
    return ids.operation_id("forget", *(operation.id for operation in waiting))


DATA_CLICKS = {ids.SHOW_DATA: show, ids.ASK_TO_FORGET: ask_to_forget, ids.FORGET: forget}
