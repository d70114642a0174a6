"""Everything the Hoursmith adapter sends is in a contract: ours always, the vendor's page where it is at hand."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.model import Draft, Task, TimeEntry, Timer, Window, Work
from app.core.ports import Provider
from app.providers.hoursmith import Hoursmith
from providers.clickup_server import Server
from providers.contract import Contract, Sent
from providers.documents import EXCEPTIONS, HoursmithDocument
from providers.hoursmith_recorded import ADA, BO, ENTRY, logged, page
from providers.hoursmith_server import ENTRIES, ONE

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORK = Work(Task("pr_backend/ta_fix-login", "Fix login"), "pairing", ("backend",), billable=True)
BARE = Work(Task("pr_website", "Website"))
LOGGED = TimeEntry(ENTRY, WORK, TEN, TEN + HOUR, ADA)
RUNNING = Timer("held:1", WORK, TEN, ADA, is_held=True)
DAY = Window(TEN - HOUR, TEN + HOUR)

Call = Callable[[Hoursmith], Awaitable[Any]]


async def refuses(call: Awaitable[Any]) -> None:
    with pytest.raises(Refused):
        await call


EVERY_CALL: dict[str, tuple[Call, ...]] = {
    "learn": (lambda it: it.learn(),),
    "whoami": (lambda it: it.whoami(),),
    "members": (lambda it: it.members(),),
    "find_task": (lambda it: it.find_task("pr_website"),),
    "search": (lambda it: it.search("fix"),),
    "entries": (lambda it: it.entries(DAY, ADA), lambda it: it.entries(DAY, BO)),
    "entry": (lambda it: it.entry(ENTRY),),
    "tags": (lambda it: it.tags(),),
    "create": (
        lambda it: it.create(Draft(WORK, TEN, TEN + HOUR, BO), operation_id="a1b2"),
        lambda it: it.create(Draft(BARE, TEN, TEN + HOUR, ADA)),
    ),
    "made_from": (lambda it: it.made_from(Draft(WORK, TEN, TEN + HOUR, BO), operation_id="a1b2", since=TEN),),
    "update": (
        lambda it: it.update(LOGGED, replace(LOGGED, work=BARE, end=TEN + 2 * HOUR, assignee=BO)),
        lambda it: it.update(replace(LOGGED, work=BARE), LOGGED),
    ),
    "delete": (lambda it: it.delete(LOGGED),),
    "tag": (lambda it: refuses(it.tag(ENTRY, ["backend"])),),
    "untag": (lambda it: refuses(it.untag(ENTRY, ["backend"])),),
    "current": (lambda it: it.current(ADA),),
    "start": (lambda it: refuses(it.start(WORK)),),
    "stop": (lambda it: refuses(it.stop(RUNNING)),),
    "cancel": (lambda it: refuses(it.cancel(RUNNING)),),
    "amend": (lambda it: refuses(it.amend(RUNNING, RUNNING.work)),),
}


async def make(call: str, hoursmith: Hoursmith) -> None:
    for one in EVERY_CALL[call]:
        await one(hoursmith)


async def make_all(hoursmith: Hoursmith, server: Server) -> None:
    server.answers("GET", ENTRIES, page(logged(), cursor="2"), page())
    for call in EVERY_CALL:
        await make(call, hoursmith)


def calls_of(kind: type) -> set[str]:
    return {name for name, it in inspect.getmembers(kind) if inspect.iscoroutinefunction(it) and name[0] != "_"}


def test_every_call_of_the_adapter_is_tried_here() -> None:
    assert set(EVERY_CALL) == calls_of(Hoursmith) == calls_of(Provider)


async def test_every_request_has_a_contract_and_every_contract_a_request(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    await make_all(hoursmith, hoursmith_server)
    contract = Contract.read("hoursmith")
    assert hoursmith_server.faults == []
    assert {contract.call_of(sent) for sent in hoursmith_server.requests} == {call["call"] for call in contract.calls}


async def test_only_a_post_carries_a_key(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    await make_all(hoursmith, hoursmith_server)
    with_key = {sent.method for sent in hoursmith_server.requests if "idempotency-key" in sent.headers}
    assert with_key == {"POST"}


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "fault"),
    [
        ("GET", f"{ENTRIES}/running/now", (), None, "no contract"),
        ("PUT", ONE, (), None, "no contract"),
        ("GET", "/me", (("page", "1"),), None, "not in the contract"),
        ("GET", ENTRIES, (("limit", "200"),), None, "entryDateFrom is missing"),
        ("GET", "/tasks", (("limit", "50"),), None, "was expected"),
        ("POST", ENTRIES, (), {"projectId": "p", "entryDate": "2026-03-04"}, "'durationSeconds' is a required"),
        ("POST", ENTRIES, (), {}, "idempotency-key is missing"),
        ("PATCH", ONE, (), {"note": "x"}, "'projectId' is a required"),
        ("DELETE", ONE, (), {}, "has no body"),
    ],
)
def test_the_contract_itself_notices_what_is_wrong(
    method: str, path: str, query: tuple[tuple[str, str], ...], body: Any, fault: str
) -> None:
    assert fault in str(Contract.read("hoursmith").faults(Sent(method, path, query, body, {})))


async def test_every_created_and_changed_entry_fits_hoursmiths_own_document(
    hoursmith: Hoursmith, hoursmith_server: Server, vendor_contracts: Path
) -> None:
    await make_all(hoursmith, hoursmith_server)
    official, contract = HoursmithDocument(vendor_contracts), Contract.read("hoursmith")
    found = [
        ("hoursmith", contract.call_of(sent), fault)
        for sent in hoursmith_server.requests
        for fault in official.faults(sent)
    ]
    assert set(found) == EXCEPTIONS


def test_the_official_check_notices_what_is_wrong(vendor_contracts: Path) -> None:
    wrong = Sent("POST", ENTRIES, (), {"projectId": 1, "entryDate": "soon", "nonsense": 1}, {})
    faults = " ".join(HoursmithDocument(vendor_contracts).faults(wrong))
    for fault in (
        "Idempotency-Key is missing",
        "nonsense is not in the document",
        "1 is not of type 'string'",
        "'soon' is not a 'date'",
        "not valid under any of the given schemas",
    ):
        assert fault in faults
