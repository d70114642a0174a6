"""What ClickUp's refusals mean, as sentences a person can act on: a pure function of the answer."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    PlanTooSmall,
    Refused,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.providers.answers import at_epoch, moment_after, quotable
from app.providers.http import Answer

LONGEST_WAIT = timedelta(
    minutes=2
)  # the window is a minute; a clock that is wrong must not lock anybody out for longer
USUAL_WAIT = timedelta(minutes=1)


class About(StrEnum):
    """What the request named, and so what is missing when ClickUp finds nothing."""

    ENTRY = "entry"
    TASK = "task"
    WORKSPACE = "workspace"


_NOT_A_MEMBER = (
    "That person isn't in this ClickUp workspace. Ask its owner or an admin to invite them, or choose somebody else."
)
_OTHERS = "ClickUp lets only workspace owners and admins see or log other people's time. Ask one of them to do it, or to change your role."
_WORKSPACE = (
    "This sign-in may not enter that ClickUp workspace. "
    "Ask its owner for access, or whoever runs this app to link you with another token."
)
_TAGS_PLAN = (
    "Time entry tags are not part of your workspace's ClickUp plan. Leave the tags out, or ask its owner to upgrade."
)
_USED_UP = "Your workspace has used up what its ClickUp plan allows. Leave out description, tags and billable, or ask for an upgrade."
_ENTERPRISE = "ClickUp offers this on its Enterprise plan only. Ask the workspace's owner about the plan."
_NO_WORKSPACE = "ClickUp has no such workspace. Ask whoever set this app up to check the workspace's number."
_NOTHING_TO_CHANGE = (
    "ClickUp found nothing to change in that. Change the time, the task or the description and try again."
)
_BAD_NUMBER = "ClickUp couldn't read one of the numbers it was sent. Check the task and the person, and try again."
LOCKED = "This time entry is locked in ClickUp, usually by an approved timesheet. Ask a workspace owner or admin to unlock it."
_NOT_YOURS = (
    "This time entry is somebody else's in ClickUp, or locked. Ask a workspace owner or admin to change or unlock it."
)
_NO_ACCESS = "ClickUp doesn't let you do this. Ask a workspace owner or admin for access."
_NO_TASK = "ClickUp has no such task, or doesn't show it to you. Check the id, or choose another task."
_NO_ENTRY = "ClickUp has no such time entry any more, or doesn't show it to you. Look at your entries of that day."
_PLAN = "Your workspace's ClickUp plan doesn't include this. Ask its owner to upgrade."

_BY_CODE: dict[str, tuple[type[Refused], str, str]] = {
    "TIMEENTRY_007": (Refused, _NOT_A_MEMBER, "assignee"),
    "CHECK_026": (Refused, _NOT_A_MEMBER, "assignee"),
    "TIMEENTRY_052": (PlanTooSmall, _TAGS_PLAN, "tags"),
    "TIMEENTRY_059": (AccessDenied, _OTHERS, "assignee"),
    "TIMEENTRY_060": (Refused, _NOTHING_TO_CHANGE, ""),
    "TIMEENTRY_062": (Refused, _BAD_NUMBER, ""),
    "TIMEENTRY_064": (PlanTooSmall, _USED_UP, ""),
    "TIMEENTRY_065": (Refused, _BAD_NUMBER, ""),
    "TIMEENTRYM_006": (AccessDenied, _WORKSPACE, ""),
    "TEAMM_002": (AccessDenied, _OTHERS, "assignee"),
    "TEAM_110": (PlanTooSmall, _ENTERPRISE, ""),
    "SHARD_031": (Refused, _NO_WORKSPACE, ""),
    "INPUT_003": (Refused, _BAD_NUMBER, ""),
}
_UNAUTHORIZED_TEAM = re.compile(r"OAUTH_0(23|26|27|29|3\d|4[0-5]|56|57|61)")
_SAYS_LOCKED = re.compile(r"\block(ed|s)?\b|\bapproved\b", re.IGNORECASE)


def refusal(answer: Answer, *, about: About, is_write: bool, now: datetime) -> TimerError:
    """Total over every answer that is not a readable success; a 401 is read as "the token is good, the object is not"."""
    if answer.status == 429:
        return _too_many(answer.headers, now)
    if _is_unusable(answer):
        kind = f"an error ({answer.status})" if answer.status >= 400 else "something that can't be read"
        return no_answer(f"ClickUp answered with {kind}.", is_write=is_write)
    code, words = _said(answer.text)
    return _by_code(code, about) or _by_words(words) or _by_status(answer.status, about, words)


def no_answer(what: str, *, is_write: bool) -> NoAnswer:
    """`what` is a sentence about what was seen; the next step is added to it."""
    if is_write:
        return NoAnswer(f"{what} It may or may not have been saved.")
    return NoAnswer(f"{what} Try again in a minute.")


def reset_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When requests are taken again, aware UTC; never in the past and never far away, whatever the headers say."""
    moment = at_epoch(headers.get("x-ratelimit-reset", "")) or moment_after(headers.get("retry-after", ""), now)
    return min(max(moment or now + USUAL_WAIT, now + timedelta(seconds=1)), now + LONGEST_WAIT)


def _too_many(headers: Mapping[str, str], now: datetime) -> TooManyRequests:
    return too_many(reset_at(headers, now), now)


def too_many(until: datetime, now: datetime) -> TooManyRequests:
    seconds = max(1, round((until - now).total_seconds()))
    return TooManyRequests(f"ClickUp takes no more requests just now. Try again in {seconds} seconds.", until)


def _is_unusable(answer: Answer) -> bool:
    is_html = answer.text.lstrip()[:1] == "<" or "html" in answer.headers.get("content-type", "")
    return is_html or answer.status < 400 or answer.status >= 500 or answer.status == 408


def _by_code(code: str, about: About) -> TimerError | None:
    is_task = about is About.TASK and (code == "INPUT_003" or _UNAUTHORIZED_TEAM.fullmatch(code))
    if is_task or code.startswith("ITEM_"):
        return TaskNotFound(_NO_TASK)
    if _UNAUTHORIZED_TEAM.fullmatch(code):
        return AccessDenied(_WORKSPACE)
    if code in ("ACCESS_083", "ACCESS_190"):
        return _missing(about)
    if code == "TIMEENTRY_059" and about is About.ENTRY:
        return AccessDenied(_NOT_YOURS)  # how a locked entry refuses was never recorded; this is what it would be
    if code not in _BY_CODE:
        return None
    kind, sentence, field = _BY_CODE[code]
    return kind(sentence, field=field)


def _by_words(words: str) -> TimerError | None:
    return EntryLocked(LOCKED) if _SAYS_LOCKED.search(words) else None


def _by_status(status: int, about: About, words: str) -> TimerError:
    if status in (401, 404):
        return _missing(about)
    if status == 402:
        return PlanTooSmall(_PLAN)
    if status == 403:
        return AccessDenied(_NO_ACCESS)
    if status == 423:
        return EntryLocked(LOCKED)
    return Refused(f"ClickUp refused it: “{words or status}”. Change that and try again.")


def _missing(about: About) -> TimerError:
    if about is About.TASK:
        return TaskNotFound(_NO_TASK)
    if about is About.ENTRY:
        return EntryNotFound(_NO_ENTRY)
    return AccessDenied(_WORKSPACE)


def _said(text: str) -> tuple[str, str]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(body, dict):
        return "", ""
    return str(body.get("ECODE") or ""), quotable(str(body.get("err") or ""))
