"""What the end of one sending means, case by case."""

from datetime import timedelta

import pytest

from app.core.errors import (
    AccessDenied,
    EntryNotFound,
    KeySpent,
    NoAnswer,
    NotConnected,
    NotReached,
    PlanTooSmall,
    PutBack,
    Refused,
    SignInExpired,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.core.model import Draft, TimeEntry, Timer, Work
from app.core.operations import Amend, Cancel, Create, Delete, Halt, Intent, Start, State, Stop, Tag, Update
from app.core.outcomes import GIVEN_UP_AFTER, NOT_WHILE_PUT_BACK, Outcome, after, back_off

from .fakes import ADA, HOUR, TEN

WORK = Work(description="pairing")
TIMER = Timer("t1", WORK, TEN, ADA.user_id)
ENTRY = TimeEntry("e1", WORK, TEN - HOUR, TEN, ADA.user_id)
CREATE = Create(Draft(WORK, TEN - HOUR, TEN, ADA.user_id))
WAITS: list[Intent] = [CREATE, Stop(TIMER), Halt(TEN)]
DOES_NOT: list[Intent] = [
    Start(WORK),
    Cancel(TIMER),
    Amend(TIMER, WORK),
    Delete(ENTRY),
    Update(ENTRY, ENTRY),
    Tag(ENTRY, ("a",), ()),
]
SECOND, QUARANTINE = timedelta(seconds=1), timedelta(seconds=90)


def outcome(error: BaseException, intent: Intent = CREATE, *, tries: int = 1) -> Outcome:
    return after(error, intent, label="ClickUp", tries=tries, now=TEN, quarantine=QUARANTINE)


@pytest.mark.parametrize("intent", [*WAITS, *DOES_NOT])
def test_without_an_answer_nobody_knows_and_it_is_looked_up_after_the_quarantine(intent: Intent) -> None:
    found = outcome(NoAnswer("ClickUp didn't answer in time."), intent)
    assert (found.state, found.due_at, found.may_have_happened) == (State.UNSURE, TEN + QUARANTINE, True)
    assert found.reason.startswith(
        "ClickUp didn't answer in time. I'll look whether it arrived and tell you, so don't send it again."
    )
    assert found.reason.endswith("the timer runs here from this moment.") == isinstance(intent, Start)


def test_a_name_that_the_provider_takes_no_more_is_not_used_again() -> None:
    found = outcome(KeySpent("Hoursmith has had that before."))
    assert (found.state, found.is_key_spent) == (State.UNSURE, True)
    assert not outcome(NoAnswer("Silence.")).is_key_spent


def test_our_own_mistake_leaves_us_as_unsure() -> None:
    found = outcome(KeyError("duration"))
    assert (found.state, found.due_at, found.may_have_happened) == (State.UNSURE, TEN + QUARANTINE, True)
    assert found.reason.startswith("Something went wrong here.")
    assert "duration" not in found.reason


def test_being_stopped_leaves_us_as_unsure() -> None:
    found = outcome(KeyboardInterrupt())
    assert (found.state, found.may_have_happened) == (State.UNSURE, True)
    assert found.reason.startswith("I was stopped while I was sending that.")


@pytest.mark.parametrize("intent", WAITS)
def test_what_was_not_reached_is_sent_a_little_later(intent: Intent) -> None:
    found = outcome(NotReached("ClickUp can't be reached."), intent)
    assert (found.state, found.due_at, found.may_have_happened) == (State.QUEUED, TEN + SECOND, False)
    assert found.reason == "Saved. ClickUp isn't answering; I'll send it and tell you."


@pytest.mark.parametrize("error", [NotReached("It isn't there."), TooManyRequests("Later."), SignInExpired("Sign in.")])
@pytest.mark.parametrize("intent", DOES_NOT)
def test_what_cannot_wait_is_refused_with_its_reason(intent: Intent, error: TimerError) -> None:
    found = outcome(error, intent)
    assert (found.state, found.reason, found.due_at, found.may_have_happened) == (
        State.REFUSED,
        error.sentence,
        None,
        False,
    )
    assert found.error is error


@pytest.mark.parametrize("told", [TEN + SECOND, TEN + HOUR])
def test_a_limit_is_waited_out_until_the_provider_said(told: object) -> None:
    found = outcome(TooManyRequests("Later.", told))  # type: ignore[arg-type]
    assert (found.state, found.due_at) == (State.QUEUED, told)
    assert found.reason == (
        "Saved. ClickUp takes no more requests just now; I'll send it as soon as it does and tell you."
    )
    assert not found.is_key_spent


@pytest.mark.parametrize("told", [None, TEN, TEN - HOUR, TEN + HOUR + SECOND])
def test_what_cannot_be_believed_of_a_limit_is_not(told: object) -> None:
    assert outcome(TooManyRequests("Later.", told), tries=2).due_at == TEN + 5 * SECOND  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [SignInExpired("The token is gone."), NotConnected("Connect first.")])
