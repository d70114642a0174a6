"""Beside why somebody was asked about a day: whether they are, or were, asked about a timer."""

from dataclasses import replace

from app.core.reminder import Reminder, Rule, Stage
from app.slack.blocks import context
from app.slack.call import Call, Reply
from app.slack.messages import phrasing

_SILENT = {
    Rule.STOPPED: "it had been stopped by then",
    Rule.NOT_CONNECTED: "you weren't connected",
    Rule.GONE: "Slack said that you had left the workspace",
    Rule.UNTOLD: "Slack didn't take the message, or didn't say whether it did",
}


def why_with_timer(call: Call, day: Reply, reminder: Reminder) -> Reply:
    """`reminder` is the one about a timer."""
    said = f"{_said(call, reminder)} Your usual end: `{call.services.command} remind ends 18:30`."
    *blocks, buttons = day.blocks
    return replace(
        day, text=f"{day.text} {said.replace('`', '')}", blocks=(*blocks, context(f":stopwatch:  {said}"), buttons)
    )


def _said(call: Call, reminder: Reminder) -> str:
    at = phrasing.clock(call, reminder.due_at)
    if reminder.rule is Rule.PUT_OFF and not reminder.settled_at:
        return f"You said you're still working. I'll ask again at {at} about your timer, if it still runs."
    if reminder.stage is Stage.SENT and reminder.rule is Rule.STOPPED:
        return "You said when your timer ended."
    if reminder.stage is Stage.SENT:
        return f"I asked at {at} about a timer that ran past its time."
    if reminder.stage is not Stage.SILENT:
        return f"I'll ask at {at} about your timer, if it still runs."
    holds = _SILENT.get(reminder.rule or Rule.UNREAD, "what runs could not be read")
    return f"I kept silent at {at} about a timer: {holds}."
