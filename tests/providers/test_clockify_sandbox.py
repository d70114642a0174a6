"""The adapter's promises again, kept against the sandbox Clockify, which has state and never saw our code."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import uvicorn

from app.core.errors import (
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    NoTimerRunning,
    PlanTooSmall,
    Refused,
    TooManyRequests,
)
from app.core.model import Account, AssigneePermission, Draft, Role, Secret, TimeEntry, Timer, Window, Work
from app.providers import Connections, Site
from app.providers.clockify import Clockify
from app.providers.http import Http, Patience
from providers.test_clickup_sandbox import Day, close

sandbox = pytest.importorskip("app.sandbox.clockify", exc_type=ImportError)

TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
ELEVEN = TEN + timedelta(hours=1)
ROLES = {"Ada": Role.ADMIN, "Bo": Role.MEMBER, "Cy": Role.MEMBER, "Di": Role.OWNER}


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def workspace(day: Day) -> Any:
    workspace = sandbox.seed(day)
    workspace.entries.clear()
    return workspace


@pytest.fixture
async def people(day: Day, workspace: Any) -> AsyncIterator[dict[str, Clockify]]:
    """Ada (admin), Bo and Cy (members) and Di (owner) with their own keys, and Bo through Ada's."""
    sock = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio leaves Nagle on, at 40 ms a request
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(sandbox.create_app(workspace, day), log_level="warning", access_log=False, ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[sock])
    http = Http(Patience(read=0.5, total=1))
    site = Site(f"http://127.0.0.1:{sock.getsockname()[1]}/api/v1", Secret(sandbox.TOKENS["Ada"]), workspace.id)
    connections = Connections(http, day, {"clockify": site})

    async def connect(name: str, key: str | None) -> Clockify:
        role, secret = ROLES[name], Secret(key) if key else None
        permission = AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF
        person = Account("T1", "U1", "clockify", workspace.id, sandbox.PEOPLE[name], role, permission, secret)
        return cast(Clockify, await connections.provider(person))

    found = {name: await connect(name, sandbox.TOKENS[name]) for name in ROLES}
    found["shared, for Bo"] = await connect("Bo", None)
    yield found
    await http.aclose()
    await close(server)
    sock.close()
    assert workspace.complaints == []


@pytest.fixture
def ada(people: dict[str, Clockify]) -> Clockify:
    return people["Ada"]


@pytest.fixture
def bo(people: dict[str, Clockify]) -> Clockify:
    return people["Bo"]


async def on_design(them: Clockify, *tags: str, description: str = "pairing") -> Work:
    task = await them.find_task("website/design")
    assert task is not None
    return Work(task, description, tags)


async def logged(them: Clockify, work: Work | None = None, start: datetime = TEN) -> TimeEntry:
    draft = Draft(work or Work(description="x"), start, start + timedelta(hours=1), them.account.user_id)
    return await them.create(draft)


@pytest.mark.parametrize("who", ["Ada", "Bo", "Cy", "Di", "shared, for Bo"])
async def test_everybody_reads_back_what_they_logged_at_once(people: dict[str, Clockify], who: str) -> None:
    them = people[who]
    work = await on_design(them, "backend", "brand new")
    made = await logged(them, work, TEN + timedelta(milliseconds=417))
    assert (made.work, made.start, made.end, made.assignee) == (work, TEN, ELEVEN, them.account.user_id)
    assert await them.entry(made.id) == made
    assert await them.entries(Window(TEN, ELEVEN), made.assignee) == [made]


async def test_a_window_is_right_west_of_greenwich_too(people: dict[str, Clockify], workspace: Any) -> None:
    cy = people["Cy"]
    for hours in (-9, -1, 0, 1, 9):
        await logged(cy, start=TEN + timedelta(hours=hours))
    found = await cy.entries(Window(TEN, ELEVEN), cy.account.user_id)
    assert [entry.start for entry in found] == [TEN]


