"""What the typeaheads offer while somebody types."""

from app.core.model import Task
from app.slack import ids
from app.slack.blocks import Block, option, option_group
from app.slack.call import Call
from app.slack.modals.work_fields import task_option

MOST_OPTIONS = 100


async def tasks(call: Call) -> Block:
    """Recent tasks first. Only what is shown is cut to Slack's hundred; what is searched is everything."""
    caller = await call.caller()
    found = await call.services.worklist.suggestions(caller, call.value)
    if call.value.strip():
        return _plain(found)
    recent = {task.id for task in await call.services.store.recent_tasks(caller.account)}
    if not recent:
        return _plain(found)
    groups = {"Recent": [task for task in found if task.id in recent]}
    groups["More"] = [task for task in found if task.id not in recent][: MOST_OPTIONS - len(groups["Recent"])]
    return {"option_groups": [_group(label, members) for label, members in groups.items() if members]}


async def tags(call: Call) -> Block:
    """The tags in use, and what was typed as a new one."""
    caller = await call.caller()
    typed = call.value.strip().lstrip("#")
    known = await caller.provider.tags()
    offered = [option(f"#{tag}", tag) for tag in known if typed.casefold() in tag.casefold()]
    new = [option(f"New tag: #{typed}", typed)] if typed and typed not in known else []
    return {"options": [*offered[: MOST_OPTIONS - len(new)], *new]}


def _plain(found: list[Task]) -> Block:
    return {"options": [task_option(task) for task in found[:MOST_OPTIONS]]}


def _group(label: str, members: list[Task]) -> Block:
    return option_group(label, [task_option(task) for task in members])


OPTIONS = {ids.TASK: tasks, ids.TAGS: tags}
