"""ClickUp's task time: intervals on tasks, with nothing to say and nobody else's to give."""

import inspect
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator

from app.core.errors import AccessDenied, EntryNotFound, NoAnswer, NotReached, Refused, TaskNotFound, TimerError
from app.core.model import Account, AssigneePermission, Draft, Role, Secret, Task, TimeEntry, Timer, Window, Work
from app.core.ports import Provider
from app.providers import Connections, Site
from app.providers.clickup_legacy import ClickUpLegacy
from app.providers.http import Http
from providers.clickup_server import Said, Server, running
from providers.conftest import TOKEN, Watch
from providers.contract import Contract
from providers.documents import ClickUpDocument
from providers.recorded import ADA, BO, HOUR, START, TASK_ANSWER, TEAM_ANSWER, USER_ANSWER, WORKSPACE, refused, task
from providers.test_clickup_secrets import CANARY, UNHAPPY, text_of
from tests.serving import free_socket, serving

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
FIX_LOGIN = Task("86c7mc19h", "Fix login", "DEV-12", "Website / Sprint 12", "https://app.clickup.com/t/86c7mc19h")
WORK = Work(FIX_LOGIN)
INTERVAL = "3958571726112231467"
LOGGED = TimeEntry(f"86c7mc19h/{INTERVAL}", WORK, TEN, TEN + AN_HOUR, ADA)
DRAFT = Draft(WORK, TEN, TEN + AN_HOUR, ADA)
HELD = Timer("held:1", WORK, TEN, ADA, is_held=True)
MORNING = Window(TEN, TEN + 2 * AN_HOUR)
TIME = "/task/86c7mc19h/time"
ONE = f"{TIME}/{INTERVAL}"
TASKS = f"/team/{WORKSPACE}/task"
TASK = TASK_ANSWER | {"date_updated": str(START + HOUR)}

Call = Callable[[ClickUpLegacy], Awaitable[Any]]


def interval(**changes: Any) -> dict[str, Any]:
    return {
        "id": INTERVAL,
        "start": str(START),
        "end": str(START + HOUR),
        "time": str(HOUR),
        "source": "clickup",
        "date_added": str(START + 2 * HOUR),
    } | changes


def tracked(*intervals: dict[str, Any], user: object = None) -> dict[str, Any]:
    return {"user": user or {"id": 183, "username": "Ada"}, "time": HOUR, "intervals": list(intervals)}


@pytest.fixture
async def legacy_server() -> AsyncIterator[Server]:
    """It says yes to everything until a test tells it otherwise."""
    async with running("clickup_legacy") as server:
        server.answers("GET", "/user", USER_ANSWER)
        server.answers("GET", "/team", TEAM_ANSWER)
        server.answers("GET", "/task/86c7mc19h", TASK)
        server.answers("GET", "/task/DEV-12", TASK)
        server.answers("GET", TASKS, {"tasks": [TASK], "last_page": True})
        server.answers("GET", TIME, {"data": [tracked(interval())]})
        server.answers("POST", TIME, {"id": INTERVAL})
        server.answers("PUT", ONE, {})
        server.answers("DELETE", ONE, {})
        yield server
        assert server.faults == []


@pytest.fixture
def shared(http: Http, watch: Watch, legacy_server: Server) -> Connections:
    return Connections(http, watch, {"clickup_legacy": Site(legacy_server.url, Secret("pk_CANARY"), WORKSPACE)})


async def connect(shared: Connections, user_id: str = ADA, credential: Secret | None = TOKEN) -> ClickUpLegacy:
    permission = AssigneePermission.ANYONE
    account = Account("T1", "U1", "clickup_legacy", WORKSPACE, user_id, Role.OWNER, permission, credential)
    return cast(ClickUpLegacy, await shared.provider(account))


@pytest.fixture
async def legacy(shared: Connections) -> ClickUpLegacy:
    """Ada's, with her own token."""
    return await connect(shared)


async def refuses(call: Awaitable[Any]) -> None:
    with pytest.raises(Refused):
        await call


