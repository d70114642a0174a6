"""Looking back in ClickUp: by the millisecond, which people don't see and which tells one entry from its twin."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import AccessDenied, NotReached
from app.core.model import Draft, Task, TimeEntry, Work
from app.core.ports import Provider
from app.providers.clickup import ClickUp
from app.providers.clickup_marks import marked
from providers.clickup_server import ENTRIES, Said, Server
from providers.recorded import ADA, BO, ENTRY, HOUR, OTHER_ENTRY, START, listed, refused

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
AN_HOUR, MS = timedelta(hours=1), timedelta(milliseconds=1)
DRAFT = Draft(Work(Task("86c7mc19h", "Fix login")), TEN, TEN + AN_HOUR, ADA)


async def look_back(it: Provider, draft: Draft = DRAFT) -> list[TimeEntry]:
    return await it.made_from(draft, operation_id="a1b2", since=TEN)


def test_a_mark_is_the_same_in_every_process_and_version() -> None:
    """Else what was sent before a restart or an update would not be found after it."""
    found = {name: (marked(DRAFT, name).start - TEN) // MS for name in ("a1b2", "trigger:13345224609.738474920")}
    assert found == {"a1b2": 723, "trigger:13345224609.738474920": 925}


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.timedeltas(MS, timedelta(days=1)), st.text())
def test_a_mark_keeps_the_second_and_shortens_nothing(start: datetime, length: timedelta, name: str) -> None:
    start = start.replace(tzinfo=UTC)
    draft = marked(Draft(Work(), start, start + length, ADA), name)
    assert draft.start.replace(microsecond=0) == start.replace(microsecond=0)
    assert draft.start.microsecond % 1000 == 0
    assert length <= draft.duration < length + timedelta(seconds=1)
    assert start + length <= draft.end < start + length + timedelta(seconds=1)
    assert marked(draft, name) == draft


@pytest.mark.parametrize("name", ["op0", "op1", "op2"])
def test_an_end_on_the_minute_is_recorded_in_that_minute(name: str) -> None:
    draft = marked(Draft(Work(), TEN + 985 * MS, TEN + 4 * AN_HOUR, ADA), name)
    assert draft.end.replace(second=0, microsecond=0) == TEN + 4 * AN_HOUR


async def test_the_draft_s_own_millisecond_is_asked_for_and_oneself_never_named(
    clickup: ClickUp, server: Server
) -> None:
    server.answers("GET", ENTRIES, {"data": [listed()]})
    assert [one.id for one in await look_back(clickup)] == [ENTRY]
    (asked,) = server.requests
    assert asked.asked == {
        "start_date": str(START - 1),
        "end_date": str(START + 1),
        "include_location_names": "true",
    }


async def test_somebody_else_is_named(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", ENTRIES, {"data": [listed(user={"id": 184})]})
    assert [one.assignee for one in await look_back(clickup, replace(DRAFT, assignee=BO))] == [BO]
    assert await look_back(clickup) == []
    assert [one.asked.get("assignee") for one in server.requests] == [BO, None]


@pytest.mark.parametrize(
    "other",
    [
        {"start": str(START + 1), "end": str(START + HOUR + 1)},
        {"end": str(START + HOUR + 1), "duration": str(HOUR + 1)},
        {"task": {"id": "x1", "name": "Fix logout"}},
        {"task": None},
        {"task": "0"},
        {"user": {"id": 184}},
        {"duration": str(-HOUR), "end": None},
    ],
)
async def test_what_differs_is_not_it_and_texts_and_numbers_are_the_same(
    clickup: ClickUp, server: Server, other: dict[str, Any]
) -> None:
    mine = listed(id=OTHER_ENTRY, start=START, end=START + HOUR, duration=HOUR, user={"id": "183"})
    server.answers("GET", ENTRIES, {"data": [listed(**other), mine]})
    assert [one.id for one in await look_back(clickup)] == [OTHER_ENTRY]


async def test_an_entry_whose_answer_leaves_the_task_out_has_none(clickup: ClickUp, server: Server) -> None:
    bare = {name: value for name, value in listed().items() if name != "task"}
    server.answers("GET", ENTRIES, {"data": [bare]})
    assert await look_back(clickup) == []
    assert [one.id for one in await look_back(clickup, replace(DRAFT, work=Work()))] == [ENTRY]


@pytest.mark.parametrize("said", [{}, {"data": None}, {"data": {}}, {"data": [{"id": ENTRY}]}, [], {"entries": []}])
async def test_an_answer_of_which_nothing_can_be_read_is_no_empty_list(
    clickup: ClickUp, server: Server, said: Any
) -> None:
    server.answers("GET", ENTRIES, said)
    with pytest.raises(NotReached, match="unreadable"):
        await look_back(clickup)


async def test_whoever_may_not_see_somebody_s_time_is_told_so(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", ENTRIES, Said(refused("TIMEENTRY_059"), 403))
    with pytest.raises(AccessDenied):
        await look_back(clickup, replace(DRAFT, assignee=BO))
