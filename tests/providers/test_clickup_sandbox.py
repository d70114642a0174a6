"""The adapter's promises again, kept against the sandbox ClickUp, which has state and never saw our code."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import uvicorn

from app.core.errors import (
    AccessDenied,
    EntryNotFound,
    NoAnswer,
    NoTimerRunning,
    Refused,
    SignInExpired,
    TaskNotFound,
)
from app.core.model import Account, AssigneePermission, Draft, Role, Secret, Task, TimeEntry, Window, Work
from app.providers import Connections, Site
from app.providers.clickup import ClickUp
from app.providers.http import Http, Patience

sandbox = pytest.importorskip("app.sandbox.clickup", exc_type=ImportError)

TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
ADA, BO, CY = "183", "184", "185"


class Day:
    """The sandbox's clock and ours, which agree until they are moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def workspace(day: Day) -> Any:
    workspace = sandbox.seed(day)
    workspace.entries.clear()
    return workspace


@pytest.fixture
async def people(day: Day, workspace: Any) -> AsyncIterator[dict[str, ClickUp]]:
    """Ada (admin), Bo (member), Cy (guest) with their own tokens, and "oauth": Ada through OAuth."""
    sock = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio leaves Nagle on, at 40 ms a request
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(sandbox.create_app(workspace), log_level="warning", access_log=False, ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[sock])
    http = Http(Patience(read=0.5, total=1))
    shared = Secret(sandbox.TOKENS[183])
    site = Site(f"http://127.0.0.1:{sock.getsockname()[1]}/api/v2", shared, workspace.id)
    connections = Connections(http, day, {"clickup": site})

    async def connect(user_id: str, token: str | None) -> ClickUp:
        secret = Secret(token) if token else None
        account = Account("T1", "U1", "clickup", workspace.id, user_id, Role.MEMBER, AssigneePermission.ANYONE, secret)
        return cast(ClickUp, await connections.provider(account))

    found = {user_id: await connect(user_id, sandbox.TOKENS[int(user_id)]) for user_id in (ADA, BO, CY)}
    found["oauth"] = await connect(ADA, workspace.grant(183))
    found["shared, for Ada"] = await connect(ADA, None)
    found["shared, for Bo"] = await connect(BO, None)
    yield found
    await http.aclose()
    await close(server)
    sock.close()
    assert workspace.complaints == []


async def close(server: uvicorn.Server) -> None:
    """`Server.shutdown` without its tenth of a second, which every test would pay."""
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    await server.lifespan.shutdown()
    await asyncio.sleep(0.002)


@pytest.fixture
def ada(people: dict[str, ClickUp]) -> ClickUp:
    return people[ADA]


async def fix_login(clickup: ClickUp) -> Task:
    found = await clickup.find_task("DEV-12")
    assert found is not None
    return found


def draft(work: Work | None = None, start: datetime = TEN, hours: float = 1, assignee: str = ADA) -> Draft:
    return Draft(work or Work(), start, start + timedelta(hours=hours), assignee)


@pytest.mark.parametrize("who", [ADA, BO, CY, "oauth", "shared, for Ada", "shared, for Bo"])
async def test_everybody_reads_back_what_they_logged(people: dict[str, ClickUp], who: str) -> None:
    them = people[who]
    me = them.account.user_id
    task = await them.find_task("WEB-9" if who == CY else "DEV-12")
    start = TEN + timedelta(milliseconds=417)
    made = await them.create(draft(Work(task, "pairing", ("backend",), billable=True), start, assignee=me))
    assert made.start == start
    again = await them.entry(made.id)
    listed = await them.entries(Window(start, start + timedelta(milliseconds=1)), me)
    assert [again] == listed
    for one in (made, again):
        assert one.work.task is not None
        assert (one.id, one.duration, one.assignee) == (made.id, timedelta(hours=1), me)
        assert (one.work.task.name, one.work.description, one.work.tags, one.work.billable) == (
            task.name if task else "",
            "pairing",
            ("backend",),
            True,
        )


async def test_bounds_are_half_open_as_a_window_is(ada: ClickUp) -> None:
    first, second = await ada.create(draft()), await ada.create(draft(start=TEN + timedelta(hours=1)))
    found = await ada.entries(Window(TEN, TEN + timedelta(hours=1)), ADA)
    assert [one.id for one in found] == [first.id]
    found = await ada.entries(Window(TEN + timedelta(hours=1), TEN + timedelta(hours=2)), ADA)
    assert [one.id for one in found] == [second.id]


@pytest.mark.parametrize("put_answer", ["entry", "empty"])
async def test_a_change_of_everything_is_read_back(ada: ClickUp, workspace: Any, put_answer: str) -> None:
    workspace.choices.put_answer = put_answer
    made = await ada.create(draft(Work(await fix_login(ada), "pairing", ("backend", "urgent"))))
    other = await ada.find_task("DEV-13")
    work = Work(other, "", ("urgent", "review"), billable=True)
    after = replace(made, work=work, start=TEN - timedelta(hours=1), end=TEN + timedelta(hours=3))
    changed = await ada.update(made, after)
    again = await ada.entry(made.id)
    for one in (changed, again):
        assert one.work.task is not None
        assert (one.work.task.name, one.work.description, set(one.work.tags), one.work.billable) == (
            "Fix logout",
            "",
            {"urgent", "review"},
            True,
        )
        assert (one.start, one.end) == (after.start, after.end)


