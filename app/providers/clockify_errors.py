"""What Clockify's refusals mean, as sentences a person can act on: a pure function of the answer.

Clockify's own words are read for a few known phrases and never shown or logged: they echo what people typed.
"""

import json
import re
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    NoTimerRunning,
    PlanTooSmall,
    Refused,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.providers.http import Answer


class About(StrEnum):
    """What the request named, and so what is missing when Clockify finds nothing."""

    NEW = "new"  # creates, starts or stops: what it is about need not be there yet
    ENTRY = "entry"
    TASK = "task"
    OTHERS = "others"
    WORKSPACE = "workspace"


class RuleBroken(Refused):
    """Clockify's answer for any rule of a workspace, without saying which: a required field is empty, start ≥ end …"""


_RULE = "Clockify refused this under one of the workspace's rules. Check project, task, tags, description and times, and try again."
TIMERS_ONLY = (
    "This Clockify workspace only allows timers. Start one instead, or ask a workspace admin to allow manual time."
)
LOCKED = "This time is locked in Clockify. Ask a workspace owner or admin to unlock it or to change it for you."
_APPROVED = "This time is approved in Clockify and can't change any more. Ask a workspace owner or admin to withdraw the approval."
_BANNED = "Clockify has blocked this account. Ask Clockify's support or your workspace's owner."
_NO_WORKSPACE = (
    "Clockify has no such workspace. Ask whoever runs this app to check the workspace's id and Clockify's region."
)
_NO_ROUTE = "Clockify didn't understand that request. Ask whoever runs this app to check Clockify's address and region."
_OTHERS = "Clockify lets only workspace owners and admins on a paid plan see or log other people's time. Ask one of them to do it."
_NO_ACCESS = "Clockify doesn't let you do this. Ask a workspace owner or admin for access."
_WORKSPACE = (
    "This Clockify key may not enter that workspace. Connect Clockify again, or ask the workspace's owner for access."
)
_NO_TASK = "Clockify has no such project or task, or doesn't show it to you. Choose another one."
NO_LONGER_THERE = "Clockify has no such time entry any more. Look at your entries of that day."
_NO_TAG = "Clockify has no such tag any more. Choose another one, or leave it out."
_NOT_A_MEMBER = (
    "That person isn't in this Clockify workspace. Ask its owner or an admin to invite them, or choose somebody else."
)
_NOT_RUNNING = "No timer is running in Clockify. Look at your entries of today."
_PLAN = "Your workspace's Clockify plan doesn't include this. Ask its owner to upgrade."
_REFUSED = "Clockify refused that. Check it in Clockify, then change it and try again."

_BY_STATUS_AND_CODE: dict[tuple[int, int], tuple[type[TimerError], str]] = {
    (403, 4030): (Refused, TIMERS_ONLY),
    (403, 1003): (EntryLocked, LOCKED),
    (403, 4005): (EntryLocked, _APPROVED),
    (403, 406): (AccessDenied, _BANNED),
    (406, 406): (AccessDenied, _BANNED),
    (404, 404): (NoTimerRunning, _NOT_RUNNING),
    (400, 3001): (Refused, _NO_ROUTE),
}
_NAMED = r"(?P<what>[a-z]+(?:[ _]entry)?)\b(?: with id \S{1,40})?"
_FOREIGN = re.compile(_NAMED + r" (?:doesn't|doesn’t|does not) belong to (?:workspace|project)\b.{0,80}")
# Recorded words; what follows them is fixed as well.
_REQUIRED = re.compile(
    r"time entry couldn't be created\. (?P<what>project|task|tags?|description) is either required.*"
)
_SPURIOUS = re.compile(r"time[ _]?entry with id \S{1,40} (?:was )?not found\W{0,3}")


