"""What the person's system has room for, told before anything is sent or a timer is started."""

from datetime import datetime, time

from app.core.accounts import Caller
from app.core.errors import NotOffered, NotReached
from app.core.model import Account, Work


def check_room(caller: Caller, work: Work, whose: Account, known: Work | None = None) -> None:
    """Raises `NotOffered` where something of it would be refused or lost at the provider.

    What is there already and stays as it is, `known`, need not be offered.
    """
    offered, label = caller.provider.capabilities, caller.provider.label
    if work.description and not offered.description:
        raise NotOffered(
            f"{label} has no room for words, only for time on a task. Name a task, such as DEV-12, and nothing else.",
            field="description",
        )
    if work.tags and not (offered.tags or offered.tags_in_text):
        raise no_tags(caller)
    is_said = work.billable is not None and not (known and known.billable == work.billable)
    if is_said and not offered.billable:
        raise NotOffered(f"{label} doesn't let you say what is billable. Leave that word out.", field="billable")
    if whose != caller.account and not offered.assignees:
        raise NotOffered(
            f"{label} takes time only from the person whose it is. Ask <@{whose.user}> to log it.", field="assignee"
        )


def check_times(caller: Caller, start: datetime, *, is_new: bool = True) -> None:
    """Raises `NotOffered` for what the workspace's rules keep from being written or changed."""
    offered, label = caller.provider.capabilities, caller.provider.label
    if is_new and offered.timers_only:
        raise NotOffered(
            f"Your {label} workspace takes time from timers only, so nothing can be added later. "
            "Start a timer, or ask an admin of the workspace to log it for you."
        )
    if offered.locked_before and start < offered.locked_before:
        until = offered.locked_before.astimezone(caller.person.zone)
        clock = f", {until:%H:%M}" if until.time() != time() else ""
        raise NotOffered(
            f"Your {label} workspace has locked everything before {until.day} {until:%b %Y}{clock}. "
            "Ask an admin of the workspace to open it.",
            field="day",
        )


def require_looked_up(caller: Caller, work: Work) -> None:
    """Raises `NotReached` where a task is still sought: what changes something that is there can't wait for it."""
    if work.sought:
        raise NotReached(
            f"{caller.provider.label} isn't answering, so the task couldn't be looked up. Try again in a minute."
        )


def no_tags(caller: Caller) -> NotOffered:
    label = caller.provider.label
    if caller.provider.capabilities.tags_in_text:
        return NotOffered(f"{label} has no tags. Edit the entry and write them into its description.", field="tags")
    return NotOffered(f"{label} has no tags. Leave them out.", field="tags")
