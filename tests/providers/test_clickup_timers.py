"""Timers at ClickUp, which starts, stops and shows them for the token's owner only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from app.core.errors import AccessDenied, NoAnswer, NoTimerRunning, Refused
from app.core.model import Task, Timer, Work
from app.providers import Connections
from app.providers.clickup import ClickUp
from providers.clickup_server import ENTRIES, Said, Server
from providers.conftest import account
from providers.recorded import (
    ADA,
    BO,
    ENTRY,
    HOUR,
    OTHER_ENTRY,
    START,
    USER_ANSWER,
    deleted,
    listed,
    refused,
    started,
    stopped,
)

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
FIX_LOGIN = Task("86c7mc19h", "Fix login", "DEV-12", url="https://app.clickup.com/t/86c7mc19h")
WORK = Work(FIX_LOGIN, "pairing with Bo", ("backend",))
RUNNING = Timer(ENTRY, WORK, TEN, ADA)
CURRENT, START_IT, STOP_IT = f"{ENTRIES}/current", f"{ENTRIES}/start", f"{ENTRIES}/stop"


async def test_a_timer_starts_and_its_age_comes_from_its_start(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", START_IT, {"data": started()})
    timer = await clickup.start(WORK)
    assert timer == RUNNING
    assert timer.elapsed(TEN + timedelta(minutes=5)) == timedelta(minutes=5)
    assert server.requests[0].body == {
        "billable": False,
        "description": "pairing with Bo",
        "tid": "86c7mc19h",
        "tags": [{"name": "backend"}],
    }


async def test_a_timer_needs_no_task(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", START_IT, {"data": started(task=None, tags=[], description="")})
    assert (await clickup.start(Work())).work == Work()
    assert server.requests[0].body == {"billable": False}


@pytest.mark.parametrize("data", [None, {}, []])
async def test_nothing_runs(clickup: ClickUp, server: Server, data: Any) -> None:
    server.answers("GET", CURRENT, {"data": data})
    assert await clickup.current(ADA) is None


@pytest.mark.parametrize("wrapper", [lambda one: one, lambda one: [one]], ids=["an object", "a list"])
async def test_what_runs_is_asked_without_naming_oneself(clickup: ClickUp, server: Server, wrapper: Any) -> None:
    server.answers("GET", CURRENT, {"data": wrapper(started(start=str(START)))})
    assert await clickup.current(ADA) == RUNNING
    assert server.requests[0].query == ()


async def test_somebody_elses_timer_is_asked_for_by_number(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started(user={"id": 184})})
    assert await clickup.current(BO) == replace(RUNNING, assignee=BO)
    assert server.requests[0].asked == {"assignee": BO}


async def test_a_timer_of_somebody_else_is_never_taken_for_theirs(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    assert await clickup.current(BO) is None


async def test_a_timer_is_stopped(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    entry = await clickup.stop(RUNNING)
    assert (entry.id, entry.start, entry.end) == (ENTRY, TEN, TEN + timedelta(hours=1))
    assert server.lines == [f"GET {CURRENT}", f"POST {STOP_IT}"]


async def test_a_timer_that_was_stopped_elsewhere_is_not_stopped_again(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": None})
    with pytest.raises(NoTimerRunning, match="stopped elsewhere"):
        await clickup.stop(RUNNING)
    assert server.lines == [f"GET {CURRENT}"]


async def test_another_timer_that_took_its_place_goes_on(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started(id=OTHER_ENTRY)})
    for attempt in (clickup.stop(RUNNING), clickup.cancel(RUNNING)):
        with pytest.raises(NoTimerRunning, match="another one"):
            await attempt
    assert server.lines == [f"GET {CURRENT}"] * 2


@pytest.mark.parametrize("data", [None, {}, [], {"id": ENTRY}])
async def test_an_empty_answer_to_stop_is_settled_by_reading_the_entry(
    clickup: ClickUp, server: Server, data: Any
) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": data})
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed()})
    assert (await clickup.stop(RUNNING)).id == ENTRY


async def test_a_timer_that_was_stopped_in_place_of_the_one_that_was_meant_is_named(
    clickup: ClickUp, server: Server
) -> None:
    """Somebody started it between the look and the stop: ClickUp stops whatever runs."""
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed()})
    for said in (stopped(id=OTHER_ENTRY, task={"id": "x1", "name": "Fix logout"}), {"id": OTHER_ENTRY}):
        server.answers("POST", STOP_IT, {"data": said})
        for attempt in (
            clickup.stop(RUNNING),
            clickup.stop(RUNNING, TEN + timedelta(minutes=1)),
            clickup.cancel(RUNNING),
        ):
            with pytest.raises(NoAnswer, match="Another timer had just taken its place") as caught:
                await attempt
            assert ("ClickUp stopped that one: “Fix logout”." in caught.value.sentence) is ("task" in said)
    assert not server.sent("DELETE", f"{ENTRIES}/{ENTRY}")
    assert not server.sent("PUT", f"{ENTRIES}/{ENTRY}")


async def test_an_empty_answer_that_cannot_be_settled_stays_open(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": None})
    with pytest.raises(NoAnswer, match="whether the timer was stopped"):
        await clickup.stop(RUNNING)


async def test_a_refused_stop_that_lost_a_race_says_that_nothing_runs(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()}, {"data": None})
    server.answers("POST", STOP_IT, Said(refused("TIMEENTRY_000", "No timer"), 400))
    with pytest.raises(NoTimerRunning):
        await clickup.stop(RUNNING)


async def test_an_earlier_end_is_put_after_the_stop(clickup: ClickUp, server: Server) -> None:
    at = TEN + timedelta(minutes=30)
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    assert (await clickup.stop(RUNNING, at)).end == at
    assert server.requests[-1].body == {"start": START, "end": START + HOUR // 2, "tags": [], "tag_action": "add"}


async def test_a_later_end_than_now_changes_nothing(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    assert (await clickup.stop(RUNNING, TEN + timedelta(hours=3))).end == TEN + timedelta(hours=1)


async def test_an_end_before_the_start_is_refused_and_the_timer_runs_on(clickup: ClickUp, server: Server) -> None:
    with pytest.raises(Refused, match="later end"):
        await clickup.stop(RUNNING, TEN)
    assert server.requests == []


async def test_a_stop_whose_earlier_end_is_refused_is_told_as_it_is(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", Said(refused("X_1", "Entry is locked"), 400))
    with pytest.raises(NoAnswer, match=r"The timer is stopped, but not at the time you gave\..*locked"):
        await clickup.stop(RUNNING, TEN + timedelta(minutes=30))


async def test_a_cancelled_timer_is_stopped_and_its_entry_deleted(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", deleted())
    await clickup.cancel(RUNNING)
    assert server.lines == [f"GET {CURRENT}", f"POST {STOP_IT}", f"DELETE {ENTRIES}/{ENTRY}"]


async def test_a_cancel_that_ends_half_way_is_told_as_it_is(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", CURRENT, {"data": started()})
    server.answers("POST", STOP_IT, {"data": stopped()})
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", Said({}, 429))
    with pytest.raises(NoAnswer, match="its entry is still there"):
        await clickup.cancel(RUNNING)


async def test_a_workspace_wide_token_runs_no_timer_for_somebody_else(connections: Connections, server: Server) -> None:
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("GET", "/team", {"teams": []})
    for_bo = cast(ClickUp, await connections.provider(account(BO, None)))
    assert not for_bo.capabilities.native_timer
    for attempt in (for_bo.start(WORK), for_bo.stop(RUNNING), for_bo.cancel(RUNNING)):
        with pytest.raises(AccessDenied, match="Connect with your own token"):
            await attempt
    assert {one.method for one in server.requests} == {"GET"}


async def test_a_timer_is_not_taken_off_its_task_and_half_a_change_is_told(clickup: ClickUp, server: Server) -> None:
    timer = Timer(ENTRY, Work(FIX_LOGIN), TEN, ADA)
    with pytest.raises(Refused, match="can't take a time entry off its task"):
        await clickup.amend(timer, Work())
    assert server.requests == []
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    server.answers("POST", f"{ENTRIES}/tags", Said("<html>", 502))
    with pytest.raises(NoAnswer, match="The rest was saved, the tags were not"):
        await clickup.amend(timer, replace(timer.work, description="pairing", tags=("backend",)))