EVERY_CALL: dict[str, tuple[Call, ...]] = {
    "learn": (lambda it: it.learn(),),
    "whoami": (lambda it: it.whoami(),),
    "members": (lambda it: it.members(),),
    "find_task": (lambda it: it.find_task("86c7mc19h"), lambda it: it.find_task("DEV-12")),
    "search": (lambda it: it.search("fix"),),
    "entries": (lambda it: it.entries(MORNING, ADA), lambda it: it.entries(MORNING, BO)),
    "entry": (lambda it: it.entry(LOGGED.id),),
    "tags": (lambda it: it.tags(),),
    "create": (lambda it: it.create(DRAFT, operation_id="a1b2"),),
    "made_from": (lambda it: it.made_from(DRAFT, operation_id="a1b2", since=TEN),),
    "update": (lambda it: it.update(LOGGED, replace(LOGGED, end=TEN + 2 * AN_HOUR)),),
    "delete": (lambda it: it.delete(LOGGED),),
    "tag": (lambda it: refuses(it.tag(LOGGED.id, ["backend"])),),
    "untag": (lambda it: refuses(it.untag(LOGGED.id, ["backend"])),),
    "current": (lambda it: it.current(ADA),),
    "start": (lambda it: refuses(it.start(WORK)),),
    "stop": (lambda it: refuses(it.stop(HELD)),),
    "cancel": (lambda it: refuses(it.cancel(HELD)),),
    "amend": (lambda it: refuses(it.amend(HELD, HELD.work)),),
}
ASKING = ("whoami", "members", "find_task", "search", "entries", "entry", "create", "update", "delete")


async def make(call: str, legacy: ClickUpLegacy) -> None:
    for one in EVERY_CALL[call]:
        await one(legacy)


def test_every_call_of_the_adapter_is_tried_here() -> None:
    def calls_of(kind: type) -> set[str]:
        return {name for name, it in inspect.getmembers(kind) if inspect.iscoroutinefunction(it) and name[0] != "_"}

    assert set(EVERY_CALL) == calls_of(ClickUpLegacy) == calls_of(Provider)


async def test_every_request_has_a_contract_and_every_contract_a_request(
    legacy: ClickUpLegacy, legacy_server: Server
) -> None:
    for call in EVERY_CALL:
        await make(call, legacy)
    contract = Contract.read("clickup_legacy")
    assert {contract.call_of(sent) for sent in legacy_server.requests} == {call["call"] for call in contract.calls}


