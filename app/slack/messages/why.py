"""Why somebody was asked about a day or why not: the rule that decided, and who can change it."""

from datetime import date, datetime

from app.core.dates import format_day
from app.core.reminder import Decision, Reminder, Rule, Stage
from app.slack import ids
from app.slack.blocks import actions, button, escape, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing

# What holds, in words; {about} is the rule's own detail.
_HOLDS: dict[Rule, str] = {
    Rule.MISSING: "{about} were missing",
    Rule.FORGOTTEN: "a timer ran past its time",
    Rule.COMPLETE: "the hours of the day were there ({about})",
    Rule.OFF: "you don't want to be asked at all",
    Rule.SNOOZED: "you don't want to be asked before {about}",
    Rule.NO_WORKING_DAY: "{about} isn't one of your working days",
    Rule.HOLIDAY: "it is {about} in the holiday calendar",
    Rule.LEAVE: "you are on leave ({about})",
    Rule.AWAY: "Slack shows you as {about}",
    Rule.QUIET: "your notifications in Slack are paused",
    Rule.NOT_CONNECTED: "you aren't connected, so there is nothing to look at",
    Rule.GONE: "Slack says that you have left the workspace",
    Rule.UNREAD: "the day could not be read. {about}",
    Rule.BUDGET: "the requests that the system grants were used up",
    Rule.LATE: "this app didn't run at that hour, and more than two hours later is too late to ask",
    Rule.SAID_RIGHT: "you said that the day is right as it is",
    Rule.NOT_TODAY: "you said not today",
    Rule.PUT_OFF: "you want to be asked later",
    Rule.STOPPED: "the timer doesn't run any more",
    Rule.UNTOLD: "Slack didn't take the message, or didn't say whether it did",
}
_EXPECTED: dict[Rule, str] = {
    Rule.MISSING: "{about} would still be missing",
    Rule.COMPLETE: "the hours of the day are there ({about})",
}
# What became of a day after it was asked about.
_SINCE: dict[Rule, str] = {
    Rule.COMPLETE: "; since then the day is complete ({about})",
    Rule.PUT_OFF: "; you said later, but the day is over by then",
}
# The same, said of an hour that is over.
_HELD: dict[Rule, str] = {
    Rule.LEAVE: "you were on leave ({about})",
    Rule.AWAY: "Slack showed you as {about}",
    Rule.QUIET: "your notifications in Slack were paused",
    Rule.NOT_CONNECTED: "you weren't connected, so there was nothing to look at",
    Rule.GONE: "Slack said that you had left the workspace",
}
_TOO_LATE_TO_CHANGE = (Rule.AWAY, Rule.QUIET)
# Who can change it; {command} is the slash command.
_CHANGED: dict[Rule, str] = {
    Rule.MISSING: "Your hour, days and target: `{command} remind`.",
    Rule.COMPLETE: "Your target: `{command} remind target 8h`.",
    Rule.OFF: "To be asked again: `{command} remind on`.",
    Rule.SNOOZED: "To be asked before: `{command} remind snooze none`.",
    Rule.NO_WORKING_DAY: "Your working days: `{command} remind mon-fri`.",
    Rule.HOLIDAY: "The calendar is kept by whoever runs this app.",
    Rule.LEAVE: "Your leave: `{command} remind`, or `{command} remind leave none`.",
    Rule.AWAY: "Clear your status in Slack to be asked.",
    Rule.QUIET: "Resume notifications in Slack to be asked.",
    Rule.NOT_CONNECTED: "To connect: `{command} connect`.",
    Rule.GONE: "An admin of the Slack workspace can change that.",
    Rule.UNREAD: "What could not be read is never asked about. See it yourself: `{command} today`.",
    Rule.BUDGET: "A plan with more requests, or tokens of people's own, would help; that is up to whoever runs this app.",
    Rule.LATE: "Whoever runs this app knows more.",
    Rule.SAID_RIGHT: "You can still log more: `{command} log`.",
    Rule.NOT_TODAY: "You can still log more: `{command} log`.",
    Rule.UNTOLD: "Whoever runs this app finds more in its log.",
}