def test_a_sign_in_that_is_gone_is_waited_for(error: TimerError) -> None:
    found = outcome(error)
    assert (found.state, found.due_at, found.may_have_happened) == (State.WAITING, None, False)
    assert found.reason == f"Saved, and waiting for your sign-in. {error.sentence} Then I'll send it and tell you."


@pytest.mark.parametrize("error", [Refused, AccessDenied, PlanTooSmall, TaskNotFound, EntryNotFound])
def test_a_no_is_a_no(error: type[TimerError]) -> None:
    found = outcome(error("The task is closed."))
    assert (found.state, found.reason, found.due_at) == (State.REFUSED, "The task is closed.", None)


def test_every_try_waits_longer_than_the_one_before_up_to_an_hour() -> None:
    waits = [back_off(tries).total_seconds() for tries in range(1, 9)]
    assert waits == [1, 5, 30, 120, 600, 3600, 3600, 3600]
    assert back_off(0) == HOUR


@pytest.mark.parametrize("intent", [*WAITS, *DOES_NOT])
def test_what_nobody_waits_for_any_more_can_wait_whatever_it_is(intent: Intent) -> None:
    error = NotReached("ClickUp can't be reached.")
    again = after(error, intent, label="ClickUp", tries=1, now=TEN, quarantine=QUARANTINE, is_again=True)
    assert (again.state, again.may_have_happened) == (State.QUEUED, False)


@pytest.mark.parametrize(
    "error", [NotReached("Away."), SignInExpired("Sign in."), Refused("No."), TooManyRequests("Later.")]
)
def test_what_is_in_doubt_from_an_earlier_try_stays_so(error: TimerError) -> None:
    again = after(
        error, CREATE, label="ClickUp", tries=2, now=TEN, quarantine=QUARANTINE, is_again=True, is_in_doubt=True
    )
    assert again.may_have_happened


def test_while_a_backup_is_put_back_what_can_wait_is_saved() -> None:
    found = outcome(PutBack("A backup was put back."), tries=2)
    assert (found.state, found.due_at, found.may_have_happened) == (State.QUEUED, TEN + 5 * SECOND, False)
    assert found.reason == (
        "Saved. A backup of mine was put back, and whoever runs this app has to say when I may send again; then I'll send "
        "it and tell you."
    )


@pytest.mark.parametrize("intent", DOES_NOT)
def test_while_a_backup_is_put_back_nothing_is_changed_that_cannot_wait(intent: Intent) -> None:
    found = outcome(PutBack(NOT_WHILE_PUT_BACK), intent)
    assert (found.state, found.reason) == (
        State.REFUSED,
        "A backup of mine was put back, and whoever runs this app has to say when I may send again. Nothing was changed: do "
        "it once more then.",
    )


def test_a_start_without_an_answer_says_what_becomes_of_it() -> None:
    found = outcome(NoAnswer("Silence."), Start(WORK))
    assert found.reason == (
        "Silence. I'll look whether it arrived and tell you, so don't send it again. If it didn't, the timer runs here from "
        "this moment."
    )


def test_an_end_is_compared_by_what_it_means_and_not_by_what_raised_it() -> None:
    assert outcome(Refused("No.")) == outcome(Refused("No."))
    assert outcome(Refused("No.")) == Outcome(State.REFUSED, "No.")


def test_a_week_is_what_something_that_was_never_sent_is_tried_for() -> None:
    assert timedelta(days=7) == GIVEN_UP_AFTER