def refusal(answer: Answer, *, about: About, is_write: bool) -> TimerError:
    """Total over every answer but readable successes and 429; a 401 is read as "the key is good, this is not yours"."""
    if _is_unusable(answer):
        return no_answer(f"Clockify answered with an error ({answer.status}).", is_write=is_write)
    code, words = _said(answer.text)
    if answer.status == 400 and code == 501:
        return _rule(words, about, is_write=is_write)
    if code == 3000:
        return Refused(_NO_ROUTE)
    if (answer.status, code) in _BY_STATUS_AND_CODE:
        kind, sentence = _BY_STATUS_AND_CODE[answer.status, code]
        return kind(sentence)
    return _by_status(answer.status, about)


def no_answer(what: str, *, is_write: bool) -> NoAnswer:
    """`what` is a sentence about what was seen; the next step is added to it."""
    if is_write:
        return NoAnswer(f"{what} It may or may not have been saved.")
    return NoAnswer(f"{what} Try again in a minute.")


def too_many(until: datetime, now: datetime, *, is_hourly: bool) -> TooManyRequests:
    wait = in_words(max(until - now, timedelta(seconds=1)))
    if is_hourly:
        return TooManyRequests(
            f"Your Clockify plan allows 30 requests an hour for the whole workspace, and they are used up. Try again in {wait}.",
            until,
        )
    return TooManyRequests(f"Clockify takes no more requests just now. Try again in {wait}.", until)


def in_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 100:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    return f"{-(-seconds // 60)} minutes"


def _is_unusable(answer: Answer) -> bool:
    is_html = answer.text.lstrip()[:1] == "<" or "html" in answer.headers.get("content-type", "")
    return is_html or answer.status < 400 or answer.status >= 500 or answer.status == 408


def _rule(words: str, about: About, *, is_write: bool) -> TimerError:
    """400/501 is any rule at all; only what starts with one of Clockify's own phrases is told apart."""
    if _SPURIOUS.fullmatch(words):
        if is_write:  # of what it has just written Clockify says so too
            return no_answer("Clockify lost sight of the entry while it saved it.", is_write=is_write)
        return EntryNotFound(NO_LONGER_THERE)
    required = _REQUIRED.fullmatch(words)
    if required:
        return _required(required["what"])
    foreign = _FOREIGN.fullmatch(words)
    return _missing(foreign["what"], about) if foreign else RuleBroken(_RULE)


def _required(what: str) -> RuleBroken:
    field = {"project": "task", "tag": "tags"}.get(what, what)
    return RuleBroken(
        f"Clockify wants another {what} on that: it is missing or archived. Choose one and try again.", field=field
    )


def _missing(what: str, about: About) -> TimerError:
    if what in ("project", "task"):
        return TaskNotFound(_NO_TASK)
    if what in ("tag", "tags"):
        return Refused(_NO_TAG, field="tags")
    if what in ("user", "member"):
        return Refused(_NOT_A_MEMBER, field="assignee")
    if what in ("timeentry", "time entry", "time_entry", "entry") or about is About.ENTRY:
        return EntryNotFound(NO_LONGER_THERE)
    return TaskNotFound(_NO_TASK) if about is About.TASK else Refused(_REFUSED)


def _by_status(status: int, about: About) -> TimerError:
    if status == 401:
        return AccessDenied(_WORKSPACE)
    if status == 402:
        return PlanTooSmall(_PLAN)
    if status == 403:
        return AccessDenied(_OTHERS, field="assignee") if about is About.OTHERS else AccessDenied(_NO_ACCESS)
    if status == 404:
        return Refused(_NO_WORKSPACE)
    return EntryLocked(LOCKED) if status == 423 else Refused(_REFUSED)


def _said(text: str) -> tuple[int, str]:
    """Code and words; the code may be missing or text, and the words were called `description` once."""
    try:
        body = json.loads(text)
        code = int(body.get("code") or 0)
        words = body.get("message") or body.get("description")
    except (ValueError, TypeError, OverflowError, AttributeError, RecursionError):
        return 0, ""
    return code, " ".join(words[:400].split()).casefold() if isinstance(words, str) else ""
