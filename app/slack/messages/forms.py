"""What stands in a form besides its fields."""

from app.core.accounts import Caller
from app.core.model import Task, Work
from app.slack import ids
from app.slack.blocks import Block, context, cut, escape, modal
from app.slack.call import Reply
from app.slack.messages import phrasing


def form_coming(metadata: str) -> Block:
    waiting = context(":hourglass_flowing_sand:  Getting the form ready …")
    return modal("Log time", ids.LOG_FORM, [waiting], metadata=metadata)


def told_in_form(command: str, reply: Reply, metadata: str) -> Block:
    """Without its buttons, for what they do is told in a channel and a form has none; the way to connect is told."""
    shown = [block for block in reply.blocks if block["type"] != "actions"]
    pressed = [one["action_id"] for block in reply.blocks if block["type"] == "actions" for one in block["elements"]]
    if any(ids.action_name(action_id) == ids.CONNECT for action_id in pressed):
        shown.append(context(f"Type `{command} connect` in any channel, then come back."))
    return modal("Log time", ids.LOG_FORM, shown, close="Close", metadata=metadata)


def with_note(view: Block, note: str) -> Block:
    return view | {"blocks": [context(escape(note)), *view["blocks"]]}


def looked_up_later(work: Work) -> str:
    return f"“{phrasing.sought(work)}” is looked up when it is sent, unless you choose a task here."


def words_left_out(caller: Caller, words: str) -> str:
    return f"{caller.provider.label} has no room for words, so this is left out: {cut(words, 200)}"


def words_not_kept(caller: Caller, task: Task | None) -> str:
    used = "It was only used to find the task." if task else "Choose the task yourself."
    return f"{caller.provider.label} has no room for words, so the message's text is not kept. {used}"


def not_looked_up(label: str) -> str:
    return f"{label} is slow to answer. Choose the task yourself, or try again in a minute."