def why_settled(call: Call, reminder: Reminder, rule: Rule) -> Reply:
    """What was done, and by which rule."""
    is_over = rule in _TOO_LATE_TO_CHANGE and call.now >= reminder.due_at
    return _told(call, _settled(call, reminder, rule), rule, is_over=is_over)


def why_expected(call: Call, decision: Decision, hour: datetime, *, is_running: bool = False) -> Reply:
    """What would be done, as far as it is known by now."""
    counted = ", counting the running timer until then" if is_running else ""
    return _told(call, _expected(call, decision, hour, counted), decision.rule)


def why_unread(call: Call, hour: datetime, sentence: str) -> Reply:
    said = f":hourglass:  {_look(call, hour)} I can't tell now what I would do: {escape(sentence)}"
    return _told(call, said, Rule.UNREAD)


def why_not_planned(call: Call, day: date) -> Reply:
    if day == call.today:
        about = "today: its hour was over when you connected or changed it, or this app didn't run"
    else:
        about = f"{format_day(day, call.today)}, or it is too long ago"
    return _told(call, f":no_bell:  No message was planned about {about}.", Rule.MISSING)


def _expected(call: Call, decision: Decision, hour: datetime, counted: str) -> str:
    holds = _EXPECTED.get(decision.rule, _HOLDS[decision.rule]).format(about=escape(decision.about))
    if decision.until:
        until = _clock(call, decision.until)
        moved = f" instead of {_clock(call, hour)}" if decision.until != hour else ""
        return f":hourglass:  I'll look at {until}{moved}: {holds} until then."
    if decision.asks:
        return f":bell:  {_look(call, hour)} As it stands I would ask: {holds}{counted}."
    if decision.rule is Rule.COMPLETE:
        return f":no_bell:  {_look(call, hour)} As it stands I'd keep silent: {holds}{counted}."
    return f":no_bell:  I won't ask about today: {holds}."


def _settled(call: Call, reminder: Reminder, rule: Rule) -> str:
    at, holds = _at(call, reminder.due_at, reminder.day), _holds(rule, reminder.about)
    if rule in (Rule.SAID_RIGHT, Rule.NOT_TODAY):
        return f":white_check_mark:  I don't ask about {_day(call, reminder.day)} any more: {holds}."
    if reminder.stage is Stage.SENT and rule in _SINCE:
        return f":bell:  I asked you {_asked(call, reminder)}{_SINCE[rule].format(about=escape(reminder.about))}."
    if reminder.stage is Stage.SENT:
        return f":bell:  I asked you {at}: {holds}."
    if call.now < reminder.due_at:
        return f":no_bell:  I won't ask {at}: {holds}."
    held = _HELD.get(rule, _HOLDS[rule]).format(about=escape(reminder.about)).strip().rstrip(".")
    return f":no_bell:  I kept silent {at}: {held}."


def _asked(call: Call, reminder: Reminder) -> str:
    """Where they were to be asked again, at what hour they first were is not known any more."""
    if reminder.due_at == reminder.settled_at:
        return f"about {_day(call, reminder.day)}"
    return _at(call, reminder.due_at, reminder.day)


def _told(call: Call, said: str, rule: Rule, *, is_over: bool = False) -> Reply:
    """`is_over`: nothing that they could change now changes what was decided."""
    change = "" if is_over else _CHANGED.get(rule, "").format(command=call.services.command)
    button_ = button("Change", ids.action_id(ids.FORM), "remind")
    plain = said.partition("  ")[2]
    return Reply(
        f"{plain} {change.replace('`', '')}".strip(), (section(said), *phrasing.notes(change), actions(button_))
    )


def _holds(rule: Rule, about: str) -> str:
    return _HOLDS[rule].format(about=escape(about)).strip().rstrip(".")


def _look(call: Call, hour: datetime) -> str:
    return f"I'll look at {_clock(call, hour)}." if call.now < hour else "I'm about to look."


def _at(call: Call, moment: datetime, day: date) -> str:
    clock = _clock(call, moment)
    return f"at {clock}" if day == call.today else f"on {format_day(day, call.today)} at {clock}"


def _day(call: Call, day: date) -> str:
    return "today" if day == call.today else format_day(day, call.today)


def _clock(call: Call, moment: datetime) -> str:
    return f"{moment.astimezone(call.zone):%H:%M}"