async def test_every_request_fits_clickups_own_documents(
    legacy: ClickUpLegacy, legacy_server: Server, vendor_contracts: Path
) -> None:
    for call in EVERY_CALL:
        await make(call, legacy)
    official = ClickUpDocument(vendor_contracts)
    assert [fault for sent in legacy_server.requests for fault in official.faults(sent)] == []
    page = json.loads((vendor_contracts / "clickup-track-time-legacy.json").read_text())
    body = page["paths"]["/v2/task/{task_id}/time"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    (posted,) = legacy_server.sent("POST", TIME)
    assert not list(Draft202012Validator(body).iter_errors(posted.body))


async def test_time_is_tracked_on_its_task_in_milliseconds(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    exact = replace(DRAFT, start=TEN + timedelta(microseconds=417_600))
    made = await legacy.create(exact)
    assert legacy_server.requests[0].body == {"start": START + 417, "end": START + HOUR, "time": HOUR - 417}
    assert made == replace(LOGGED, start=TEN + timedelta(milliseconds=417))


@pytest.mark.parametrize("answer", [{"id": 123}, {"data": {"id": "123"}}, {"data": [{"id": "123"}]}])
async def test_the_new_id_is_found_wherever_it_stands(
    legacy: ClickUpLegacy, legacy_server: Server, answer: object
) -> None:
    legacy_server.answers("POST", TIME, cast(Any, answer))
    assert (await legacy.create(DRAFT)).id == "86c7mc19h/123"


@pytest.mark.parametrize("answer", [{}, {"data": None}, [], {"id": None}])
async def test_an_answer_without_an_id_is_no_answer(legacy: ClickUpLegacy, legacy_server: Server, answer: Any) -> None:
    legacy_server.answers("POST", TIME, answer)
    with pytest.raises(NoAnswer, match="may or may not"):
        await legacy.create(DRAFT)


@pytest.mark.parametrize(
    ("work", "field", "words"),
    [
        (Work(), "task", "needs a task"),
        (replace(WORK, description="pairing"), "description", "comment on the task"),
        (replace(WORK, tags=("backend",)), "tags", "no tags"),
        (replace(WORK, billable=True), "billable", "billable"),
    ],
)
async def test_what_has_no_room_is_refused_and_never_dropped(
    legacy: ClickUpLegacy, legacy_server: Server, work: Work, field: str, words: str
) -> None:
    for call in (legacy.create(replace(DRAFT, work=work)), legacy.update(LOGGED, replace(LOGGED, work=work))):
        with pytest.raises(Refused, match=words) as caught:
            await call
        assert caught.value.field == field
    assert legacy_server.requests == []


async def test_nothing_and_less_are_not_sent(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    for end in (TEN, TEN - AN_HOUR):
        with pytest.raises(Refused, match="longer"):
            await legacy.create(replace(DRAFT, end=end))
    assert legacy_server.requests == []


async def test_time_is_whose_token_it_is_so_nobody_logs_for_others(shared: Connections, legacy_server: Server) -> None:
    for_bo, for_ada = await connect(shared, BO, credential=None), await connect(shared, ADA, credential=None)
    legacy_server.requests.clear()
    own = await connect(shared)
    for adapter, assignee in ((own, BO), (for_bo, BO), (for_ada, BO)):
        with pytest.raises(AccessDenied, match="their own ClickUp account"):
            await adapter.create(replace(DRAFT, assignee=assignee))
    with pytest.raises(Refused, match="their own ClickUp account"):
        await own.update(LOGGED, replace(LOGGED, assignee=BO))
    assert legacy_server.requests == []
    assert (await for_ada.create(DRAFT)).assignee == ADA  # the shared token happens to be hers


async def test_everybodys_intervals_come_and_only_theirs_are_taken(
    legacy: ClickUpLegacy, legacy_server: Server
) -> None:
    bos = tracked(interval(id="7"), user={"id": "184"})
    legacy_server.answers("GET", TIME, {"data": [bos, tracked(interval()), {"user": None}, None]})
    assert await legacy.entries(MORNING, ADA) == [LOGGED]
    assert [entry.id for entry in await legacy.entries(MORNING, BO)] == ["86c7mc19h/7"]


async def test_a_window_is_half_open(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    at = {"1": START - 1, "2": START, "3": START + 2 * HOUR - 1, "4": START + 2 * HOUR}
    found = [interval(id=name, start=start, end=start + HOUR) for name, start in at.items()]
    legacy_server.answers("GET", TIME, {"data": [tracked(*reversed(found))]})
    assert [entry.id[-1] for entry in await legacy.entries(MORNING, ADA)] == ["2", "3"]


@pytest.mark.parametrize(
    ("raw", "minutes"),
    [
        (interval(start=None, end=None), (60, 120)),  # it ends when it was noted
        (interval(start=None), (0, 60)),
        (interval(end=None), (0, 60)),
        (interval(end=str(START - HOUR)), (0, 60)),  # as in the document's own example
        (interval(time=None), (0, 60)),
        (interval(time="junk"), (0, 60)),
        (interval(start=START, end=START + HOUR // 2), (0, 30)),
    ],
)
async def test_intervals_lack_things_and_still_have_a_place(
    legacy: ClickUpLegacy, legacy_server: Server, raw: dict[str, Any], minutes: tuple[int, int]
) -> None:
    legacy_server.answers("GET", TIME, {"data": [tracked(raw)]})
    entry = await legacy.entry(LOGGED.id)
    assert (entry.start, entry.end) == tuple(TEN + timedelta(minutes=one) for one in minutes)


@pytest.mark.parametrize(
    "raw", [interval(id=None), interval(start=None, end=None, date_added=None), interval(time=0, end=None), {}]
)
async def test_what_has_no_place_at_all_is_not_there(
    legacy: ClickUpLegacy, legacy_server: Server, raw: dict[str, Any]
) -> None:
    legacy_server.answers("GET", TIME, {"data": [tracked(raw)]})
    assert await legacy.entries(MORNING, ADA) == []
    with pytest.raises(EntryNotFound):
        await legacy.entry(LOGGED.id)


async def test_the_tasks_looked_at_are_those_tracked_here_and_those_assigned_latest_first(
    legacy: ClickUpLegacy, legacy_server: Server
) -> None:
    assigned = [task(f"86c7mc2{n:02}", f"Task {n}", updated=n) for n in range(60)]
    legacy_server.answers("GET", TASKS, {"tasks": assigned, "last_page": False})
    for one in assigned:
        legacy_server.answers("GET", f"/task/{one['id']}/time", {"data": []})
    await legacy.create(DRAFT)
    assert await legacy.entries(MORNING, ADA) == [LOGGED]
    asked = [sent.path for sent in legacy_server.requests if sent.method == "GET" and sent.path.endswith("/time")]
    assert set(asked[:4]) == {TIME, "/task/86c7mc259/time", "/task/86c7mc258/time", "/task/86c7mc257/time"}
    assert len(asked) == 40


async def test_only_four_tasks_are_asked_at_once(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    assigned = [task(f"86c7mc2{n:02}", f"Task {n}", updated=n) for n in range(8)]
    legacy_server.answers("GET", TASKS, {"tasks": assigned, "last_page": True})
    for one in assigned[4:]:
        legacy_server.answers("GET", f"/task/{one['id']}/time", Said({"data": []}, 500))
    with pytest.raises(NoAnswer):
        await legacy.entries(MORNING, ADA)
    assert len(legacy_server.requests) <= 5


async def test_a_task_that_has_gone_does_not_hide_the_others(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    legacy_server.answers("GET", TASKS, {"tasks": [task("86c7gone1", "Gone"), TASK], "last_page": True})
    legacy_server.answers("GET", "/task/86c7gone1/time", Said(refused("OAUTH_018"), 401))
    assert await legacy.entries(MORNING, ADA) == [LOGGED]


async def test_somebody_elses_tasks_are_theirs(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    await legacy.entries(MORNING, BO)
    (asked,) = legacy_server.sent("GET", TASKS)
    assert asked.asked["assignees[]"] == BO


@pytest.mark.parametrize("entry_id", ["86c7mc19h", "86c7mc19h/", "86c7mc19h/9"])
async def test_an_id_that_names_no_interval_is_no_entry(legacy: ClickUpLegacy, entry_id: str) -> None:
    with pytest.raises(EntryNotFound):
        await legacy.entry(entry_id)


async def test_a_change_sends_its_times_and_only_when_they_differ(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    assert await legacy.update(LOGGED, LOGGED) == LOGGED
    assert legacy_server.requests == []
    after = replace(LOGGED, start=TEN - AN_HOUR)
    assert await legacy.update(LOGGED, after) == after
    (sent,) = legacy_server.sent("PUT", ONE)
    assert sent.body == {"start": START - HOUR, "end": START + HOUR, "time": 2 * HOUR}


async def test_time_is_not_moved_to_another_task(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    with pytest.raises(Refused, match="Delete it and log it") as caught:
        await legacy.update(LOGGED, replace(LOGGED, work=Work(Task("86c7mc20a", "Rest"))))
    assert (caught.value.field, legacy_server.requests) == ("task", [])


async def test_what_is_missing_is_what_was_named(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    missing = Said(refused("OAUTH_018"), 401)
    for method, path in (("GET", TIME), ("POST", TIME), ("PUT", ONE), ("DELETE", ONE)):
        legacy_server.answers(method, path, missing)
    with pytest.raises(TaskNotFound):
        await legacy.create(DRAFT)
    with pytest.raises(EntryNotFound):
        await legacy.update(LOGGED, replace(LOGGED, end=TEN + 2 * AN_HOUR))
    with pytest.raises(EntryNotFound):
        await legacy.delete(LOGGED)


async def test_there_are_no_timers_and_the_form_offers_nothing_that_would_be_refused(legacy: ClickUpLegacy) -> None:
    assert await legacy.current(ADA) is None
    assert await legacy.tags() == []
    can = legacy.capabilities
    assert not any((can.native_timer, can.tags, can.billable, can.assignees, can.description))
    assert can.task_required
    assert legacy.label == "ClickUp task time"


@pytest.mark.parametrize("said", UNHAPPY.values(), ids=list(UNHAPPY))
@pytest.mark.parametrize("call", ASKING)
async def test_no_error_shows_the_token_and_every_error_is_one_of_ours(
    legacy: ClickUpLegacy, legacy_server: Server, caplog: pytest.LogCaptureFixture, call: str, said: Said
) -> None:
    caplog.set_level(logging.DEBUG)
    for path in ("/user", "/team", "/task/86c7mc19h", "/task/DEV-12", TASKS, TIME, ONE):
        for method in ("GET", "POST", "PUT", "DELETE"):
            legacy_server.answers(method, path, said)
    with pytest.raises(TimerError) as caught:
        await make(call, legacy)
    assert CANARY not in text_of(caught.value)
    assert CANARY not in caplog.text


async def test_no_repr_shows_the_token(legacy: ClickUpLegacy, shared: Connections) -> None:
    for thing in (legacy, legacy.calls, legacy.finder, legacy.people, legacy.tracked, shared.shelf):
        assert CANARY not in repr(thing)


async def test_the_sandbox_plays_along(http: Http, watch: Watch) -> None:
    sandbox = pytest.importorskip("app.sandbox.clickup", exc_type=ImportError)
    watch.at = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
    workspace, (bound, url) = sandbox.seed(watch.now), free_socket()
    async with serving(sandbox.create_app(workspace), bound):
        connections = Connections(http, watch, {"clickup_legacy": Site(f"{url}/api/v2")})
        account = Account(
            "T1",
            "U1",
            "clickup_legacy",
            workspace.id,
            ADA,
            Role.ADMIN,
            AssigneePermission.ANYONE,
            Secret(sandbox.TOKENS[183]),
        )
        ada = cast(ClickUpLegacy, await connections.provider(account))
        rest = await ada.find_task("DEV-13")
        day = Window(watch.at - 30 * timedelta(days=1), watch.at)
        before = await ada.entries(day, ADA)
        start = watch.at - AN_HOUR
        made = await ada.create(Draft(Work(rest), start, watch.at, ADA))
        assert made in await ada.entries(day, ADA)
        changed = await ada.update(made, replace(made, end=watch.at - AN_HOUR / 2))
        assert await ada.entry(made.id) == changed
        await ada.delete(changed)
        assert [entry for entry in await ada.entries(day, ADA) if entry.work.task != rest] == before
        with pytest.raises(EntryNotFound):
            await ada.entry(made.id)
    assert workspace.complaints == []


async def test_looking_back_finds_ones_own_interval_to_the_millisecond(
    legacy: ClickUpLegacy, legacy_server: Server
) -> None:
    same, later = interval(start=START, end=START + HOUR), interval(id="2", start=START + 1, end=START + HOUR + 1)
    bos = tracked(interval(id="3"), user={"id": "184"})
    legacy_server.answers("GET", TIME, {"data": [bos, tracked(later, same, interval(id="4", start=None, end=None))]})
    found = await legacy.made_from(DRAFT, operation_id="a1b2", since=TEN)
    assert [one.id for one in found] == [LOGGED.id]
    assert legacy_server.lines == [f"GET {TIME}"]


@pytest.mark.parametrize("said", [{}, {"data": None}, [], {"data": [tracked({"id": "1"})]}])
async def test_a_task_of_whose_time_nothing_can_be_read_is_no_task_without_time(
    legacy: ClickUpLegacy, legacy_server: Server, said: Any
) -> None:
    legacy_server.answers("GET", TIME, said)
    with pytest.raises(NotReached, match="unreadable"):
        await legacy.made_from(DRAFT, operation_id="a1b2", since=TEN)
    legacy_server.answers("GET", TIME, {"data": []})
    assert await legacy.made_from(DRAFT, operation_id="a1b2", since=TEN) == []


async def test_a_task_that_is_gone_shows_nothing_and_that_is_said(legacy: ClickUpLegacy, legacy_server: Server) -> None:
    legacy_server.answers("GET", TIME, Said(refused("ITEM_013"), 404))
    with pytest.raises(AccessDenied, match="no such task"):
        await legacy.made_from(DRAFT, operation_id="a1b2", since=TEN)