@pytest.mark.parametrize("missing_entry", [404, 401])
async def test_what_was_deleted_is_gone(ada: ClickUp, workspace: Any, missing_entry: int) -> None:
    workspace.choices.missing_entry = missing_entry
    made = await ada.create(draft())
    await ada.delete(made)
    for attempt in (
        ada.entry(made.id),
        ada.delete(made),
        ada.update(made, replace(made, end=TEN + timedelta(hours=2))),
    ):
        with pytest.raises(EntryNotFound):
            await attempt


@pytest.mark.parametrize("who", [ADA, BO, "oauth", "shared, for Ada"])
async def test_a_timer_starts_runs_and_stops(people: dict[str, ClickUp], day: Day, who: str) -> None:
    them = people[who]
    me = them.account.user_id
    assert them.capabilities.native_timer
    assert await them.current(me) is None
    timer = await them.start(Work(await fix_login(them), "pairing", ("backend",)))
    assert timer.start == day.at
    day.at += timedelta(minutes=30)
    assert await them.current(me) == replace(timer, work=(await them.current(me)).work)  # type: ignore[union-attr]
    assert await them.entries(Window(TEN, day.at + timedelta(days=1)), me) == []
    entry = await them.stop(timer)
    assert (entry.id, entry.duration) == (timer.id, timedelta(minutes=30))
    assert await them.current(me) is None


@pytest.mark.parametrize("nothing", ["null", "object", "list"])
async def test_stopping_what_no_longer_runs_says_so(ada: ClickUp, workspace: Any, day: Day, nothing: str) -> None:
    workspace.choices.nothing_running = nothing
    timer = await ada.start(Work())
    day.at += timedelta(minutes=1)
    await ada.stop(timer)
    with pytest.raises(NoTimerRunning, match="stopped elsewhere"):
        await ada.stop(timer)


async def test_a_member_logs_only_for_oneself(people: dict[str, ClickUp]) -> None:
    with pytest.raises(AccessDenied):
        await people[BO].create(draft(assignee=ADA))
    with pytest.raises(AccessDenied):
        await people[BO].entries(Window(TEN, TEN + timedelta(hours=1)), ADA)


async def test_somebody_who_is_no_member_is_named_as_the_reason(ada: ClickUp) -> None:
    with pytest.raises(Refused, match="isn't in this ClickUp workspace"):
        await ada.create(draft(assignee="999"))


async def test_a_missing_task_is_none_and_nobody_is_signed_out(people: dict[str, ClickUp]) -> None:
    for them in people.values():
        assert await them.find_task("86c7zzzz9") is None
        assert await them.find_task("NOPE-1") is None
    with pytest.raises(TaskNotFound):
        await people[ADA].create(draft(Work(Task("86c7zzzz9", "Gone"))))


async def test_typing_finds_tasks(ada: ClickUp) -> None:
    found = [one.name for one in await ada.search("fix log")]
    assert sorted(found) == ["Fix login", "Fix login e-mail on staging", "Fix logout"]
    assert found[0] == "Fix login"  # as it is Ada's own
    assert (await ada.search("dev-12"))[0].id == "86c7mc19h"
    assert (await fix_login(ada)).place == "Backend"


async def test_typing_in_a_house_of_more_tasks_than_are_listed_answers_in_time(ada: ClickUp, workspace: Any) -> None:
    workspace.rate_limit = 10_000
    sandbox.add_generated_tasks(workspace, 4_000)
    async with asyncio.timeout(3):
        assert (await ada.search("generated 00007"))[0].custom_id == "GEN-7"
        assert (await ada.search("GEN-3999"))[0].name == "Generated task 03999"


async def test_one_knows_oneself_and_the_others(ada: ClickUp) -> None:
    me = await ada.whoami()
    assert (me.id, me.name, me.role, me.zone) == (ADA, "Ada", Role.ADMIN, "Europe/Berlin")
    assert [(one.name, one.role) for one in await ada.members()] == [
        ("Ada", Role.ADMIN),
        ("Bo", Role.MEMBER),
        ("Cy", Role.GUEST),
        ("Di", Role.OWNER),
    ]


async def test_a_revoked_token_is_told_apart_from_a_missing_task(ada: ClickUp, workspace: Any) -> None:
    workspace.faults.add("dead_token")
    with pytest.raises(SignInExpired):
        await ada.find_task("DEV-12")


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("error", {"status": 502, "committed": True}),
        ("error", {"status": 500, "committed": False}),
        ("reset", {"committed": True}),
        ("hang", {"committed": True}),
        ("empty", {}),
        ("garbage", {}),
    ],
)
async def test_a_write_without_an_answer_is_sent_once_and_can_be_found_again(
    ada: ClickUp, workspace: Any, kind: str, how: dict[str, Any]
) -> None:
    workspace.faults.add(kind, method="POST", times=1, **how)
    meant = draft(start=TEN + timedelta(milliseconds=417))
    with pytest.raises(NoAnswer):
        await ada.create(meant)
    workspace.faults.clear()
    found = await ada.entries(Window(meant.start, meant.start + timedelta(milliseconds=1)), ADA)
    expected = 0 if how.get("committed") is False else 1
    assert len(found) == len(workspace.entries) == expected


async def test_a_locked_entry_is_refused(ada: ClickUp, workspace: Any) -> None:
    made: TimeEntry = await ada.create(draft())
    workspace.lock(made.id)
    with pytest.raises(Refused, match="locked"):
        await ada.update(made, replace(made, end=TEN + timedelta(hours=2)))
