"""The form for a timer that can't be saved yet: asks for what the workspace wants of every entry, then stops it."""

from datetime import datetime

from app.core.accounts import Caller
from app.core.errors import Incomplete, NoTimerRunning
from app.core.model import Account
from app.slack import ids, messages
from app.slack.blocks import Block, modal
from app.slack.call import Call, Form
from app.slack.modals import work_fields


def form(call: Call, caller: Caller, whose: Account, error: Incomplete) -> Form:
    """The end is that of the moment when the person stopped, however long the form stays open."""
    asked = [messages.stop_put_off(call, error), *_fields(caller, error)]
    metadata = ids.metadata(form=call.operation_id, timer=error.timer.id, end=error.end.isoformat(), whose=whose.user)
    return Form(modal("Before it stops", ids.FINISH_FORM, asked, submit="Save and stop", metadata=metadata))


def end_of(call: Call) -> datetime:
    """When the timer was to stop, as the form has it. Raises `NoTimerRunning` for one that says nothing readable."""
    try:
        end = datetime.fromisoformat(call.metadata.get("end", ""))
    except ValueError:
        raise NoTimerRunning("That form is too old. Stop the timer again.") from None
    return end if end.tzinfo else call.now


def _fields(caller: Caller, error: Incomplete) -> list[Block]:
    offered, work = caller.provider.capabilities, error.timer.work
    wanted = {
        ids.TASK: offered.task_required or offered.project_required,
        ids.TAGS: offered.tags_required,
        ids.DESCRIPTION: offered.description_required,
    }
    shown = [name for name, is_required in wanted.items() if is_required or error.field == name]
    return [work_fields.FIELDS[name](offered, work, is_required=True) for name in shown]
