"""Time entries at Hoursmith: days and lengths there, stretches of time here."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import EntryLocked, EntryNotFound, KeySpent, NoAnswer, Refused, TaskNotFound, TooManyRequests
from app.core.model import Draft, Role, Task, TimeEntry, Timer, Window, Work
from app.providers.hoursmith import Hoursmith
from providers.clickup_server import Said, Server
from providers.conftest import Watch
from providers.hoursmith_recorded import ADA, BACKEND, BO, ENTRY, OTHER_ENTRY, WEBSITE, logged, page, refused
from providers.hoursmith_server import ENTRIES, ONE, Office

TEN = datetime(2026, 3, 4, 10, tzinfo=UTC)
NINE_IN_BERLIN = datetime(2026, 3, 4, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Window(datetime(2026, 3, 3, 23, tzinfo=UTC), datetime(2026, 3, 4, 23, tzinfo=UTC))
FIX_LOGIN = Task("pr_backend/ta_fix-login", "Fix login", place="Backend")
WORK = Work(FIX_LOGIN, "pairing with Bo")
LOGGED = TimeEntry(ENTRY, WORK, NINE_IN_BERLIN, NINE_IN_BERLIN + HOUR, ADA, is_timed=False)
DRAFT = Draft(WORK, TEN, TEN + HOUR, ADA)


async def test_an_entry_is_created_as_a_day_and_whole_seconds_and_billable_is_always_said(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    assert await hoursmith.create(DRAFT) == TimeEntry(ENTRY, WORK, TEN, TEN + HOUR, ADA, is_timed=False)
    assert hoursmith_server.requests[0].body == {
        "projectId": "pr_backend",
        "taskId": "ta_fix-login",
        "entryDate": "2026-03-04",
        "durationSeconds": 3600,
        "billable": False,
        "note": "pairing with Bo",
    }


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Berlin", "2026-03-05"), ("America/New_York", "2026-03-04"), ("UTC", "2026-03-04")]
)
async def test_an_hour_before_midnight_counts_on_the_persons_own_day(
    office: Office, hoursmith_server: Server, zone: str, day: str
) -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    await office.desk(zone=ZoneInfo(zone)).create(replace(DRAFT, start=late, end=late + HOUR))
    assert hoursmith_server.requests[0].body["entryDate"] == day


async def test_a_project_alone_can_be_worked_on(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    await hoursmith.create(replace(DRAFT, work=Work(Task(WEBSITE, "Website"), billable=True)))
    assert hoursmith_server.requests[0].body == {
        "projectId": "pr_website",
        "entryDate": "2026-03-04",
        "durationSeconds": 3600,
        "billable": True,
    }


async def test_without_a_project_nothing_is_sent(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    with pytest.raises(Refused, match="Choose a project") as caught:
        await hoursmith.create(replace(DRAFT, work=Work(description="thinking")))
    assert (caught.value.field, hoursmith_server.requests) == ("task", [])


async def test_tags_are_kept_as_words_of_the_note_because_there_are_none(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("POST", ENTRIES, {"data": logged(note="pairing #backend #urgent")})
    made = await hoursmith.create(replace(DRAFT, work=Work(FIX_LOGIN, "pairing", ("backend", "urgent"))))
    assert hoursmith_server.requests[0].body["note"] == "pairing #backend #urgent"
    assert (made.work.description, made.work.tags) == ("pairing #backend #urgent", ())
    with pytest.raises(Refused, match="no tags"):
        await hoursmith.tag(ENTRY, ["backend"])
    with pytest.raises(Refused, match="no tags"):
        await hoursmith.untag(ENTRY, ["backend"])
    assert await hoursmith.tags() == []


@pytest.mark.parametrize(("ms", "seconds"), [(500, 1), (1_499, 1), (1_500, 2), (3_599_700, 3_600)])
async def test_lengths_go_to_the_nearest_second(
    hoursmith: Hoursmith, hoursmith_server: Server, ms: int, seconds: int
) -> None:
    await hoursmith.create(replace(DRAFT, end=TEN + timedelta(milliseconds=ms)))
    assert hoursmith_server.requests[0].body["durationSeconds"] == seconds


@pytest.mark.parametrize("ms", [-5, 0, 499])
async def test_less_than_a_second_is_not_sent(hoursmith: Hoursmith, hoursmith_server: Server, ms: int) -> None:
    with pytest.raises(Refused, match="less than one"):
        await hoursmith.create(replace(DRAFT, end=TEN + timedelta(milliseconds=ms)))
    assert hoursmith_server.requests == []


async def test_the_same_operation_sends_the_same_key_and_the_same_bytes(
    hoursmith: Hoursmith, office: Office, hoursmith_server: Server
) -> None:
    await hoursmith.create(DRAFT, operation_id="a1b2")
    await office.desk().create(DRAFT, operation_id="a1b2")
    first, again = hoursmith_server.requests
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]
    assert json.dumps(first.body) == json.dumps(again.body)


async def test_other_operations_and_none_at_all_have_keys_of_their_own(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    for operation_id in ("a1b2", "a1b3", "", ""):
        await hoursmith.create(DRAFT, operation_id=operation_id)
    assert len({sent.headers["idempotency-key"] for sent in hoursmith_server.requests}) == 4


@pytest.mark.parametrize("status", [200, 201])
async def test_any_success_and_a_replayed_one_is_a_success(
    hoursmith: Hoursmith, hoursmith_server: Server, status: int
) -> None:
    said = Said({"data": logged()}, status, {"Idempotent-Replayed": "true"})
    hoursmith_server.answers("POST", ENTRIES, said)
    assert (await hoursmith.create(DRAFT)).id == ENTRY


@pytest.mark.parametrize(
    "said",
    [
        Said(refused("internal"), 500, {"Idempotent-Replayed": "true"}),
        Said("<html>", 502, {"Idempotent-Replayed": "true"}),
        Said(refused("conflict"), 409),
    ],
)
async def test_a_key_that_gets_no_other_answer_for_a_day_is_spent_and_something_may_be_there(
    hoursmith: Hoursmith, hoursmith_server: Server, said: Said
) -> None:
    hoursmith_server.answers("POST", ENTRIES, said)
    with pytest.raises(KeySpent, match="may or may not"):
        await hoursmith.create(DRAFT, operation_id="a1b2")


async def test_a_failure_that_comes_for_the_first_time_spends_no_key(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("POST", ENTRIES, Said(refused("internal"), 500))
    with pytest.raises(NoAnswer) as caught:
        await hoursmith.create(DRAFT, operation_id="a1b2")
    assert not isinstance(caught.value, KeySpent)


@pytest.mark.parametrize("body", ["", "{", "[]", {}, {"data": None}, {"data": []}, {"data": {"id": "x"}}])
async def test_a_success_that_cannot_be_read_is_no_answer(
    hoursmith: Hoursmith, hoursmith_server: Server, body: object
) -> None:
    hoursmith_server.answers("POST", ENTRIES, Said(body))
    with pytest.raises(NoAnswer, match="may or may not"):
        await hoursmith.create(DRAFT)


async def test_somebody_elses_time_is_logged_and_handed_over_at_once(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("PATCH", ONE, {"data": logged(userId=BO)})
    assert (await hoursmith.create(replace(DRAFT, assignee=BO))).assignee == BO
    assert hoursmith_server.lines == [f"POST {ENTRIES}", f"PATCH {ONE}"]
    assert hoursmith_server.requests[1].body == {
        "projectId": BACKEND,
        "entryDate": "2026-03-04",
        "durationSeconds": 3600,
        "userId": BO,
    }


async def test_a_shared_token_hands_over_unless_it_is_that_persons_own(
    office: Office, hoursmith_server: Server
) -> None:
    for_bo = office.desk(BO, role=Role.MEMBER, is_shared=True, speaks_for_self=False)
    await for_bo.create(replace(DRAFT, assignee=BO))
    assert hoursmith_server.lines == [f"POST {ENTRIES}", f"PATCH {ONE}"]
    hoursmith_server.requests.clear()
    hoursmith_server.answers("POST", ENTRIES, {"data": logged(userId=BO)})
    await for_bo.create(replace(DRAFT, assignee=BO))
    assert hoursmith_server.lines == [f"POST {ENTRIES}"]


async def test_what_was_handed_over_before_its_answer_got_lost_is_not_written_again(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    """They may have changed it since; and should it be locked by now, it is not taken back from them."""
    hoursmith_server.answers("POST", ENTRIES, Said({"data": logged()}, 200, {"Idempotent-Replayed": "true"}))
    hoursmith_server.answers("GET", ONE, {"data": logged(userId=BO, note="changed since")})
    assert (await hoursmith.create(replace(DRAFT, assignee=BO), operation_id="a1b2")).assignee == BO
    assert hoursmith_server.lines == [f"POST {ENTRIES}", f"GET {ONE}"]
    hoursmith_server.answers("GET", ONE, Said(refused("internal"), 500))
    with pytest.raises(NoAnswer):
        await hoursmith.create(replace(DRAFT, assignee=BO), operation_id="a1b2")
    hoursmith_server.answers("GET", ONE, Said(refused("not_found"), 404))
    with pytest.raises(EntryNotFound):
        await hoursmith.create(replace(DRAFT, assignee=BO), operation_id="a1b2")
    hoursmith_server.answers("GET", ONE, {"data": logged()})
    await hoursmith.create(replace(DRAFT, assignee=BO), operation_id="a1b2")
    assert hoursmith_server.lines[-3:] == [f"POST {ENTRIES}", f"GET {ONE}", f"PATCH {ONE}"]


async def test_what_was_made_earlier_than_it_was_sent_is_another_one(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    """A day's entries have no times of day, so that the same may well be there twice."""
    before, after = "2026-03-04T11:57:00.000Z", "2026-03-04T12:00:05.000Z"
    hoursmith_server.answers("GET", ENTRIES, page(logged(createdAt=before), logged(id=OTHER_ENTRY, createdAt=after)))
    sent_at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    (found,) = await hoursmith.made_from(DRAFT, operation_id="a1b2", since=sent_at)
    assert (found.id, found.start, found.is_timed) == (OTHER_ENTRY, TEN, False)


