"""Clockify's own timers: started, looked at, completed, stopped and dropped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import AccessDenied, EntryLocked, NoAnswer, NoTimerRunning, NotReached, Refused, TaskNotFound
from app.core.model import Work
from app.providers.clockify import Clockify
from app.providers.http import Http
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BACKEND,
    BO,
    DESIGN,
    ELEVEN,
    ENTRY,
    FOREIGN,
    LOGGED,
    NOON,
    NOTHING_RUNS,
    OTHER_ENTRY,
    RULE,
    RUNNING,
    SPURIOUS,
    TEN,
    WEBSITE,
    WORK,
    hydrated,
    iso,
    plain,
    refused,
    running,
    settings,
    started,
    times,
)
from providers.clockify_server import BOS, ENTRIES, HERE, LAST, MINE, ONE, connected, member, say_yes
from providers.conftest import Watch

BARE = replace(RUNNING, work=Work())
BARE_WIRE = running(project=None, projectId=None, task=None, tags=[], description="")


@pytest.fixture
def server(clockify_server: Server, watch: Watch) -> Server:
    """It is eleven, and Ada's timer has run since ten."""
    watch.at = ELEVEN
    say_yes(clockify_server)
    clockify_server.answers("GET", MINE, Said([running()], headers=LAST))
    clockify_server.answers("PATCH", MINE, plain())
    return clockify_server


def nothing_runs(server: Server) -> None:
    server.answers("GET", MINE, Said([], headers=LAST))
    server.answers("PATCH", MINE, Said(NOTHING_RUNS, 404))


def lines(server: Server) -> list[str]:
    """What was sent, without the tags that a start looks up."""
    return [line for line in server.lines if not line.endswith("/tags")]


async def test_what_runs_is_an_entry_without_an_end(clockify: Clockify, server: Server) -> None:
    assert await clockify.current(ADA) == RUNNING
    assert server.requests[0].asked == {"in-progress": "true", "hydrated": "true"}


async def test_nothing_runs(clockify: Clockify, server: Server) -> None:
    nothing_runs(server)
    assert await clockify.current(ADA) is None


