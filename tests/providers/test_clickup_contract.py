"""Everything the ClickUp adapter sends is in a contract: ours always, ClickUp's own document where it is at hand."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.model import Draft, Secret, Task, TimeEntry, Timer, Window, Work
from app.core.ports import Provider
from app.providers.clickup import ClickUp
from app.providers.clickup_sign_in import ClickUpConsent
from providers.clickup_server import ENTRIES, Server
from providers.contract import Contract, Sent
from providers.documents import ClickUpDocument
from providers.recorded import (
    ADA,
    BO,
    ENTRY,
    TASK_ANSWER,
    TEAM_ANSWER,
    USER_ANSWER,
    WORKSPACE,
    created,
    deleted,
    listed,
    started,
    stopped,
    task,
)

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
WORK = Work(Task("86c7mc19h", "Fix login"), "pairing", ("backend",), billable=True)
BARE = Work()
LOGGED = TimeEntry(ENTRY, WORK, TEN, TEN + timedelta(hours=1), ADA)
CHANGED = replace(
    LOGGED, end=TEN + timedelta(hours=2), work=Work(Task("86c7mc20a", "Rest"), "alone", ("urgent",), billable=False)
)
RUNNING = Timer(ENTRY, WORK, TEN, ADA)
QUARTER = Window(TEN, TEN + timedelta(days=92))


Call = Callable[[ClickUp], Awaitable[Any]]

EVERY_CALL: dict[str, tuple[Call, ...]] = {
    "learn": (lambda it: it.learn(),),
    "whoami": (lambda it: it.whoami(),),
    "members": (lambda it: it.members(),),
    "find_task": (lambda it: it.find_task("86c7mc19h"), lambda it: it.find_task("DEV-12")),
    "search": (lambda it: it.search("fix"),),
    "entries": (lambda it: it.entries(QUARTER, ADA), lambda it: it.entries(QUARTER, BO)),
    "entry": (lambda it: it.entry(ENTRY),),
    "tags": (lambda it: it.tags(),),
    "create": (
        lambda it: it.create(Draft(WORK, TEN, TEN + timedelta(hours=1), BO)),
        lambda it: it.create(Draft(BARE, TEN, TEN + timedelta(hours=1), ADA)),
    ),
    "made_from": (
        lambda it: it.made_from(Draft(WORK, TEN, TEN + timedelta(hours=1), BO), operation_id="a1b2", since=TEN),
    ),
    "update": (lambda it: it.update(LOGGED, CHANGED),),
    "delete": (lambda it: it.delete(LOGGED),),
    "tag": (lambda it: it.tag(ENTRY, ["backend", "urgent"]),),
    "untag": (lambda it: it.untag(ENTRY, ["backend"]),),
    "current": (lambda it: it.current(ADA), lambda it: it.current(BO)),
    "start": (lambda it: it.start(WORK), lambda it: it.start(BARE)),
    "stop": (lambda it: it.stop(RUNNING, TEN + timedelta(minutes=30)),),
    "cancel": (lambda it: it.cancel(RUNNING),),
    "amend": (lambda it: it.amend(RUNNING, replace(BARE, task=RUNNING.work.task)),),
}


async def make(call: str, clickup: ClickUp) -> None:
    for one in EVERY_CALL[call]:
        await one(clickup)


async def consent(clickup: ClickUp) -> None:
    """What comes after ClickUp's own page."""
    calls = clickup.written.calls
    back = "https://timer.example/oauth/clickup"
    await ClickUpConsent(calls.http, calls.base_url, "client", Secret("secret"), back).token("code")


@pytest.fixture
def willing(server: Server) -> Server:
    """Says yes to everything."""
    oldest = [task("a1", "Old", updated=0), task("b2", "Less old", updated=5)]
    server.answers("GET", "/user", USER_ANSWER)
    server.answers("POST", "/oauth/token", {"access_token": "183_oauth"})
    server.answers("GET", "/team", TEAM_ANSWER)
    server.answers("GET", "/task/86c7mc19h", TASK_ANSWER)
    server.answers("GET", "/task/DEV-12", TASK_ANSWER)
    server.answers("GET", f"/team/{WORKSPACE}/task", {"tasks": oldest, "last_page": False})
    server.answers("GET", ENTRIES, {"data": [listed()]})
    server.answers("POST", ENTRIES, {"data": created()})
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed()})
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", deleted())
    server.answers("GET", f"{ENTRIES}/current", {"data": started()})
    server.answers("POST", f"{ENTRIES}/start", {"data": started()})
    server.answers("POST", f"{ENTRIES}/stop", {"data": stopped()})
    server.answers("GET", f"{ENTRIES}/tags", {"data": []})
    server.answers("POST", f"{ENTRIES}/tags", {})
    server.answers("DELETE", f"{ENTRIES}/tags", {})
    return server


