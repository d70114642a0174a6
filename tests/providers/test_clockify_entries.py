"""Time entries at Clockify: listed, read, created, changed and deleted as its wire wants it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    NotReached,
    PlanTooSmall,
    Refused,
    TaskNotFound,
)
from app.core.model import Draft, Role, Task, TimeEntry, Window, Work
from app.providers.clockify import Clockify
from app.providers.http import Http
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BACKEND,
    BO,
    CUSTOM_VALUE,
    DESIGN,
    ELEVEN,
    ENTRY,
    FIELD,
    FOREIGN,
    LOGGED,
    NOON,
    ON_WEBSITE,
    OTHER_ENTRY,
    RULE,
    SPURIOUS,
    TEN,
    URGENT,
    WEBSITE,
    WORK,
    hydrated,
    iso,
    plain,
    refused,
    running,
    settings,
    times,
)
from providers.clockify_server import (
    BOS,
    ENTRIES,
    HERE,
    KEY,
    LAST,
    MINE,
    MORE,
    ONE,
    TAG_LIST,
    adas,
    connected,
    member,
    say_yes,
)
from providers.conftest import Watch

MORNING = Window(TEN, NOON)
DRAFT = Draft(WORK, TEN, ELEVEN, ADA)


@pytest.fixture
def server(clockify_server: Server) -> Server:
    say_yes(clockify_server)
    return clockify_server


@pytest.fixture
async def as_member(http: Http, watch: Watch, server: Server) -> Clockify:
    return await connected(http, watch, server, member())


def put_body(server: Server) -> dict[str, object]:
    body: dict[str, object] = server.sent("PUT", ONE)[0].body
    return body


async def test_a_list_is_asked_a_day_wider_because_its_bounds_are_read_as_wall_clock(
    clockify: Clockify, server: Server
) -> None:
    assert await clockify.entries(MORNING, ADA) == [LOGGED]
    asked = server.requests[0].asked
    assert (asked["start"], asked["end"]) == ("2026-03-03T10:00:00Z", "2026-03-05T12:00:00Z")


async def test_what_starts_outside_the_window_or_runs_or_is_somebody_elses_is_left_out(
    clockify: Clockify, server: Server
) -> None:
    early = hydrated(id="1", **times(TEN - timedelta(seconds=1), ELEVEN))
    late = hydrated(id="2", **times(NOON, NOON + timedelta(hours=1)))
    theirs, runs = hydrated(id="3", userId=BO), running(id="4")
    server.answers("GET", MINE, Said([late, hydrated(), early, theirs, runs, None, {"id": None}], headers=LAST))
    assert await clockify.entries(MORNING, ADA) == [LOGGED]


async def test_pages_are_turned_until_the_header_says_last_and_an_entry_on_both_comes_once(
    clockify: Clockify, server: Server
) -> None:
    second = hydrated(id=OTHER_ENTRY, **times(ELEVEN, NOON))
    third = hydrated(id="3")
    third["timeInterval"] = times(TEN + timedelta(minutes=1), ELEVEN)["timeInterval"]
    first = Said([second, hydrated()], headers=MORE)
    server.answers("GET", MINE, first, Said([hydrated(), third], headers=LAST))
    assert [entry.id for entry in await clockify.entries(MORNING, ADA)] == [ENTRY, "3", OTHER_ENTRY]
    assert [one.asked["page"] for one in server.requests] == ["1", "2"]


async def test_a_list_that_repeats_itself_and_never_ends_is_left(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([hydrated()], headers=MORE))
    assert await clockify.entries(MORNING, ADA) == [LOGGED]
    assert len(server.requests) == 2


async def test_without_the_header_a_short_page_is_the_last(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, [hydrated()])
    assert await clockify.entries(MORNING, ADA) == [LOGGED]
    assert len(server.requests) == 1


async def test_just_after_a_write_the_list_without_bounds_is_asked_too_because_the_other_lags(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    await clockify.create(DRAFT)
    server.requests.clear()
    server.answers("GET", MINE, Said([], headers=LAST), Said([hydrated()], headers=LAST))
    assert await clockify.entries(MORNING, ADA) == [LOGGED]
    assert "start" not in server.requests[1].asked
    watch.pass_time(seconds=61)
    await clockify.entries(MORNING, ADA)
    assert len(server.requests) == 3


async def test_names_that_a_list_leaves_out_are_looked_up_once(clockify: Clockify, server: Server) -> None:
    unknown = plain(id="9", projectId=FIELD, taskId=None)
    server.answers("GET", MINE, Said([plain(), plain(id=OTHER_ENTRY), unknown], headers=LAST))
    for _ in range(2):
        first, second, third = sorted(await clockify.entries(MORNING, ADA), key=lambda one: (one.id == "9", one.id))
        assert (first, second.work, third.work.task) == (LOGGED, WORK, Task(FIELD, ""))
    assert len(server.requests) == 4  # the list twice, projects and tags once


async def test_an_entry_whose_names_cannot_be_looked_up_is_listed_all_the_same(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", MINE, Said([plain()], headers=LAST))
    server.answers("GET", f"{HERE}/projects", Said("", 500))
    server.answers("GET", TAG_LIST, Said("", 500))
    [entry] = await clockify.entries(MORNING, ADA)
    assert (entry.id, entry.work.task and entry.work.task.id) == (ENTRY, f"{WEBSITE}/{DESIGN}")


async def test_others_time_is_listed_on_their_own_route(clockify: Clockify, server: Server) -> None:
    server.answers("GET", BOS, Said([hydrated(userId=BO)], headers=LAST))
    assert [entry.assignee for entry in await clockify.entries(MORNING, BO)] == [BO]
    server.answers("GET", BOS, Said(refused(999), 403))
    with pytest.raises(AccessDenied, match="owners and admins"):
        await clockify.entries(MORNING, BO)


async def test_one_entry_is_read(clockify: Clockify, server: Server) -> None:
    assert await clockify.entry(ENTRY) == LOGGED


async def test_a_running_entry_is_no_entry_yet(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, running())
    with pytest.raises(EntryNotFound, match="Stop it first"):
        await clockify.entry(ENTRY)


@pytest.mark.parametrize("said", [Said({}), Said(refused(501, "Timeentry doesn't belong to Workspace"), 400)])
async def test_a_missing_entry_is_refused_as_a_rule_and_read_as_missing(
    clockify: Clockify, server: Server, said: Said
) -> None:
    server.answers("GET", ONE, said)
    with pytest.raises(EntryNotFound, match="no such time entry"):
        await clockify.entry(ENTRY)


async def test_an_entry_without_its_times_cannot_be_read(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, hydrated(timeInterval={"start": "soon", "end": iso(ELEVEN)}))
    with pytest.raises(NoAnswer, match="unreadable"):
        await clockify.entry(ENTRY)


async def test_an_id_that_looks_like_a_path_stays_one_segment(clockify: Clockify, server: Server) -> None:
    with pytest.raises(NoAnswer):
        await clockify.entry("../../user")
    assert server.requests[0].path == f"{ENTRIES}/..%2F..%2Fuser"
    assert server.faults.pop().startswith("no contract")


async def test_an_entry_is_created_in_whole_seconds_with_the_ids_of_its_tags(
    clockify: Clockify, server: Server
) -> None:
    start = TEN + timedelta(milliseconds=999)
    assert await clockify.create(replace(DRAFT, start=start), operation_id="ignored") == LOGGED
    assert server.sent("POST", ENTRIES)[0].body == {
        "start": iso(TEN),
        "end": iso(ELEVEN),
        "billable": False,
        "description": "pairing with Bo",
        "projectId": WEBSITE,
        "taskId": DESIGN,
        "tagIds": [BACKEND],
    }


async def test_an_entry_may_be_on_a_project_alone_or_on_nothing(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(plain(taskId=None), 201))
    made = await clockify.create(replace(DRAFT, work=replace(WORK, task=ON_WEBSITE)))
    assert made.work.task == ON_WEBSITE
    await clockify.create(replace(DRAFT, work=Work()))
    bodies = [one.body for one in server.sent("POST", ENTRIES)]
    assert [(body.get("projectId"), body.get("taskId")) for body in bodies] == [(WEBSITE, None), (None, None)]


async def test_a_description_is_sent_without_the_signs_that_clockify_rejects(
    clockify: Clockify, server: Server
) -> None:
    server.answers("POST", ENTRIES, Said(plain(description="fix ‹Button›"), 201))
    made = await clockify.create(replace(DRAFT, work=Work(description="fix <Button>")))
    assert server.sent("POST", ENTRIES)[0].body["description"] == made.work.description == "fix ‹Button›"


async def test_a_description_that_is_too_long_makes_no_tag_and_sends_nothing(
    clockify: Clockify, server: Server
) -> None:
    with pytest.raises(Refused, match="3,000"):
        await clockify.create(replace(DRAFT, work=Work(description="x" * 3_001, tags=("new",))))
    assert {one.method for one in server.requests} == {"GET"}


async def test_an_entry_for_somebody_goes_through_their_route(clockify: Clockify, server: Server) -> None:
    server.answers("POST", BOS, Said(plain(userId=BO), 201))
    assert (await clockify.create(replace(DRAFT, assignee=BO))).assignee == BO
    assert not server.sent("POST", ENTRIES)


async def test_the_workspace_wide_key_logs_for_others_and_for_its_owner(
    http: Http, watch: Watch, server: Server
) -> None:
    server.answers("POST", BOS, Said(plain(userId=BO), 201))
    for_bo = await connected(http, watch, server, member(BO, None))
    assert (await for_bo.create(replace(DRAFT, assignee=BO))).assignee == BO
    for_ada = await connected(http, watch, server, adas(ADA, None))
    await for_ada.create(DRAFT)
    assert [one.path for one in server.requests if one.method == "POST"] == [BOS, ENTRIES]


async def test_a_plan_without_time_for_others_is_told_before_anything_is_sent(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, settings() | {"features": []})
    with pytest.raises(PlanTooSmall, match="connect their own key") as caught:
        await clockify.create(replace(DRAFT, assignee=BO))
    assert (caught.value.field, server.lines) == ("assignee", [f"GET {HERE}"])


@pytest.mark.parametrize("seconds", [0, 0.9, -60])
async def test_an_entry_shorter_than_a_second_is_not_sent(clockify: Clockify, server: Server, seconds: float) -> None:
    end = TEN + timedelta(seconds=seconds)
    for wrong in (clockify.create(replace(DRAFT, end=end)), clockify.update(LOGGED, replace(LOGGED, end=end))):
        with pytest.raises(Refused, match="longer") as caught:
            await wrong
        assert caught.value.field == "duration"
    assert server.requests == []


@pytest.mark.parametrize(
    ("rule", "work", "field", "sentence"),
    [
        ("forceProjects", Work(None, "x", ("backend",)), "task", "wants a project"),
        ("forceTasks", Work(None, "x", ("backend",)), "task", "wants a project"),
        ("forceTasks", Work(ON_WEBSITE, "x", ("backend",)), "task", "wants a task"),
        ("forceTags", Work(ON_WEBSITE, "x"), "tags", "at least one tag"),
        ("forceDescription", Work(ON_WEBSITE, "", ("backend",)), "description", "wants a description"),
    ],
)
async def test_what_the_workspace_wants_and_is_missing_is_named_before_anything_is_sent(
    clockify: Clockify, server: Server, rule: str, work: Work, field: str, sentence: str
) -> None:
    server.answers("GET", HERE, settings(**{rule: True}))
    with pytest.raises(Refused, match=sentence) as caught:
        await clockify.create(replace(DRAFT, work=work))
    assert (caught.value.field, server.lines) == (field, [f"GET {HERE}"])


async def test_a_rule_that_is_new_is_asked_for_when_it_refused_something(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, settings(), settings(forceTags=True))
    server.answers("POST", ENTRIES, Said(RULE, 400))
    with pytest.raises(Refused, match="at least one tag") as caught:
        await clockify.create(replace(DRAFT, work=Work()))
    assert caught.value.field == "tags"


async def test_a_rule_that_is_not_known_is_told_without_clockifys_words(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(refused(501, "hunter2"), 400))
    with pytest.raises(Refused, match="one of the workspace's rules") as caught:
        await clockify.create(DRAFT)
    assert "hunter2" not in caught.value.sentence


async def test_rules_that_cannot_be_read_stop_nobody_from_logging(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, Said("<html>", 502))
    assert await clockify.create(DRAFT) == LOGGED


async def test_where_only_timers_are_allowed_a_member_is_told_so_and_an_admin_takes_the_other_route(
    clockify: Clockify, as_member: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, settings(timeTrackingMode="STOPWATCH_ONLY"))
    with pytest.raises(Refused, match="only allows timers"):
        await as_member.create(DRAFT)
    await clockify.create(DRAFT)
    assert [one.path for one in server.requests if one.method == "POST"] == [MINE]


async def test_a_member_does_not_say_what_is_billable_where_only_admins_may(
    clockify: Clockify, as_member: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, settings(onlyAdminsCanChangeBillableStatus=True))
    server.answers("POST", ENTRIES, Said(plain(billable=True), 201))
    assert (await as_member.create(DRAFT)).work.billable
    await clockify.create(DRAFT)
    assert ["billable" in one.body for one in server.sent("POST", ENTRIES)] == [False, True]


async def test_what_is_locked_is_refused_before_it_is_sent_unless_one_is_in_charge(
    clockify: Clockify, as_member: Clockify, server: Server
) -> None:
    server.answers("GET", HERE, settings(lockTimeEntries=iso(ELEVEN)))
    later = replace(LOGGED, start=NOON, end=NOON + timedelta(hours=1))
    attempts = (
        as_member.create(DRAFT),
        as_member.update(LOGGED, later),
        as_member.update(later, LOGGED),
        as_member.delete(LOGGED),
        as_member.delete(replace(later, is_locked=True)),
        as_member.start(WORK, at=TEN),
    )
    for attempt in attempts:
        with pytest.raises(EntryLocked, match="owner or admin to unlock"):
            await attempt
    assert {one.method for one in server.requests} == {"GET"}
    assert await clockify.create(DRAFT) == LOGGED


@pytest.mark.parametrize("code", [1003, 4005])
async def test_a_lock_that_only_clockify_knows_of_is_told_as_one(clockify: Clockify, server: Server, code: int) -> None:
    for method, path in (("POST", ENTRIES), ("PUT", ONE), ("DELETE", ONE)):
        server.answers(method, path, Said(refused(code), 403))
    after = replace(LOGGED, work=replace(WORK, description="alone"))
    for attempt in (clockify.create(DRAFT), clockify.update(LOGGED, after), clockify.delete(LOGGED)):
        with pytest.raises(EntryLocked):
            await attempt


async def test_a_project_that_is_gone_is_named_as_the_reason(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(FOREIGN, 400))
    with pytest.raises(TaskNotFound, match="Choose another"):
        await clockify.create(DRAFT)


async def test_not_found_of_what_was_just_created_means_that_it_may_be_there(
    clockify: Clockify, server: Server
) -> None:
    server.answers("POST", ENTRIES, Said(SPURIOUS, 400))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clockify.create(DRAFT)
    assert len(server.sent("POST", ENTRIES)) == 1


@pytest.mark.parametrize("body", ["", "null", "7", "{}", "[]", "<html>", '{"id":1', '{"id":"1"}'])
async def test_a_success_that_cannot_be_read_is_no_success(clockify: Clockify, server: Server, body: str) -> None:
    server.answers("POST", ENTRIES, Said(body, 201))
    with pytest.raises(NoAnswer, match="may or may not"):
        await clockify.create(DRAFT)
    assert len(server.sent("POST", ENTRIES)) == 1


async def test_silence_after_a_write_says_that_it_may_have_been_saved(clockify: Clockify, server: Server) -> None:
    server.answers("POST", ENTRIES, Said(plain(), delay=0.6))
    with pytest.raises(NoAnswer, match="didn't answer in time"):
        await clockify.create(DRAFT)
    assert len(server.sent("POST", ENTRIES)) == 1


async def test_silence_before_a_write_means_that_nothing_was_written(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, Said("", 502))
    server.answers("GET", TAG_LIST, Said("", 502))
    after = replace(LOGGED, work=replace(WORK, description="alone"))
    for attempt in (clockify.update(LOGGED, after), clockify.create(DRAFT), clockify.tag(ENTRY, ["urgent"])):
        with pytest.raises(NotReached):
            await attempt
    assert {one.method for one in server.requests} == {"GET"}


async def test_a_put_replaces_everything_so_what_does_not_change_is_sent_again(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", ONE, hydrated(billable=True, customFieldValues=[CUSTOM_VALUE]))
    after = replace(LOGGED, work=replace(WORK, description="alone"))
    server.answers("PUT", ONE, plain(description="alone"))
    assert await clockify.update(LOGGED, after) == after
    assert put_body(server) == {
        "start": iso(TEN),
        "end": iso(ELEVEN),
        "description": "alone",
        "billable": True,
        "projectId": WEBSITE,
        "taskId": DESIGN,
        "tagIds": [BACKEND],
        "customFields": [{"customFieldId": FIELD, "value": "London"}],
    }


async def test_what_somebody_changed_in_clockify_meanwhile_is_kept(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, hydrated(description="with Cy", **times(TEN, NOON)))
    await clockify.update(LOGGED, replace(LOGGED, work=replace(WORK, billable=True)))
    body = put_body(server)
    assert (body["description"], body["end"], body["billable"]) == ("with Cy", iso(NOON), True)


@pytest.mark.parametrize(
    ("task", "ids"),
    [(ON_WEBSITE, (WEBSITE, None)), (None, (None, None)), (Task(f"{WEBSITE}/{URGENT}", "x"), (WEBSITE, URGENT))],
)
async def test_project_task_and_times_are_changed_and_taken_off(
    clockify: Clockify, server: Server, task: Task | None, ids: tuple[str | None, str | None]
) -> None:
    await clockify.update(LOGGED, replace(LOGGED, end=NOON, work=replace(WORK, task=task)))
    body = put_body(server)
    assert (body.get("projectId"), body.get("taskId")) == ids
    assert (body["start"], body["end"]) == (iso(TEN), iso(NOON))


async def test_tags_are_added_and_removed_and_those_that_are_not_ours_stay(clockify: Clockify, server: Server) -> None:
    archived = {"id": FIELD, "name": "old", "archived": True}
    server.answers("GET", ONE, hydrated(tags=[{"id": BACKEND, "name": "Backend"}, archived]))
    await clockify.update(LOGGED, replace(LOGGED, work=replace(WORK, tags=("urgent",))))
    assert put_body(server)["tagIds"] == [FIELD, URGENT]


async def test_tags_are_changed_one_by_one_with_the_whole_entry_also_while_it_runs(
    clockify: Clockify, server: Server
) -> None:
    server.answers("GET", ONE, running())
    await clockify.tag(ENTRY, ["urgent", "backend"])
    await clockify.untag(ENTRY, ["backend"])
    bodies = [one.body for one in server.sent("PUT", ONE)]
    assert [body["tagIds"] for body in bodies] == [[BACKEND, URGENT], []]
    assert all("end" not in body and body["description"] == "pairing with Bo" for body in bodies)


async def test_a_tag_is_taken_off_also_where_an_entry_only_numbers_its_tags(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, plain(tagIds=[BACKEND, URGENT]))
    await clockify.untag(ENTRY, ["backend"])
    assert put_body(server)["tagIds"] == [URGENT]


async def test_a_change_that_breaks_a_rule_says_which(clockify: Clockify, server: Server) -> None:
    server.answers("GET", HERE, settings(forceDescription=True))
    server.answers("PUT", ONE, Said(RULE, 400))
    with pytest.raises(Refused, match="wants a description") as caught:
        await clockify.update(LOGGED, replace(LOGGED, work=replace(WORK, description="")))
    assert caught.value.field == "description"


async def test_what_cannot_be_reached_was_not_written(http: Http, watch: Watch, server: Server) -> None:
    server.url = "http://127.0.0.1:9/api/v1"
    nowhere = await connected(http, watch, server, adas())
    for attempt in (nowhere.create(DRAFT), nowhere.delete(LOGGED)):
        with pytest.raises(NotReached, match="Nothing was sent"):
            await attempt


async def test_no_names_ask_nothing(clockify: Clockify, server: Server) -> None:
    await clockify.tag(ENTRY, [])
    await clockify.untag(ENTRY, [])
    assert server.requests == []


async def test_any_success_of_a_put_means_that_it_is_as_it_was_asked_to_be(clockify: Clockify, server: Server) -> None:
    server.answers("PUT", ONE, {})
    after = replace(LOGGED, end=NOON)
    assert await clockify.update(LOGGED, after) == after


@pytest.mark.parametrize(
    ("after", "sentence"), [(replace(LOGGED, assignee=BO), "log it for them"), (replace(LOGGED, end=TEN), "longer")]
)
async def test_what_clockify_cannot_change_is_refused_with_the_way_round(
    clockify: Clockify, server: Server, after: TimeEntry, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        await clockify.update(LOGGED, after)
    assert server.requests == []


async def test_what_runs_is_not_edited_as_an_entry(clockify: Clockify, server: Server) -> None:
    server.answers("GET", ONE, running())
    with pytest.raises(Refused, match="Stop it first"):
        await clockify.update(LOGGED, replace(LOGGED, end=NOON))
    assert not server.sent("PUT", ONE)


async def test_an_entry_is_deleted_and_answered_with_nothing(clockify: Clockify, server: Server) -> None:
    await clockify.delete(LOGGED)
    assert server.lines == [f"DELETE {ONE}"]


async def test_not_found_of_what_is_just_being_changed_means_that_it_may_be_done(
    clockify: Clockify, server: Server
) -> None:
    server.answers("PUT", ONE, Said(SPURIOUS, 400))
    server.answers("DELETE", ONE, Said(SPURIOUS, 400))
    for attempt in (
        clockify.update(LOGGED, replace(LOGGED, end=NOON)),
        clockify.tag(ENTRY, ["backend"]),
        clockify.delete(LOGGED),
    ):
        with pytest.raises(NoAnswer, match="may or may not"):
            await attempt


async def test_deleting_what_is_gone_says_so(clockify: Clockify, server: Server) -> None:
    server.answers("DELETE", ONE, Said(refused(501, "Timeentry doesn't belong to Workspace"), 400))
    with pytest.raises(EntryNotFound, match="no such time entry"):
        await clockify.delete(LOGGED)


async def test_tags_are_names_kept_for_five_minutes(clockify: Clockify, server: Server, watch: Watch) -> None:
    assert await clockify.tags() == ["backend", "urgent"]
    watch.pass_time(minutes=4)
    await clockify.tags()
    assert len(server.requests) == 1
    watch.pass_time(minutes=2)
    await clockify.tags()
    assert len(server.requests) == 2


async def test_a_tag_is_found_however_it_is_written_and_a_new_one_is_made(clockify: Clockify, server: Server) -> None:
    await clockify.create(replace(DRAFT, work=Work(tags=("BACKEND", "new"))))
    await clockify.create(replace(DRAFT, work=Work(tags=("new",))))
    assert [one.body for one in server.sent("POST", TAG_LIST)] == [{"name": "new"}]
    assert [one.body["tagIds"] for one in server.sent("POST", ENTRIES)] == [[BACKEND, URGENT], [URGENT]]


@pytest.mark.parametrize(
    "rule",
    [
        {"onlyAdminsCreateTag": True, "entityCreationPermissions": None},
        {"entityCreationPermissions": {"whoCanCreateTags": "ADMINS"}},
        {"entityCreationPermissions": {"whoCanCreateTags": {"value": "ADMINS"}}},
    ],
)
async def test_where_only_admins_make_tags_a_member_is_told_who_can(
    clockify: Clockify, as_member: Clockify, server: Server, rule: dict[str, object]
) -> None:
    server.answers("GET", HERE, settings(**rule))
    new = replace(DRAFT, work=Work(tags=("new",)))
    with pytest.raises(Refused, match=r"“new”.*only admins make tags") as caught:
        await as_member.create(new)
    assert (caught.value.field, {one.method for one in server.requests}) == ("tags", {"GET"})
    await clockify.create(new)
    assert len(server.sent("POST", TAG_LIST)) == 1


async def test_a_tag_that_clockify_does_not_let_one_make_is_told_as_that(clockify: Clockify, server: Server) -> None:
    server.answers("POST", TAG_LIST, Said(refused(None), 403))
    with pytest.raises(Refused, match="Ask a workspace admin") as caught:
        await clockify.create(replace(DRAFT, work=Work(tags=("new",))))
    assert (caught.value.field, server.sent("POST", ENTRIES)) == ("tags", [])


async def test_a_tag_that_somebody_made_since_is_found_by_its_exact_name(clockify: Clockify, server: Server) -> None:
    made = [{"id": FIELD, "name": "new", "archived": False}]
    server.answers("GET", TAG_LIST, Said([], headers=LAST), Said(made, headers=LAST))
    server.answers("POST", TAG_LIST, Said(refused(501, "Tag name already exists"), 400))
    await clockify.create(replace(DRAFT, work=Work(tags=("new",))))
    assert server.requests[-2].asked["strict-name-search"] == "true"
    assert server.sent("POST", ENTRIES)[0].body["tagIds"] == [FIELD]


async def test_an_archived_tag_is_refused_with_the_way_round(clockify: Clockify, server: Server) -> None:
    server.answers("POST", TAG_LIST, Said(refused(501, "Tag name already exists"), 400))
    with pytest.raises(Refused, match="may be archived"):
        await clockify.create(replace(DRAFT, work=Work(tags=("old",))))
    assert not server.sent("POST", ENTRIES)


@pytest.mark.parametrize("said", [Said("", 502), Said({}, 201)])
async def test_no_answer_about_a_tag_means_that_nothing_was_logged(
    clockify: Clockify, server: Server, said: Said
) -> None:
    server.answers("POST", TAG_LIST, said)
    with pytest.raises(NotReached):
        await clockify.create(replace(DRAFT, work=Work(tags=("new",))))
    assert not server.sent("POST", ENTRIES)


async def test_two_workspaces_rules_are_not_mixed_up(http: Http, watch: Watch, server: Server) -> None:
    strict = await connected(http, watch, server, adas(role=Role.MEMBER, credential=KEY))
    server.answers("GET", HERE, settings(forceProjects=True))
    await strict.learn()
    fresh = await connected(http, watch, server, member())
    assert (strict.capabilities.project_required, fresh.capabilities.project_required) == (True, False)