async def test_a_finished_entry_or_somebody_elses_is_never_taken_for_what_runs(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", MINE, Said([hydrated(), running(userId=BO)], headers=LAST))
    assert await clockify.current(ADA) is None
    server.answers("GET", BOS, Said([running(userId=BO)], headers=LAST))
    assert await clockify.current(BO) == replace(RUNNING, assignee=BO)


async def test_what_runs_without_a_start_cannot_be_read(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([running(timeInterval={"end": None})], headers=LAST))
    with pytest.raises(NoAnswer, match="unreadable"):
        await clockify.current(ADA)


async def test_a_start_stops_what_runs_first_and_sends_no_end(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(started(**times(ELEVEN)), 201))
    assert await clockify.start(WORK) == replace(RUNNING, start=ELEVEN)
    assert lines(server) == [f"PATCH {MINE}", f"POST {ENTRIES}"]
    assert server.sent("PATCH", MINE)[0].body == {"end": iso(ELEVEN)}
    assert server.sent("POST", ENTRIES)[0].body == {
        "start": iso(ELEVEN),
        "billable": False,
        "description": "pairing with Bo",
        "projectId": WEBSITE,
        "taskId": DESIGN,
        "tagIds": [BACKEND],
    }


async def test_that_nothing_ran_before_is_no_trouble(clockify: Clockify, server: Server) -> None:
    nothing_runs(server)
    server.answers("POST", ENTRIES, Said(started(), 201))
    assert await clockify.start(WORK) == RUNNING


async def test_a_start_may_lie_in_the_past_but_never_in_the_future(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(started(), 201))
    await clockify.start(Work(), at=TEN)
    await clockify.start(Work(), at=NOON)
    assert [one.body["start"] for one in server.sent("POST", ENTRIES)] == [iso(TEN), iso(ELEVEN)]
    assert [one.body["end"] for one in server.sent("PATCH", MINE)] == [iso(TEN), iso(ELEVEN)]


async def test_what_started_within_this_second_ends_at_the_next(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([running(**times(ELEVEN))], headers=LAST))
    server.answers("PATCH", MINE, Said(RULE, 400), plain())
    server.answers("POST", ENTRIES, Said(started(**times(ELEVEN)), 201))
    await clockify.start(WORK)
    assert [one.body["end"] for one in server.sent("PATCH", MINE)] == [iso(ELEVEN), iso(ELEVEN + timedelta(seconds=1))]


async def test_a_start_before_what_runs_is_refused(clockify: Clockify, server: Server) -> None:
    server.answers("PATCH", MINE, Said(RULE, 400))
    with pytest.raises(Refused, match="started after that") as caught:
        await clockify.start(WORK, at=TEN - timedelta(hours=1))
    assert caught.value.field == "start"
    assert not server.sent("POST", ENTRIES)


async def test_a_start_that_cannot_stop_what_runs_starts_nothing_and_says_what_that_lacks(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, settings(forceProjects=True))
    server.answers("GET", MINE, Said([BARE_WIRE], headers=LAST))
    server.answers("PATCH", MINE, Said(RULE, 400))
    with pytest.raises(Refused, match=r"wants a project.*can't be stopped yet") as caught:
        await clockify.start(WORK)
    assert caught.value.field == "task"
    assert not server.sent("POST", ENTRIES)


async def test_a_start_across_a_lock_starts_nothing(clockify: Clockify, server: Server) -> None:
    server.answers("PATCH", MINE, Said(refused(1003), 403))
    with pytest.raises(EntryLocked, match="the new one wasn't started"):
        await clockify.start(WORK)
    assert not server.sent("POST", ENTRIES)


async def test_when_the_stop_before_a_start_is_not_answered_one_look_decides(
    clockify: Clockify, server: Server
) -> None:
    server.answers("PATCH", MINE, Said("", 502))
    with pytest.raises(NoAnswer, match="The new timer wasn't started"):
        await clockify.start(WORK)
    assert not server.sent("POST", ENTRIES)
    server.answers("GET", MINE, Said([], headers=LAST))
    server.answers("POST", ENTRIES, Said(started(), 201))
    assert await clockify.start(WORK) == RUNNING


async def test_where_it_is_not_known_whether_anything_ran_nothing_is_said_to_have_been_stopped(
    clockify: Clockify, server: Server
) -> None:
    server.answers("PATCH", MINE, Said("", 502))
    server.answers("GET", MINE, Said([], headers=LAST))
    server.answers("POST", ENTRIES, Said(refused(1003), 403))
    with pytest.raises(
        EntryLocked, match=r"^Nothing runs now; what ran before, if anything did, was stopped and saved\. The new"
    ):
        await clockify.start(WORK)


@pytest.mark.parametrize("said", [Said(SPURIOUS, 400), Said("", 502), Said({}, 201), Said(started(), 201, delay=0.6)])
async def test_a_start_that_says_not_found_or_nothing_is_settled_by_looking_at_what_runs(
    clockify: Clockify, server: Server, watch: Watch, said: Said
) -> None:
    watch.at = TEN
    server.answers("PATCH", MINE, Said(NOTHING_RUNS, 404))
    server.answers("POST", ENTRIES, said)
    assert await clockify.start(WORK) == RUNNING
    assert len(server.sent("POST", ENTRIES)) == 1


@pytest.mark.parametrize(
    "runs", [[], [running(**times(TEN))], [running(description="something else", **times(ELEVEN))]]
)
async def test_a_start_that_is_not_found_running_may_still_have_happened(
    clockify: Clockify, server: Server, runs: list[dict[str, object]]
) -> None:
    server.answers("PATCH", MINE, Said(NOTHING_RUNS, 404))
    server.answers("GET", MINE, Said(runs, headers=LAST))
    server.answers("POST", ENTRIES, Said(SPURIOUS, 400))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clockify.start(WORK)
    assert len(server.sent("POST", ENTRIES)) == 1


@pytest.mark.parametrize("said", [Said("", 502), Said(SPURIOUS, 400)])
async def test_a_start_that_cannot_be_settled_stays_open(clockify: Clockify, server: Server, said: Said) -> None:
    server.answers("GET", MINE, Said("", 502))
    server.answers("POST", ENTRIES, said)
    with pytest.raises(NoAnswer, match=r"What ran before was stopped and saved.*may or may not"):
        await clockify.start(WORK)
    server.answers("PATCH", MINE, Said("", 502))
    with pytest.raises(NoAnswer, match="The new timer wasn't started"):
        await clockify.start(WORK)


async def test_a_stop_that_is_refused_while_nothing_runs_is_no_trouble_for_a_start(
    clockify: Clockify, server: Server
) -> None:
    nothing_runs(server)
    server.answers("PATCH", MINE, Said(RULE, 400))
    server.answers("POST", ENTRIES, Said(started(), 201))
    assert await clockify.start(WORK) == RUNNING


async def test_a_start_refused_after_the_stop_tells_both(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(refused(1003), 403))
    with pytest.raises(EntryLocked, match="What ran before was stopped"):
        await clockify.start(WORK)
    server.answers("POST", ENTRIES, Said({}, 429))
    with pytest.raises(NoAnswer, match=r"What ran before was stopped.*no more requests"):
        await clockify.start(WORK)


async def test_a_project_that_is_gone_is_named_when_nothing_ran_before(clockify: Clockify, server: Server) -> None:
    nothing_runs(server)
    server.answers("POST", ENTRIES, Said(FOREIGN, 400))
    with pytest.raises(TaskNotFound):
        await clockify.start(WORK)


async def test_a_timer_is_stopped_now(clockify: Clockify, server: Server) -> None:
    assert await clockify.stop(RUNNING) == LOGGED
    assert server.lines == [f"GET {MINE}", f"PATCH {MINE}"]
    assert server.sent("PATCH", MINE)[0].body == {"end": iso(ELEVEN)}


@pytest.mark.parametrize(
    ("at", "end"), [(TEN + timedelta(minutes=30), TEN + timedelta(minutes=30)), (NOON, ELEVEN), (None, ELEVEN)]
)
async def test_an_end_may_be_earlier_and_is_never_in_the_future(
    clockify: Clockify, server: Server, at: datetime | None, end: datetime
) -> None:
    await clockify.stop(RUNNING, at)
    assert server.sent("PATCH", MINE)[0].body == {"end": iso(end)}


async def test_a_timer_lasts_a_second_at_least(clockify: Clockify, server: Server, watch: Watch) -> None:
    watch.at = TEN + timedelta(milliseconds=300)
    await clockify.stop(RUNNING)
    assert server.sent("PATCH", MINE)[0].body == {"end": iso(TEN + timedelta(seconds=1))}


async def test_a_clock_that_is_behind_clockifys_still_ends_after_the_start(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    watch.at = TEN - timedelta(minutes=3)
    await clockify.stop(RUNNING)
    assert server.sent("PATCH", MINE)[0].body == {"end": iso(TEN + timedelta(seconds=1))}


async def test_an_end_before_the_start_is_refused_and_the_timer_runs_on(clockify: Clockify, server: Server) -> None:
    with pytest.raises(Refused, match="later end"):
        await clockify.stop(RUNNING, TEN)
    assert server.requests == []


async def test_a_timer_that_was_stopped_elsewhere_is_not_stopped_again(clockify: Clockify, server: Server) -> None:
    nothing_runs(server)
    for attempt in (clockify.stop(RUNNING), clockify.cancel(RUNNING)):
        with pytest.raises(NoTimerRunning, match="stopped elsewhere"):
            await attempt
    assert server.lines == [f"GET {MINE}"] * 2


async def test_another_timer_that_took_its_place_goes_on(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([running(id=OTHER_ENTRY)], headers=LAST))
    for attempt in (clockify.stop(RUNNING), clockify.cancel(RUNNING)):
        with pytest.raises(NoTimerRunning, match="another one"):
            await attempt
    assert server.lines == [f"GET {MINE}"] * 2


async def test_a_stop_that_lost_a_race_says_that_nothing_runs(clockify: Clockify, server: Server) -> None:
    server.answers("PATCH", MINE, Said(NOTHING_RUNS, 404))
    with pytest.raises(NoTimerRunning):
        await clockify.stop(RUNNING)


@pytest.mark.parametrize(
    ("rule", "wire", "field"),
    [
        ("forceProjects", BARE_WIRE, "task"),
        ("forceTasks", running(task=None), "task"),
        ("forceTags", running(tags=[]), "tags"),
        ("forceDescription", running(description=""), "description"),
    ],
)
async def test_a_timer_that_lacks_what_the_workspace_wants_cannot_stop_and_says_what(
    clockify: Clockify, server: Server, rule: str, wire: dict[str, object], field: str
) -> None:
    server.answers("GET", HERE, settings(**{rule: True}))
    server.answers("GET", MINE, Said([wire], headers=LAST))
    server.answers("PATCH", MINE, Said(RULE, 400))
    with pytest.raises(Refused, match="then stop it again") as caught:
        await clockify.stop(RUNNING)
    assert caught.value.field == field


async def test_a_required_field_of_the_workspaces_own_is_to_be_filled_in_in_clockify(
    clockify: Clockify, server: Server
) -> None:
    server.answers("PATCH", MINE, Said(RULE, 400))
    with pytest.raises(Refused, match="Fill it in in Clockify"):
        await clockify.stop(RUNNING)


async def test_what_is_missing_is_set_while_the_timer_runs_and_then_it_stops(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", ONE, BARE_WIRE)
    server.answers("PUT", ONE, started())
    amended = await clockify.amend(BARE, WORK)
    assert amended == RUNNING
    assert server.sent("PUT", ONE)[0].body == {
        "start": iso(TEN),
        "description": "pairing with Bo",
        "billable": False,
        "projectId": WEBSITE,
        "taskId": DESIGN,
        "tagIds": [BACKEND],
    }
    assert await clockify.stop(amended) == LOGGED


async def test_a_stopped_timer_is_not_amended(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, hydrated())
    with pytest.raises(NoTimerRunning):
        await clockify.amend(BARE, WORK)
    assert not server.sent("PUT", ONE)


@pytest.mark.parametrize("said", [Said(SPURIOUS, 400), Said("", 502), Said({}), Said({"id": ENTRY})])
async def test_a_stop_that_says_not_found_or_nothing_is_settled_by_looking(
    clockify: Clockify, server: Server, said: Said
) -> None:
    server.answers("GET", MINE, Said([running()], headers=LAST), Said([], headers=LAST))
    server.answers("PATCH", MINE, said)
    assert await clockify.stop(RUNNING) == LOGGED
    assert len(server.sent("PATCH", MINE)) == 1


async def test_a_timer_that_was_stopped_in_place_of_the_one_that_was_meant_is_named(
    clockify: Clockify, server: Server
) -> None:
    """Somebody started it between the look and the stop: Clockify stops whatever runs."""
    for said, name in (
        (plain(id=OTHER_ENTRY, description="Standup", projectId=None, taskId=None), ": “Standup”"),
        ({"id": OTHER_ENTRY}, ""),
    ):
        server.answers("PATCH", MINE, Said(said))
        with pytest.raises(NoAnswer, match=f"Clockify stopped that one{name}. Look at your entries"):
            await clockify.stop(RUNNING)


async def test_a_stop_after_which_it_still_runs_may_yet_have_happened(clockify: Clockify, server: Server) -> None:
    server.answers("PATCH", MINE, Said(SPURIOUS, 400))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clockify.stop(RUNNING)
    assert len(server.sent("PATCH", MINE)) == 1


async def test_a_stop_that_cannot_be_settled_stays_open(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([running()], headers=LAST), Said("", 502))
    server.answers("PATCH", MINE, Said("", 502))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clockify.stop(RUNNING)


async def test_not_knowing_what_runs_means_that_nothing_was_stopped(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said("", 502))
    for attempt in (clockify.stop(RUNNING), clockify.cancel(RUNNING)):
        with pytest.raises(NotReached):
            await attempt
    assert {one.method for one in server.requests} == {"GET"}


async def test_a_cancelled_timer_is_deleted_without_being_stopped(clockify: Clockify, server: Server) -> None:
    await clockify.cancel(RUNNING)
    assert server.lines == [f"GET {MINE}", f"DELETE {ONE}"]


async def test_a_workspace_wide_key_runs_no_timer_for_somebody_else(http: Http, watch: Watch, server: Server) -> None:
    for_bo = await connected(http, watch, server, member(BO, None))
    assert not for_bo.capabilities.native_timer
    theirs = replace(RUNNING, assignee=BO)
    for attempt in (for_bo.start(WORK), for_bo.stop(theirs), for_bo.cancel(theirs), for_bo.amend(theirs, WORK)):
        with pytest.raises(AccessDenied, match="Connect your Clockify account"):
            await attempt
    assert {one.method for one in server.requests} == {"GET"}


async def test_a_timers_age_comes_from_its_start(clockify: Clockify, server: Server) -> None:
    timer = await clockify.current(ADA)
    assert timer is not None
    assert timer.elapsed(datetime(2026, 3, 4, 10, 5, tzinfo=UTC)) == timedelta(minutes=5)
    assert timer.id == ENTRY
