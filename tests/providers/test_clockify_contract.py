"""Everything the Clockify adapter sends is in a contract: ours always, a full Clockify reference where one is at hand."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.model import Draft, Window, Work
from app.core.ports import Provider
from app.providers.clockify import Clockify
from app.providers.clockify_sign_in import sign_in
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BO,
    CUSTOM_VALUE,
    DESIGN,
    ELEVEN,
    ENTRY,
    FIELD,
    LOGGED,
    NOON,
    ON_WEBSITE,
    RUNNING,
    TAGS,
    TEN,
    WEBSITE,
    WORK,
    hydrated,
    project,
    refused,
    running,
    settings,
    started,
)
from providers.clockify_server import BOS, ENTRIES, HERE, LAST, MINE, ONE, PROJECT, TAG_LIST, say_yes
from providers.contract import Contract, Sent
from providers.documents import ClockifyDocument

MORNING = Window(TEN, NOON)
BARE = Work()
CHANGED = replace(LOGGED, end=NOON, work=Work(ON_WEBSITE, "alone", ("urgent",), billable=True))

Call = Callable[[Clockify], Awaitable[Any]]

EVERY_CALL: dict[str, tuple[Call, ...]] = {
    "whoami": (lambda it: it.whoami(),),
    "members": (lambda it: it.members(),),
    "learn": (lambda it: it.learn(),),
    "find_task": (lambda it: it.find_task(f"{WEBSITE}/{DESIGN}"),),
    "search": (lambda it: it.search("design"),),
    "entries": (lambda it: it.entries(MORNING, ADA), lambda it: it.entries(MORNING, BO)),
    "entry": (lambda it: it.entry(ENTRY),),
    "tags": (lambda it: it.tags(),),
    "create": (
        lambda it: it.create(Draft(WORK, TEN, ELEVEN, BO)),
        lambda it: it.create(Draft(BARE, TEN, ELEVEN, ADA)),
        lambda it: it.create(Draft(replace(WORK, tags=("new",)), TEN, ELEVEN, ADA)),
    ),
    "made_from": (lambda it: it.made_from(Draft(WORK, TEN, ELEVEN, BO), operation_id="a1b2", since=TEN),),
    "update": (lambda it: it.update(LOGGED, CHANGED),),
    "delete": (lambda it: it.delete(LOGGED),),
    "tag": (lambda it: it.tag(ENTRY, ["urgent"]),),
    "untag": (lambda it: it.untag(ENTRY, ["backend"]),),
    "current": (lambda it: it.current(ADA), lambda it: it.current(BO)),
    "start": (lambda it: it.start(WORK), lambda it: it.start(BARE, at=TEN)),
    "stop": (lambda it: it.stop(RUNNING, ELEVEN),),
    "cancel": (lambda it: it.cancel(RUNNING),),
    "amend": (lambda it: it.amend(RUNNING, WORK),),
}
OURS = {"learn", "amend"}  # what Clockify needs beyond what every provider has
RUNS = {"start", "stop", "cancel", "amend"}


async def make(call: str, clockify: Clockify) -> None:
    for one in EVERY_CALL[call]:
        await one(clockify)


def ready(server: Server, call: str) -> None:
    """Says yes to everything; for what is about a timer, one runs."""
    say_yes(server)
    bare = {name: value for name, value in project(WEBSITE, "Website").items() if name != "tasks"}
    server.answers("GET", PROJECT, Said([bare], headers=LAST))
    server.answers("GET", ONE, hydrated(customFieldValues=[CUSTOM_VALUE | {"sourceType": "WORKSPACE"}]))
    server.answers("GET", BOS, Said([hydrated(userId=BO)], headers=LAST))
    server.answers("POST", TAG_LIST, Said(refused(501), 400))
    if call == "create":  # somebody made the tag since the list was read
        server.answers("GET", TAG_LIST, Said([*TAGS, {"id": FIELD, "name": "new"}], headers=LAST))
    if call in RUNS:
        server.answers("GET", MINE, Said([running()], headers=LAST))
        server.answers("PATCH", MINE, hydrated())
        server.answers("POST", ENTRIES, Said(started(), 201))
        server.answers("GET", ONE, running())


async def make_all(clockify: Clockify, server: Server) -> None:
    it = clockify.book.calls
    for call in EVERY_CALL:
        ready(server, call)
        await make(call, clockify)
    server.answers("GET", "/workspaces", [settings()])
    await sign_in(http=it.http, clock=it.clock, token=it.token, base_url=it.base_url, workspace_id="")


def calls_of(kind: type) -> set[str]:
    return {name for name, it in inspect.getmembers(kind) if inspect.iscoroutinefunction(it) and name[0] != "_"}


def test_every_call_of_the_adapter_is_tried_here() -> None:
    assert set(EVERY_CALL) == calls_of(Clockify)
    assert calls_of(Provider) <= calls_of(Clockify) <= calls_of(Provider) | OURS


async def test_every_request_has_a_contract_and_every_contract_a_request(
    clockify: Clockify, clockify_server: Server
) -> None:
    await make_all(clockify, clockify_server)
    contract = Contract.read("clockify")
    assert clockify_server.faults == []
    assert {contract.call_of(sent) for sent in clockify_server.requests} == {call["call"] for call in contract.calls}


NEW = {"start": "2026-03-04T10:00:00Z"}


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "fault"),
    [
        ("GET", f"{ENTRIES}/stop", (), None, "no contract"),
        ("PUT", MINE, (), None, "no contract"),
        ("GET", "/workspaces/9006054115", (), None, "no contract"),
        ("GET", PROJECT, (("hydrated", "true"), ("page", "1"), ("page-size", "50")), None, "archived is missing"),
        ("GET", MINE, (("hydrated", "true"), ("start", "2026-03-04T10:00:00Z")), None, "only together"),
        ("GET", MINE, (("hydrated", "true"), ("in-progress", "false")), None, "was expected"),
        ("POST", ENTRIES, (), {}, "'start' is a required"),
        ("POST", ENTRIES, (), {"start": "2026-03-04T10:00:00.5Z"}, "does not match"),
        ("POST", ENTRIES, (), {"start": "2026-03-04T10:00:00+00:00"}, "does not match"),
        ("POST", ENTRIES, (), NEW | {"description": "a < b"}, "does not match"),
        ("POST", ENTRIES, (), NEW | {"taskId": DESIGN}, "dependency"),
        ("POST", ENTRIES, (), NEW | {"userId": BO}, "Additional properties"),
        ("POST", BOS, (), NEW, "'end' is a required"),
        ("PUT", ONE, (), NEW, "'billable' is a required"),
        ("PUT", ONE, (), NEW | {"customFieldValues": []}, "Additional properties"),
        ("PATCH", MINE, (), {}, "'end' is a required"),
    ],
)
def test_the_contract_itself_notices_what_is_wrong(
    method: str, path: str, query: tuple[tuple[str, str], ...], body: Any, fault: str
) -> None:
    assert fault in str(Contract.read("clockify").faults(Sent(method, path, query, body, {})))


# Where the document is wrong and the wire is followed instead. Requests need none today: a custom field that is put
# back with the source TIMEENTRY would be one, for the document knows two of the three sources.
EXCEPTIONS: set[str] = set()


@pytest.fixture(scope="module")
def reference(vendor_contracts: Path) -> ClockifyDocument:
    return ClockifyDocument(vendor_contracts)


async def test_every_request_fits_the_full_reference(
    clockify: Clockify, clockify_server: Server, reference: ClockifyDocument
) -> None:
    await make_all(clockify, clockify_server)
    requests = clockify_server.requests
    faults = {f"{sent.method} {sent.path}: {fault}" for sent in requests for fault in reference.faults(sent)}
    assert faults == EXCEPTIONS


def test_the_reference_check_notices_what_is_wrong(reference: ClockifyDocument) -> None:
    assert reference.faults(Sent("POST", f"{ENTRIES}/stop", (), {}, {}))
    wrong = Sent("POST", ENTRIES, (), {"billable": "yes", "nonsense": 1}, {})
    faults = " ".join(reference.faults(wrong))
    assert "nonsense is not in the document" in faults
    assert "'start' is a required property" in faults
    assert "'yes' is not of type 'boolean'" in faults
    assert reference.faults(Sent("GET", f"{HERE}/users", (("page", "one"), ("x", "1")), None, {})) == [
        "include-roles is missing",
        "page is of another type",
        "x is not in the document",
    ]