def calls_of(kind: type) -> set[str]:
    return {name for name, it in inspect.getmembers(kind) if inspect.iscoroutinefunction(it) and name[0] != "_"}


def test_every_call_of_the_adapter_is_tried_here() -> None:
    assert set(EVERY_CALL) == calls_of(ClickUp) == calls_of(Provider)


async def test_every_request_has_a_contract_and_every_contract_a_request(clickup: ClickUp, willing: Server) -> None:
    for call in EVERY_CALL:
        await make(call, clickup)
    await consent(clickup)
    contract = Contract.read("clickup")
    assert willing.faults == []
    assert {contract.call_of(sent) for sent in willing.requests} == {call["call"] for call in contract.calls}


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "fault"),
    [
        ("GET", f"{ENTRIES}/{ENTRY}/history", (), None, "no contract"),
        ("PATCH", ENTRIES, (), None, "no contract"),
        ("GET", "/user", (("page", "1"),), None, "not in the contract"),
        ("GET", ENTRIES, (), None, "missing"),
        ("GET", f"{ENTRIES}/current", (("assignee", "ada"),), None, "does not match"),
        ("GET", "/task/DEV-12", (("custom_task_ids", "true"),), None, "only together"),
        ("POST", f"{ENTRIES}/stop", (), {}, "has no body"),
        ("POST", ENTRIES, (), {"start": 1, "duration": 1}, "'billable' is a required"),
        ("POST", ENTRIES, (), {"start": 1, "duration": 1, "billable": True, "user": 1}, "Additional properties"),
        ("PUT", f"{ENTRIES}/{ENTRY}", (), {"start": 1, "tags": [], "tag_action": "add"}, "dependency"),
    ],
)
def test_the_contract_itself_notices_what_is_wrong(
    method: str, path: str, query: tuple[tuple[str, str], ...], body: Any, fault: str
) -> None:
    assert fault in str(Contract.read("clickup").faults(Sent(method, path, query, body, {})))


# Where the document is wrong and the wire, as recorded, is followed instead. Requests need none today: PUT carries the
# `tags` that the document requires and the wire ignores, created labels carry the colours that it requires, and every
# request the content type that it requires even of a GET. (The answers are another matter: none of its schemas fits.)
EXCEPTIONS: dict[str, str] = {}


async def test_every_request_fits_clickups_own_document(
    clickup: ClickUp, willing: Server, vendor_contracts: Path
) -> None:
    for call in EVERY_CALL:
        await make(call, clickup)
    await consent(clickup)
    official = ClickUpDocument(vendor_contracts)
    faults = {f"{sent.method} {sent.path}: {fault}" for sent in willing.requests for fault in official.faults(sent)}
    assert faults == set(EXCEPTIONS)


def test_the_official_check_notices_what_is_wrong(vendor_contracts: Path) -> None:
    official = ClickUpDocument(vendor_contracts)
    wrong = Sent("POST", ENTRIES, (), {"start": "1", "tags": [{"name": "x"}], "nonsense": 1}, {})
    faults = " ".join(official.faults(wrong))
    assert "nonsense is not in the document" in faults
    assert "'duration' is a required property" in faults
    assert "'1' is not of type 'integer'" in faults
    assert "'tag_fg' is a required property" in faults
    assert official.faults(Sent("POST", f"{ENTRIES}/start/{ENTRY}", (), {}, {}))
    assert official.faults(Sent("GET", f"{ENTRIES}/current", (("assignee", "ada"), ("x", "1")), None, {})) == [
        "x is not in the document",
        "header Content-Type is missing",
        "assignee is no number",
    ]
