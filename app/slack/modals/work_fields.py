"""The fields that say what was worked on, and what is read out of them; each only where the provider has room for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from app.core.accounts import Caller
from app.core.errors import NotReached
from app.core.model import Capabilities, Task, Work
from app.slack import ids
from app.slack.blocks import Block, field, many_typeahead, option, select, text_input, tick, typeahead
from app.slack.call import Call

BILLING = {"usual": "As the project says", "billable": "Billable", "unbillable": "Not billable"}
_SAID = {"billable": True, "unbillable": False}


class Field(Protocol):
    def __call__(self, offered: Capabilities, work: Work, *, is_required: bool = False) -> Block: ...


def task_field(offered: Capabilities, work: Work, *, is_required: bool = False) -> Block:
    is_wanted = (is_required or offered.task_required or offered.project_required) and not work.sought
    chosen = typeahead("Search by name, or paste a link", task_option(work.task) if work.task else None)
    hint = "A project will do." if offered.project_required and not offered.task_required else ""
    return field("Task", ids.TASK, chosen, is_optional=not is_wanted, hint=hint)


def description_field(offered: Capabilities, work: Work, *, is_required: bool = False) -> Block:
    is_wanted = is_required or offered.description_required
    words = text_input(work.description, is_multiline=True)
    return field("Description", ids.DESCRIPTION, words, is_optional=not is_wanted)


def tags_field(offered: Capabilities, work: Work, *, is_required: bool = False) -> Block:
    is_wanted = is_required or offered.tags_required
    tags = many_typeahead("Pick or type tags", [option(f"#{tag}", tag) for tag in work.tags])
    return field("Tags", ids.TAGS, tags, is_optional=not is_wanted)


def billing_field(offered: Capabilities, work: Work, *, is_required: bool = False) -> Block:
    """A tick where no means no; where what nobody said is the project's to decide, that is a choice of its own."""
    if not offered.billable_by_default:
        ticked = tick("Billable", "billable", is_ticked=bool(work.billable))
        return field("Billing", ids.BILLABLE, ticked, is_optional=True)
    said = {None: "usual", True: "billable", False: "unbillable"}[work.billable]
    options = [option(label, value) for value, label in BILLING.items()]
    return field("Billing", ids.BILLABLE, select(options, option(BILLING[said], said)))


FIELDS: dict[str, Field] = {
    ids.TASK: task_field,
    ids.DESCRIPTION: description_field,
    ids.TAGS: tags_field,
    ids.BILLABLE: billing_field,
}


def offered_fields(offered: Capabilities, work: Work) -> list[Block]:
    """Apart from the task, what the provider has room for."""
    has_room = {ids.DESCRIPTION: offered.description, ids.TAGS: offered.tags, ids.BILLABLE: offered.billable}
    return [FIELDS[name](offered, work) for name, is_offered in has_room.items() if is_offered]


def task_option(task: Task) -> Block:
    """Two tasks may have one name: an id that people know tells them apart, else their place does."""
    if task.custom_id:
        return option(f"{task.custom_id}  {task.name}", task.id)
    return option(task.name, task.id, task.place)


async def read(call: Call, caller: Caller, before: Work) -> Work:
    """`before` with what the form says; a field that was not shown leaves what was there. Raises `TaskNotFound`."""
    readers: dict[str, Callable[[], Work]] = {
        ids.DESCRIPTION: lambda: replace(before, description=_description(call, before)),
        ids.TAGS: lambda: replace(before, tags=_tags(call, before)),
        ids.BILLABLE: lambda: replace(before, billable=_billable(call, before)),
    }
    for name, read_one in readers.items():
        if name in call.state:
            before = read_one()
    return await _with_task(call, caller, replace(before, sought="")) if ids.TASK in call.state else before


async def _with_task(call: Call, caller: Caller, before: Work) -> Work:
    """A task that can't be looked up now is looked up later."""
    task_id = str((element(call, ids.TASK).get("selected_option") or {}).get("value", ""))
    if before.task and before.task.id == task_id:
        return before
    if not task_id:
        return replace(before, task=None)
    try:
        return replace(before, task=await call.services.worklist.task(caller, f"id:{task_id}"))
    except NotReached:
        return replace(before, task=None, sought=f"id:{task_id}")


def _description(call: Call, before: Work) -> str:
    """A field shows the beginning of what is too long for it; left alone, it stands for all of it."""
    written = text(call, ids.DESCRIPTION)
    return before.description if written == before.description[:3000].strip() else written


def _tags(call: Call, before: Work) -> tuple[str, ...]:
    whole = {tag[:150]: tag for tag in before.tags}
    chosen = [str(tag["value"]) for tag in element(call, ids.TAGS).get("selected_options") or []]
    return tuple(whole.get(tag, tag) for tag in chosen)


def _billable(call: Call, before: Work) -> bool | None:
    """A tick that nobody set says as little as a line without the word."""
    said, is_tick = billable(call), "selected_option" not in element(call, ids.BILLABLE)
    return None if is_tick and not said and before.billable is None else said


def billable(call: Call) -> bool | None:
    """None where it is left to the project."""
    chosen = element(call, ids.BILLABLE)
    if "selected_option" in chosen:
        return _SAID.get(str((chosen["selected_option"] or {}).get("value")))
    return bool(chosen.get("selected_options"))


def text(call: Call, block: str) -> str:
    return str(element(call, block).get("value") or "").strip()


def element(call: Call, block: str) -> dict[str, Any]:
    elements: dict[str, Any] = call.state.get(block) or {}
    return elements.get(block) or {}
