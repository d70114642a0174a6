"""Questions, refusals, and what went wrong."""

import re
from collections.abc import Sequence
from datetime import timedelta

from app.core.errors import Reading
from app.core.model import Task
from app.slack import ids
from app.slack.blocks import Block, actions, button, context, cut, escape, section
from app.slack.call import Call, Reply

_WHOM = re.compile(r"(?:^|(?<=\bAsk ))&lt;@([UW][A-Z0-9]+)&gt;(?= )")


def question_asked(call: Call, sentence: str, readings: Sequence[Reading]) -> Reply:
    # A button carries 2,000 characters: a longer line is not offered, for it would lose its end.
    buttons = [
        button(reading.label, ids.action_id(ids.SAY, index), reading.line)
        for index, reading in enumerate(readings)
        if len(reading.line) <= 2000
    ]
    return Reply(sentence, (section(f":thinking_face:  {escape(sentence)}"), *([actions(*buttons)] if buttons else [])))


def task_choice(task: Task) -> str:
    label = f"{task.custom_id} {task.name}" if task.custom_id else task.name
    return cut(f"{label} · {task.place}" if task.place else label, 75)


def refused(sentence: str) -> Reply:
    return Reply(sentence, (section(f":warning:  {_with_mentions(sentence)}"),))


def refused_with_text(sentence: str, typed: str, operation_id: str = "") -> Reply:
    """A refusal that comes after the form has closed: nothing typed is lost."""
    kept = section(f"You wrote: {escape(typed)}")
    again = [actions(button("Open the form again", ids.action_id(ids.AGAIN), operation_id))] if operation_id else []
    return Reply(f"{sentence} You wrote: {typed}", (section(f":warning:  {_with_mentions(sentence)}"), kept, *again))


def still_waiting(label: str) -> Reply:
    """`label` is the system that is slow, empty where it is not the system."""
    slow = f"{label} is slow to answer." if label else "That takes longer than usual here."
    text = f"{slow} I'm still at it and will tell you here."
    return Reply(text, (context(f":hourglass_flowing_sand:  {text}"),))


def typed_twice(call: Call, line: str, ago: timedelta, *, is_under_way: bool) -> Reply:
    seconds = max(int(ago.total_seconds()), 0)
    was = "I'm still at it" if is_under_way else "it was done"
    ago_said = f"{seconds} s ago" if seconds else "just now"
    text = f"You typed that {ago_said}, and {was}. Do it once more?"
    return asked_once_more(text, line)


def asked_once_more(sentence: str, line: str) -> Reply:
    again = [actions(button("Do it once more", ids.action_id(ids.ONCE_MORE), line))] if len(line) <= 2000 else []
    return Reply(sentence, (section(f":thinking_face:  {escape(sentence)}"), *again), is_refusal=True)


def form_expired(name: str, value: str, about: str = "") -> Reply:
    """`name` and `value` are those of the button that asked for the form."""
    text = _joined(about, "Slack was too slow to open the form. Press the button to open it again.")
    return Reply(text, (section(text), actions(button("Open the form", ids.action_id(name), value))), is_refusal=True)


def form_offered(name: str, value: str, about: str = "") -> Reply:
    text = _joined(about, "I can open the form from a button.")
    return Reply(text, (section(text), actions(button("Open the form", ids.action_id(name), value))))


def with_trouble(view: Block, sentence: str) -> Block:
    """The same form with a sentence above it; blocks keep their names, so what was typed stays."""
    kept = ("type", "callback_id", "title", "close", "submit", "private_metadata")
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    return {key: view[key] for key in kept if view.get(key)} | {
        "blocks": [section(f":warning:  {_with_mentions(sentence)}"), *fields]
    }


def plain(sentence: str) -> str:
    """For where Slack shows no mentions: in errors at a field."""
    return re.sub(r"<@[UW][A-Z0-9]+>", "That person", sentence)


def went_wrong(reference: str) -> Reply:
    text = (
        "Something went wrong here, and it was our fault. Check today's entries, then try again. "
        f"If it stays, tell whoever runs this app: {reference}."
    )
    return Reply(text, (section(f":warning:  {text}"),))


def _joined(about: str, sentence: str) -> str:
    return escape(f"{about} {sentence}" if about else sentence)


def _with_mentions(sentence: str) -> str:
    """Escaped, but for the person whom a sentence of ours begins with or says to ask: words quoted in it mention nobody."""
    return _WHOM.sub(r"<@\1>", escape(sentence))
