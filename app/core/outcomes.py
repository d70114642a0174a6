"""What the end of one sending means: whether it is done, may be sent again, must be looked up first, or needs a person."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.errors import (
    KeySpent,
    NoAnswer,
    NotConnected,
    NotReached,
    PutBack,
    SignInExpired,
    TimerError,
    TooManyRequests,
)
from app.core.operations import Create, Halt, Intent, Result, Start, State, Stop, TakeBack

# A start later than it was meant makes no sense, and of a change the form still holds the words.
CAN_WAIT = (Create, Stop, Halt)

GIVEN_UP_AFTER = timedelta(days=7)
TOLD_IN_VAIN = 28  # with the waits in between that is a day
_SECONDS = (1, 5, 30, 120, 600)
_HOURLY = timedelta(hours=1)
_LONGEST_LIMIT = timedelta(hours=1)

WILL_LOOK = "I'll look whether it arrived and tell you, so don't send it again."
_PUT_BACK = "A backup of mine was put back, and whoever runs this app has to say when I may send again"
NOT_WHILE_PUT_BACK = f"{_PUT_BACK}. Nothing was changed: do it once more then."
STOPPED = f"I was stopped while I was sending that. {WILL_LOOK}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`due_at`: when it is worth trying again, aware UTC, None for never by itself. `may_have_happened`: nobody knows.

    `is_key_spent`: the provider takes no more of this attempt's name.
    """

    state: State
    reason: str = ""
    result: Result | None = None
    due_at: datetime | None = None
    may_have_happened: bool = False
    is_key_spent: bool = False
    error: BaseException | None = field(default=None, compare=False)


def done(result: Result | None) -> Outcome:
    return Outcome(State.DONE, result=result)


def after(
    error: BaseException,
    intent: Intent | TakeBack,
    *,
    label: str,
    tries: int,
    now: datetime,
    quarantine: timedelta,
    is_again: bool = False,
    is_in_doubt: bool = False,
) -> Outcome:
    """What it means that sending `intent` for the `tries`-th time ended in `error`. `label` is the provider's name.

    What is sent `is_again` can wait, whatever it is, for nobody waits for it any more. What `is_in_doubt` from an earlier
    try stays so.
    """
    if isinstance(error, NoAnswer):
        sentence = f"{error.sentence} {_will_look(intent)}"
        is_spent = isinstance(error, KeySpent)
        due = now + quarantine
        return Outcome(State.UNSURE, sentence, due_at=due, may_have_happened=True, is_key_spent=is_spent, error=error)
    if isinstance(error, TimerError):
        can_wait = is_again or isinstance(intent, CAN_WAIT)
        outcome = _not_executed(error, label=label, tries=tries, now=now, can_wait=can_wait)
        return replace(outcome, may_have_happened=is_in_doubt)
    sentence = STOPPED if not isinstance(error, Exception) else f"Something went wrong here. {WILL_LOOK}"
    return Outcome(State.UNSURE, sentence, due_at=now + quarantine, may_have_happened=True, error=error)


def _will_look(intent: Intent | TakeBack) -> str:
    return (
        f"{WILL_LOOK} If it didn't, the timer runs here from this moment." if isinstance(intent, Start) else WILL_LOOK
    )


def _not_executed(error: TimerError, *, label: str, tries: int, now: datetime, can_wait: bool) -> Outcome:
    if not can_wait:
        return Outcome(State.REFUSED, error.sentence, error=error)
    if isinstance(error, NotReached):
        due = _when_taken(error, tries, now) if isinstance(error, TooManyRequests) else now + back_off(tries)
        return Outcome(State.QUEUED, saved_although(error, label), due_at=due, error=error)
    if isinstance(error, SignInExpired | NotConnected):
        sentence = f"Saved, and waiting for your sign-in. {error.sentence} Then I'll send it and tell you."
        return Outcome(State.WAITING, sentence, error=error)
    return Outcome(State.REFUSED, error.sentence, error=error)


def saved_although(error: NotReached, label: str) -> str:
    """What is said of something that can wait, and of why it has to. `label` is the provider's name."""
    if isinstance(error, TooManyRequests):
        return f"Saved. {label} takes no more requests just now; I'll send it as soon as it does and tell you."
    if isinstance(error, PutBack):
        return f"Saved. {_PUT_BACK}; then I'll send it and tell you."
    return isnt_answering(label)


def isnt_answering(label: str) -> str:
    return f"Saved. {label} isn't answering; I'll send it and tell you."


def back_off(tries: int) -> timedelta:
    """How long after the `tries`-th try, counted from one, the next one is worth it."""
    return timedelta(seconds=_SECONDS[tries - 1]) if 1 <= tries <= len(_SECONDS) else _HOURLY


def _when_taken(error: TooManyRequests, tries: int, now: datetime) -> datetime:
    """When the provider said, if that can be believed."""
    told = error.until
    return told if told and now < told <= now + _LONGEST_LIMIT else now + back_off(tries)
