"""The form for a timer that can't be saved yet: asks for what the workspace wants of every entry, then stops it."""

from datetime import datetime

from app.core.accounts import Caller
from app.core.errors import Incomplete, NoTimerRunning
from app.core.phrases import Phrase, line, pinned
from app.slack import ids, messages
from app.slack.blocks import Block, modal
from app.slack.call import Call, Form
from app.slack.modals import work_fields


async def form(call: Call, error: Incomplete) -> Form:
    """The end is that of the moment when the person stopped, however late the form is opened or sent."""
    asked = [messages.stop_put_off(call, error), *_fields(await call.caller(), error)]
    metadata = ids.metadata(form=call.operation_id, timer=error.timer.id, end=error.end.isoformat(), whose=error.whose)
    view = modal("Before it stops", ids.FINISH_FORM, asked, submit="Save and stop", metadata=metadata)
    return Form(view, said=_line(call, error), about=messages.why_put_off(call, error))


def _line(call: Call, error: Incomplete) -> str:
    """The same stop, typed: for the button that opens the form later."""
    minute = error.end.replace(second=0, microsecond=0)
    whose = "" if error.whose == call.person.user else error.whose
    said = Phrase("stop", end=minute if minute > error.timer.start else None, assignee=whose)
    return line(pinned(said, now=call.now, zone=call.zone), call.zone)


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