async def test_an_edit_keeps_what_it_does_not_name(ada: Clockify) -> None:
    made = await logged(ada, await on_design(ada, "backend", "review"))
    after = replace(made, end=ELEVEN + timedelta(hours=1), work=made.work.retagged(["design"], ["review"]))
    assert await ada.update(made, after) == after
    assert await ada.entry(made.id) == after
    await ada.tag(made.id, ["meeting"])
    await ada.untag(made.id, ["backend"])
    assert (await ada.entry(made.id)).work == replace(after.work, tags=("design", "meeting"))
    await ada.delete(after)
    for attempt in (ada.delete(after), ada.update(after, made)):
        with pytest.raises(EntryNotFound):
            await attempt


async def test_a_day_of_timers(ada: Clockify, workspace: Any, day: Day) -> None:
    me, work = ada.account.user_id, await on_design(ada, "backend")
    assert await ada.current(me) is None
    first = await ada.start(work)
    assert await ada.current(me) == first
    day.at += timedelta(minutes=30)
    second = await ada.start(Work(description="call"))
    assert (await ada.entry(first.id)).duration == timedelta(minutes=30)
    with pytest.raises(NoTimerRunning, match="another one"):
        await ada.stop(first)
    day.at += timedelta(minutes=30)
    entry = await ada.stop(second, day.at - timedelta(minutes=10))
    assert (entry.duration, entry.work.description) == (timedelta(minutes=20), "call")
    with pytest.raises(NoTimerRunning):
        await ada.stop(second)
    third = await ada.start(work, at=day.at - timedelta(minutes=5))
    assert third.elapsed(day.at) == timedelta(minutes=5)
    await ada.cancel(third)
    assert await ada.current(me) is None
    assert len(workspace.entries) == 2


async def test_two_starts_in_one_second_leave_one_timer(ada: Clockify, workspace: Any) -> None:
    first, second = await ada.start(Work(description="a")), await ada.start(Work(description="b"))
    assert (await ada.entry(first.id)).duration == timedelta(seconds=1)
    assert await ada.current(ada.account.user_id) == second


@pytest.mark.parametrize(
    ("rule", "field"),
    [("forceProjects", "task"), ("forceTasks", "task"), ("forceTags", "tags"), ("forceDescription", "description")],
)
async def test_a_timer_without_what_is_required_is_completed_and_then_stopped(
    bo: Clockify, workspace: Any, day: Day, rule: str, field: str
) -> None:
    timer = await bo.start(Work())
    workspace.configure(**{rule: True})
    day.at += timedelta(minutes=30)
    for attempt in (bo.stop(timer), bo.start(Work(description="next"))):
        with pytest.raises(Refused) as caught:
            await attempt
        assert caught.value.field == field
    work = await on_design(bo, "backend")
    timer = await bo.amend(timer, work)
    assert await bo.current(bo.account.user_id) == timer
    entry = await bo.stop(timer)
    assert (entry.work, entry.duration) == (work, timedelta(minutes=30))


async def test_where_only_timers_are_allowed_members_run_them_and_admins_log(
    ada: Clockify, bo: Clockify, workspace: Any, day: Day
) -> None:
    workspace.configure(timeTrackingMode="STOPWATCH_ONLY")
    with pytest.raises(Refused, match="only allows timers"):
        await logged(bo)
    assert await logged(ada)
    timer = await bo.start(Work(description="x"))
    day.at += timedelta(minutes=5)
    assert (await bo.stop(timer)).duration == timedelta(minutes=5)


async def test_a_lock_holds_for_members_only_and_an_approval_for_everybody(
    ada: Clockify, bo: Clockify, workspace: Any
) -> None:
    entry, hers = await logged(bo), await logged(ada)
    workspace.lock_everything(is_locked=True)
    assert (await bo.entry(entry.id)).is_locked
    for attempt in (logged(bo), bo.update(entry, replace(entry, start=TEN - timedelta(hours=1))), bo.delete(entry)):
        with pytest.raises(EntryLocked):
            await attempt
    await ada.update(hers, replace(hers, end=ELEVEN + timedelta(hours=1)))
    workspace.lock(hers.id)
    with pytest.raises(EntryLocked):
        await ada.delete(hers)


