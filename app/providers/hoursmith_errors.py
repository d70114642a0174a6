"""What Hoursmith's refusals mean, as sentences a person can act on: a pure function of the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    KeySpent,
    NoAnswer,
    PlanTooSmall,
    Refused,
    SignInExpired,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.providers.answers import at_epoch, moment_after, quotable
from app.providers.http import Answer

REPLAYED = "idempotent-replayed"
USUAL_WAIT = timedelta(seconds=10)  # the shorter of the two windows
LONGEST_WAIT = timedelta(minutes=2)  # the longer one is a minute; a wrong clock must not lock anybody out for more


class About(StrEnum):
    """What the request named, and so what is missing when Hoursmith finds nothing."""

    ENTRY = "entry"
    NEW_ENTRY = "new entry"
    ORGANISATION = "organisation"


OWN_EXPIRED = "Hoursmith no longer accepts your token. Connect Hoursmith again; what you logged stays as it is."
SHARED_EXPIRED = "Hoursmith no longer accepts this app's own token. Ask whoever runs the app to replace it."
_PLAN = "Hoursmith's API is part of its {plan} plan, and your organisation has a smaller one. Ask its owner to upgrade."
_SCOPE = (
    "Hoursmith doesn't let this token {scope} that{said}. "
    "Ask an owner or admin of your organisation, or connect with a token whose role and “{scope}” scope allow it."
)
LOCKED = "This time entry is locked in Hoursmith, because it is on an invoice. Ask an owner or admin to take it off."
_NO_WORK = (
    "Hoursmith has no such project or task, or doesn't show it to you. Choose another one, or ask to be added to it."
)
_NO_ENTRY = "Hoursmith has no such time entry any more, or doesn't show it to you. Look at your entries of that day."
_NOT_FOUND = "Hoursmith doesn't know what this app asked for. Ask whoever runs it to check Hoursmith's address."

_FIELDS = {
    "projectId": "task",
    "taskId": "task",
    "entryDate": "date",
    "durationSeconds": "duration",
    "duration": "duration",
    "note": "description",
    "billable": "billable",
    "userId": "assignee",
}
_CODES = {
    400: "bad_request",
    401: "unauthenticated",
    402: "forbidden_plan",
    403: "forbidden_scope",
    404: "not_found",
    409: "conflict",
    422: "validation_error",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The error envelope: {"error": {"code", "message", "fields", "requiredPlan"}}."""

    code: str = ""
    message: str = ""
    plan: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def refusal(answer: Answer, *, about: About, is_write: bool, is_shared: bool, now: datetime) -> TimerError:
    """Total over every answer that is not a readable success. The status steps in where the code is missing."""
    if answer.status == 429:
        return too_many(opens_at(answer.headers, now), now)
    said = _said(answer.text)
    if answer.status >= 500 and answer.headers.get(REPLAYED, "").lower() == "true":
        return _key_spent()
    if said is None or answer.status < 400 or answer.status >= 500 or answer.status == 408:
        return no_answer(f"Hoursmith answered with an error ({answer.status}).", is_write=is_write)
    code = said.code if said.code in _CODES.values() else _CODES.get(answer.status, "")
    match code:
        case "unauthenticated":
            return SignInExpired(SHARED_EXPIRED if is_shared else OWN_EXPIRED)
        case "forbidden_plan":
            return PlanTooSmall(_PLAN.format(plan=said.plan.title() or "Studio"))
        case "forbidden_scope":
            quoted = f" (“{said.message}”)" if said.message else ""
            return AccessDenied(_SCOPE.format(scope="write" if is_write else "read", said=quoted))
        case "not_found":
            return _missing(about)
        case "conflict" if about is About.NEW_ENTRY:
            return _key_spent()
        case "conflict" if about is About.ENTRY:
            return EntryLocked(LOCKED)
        case "validation_error":
            return _invalid(said)
    return Refused(f"Hoursmith refused it: “{said.message or answer.status}”. Change that and try again.")


def no_answer(what: str, *, is_write: bool) -> NoAnswer:
    """`what` is a sentence about what was seen; the next step is added to it."""
    if is_write:
        return NoAnswer(f"{what} It may or may not have been saved.")
    return NoAnswer(f"{what} Try again in a minute.")


def _key_spent() -> KeySpent:
    """A failure that is kept and told again for a day, or the key came with another body before: what became of that?"""
    return KeySpent(no_answer("Hoursmith doesn't say what became of this.", is_write=True).sentence)


def opens_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When requests are taken again, aware UTC; never in the past and never far away, whatever the headers say."""
    moment = moment_after(headers.get("retry-after", ""), now) or at_epoch(headers.get("x-ratelimit-reset", ""))
    return min(max(moment or now + USUAL_WAIT, now + timedelta(seconds=1)), now + LONGEST_WAIT)


def too_many(until: datetime, now: datetime) -> TooManyRequests:
    seconds = max(1, round((until - now).total_seconds()))
    return TooManyRequests(f"Hoursmith takes no more requests just now. Try again in {seconds} seconds.", until)


def _missing(about: About) -> TimerError:
    if about is About.ENTRY:
        return EntryNotFound(_NO_ENTRY)
    return TaskNotFound(_NO_WORK) if about is About.NEW_ENTRY else Refused(_NOT_FOUND)


def _invalid(said: Said) -> Refused:
    reasons = "; ".join(f"{name}: {reason}" for name, reason in said.fields.items()) or said.message or "something"
    named = next((_FIELDS[name] for name in said.fields if name in _FIELDS), "")
    return Refused(f"Hoursmith can't take this: “{quotable(reasons)}”. Change that and try again.", field=named)


def _said(text: str) -> Said | None:
    """None when it is no JSON object at all, as gateways answer."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    error = body.get("error")
    if not isinstance(error, dict):
        return Said()
    fields = error.get("fields")
    return Said(
        code=str(error.get("code") or ""),
        message=quotable(str(error.get("message") or "")),
        plan=quotable(str(error.get("requiredPlan") or "")),
        fields={str(name): str(reason) for name, reason in fields.items()} if isinstance(fields, dict) else {},
    )
