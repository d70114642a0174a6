"""Time entries at ClickUp: listed, read, created, changed and deleted as its wire wants it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import EntryLocked, EntryNotFound, NoAnswer, NotReached, PlanTooSmall, Refused, TaskNotFound
from app.core.model import Draft, Task, TimeEntry, Window, Work
from app.providers.clickup import ClickUp
from providers.clickup_server import ENTRIES, Said, Server
from providers.recorded import ADA, BO, ENTRY, HOUR, OTHER_ENTRY, START, created, deleted, listed, refused, stopped

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
MORNING = Window(TEN, TEN + timedelta(hours=2))
FIX_LOGIN = Task("86c7mc19h", "Fix login", "DEV-12", "Website / Sprint 12", "https://app.clickup.com/t/86c7mc19h")
WORK = Work(FIX_LOGIN, "pairing with Bo", ("backend",))
LOGGED = TimeEntry(ENTRY, WORK, TEN, TEN + timedelta(hours=1), ADA)
DRAFT = Draft(WORK, TEN, TEN + timedelta(hours=1), ADA)


async def test_a_list_is_asked_one_millisecond_earlier_because_its_bounds_are_exclusive(
    clickup: ClickUp, server: Server
) -> None:
    server.answers("GET", ENTRIES, {"data": [listed()]})
    assert await clickup.entries(MORNING, ADA) == [LOGGED]
    asked = server.requests[0].asked
    assert (int(asked["start_date"]), int(asked["end_date"])) == (START - 1, START + 2 * HOUR + 1)


async def test_what_starts_outside_the_window_is_left_out(clickup: ClickUp, server: Server) -> None:
    early, late = listed(id="1", start=START - 1), listed(id="2", start=START + 2 * HOUR, end=START + 3 * HOUR)
    last = listed(id="3", start=START + 2 * HOUR - 1, end=START + 3 * HOUR)
    server.answers("GET", ENTRIES, {"data": [late, last, early]})
    assert [entry.id for entry in await clickup.entries(MORNING, ADA)] == ["3"]


async def test_a_running_entry_is_not_listed_and_the_others_come_oldest_first(clickup: ClickUp, server: Server) -> None:
    later = listed(id=OTHER_ENTRY, start=str(START + HOUR), end=str(START + 2 * HOUR))
    running = listed(id="5", duration="-3600000", end="0")
    server.answers("GET", ENTRIES, {"data": [running, later, listed(), None, {"id": None}]})
    assert [entry.id for entry in await clickup.entries(MORNING, ADA)] == [ENTRY, OTHER_ENTRY]


async def test_oneself_is_never_named_and_somebody_else_always(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", ENTRIES, {"data": [listed(user={"id": 184})]})
    assert await clickup.entries(MORNING, ADA) == []
    assert [entry.assignee for entry in await clickup.entries(MORNING, BO)] == [BO]
    assert [sent.asked.get("assignee") for sent in server.requests] == [None, BO]


async def test_three_months_are_asked_in_pieces_and_an_entry_on_the_seam_comes_once(
    clickup: ClickUp, server: Server
) -> None:
    seam = listed(start=str(START + 30 * 24 * HOUR), end=str(START + 30 * 24 * HOUR + HOUR))
    server.answers("GET", ENTRIES, {"data": [seam]})
    found = await clickup.entries(Window(TEN, TEN + timedelta(days=92)), ADA)
    assert [entry.id for entry in found] == [ENTRY]
    spans = sorted((int(one.asked["start_date"]), int(one.asked["end_date"])) for one in server.requests)
    assert len(spans) == 4
    assert all(end - start <= 30 * 24 * HOUR + 2 for start, end in spans)


@pytest.mark.parametrize("wrapper", [lambda one: one, lambda one: [one]], ids=["an object", "a list"])
async def test_one_entry_may_come_as_an_object_or_as_a_list(clickup: ClickUp, server: Server, wrapper: Any) -> None:
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": wrapper(listed())})
    assert await clickup.entry(ENTRY) == LOGGED


@pytest.mark.parametrize("nothing", [None, {}, []])
async def test_an_answer_without_an_entry_means_that_there_is_none(
    clickup: ClickUp, server: Server, nothing: object
) -> None:
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": nothing})
    with pytest.raises(EntryNotFound):
        await clickup.entry(ENTRY)


async def test_a_running_entry_is_no_entry_yet(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed(duration="-5", end=None)})
    with pytest.raises(EntryNotFound, match="Stop it first"):
        await clickup.entry(ENTRY)


async def test_an_id_that_looks_like_a_path_stays_one_segment(clickup: ClickUp, server: Server) -> None:
    with pytest.raises(NoAnswer):
        await clickup.entry("../../user")
    assert server.requests[0].path == f"{ENTRIES}/..%2F..%2Fuser"
    assert server.faults.pop() == f"no contract for GET {ENTRIES}/..%2F..%2Fuser"


@pytest.mark.parametrize("task", ["absent", None, "0", {"id": "0"}, ""])
async def test_an_entry_without_a_task_is_read(clickup: ClickUp, server: Server, task: object) -> None:
    raw = listed(task=task)
    if task == "absent":
        del raw["task"]
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": raw})
    assert (await clickup.entry(ENTRY)).work.task is None


async def test_tags_are_read_as_objects_and_as_text(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed(tags=[{"name": "backend"}, "urgent", None, 7])})
    assert (await clickup.entry(ENTRY)).work.tags == ("backend", "urgent")


async def test_null_properties_of_entries_made_on_a_phone_are_read(clickup: ClickUp, server: Server) -> None:
    raw = listed(description=None, tags=None, billable=None, task_location=None, task_url=None, user=None, at=None)
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": raw})
    entry = await clickup.entry(ENTRY)
    assert (entry.work.description, entry.work.tags, entry.work.billable, entry.assignee) == ("", (), False, ADA)


async def test_a_locked_entry_says_so(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", f"{ENTRIES}/{ENTRY}", {"data": listed(is_locked=True)})
    assert (await clickup.entry(ENTRY)).is_locked


async def test_an_entry_is_created_in_milliseconds_and_billable_is_always_said(
    clickup: ClickUp, server: Server
) -> None:
    server.answers("POST", ENTRIES, {"data": created()})
    assert await clickup.create(DRAFT) == LOGGED
    assert server.requests[0].body == {
        "start": START,
        "duration": HOUR,
        "billable": False,
        "description": "pairing with Bo",
        "tid": "86c7mc19h",
        "tags": [{"name": "backend", "tag_bg": "#BF55EC", "tag_fg": "#FFFFFF"}],
    }


async def test_what_is_empty_is_not_sent_because_small_plans_count_it(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, {"data": created(task=None, tags=[], description="")})
    await clickup.create(replace(DRAFT, work=Work(billable=True)))
    assert server.requests[0].body == {"start": START, "duration": HOUR, "billable": True}


async def test_somebody_elses_entry_names_them_as_a_number(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, {"data": created(user={"id": 184})})
    assert (await clickup.create(replace(DRAFT, assignee=BO))).assignee == BO
    assert server.requests[0].body["assignee"] == 184


async def test_an_assignee_who_is_no_clickup_user_is_refused_before_anything_is_sent(
    clickup: ClickUp, server: Server
) -> None:
    with pytest.raises(Refused, match="isn't linked") as caught:
        await clickup.create(replace(DRAFT, assignee="bo"))
    assert (caught.value.field, server.requests) == ("assignee", [])


@pytest.mark.parametrize("seconds", [0, -60])
async def test_an_entry_that_ends_before_it_starts_is_not_sent(
    clickup: ClickUp, server: Server, seconds: float
) -> None:
    end = TEN + timedelta(seconds=seconds)
    for wrong in (clickup.create(replace(DRAFT, end=end)), clickup.update(LOGGED, replace(LOGGED, end=end))):
        with pytest.raises(Refused, match="longer"):
            await wrong
    assert server.requests == []


async def test_milliseconds_survive_the_journey(clickup: ClickUp, server: Server) -> None:
    start = TEN + timedelta(milliseconds=417, microseconds=999)
    server.answers("POST", ENTRIES, {"data": created(start=START + 417, end=str(START + HOUR), duration=HOUR - 417)})
    entry = await clickup.create(replace(DRAFT, start=start))
    assert server.requests[0].body["start"] == START + 417
    assert entry.start == TEN + timedelta(milliseconds=417)


async def test_a_task_that_the_answer_only_numbers_keeps_its_name(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, {"data": created(task={"id": "86c7mc19h"})})
    assert (await clickup.create(DRAFT)).work.task == FIX_LOGIN


async def test_a_success_that_holds_only_an_id_is_a_success(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, {"data": {"id": "4057"}})
    made = await clickup.create(DRAFT)
    assert (made.id, made.work, made.start, made.end) == ("4057", DRAFT.work, DRAFT.start, DRAFT.end)


@pytest.mark.parametrize(
    "body", ["", "null", "7", "{}", '{"data":null}', '{"data":[]}', "<html>", '{"data":{"id":1', "[]"]
)
async def test_a_success_that_cannot_be_read_is_no_success(clickup: ClickUp, server: Server, body: str) -> None:
    server.answers("POST", ENTRIES, Said(body))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clickup.create(DRAFT)
    assert len(server.requests) == 1


async def test_silence_after_a_write_says_that_it_may_have_been_saved(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, Said({"data": created()}, delay=0.6))
    with pytest.raises(NoAnswer, match="didn't answer in time"):
        await clickup.create(DRAFT)
    assert len(server.requests) == 1


async def test_silence_after_a_question_says_only_to_ask_again(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", ENTRIES, Said("Bad gateway", 502))
    with pytest.raises(NoAnswer, match="Try again in a minute"):
        await clickup.entries(MORNING, ADA)


async def test_a_task_that_is_gone_is_named_as_the_reason(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(refused("ITEM_013", "Task not found"), 404))
    with pytest.raises(TaskNotFound, match="choose another task"):
        await clickup.create(DRAFT)


async def test_only_what_differs_is_put(clickup: ClickUp, server: Server) -> None:
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {"data": listed(description="alone")})
    after = replace(LOGGED, work=replace(WORK, description="alone"))
    assert await clickup.update(LOGGED, after) == after
    assert server.requests[0].body == {"description": "alone", "tags": [], "tag_action": "add"}


async def test_a_new_end_goes_with_its_start(clickup: ClickUp, server: Server) -> None:
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    after = replace(LOGGED, end=TEN + timedelta(hours=2))
    assert await clickup.update(LOGGED, after) == after
    body = server.requests[0].body
    assert (body["start"], body["end"]) == (START, START + 2 * HOUR)


async def test_task_and_billable_are_put(clickup: ClickUp, server: Server) -> None:
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    after = replace(LOGGED, work=replace(WORK, task=Task("86c7mc20a", "Rest"), billable=True))
    assert await clickup.update(LOGGED, after) == after
    assert server.requests[0].body == {"billable": True, "tid": "86c7mc20a", "tags": [], "tag_action": "add"}


async def test_tags_are_changed_through_tags_because_put_ignores_them(clickup: ClickUp, server: Server) -> None:
    server.answers("POST", f"{ENTRIES}/tags", {})
    server.answers("DELETE", f"{ENTRIES}/tags", {})
    after = replace(LOGGED, work=replace(WORK, tags=("urgent",)))
    assert (await clickup.update(LOGGED, after)).work.tags == ("urgent",)
    assert server.lines == [f"POST {ENTRIES}/tags", f"DELETE {ENTRIES}/tags"]
    assert server.requests[1].body == {"time_entry_ids": [ENTRY], "tags": [{"name": "backend"}]}


async def test_nothing_is_sent_when_nothing_differs(clickup: ClickUp, server: Server) -> None:
    assert await clickup.update(LOGGED, LOGGED) == LOGGED
    await clickup.tag(ENTRY, [])
    assert server.requests == []


async def test_after_a_refused_tag_it_is_told_that_the_rest_was_saved(clickup: ClickUp, server: Server) -> None:
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    server.answers("POST", f"{ENTRIES}/tags", Said(refused("TIMEENTRY_052", "Team not found"), 400))
    after = replace(LOGGED, work=replace(WORK, description="alone", tags=("backend", "urgent")))
    with pytest.raises(PlanTooSmall, match=r"The rest was saved.*Leave the tags out") as caught:
        await clickup.update(LOGGED, after)
    assert caught.value.field == "tags"


async def test_a_limit_half_way_through_is_not_taken_for_nothing_happened(clickup: ClickUp, server: Server) -> None:
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", {})
    server.answers("POST", f"{ENTRIES}/tags", Said({}, 429))
    after = replace(LOGGED, work=replace(WORK, description="alone", tags=("backend", "urgent")))
    with pytest.raises(NoAnswer, match="The rest was saved"):
        await clickup.update(LOGGED, after)


async def test_a_limit_before_anything_was_written_means_that_nothing_happened(
    clickup: ClickUp, server: Server
) -> None:
    server.answers("POST", f"{ENTRIES}/tags", Said({}, 429))
    with pytest.raises(NotReached):
        await clickup.update(LOGGED, replace(LOGGED, work=replace(WORK, tags=("backend", "urgent"))))


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (replace(LOGGED, assignee=BO), "log it for them"),
        (replace(LOGGED, work=replace(WORK, task=None)), "log it again without one"),
    ],
)
async def test_what_clickup_cannot_change_is_refused_with_the_way_round(
    clickup: ClickUp, server: Server, after: TimeEntry, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        await clickup.update(LOGGED, after)
    assert server.requests == []


async def test_a_delete_is_answered_with_a_list(clickup: ClickUp, server: Server) -> None:
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", deleted())
    await clickup.delete(LOGGED)


async def test_an_entry_that_is_known_to_be_locked_says_who_can_unlock_it(clickup: ClickUp, server: Server) -> None:
    no = Said(refused("TIMEENTRY_059", "You have no access"), 403)
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", no)
    server.answers("PUT", f"{ENTRIES}/{ENTRY}", no)
    locked, later = replace(LOGGED, is_locked=True), LOGGED.end + timedelta(hours=1)
    for attempt in (clickup.delete(locked), clickup.update(locked, replace(locked, end=later))):
        with pytest.raises(EntryLocked, match="owner or admin to unlock it"):
            await attempt


async def test_deleting_what_is_gone_says_so(clickup: ClickUp, server: Server) -> None:
    server.answers("DELETE", f"{ENTRIES}/{ENTRY}", Said({"err": "Not found"}, 404))
    with pytest.raises(EntryNotFound, match="no such time entry"):
        await clickup.delete(LOGGED)


async def test_labels_are_names(clickup: ClickUp, server: Server) -> None:
    server.answers("GET", f"{ENTRIES}/tags", {"data": [{"name": "backend", "creator": 183}, {"name": "urgent"}]})
    assert await clickup.tags() == ["backend", "urgent"]
    assert await clickup.tags() == ["backend", "urgent"]
    assert len(server.requests) == 1


def test_every_answer_to_a_write_reads_as_the_same_entry() -> None:
    from app.providers.clickup_wire import time_entry

    shapes = [listed(), created(), stopped(), deleted()["data"][0]]
    assert {time_entry(shape, assignee=ADA, known=WORK) for shape in shapes} == {LOGGED}