async def test_admins_log_for_others_where_the_plan_has_it(ada: Clockify, bo: Clockify, workspace: Any) -> None:
    draft = Draft(Work(description="x"), TEN, ELEVEN, bo.account.user_id)
    made = await ada.create(draft)
    assert await bo.entries(Window(TEN, ELEVEN), bo.account.user_id) == [made]
    workspace.has_time_for_others = False
    ada.book.memory.rules.forget()
    with pytest.raises(PlanTooSmall):
        await ada.create(draft)


async def test_a_tag_that_only_admins_may_make(ada: Clockify, bo: Clockify, workspace: Any) -> None:
    workspace.configure(onlyAdminsCreateTag=True)
    with pytest.raises(Refused, match="only admins make tags"):
        await logged(bo, Work(tags=("brand new",)))
    assert (await logged(ada, Work(tags=("brand new",)))).work.tags == ("brand new",)
    with pytest.raises(Refused, match="may be archived"):
        await logged(ada, Work(tags=("urgent",)))
    assert "urgent" not in await ada.tags()


async def test_choosing_offers_what_one_may_use(ada: Clockify, bo: Clockify, people: dict[str, Clockify]) -> None:
    assert [(one.place, one.name) for one in await ada.search("design")] == [("Hooli", "Design"), ("Website", "Design")]
    assert await ada.search("move to the cloud") == []
    assert await ada.find_task("intranet/move to the cloud") is None
    hooli = await ada.find_task("Hooli/Design")
    assert hooli is not None
    assert await people["Cy"].find_task(hooli.id) is None
    assert await people["Cy"].search("hooli") == []
    assert await bo.find_task(hooli.id) == hooli


async def test_people_and_their_roles(ada: Clockify, bo: Clockify, workspace: Any) -> None:
    assert {one.name: one.role for one in await ada.members()} == ROLES
    assert (await bo.whoami()).zone == "Europe/Berlin"
    await ada.learn()
    assert (ada.capabilities.assignees, bo.capabilities.assignees) == (True, False)


async def test_an_hour_of_thirty_requests(ada: Clockify, workspace: Any, day: Day) -> None:
    workspace.rate_limit, workspace.has_time_for_others = sandbox.FREE_LIMIT, False
    workspace.budget = 0, None
    await ada.learn()
    begun = day.at

    async def ask_on_and_on() -> None:
        for _ in range(40):
            day.at += timedelta(seconds=30)
            await ada.current(ada.account.user_id)

    with pytest.raises(TooManyRequests, match="30 requests an hour") as caught:
        await ask_on_and_on()
    until = caught.value.until
    assert until is not None
    assert begun < until <= begun + timedelta(hours=1)
    with pytest.raises(TooManyRequests):
        await logged(ada)
    day.at = begun + timedelta(hours=1)
    assert await logged(ada)


async def test_a_write_whose_answer_is_lost_is_found_again(ada: Clockify, workspace: Any) -> None:
    entries = f"/workspaces/{workspace.id}/time-entries"
    workspace.faults.add("denied", method="POST", path=entries, times=1)
    with pytest.raises(NoAnswer):
        await logged(ada)
    assert len(await ada.entries(Window(TEN, ELEVEN), ada.account.user_id)) == 1


@pytest.mark.parametrize("how", [{"kind": "denied"}, {"kind": "empty"}, {"kind": "error", "committed": True}])
async def test_a_start_and_a_stop_whose_answers_are_lost_are_settled_by_looking(
    ada: Clockify, workspace: Any, day: Day, how: dict[str, Any]
) -> None:
    workspace.faults.add(method="POST", path=f"/workspaces/{workspace.id}/time-entries", times=1, **how)
    timer = await ada.start(Work(description="x"))
    assert isinstance(timer, Timer)
    day.at += timedelta(minutes=5)
    workspace.faults.add(method="PATCH", times=1, **how)
    assert (await ada.stop(timer)).duration == timedelta(minutes=5)
    assert len(workspace.entries) == 1


async def test_angle_brackets_are_taken(ada: Clockify) -> None:
    assert (await logged(ada, Work(description="fix <b>"))).work.description == "fix ‹b›"