async def test_what_is_found_under_the_tokens_own_name_is_a_question_for_people(
    hoursmith: Hoursmith, office: Office, hoursmith_server: Server
) -> None:
    """It was made and not handed over: sent again it would be there twice."""
    for_bo = replace(DRAFT, assignee=BO)
    for it in (hoursmith, office.desk(BO, role=Role.MEMBER, is_shared=True, speaks_for_self=False)):
        with pytest.raises(Refused, match=r"under the token's own name.*Hand it over in Hoursmith"):
            await it.made_from(for_bo, operation_id="a1b2", since=TEN)
    hoursmith_server.answers("GET", ENTRIES, page(logged(userId="us_cy")))
    assert await hoursmith.made_from(for_bo, operation_id="a1b2", since=TEN) == []


async def test_what_may_not_be_handed_over_is_taken_back(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("PATCH", ONE, Said(refused("forbidden_scope", "Only Owners and Admins"), 403))
    with pytest.raises(Refused, match="Only Owners and Admins"):
        await hoursmith.create(replace(DRAFT, assignee=BO))
    assert hoursmith_server.lines == [f"POST {ENTRIES}", f"PATCH {ONE}", f"DELETE {ONE}"]


@pytest.mark.parametrize(("patched", "deleted"), [(500, 200), (429, 200), (403, 500), (403, 409)])
async def test_a_hand_over_that_broke_off_half_way_says_so(
    hoursmith: Hoursmith, hoursmith_server: Server, patched: int, deleted: int
) -> None:
    hoursmith_server.answers("PATCH", ONE, Said(refused(""), patched))
    hoursmith_server.answers("DELETE", ONE, Said(refused(""), deleted))
    with pytest.raises(NoAnswer, match="under the token's own name"):
        await hoursmith.create(replace(DRAFT, assignee=BO))


async def test_a_list_is_asked_by_the_persons_days_and_read_to_its_last_page(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    other = logged(id=OTHER_ENTRY, createdAt="2026-03-04T12:00:00.000Z")
    hoursmith_server.answers("GET", ENTRIES, page(logged(), cursor="b64:x"), page(other))
    found = await hoursmith.entries(DAY, ADA)
    assert found == [
        LOGGED,
        replace(LOGGED, id=OTHER_ENTRY, start=NINE_IN_BERLIN + HOUR, end=NINE_IN_BERLIN + 2 * HOUR),
    ]
    first, second = hoursmith_server.sent("GET", ENTRIES)
    asked = {"entryDateFrom": "2026-03-04", "entryDateTo": "2026-03-04", "sort": "entryDate", "limit": "200"}
    assert first.asked == asked | {"userId": ADA}
    assert second.asked == first.asked | {"cursor": "b64:x"}


async def test_a_cursor_that_comes_back_is_not_followed_for_ever(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("GET", ENTRIES, page(logged(), cursor="same"))
    with pytest.raises(NoAnswer, match="unreadable"):
        await hoursmith.entries(DAY, ADA)
    assert len(hoursmith_server.sent("GET", ENTRIES)) == 2


async def test_members_ask_for_nobody_because_they_see_only_themselves(
    office: Office, hoursmith_server: Server
) -> None:
    await office.desk(BO, role=Role.MEMBER).entries(DAY, BO)
    assert "userId" not in hoursmith_server.requests[0].asked


@pytest.mark.parametrize(
    "strange",
    [
        logged(userId=BO),
        logged(deletedAt="2026-03-04T12:00:00.000Z"),
        logged(durationSeconds=0, startedAt="2026-03-04T11:00:00.000Z"),
        logged(durationSeconds=None),
        logged(durationSeconds="many"),
        logged(id=None),
        logged(projectId=None),
        logged(entryDate="soon"),
        logged(entryDate="2026-03-05"),
    ],
)
async def test_what_is_not_theirs_not_finished_or_not_readable_is_not_listed(
    hoursmith: Hoursmith, hoursmith_server: Server, strange: dict[str, object]
) -> None:
    hoursmith_server.answers("GET", ENTRIES, page(strange))
    assert await hoursmith.entries(DAY, ADA) == []


async def test_half_a_day_shows_what_stands_in_that_half(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    other = logged(id=OTHER_ENTRY, createdAt="2026-03-04T12:00:00.000Z")
    hoursmith_server.answers("GET", ENTRIES, page(other, logged()))
    until_ten = Window(DAY.start, NINE_IN_BERLIN + HOUR)
    assert [entry.id for entry in await hoursmith.entries(until_ten, ADA)] == [ENTRY]
    assert await hoursmith.entries(Window(TEN, TEN), ADA) == []


async def test_entries_are_shown_without_names_when_projects_cannot_be_listed(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("GET", "/projects", Said("<html>", 502))
    (entry,) = await hoursmith.entries(DAY, ADA)
    assert entry.work.task == Task("pr_backend/ta_fix-login", "ta_fix-login")


async def test_what_was_put_away_is_still_called_by_its_name(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", ENTRIES, page(logged(projectId="pr_old", taskId=None)))
    (entry,) = await hoursmith.entries(DAY, ADA)
    assert entry.work.task == Task("pr_old", "Old website")


async def test_one_entry_stands_where_the_list_of_its_day_shows_it(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    earlier = logged(id=OTHER_ENTRY, createdAt="2026-03-04T07:00:00.000Z")
    hoursmith_server.answers("GET", ENTRIES, page(logged(), earlier))
    entry = await hoursmith.entry(ENTRY)
    assert entry in await hoursmith.entries(DAY, ADA)
    assert entry.start == NINE_IN_BERLIN + HOUR


async def test_somebody_elses_entry_is_looked_up_among_their_own(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("GET", ONE, {"data": logged(userId=BO)})
    hoursmith_server.answers("GET", ENTRIES, page(logged(userId=BO)))
    assert (await hoursmith.entry(ENTRY)).assignee == BO
    assert hoursmith_server.sent("GET", ENTRIES)[0].asked["userId"] == BO


async def test_one_entry_that_no_list_shows_yet_is_still_read(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", ENTRIES, page())
    assert await hoursmith.entry(ENTRY) == LOGGED


async def test_an_entry_of_hoursmiths_own_timer_needs_no_look_at_its_day(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    timed = logged(startedAt="2026-03-04T10:30:00.000Z", stoppedAt="2026-03-04T11:45:00.000Z")
    hoursmith_server.answers("GET", ONE, {"data": timed})
    entry = await hoursmith.entry(ENTRY)
    assert (entry.start, entry.duration) == (TEN + HOUR / 2, HOUR)  # it was paused for a quarter
    assert hoursmith_server.sent("GET", ENTRIES) == []


@pytest.mark.parametrize("nothing", [None, {}, [], logged(deletedAt="2026-03-04T12:00:00.000Z")])
async def test_an_answer_without_an_entry_means_that_there_is_none(
    hoursmith: Hoursmith, hoursmith_server: Server, nothing: object
) -> None:
    hoursmith_server.answers("GET", ONE, {"data": nothing})
    with pytest.raises(EntryNotFound):
        await hoursmith.entry(ENTRY)


async def test_an_id_that_looks_like_a_path_stays_one_segment(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    with pytest.raises(NoAnswer):
        await hoursmith.entry("../me")
    assert hoursmith_server.requests[0].path == f"{ENTRIES}/..%2Fme"
    assert hoursmith_server.faults.pop() == f"no contract for GET {ENTRIES}/..%2Fme"


async def test_a_change_sends_what_the_document_demands_and_what_differs(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("PATCH", ONE, {"data": logged(taskId=None, note=None, billable=True, durationSeconds=60)})
    website = Work(Task(WEBSITE, "Website"), "", billable=True)
    after = replace(LOGGED, work=website, end=LOGGED.start + timedelta(minutes=1))
    assert await hoursmith.update(LOGGED, after) == after
    assert hoursmith_server.requests[0].body == {
        "projectId": WEBSITE,
        "taskId": None,
        "entryDate": "2026-03-04",
        "durationSeconds": 60,
        "billable": True,
        "note": None,
    }


async def test_a_change_of_words_leaves_the_entry_where_it_stands(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("PATCH", ONE, {"data": logged(note="alone")})
    moved = replace(LOGGED, work=Work(FIX_LOGIN, "alone"), start=TEN, end=TEN + HOUR)
    assert await hoursmith.update(LOGGED, moved) == replace(LOGGED, work=Work(FIX_LOGIN, "alone"))
    assert hoursmith_server.requests[0].body["note"] == "alone"


async def test_a_time_of_day_alone_cannot_be_changed_and_nothing_is_sent(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    nameless = Work(Task(FIX_LOGIN.id, ""), "pairing with Bo")
    with pytest.raises(Refused, match="not its time of day"):
        await hoursmith.update(replace(LOGGED, work=nameless), replace(LOGGED, start=TEN, end=TEN + HOUR))
    assert await hoursmith.update(LOGGED, LOGGED) == LOGGED
    assert hoursmith_server.requests == []


async def test_another_day_and_another_person_can(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("PATCH", ONE, {"data": logged(userId=BO, entryDate="2026-03-03")})
    day = timedelta(days=1)
    after = replace(LOGGED, start=LOGGED.start - day, end=LOGGED.end - day, assignee=BO)
    assert await hoursmith.update(LOGGED, after) == after
    assert hoursmith_server.requests[0].body == {
        "projectId": BACKEND,
        "entryDate": "2026-03-03",
        "durationSeconds": 3600,
        "userId": BO,
    }


@pytest.mark.parametrize("answer", [Said("", 204), Said({}), Said({"data": None})])
async def test_any_success_of_a_change_means_that_it_is_as_it_was_asked_to_be(
    hoursmith: Hoursmith, hoursmith_server: Server, answer: Said
) -> None:
    hoursmith_server.answers("PATCH", ONE, answer)
    after = replace(LOGGED, end=LOGGED.start + 2 * HOUR, work=Work(FIX_LOGIN, "all day", ("backend",)))
    changed = await hoursmith.update(LOGGED, after)
    assert (changed.duration, changed.work.description) == (2 * HOUR, "all day #backend")


async def test_an_invoiced_entry_is_locked_and_says_so(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", ENTRIES, page(logged(invoiceId="in_1")))
    assert (await hoursmith.entry(ENTRY)).is_locked
    for method in ("PATCH", "DELETE"):
        hoursmith_server.answers(method, ONE, Said(refused("conflict", "locked"), 409))
    with pytest.raises(EntryLocked, match="on an invoice"):
        await hoursmith.update(LOGGED, replace(LOGGED, end=LOGGED.end + HOUR))
    with pytest.raises(EntryLocked, match="on an invoice"):
        await hoursmith.delete(LOGGED)


async def test_what_is_missing_is_what_was_named(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    missing = Said(refused("not_found"), 404)
    for method in ("GET", "PATCH", "DELETE"):
        hoursmith_server.answers(method, ONE, missing)
    hoursmith_server.answers("POST", ENTRIES, missing)
    with pytest.raises(EntryNotFound):
        await hoursmith.entry(ENTRY)
    with pytest.raises(EntryNotFound):
        await hoursmith.delete(LOGGED)
    with pytest.raises(TaskNotFound, match="no such project or task"):
        await hoursmith.create(DRAFT)


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_any_success_deletes(hoursmith: Hoursmith, hoursmith_server: Server, status: int) -> None:
    hoursmith_server.answers("DELETE", ONE, Said("", status))
    await hoursmith.delete(LOGGED)


async def test_there_are_no_timers_so_the_app_holds_them(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    timer = Timer("held:1", WORK, TEN, ADA, is_held=True)
    assert await hoursmith.current(ADA) is None
    for call in (hoursmith.start(WORK), hoursmith.stop(timer), hoursmith.cancel(timer)):
        with pytest.raises(Refused, match="this app keeps yours"):
            await call
    assert hoursmith_server.requests == []


def test_what_it_can_do_follows_from_the_role(office: Office) -> None:
    admin, member = office.desk().capabilities, office.desk(BO, role=Role.MEMBER).capabilities
    assert (admin.assignees, member.assignees) == (True, False)
    assert (admin.native_timer, admin.tags, admin.clock_times) == (False, False, False)
    assert (admin.billable, admin.project_required, admin.task_required) == (True, True, False)
    assert office.desk().label == "Hoursmith"


async def test_a_full_window_shuts_the_gate_for_everybody_with_the_token(
    office: Office, hoursmith_server: Server, watch: Watch
) -> None:
    reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(watch.at.timestamp()) + 30)}
    hoursmith_server.answers("POST", ENTRIES, Said({"data": logged()}, headers=reset))
    await office.desk().create(DRAFT)
    with pytest.raises(TooManyRequests, match="30 seconds"):
        await office.desk(BO).create(DRAFT)
    watch.pass_time(seconds=31)
    await office.desk(BO).create(DRAFT)
    assert len(hoursmith_server.sent("POST", ENTRIES)) == 2
