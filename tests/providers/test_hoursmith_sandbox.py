"""The adapter's promises again, kept against the sandbox Hoursmith, which has state and never saw our code."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import (
    AccessDenied,
    EntryNotFound,
    KeySpent,
    NoAnswer,
    PlanTooSmall,
    ProviderError,
    Refused,
    SignInExpired,
    TaskNotFound,
    TooManyRequests,
)
from app.core.logbook import days, total
from app.core.model import Account, AssigneePermission, Draft, Role, Secret, Task, TimeEntry, Work
from app.providers import Connections, Site
from app.providers.freshness import Shelf
from app.providers.hoursmith import Hoursmith
from app.providers.http import Http, Patience
from providers.conftest import Watch
from providers.hoursmith_server import Office
from tests.serving import free_socket, serving

sandbox = pytest.importorskip("app.sandbox.hoursmith", exc_type=ImportError)

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEDNESDAY = days(TEN.date(), TEN.date(), BERLIN)
ADA, BO, CY, DI = "us_ada", "us_bo", "us_cy", "us_di"
ROLES = {ADA: Role.ADMIN, BO: Role.MEMBER, CY: Role.MEMBER, DI: Role.OWNER}
WEBSITE = Task("pr_website", "Website")


@pytest.fixture
def watch() -> Watch:
    return Watch(FRIDAY)


@pytest.fixture
def organisation(watch: Watch) -> Any:
    organisation = sandbox.seed(watch.now)
    organisation.entries.clear()
    return organisation


@pytest.fixture
async def url(organisation: Any) -> AsyncIterator[str]:
    bound, address = free_socket()
    async with serving(sandbox.create_app(organisation), bound):
        yield f"{address}/api/v1"
    assert organisation.complaints == []


@pytest.fixture
async def office(url: str, watch: Watch) -> AsyncIterator[Office]:
    http = Http(Patience(read=0.3, total=1))
    yield Office(http, watch, url, Shelf())
    await http.aclose()


def desk(office: Office, user_id: str = ADA, zone: ZoneInfo = BERLIN) -> Hoursmith:
    name = user_id.removeprefix("us_").title()
    return office.desk(user_id, role=ROLES[user_id], token=Secret(sandbox.TOKENS[name]), zone=zone)


@pytest.fixture
def ada(office: Office) -> Hoursmith:
    return desk(office)


@pytest.fixture
def bo(office: Office) -> Hoursmith:
    return desk(office, BO)


async def design(hoursmith: Hoursmith) -> Task:
    found = await hoursmith.find_task("ta_design")
    assert found is not None
    return found


def draft(work: Work | None = None, start: datetime = TEN, hours: float = 1, assignee: str = ADA) -> Draft:
    return Draft(work or Work(WEBSITE), start, start + timedelta(hours=hours), assignee)


@pytest.mark.parametrize("who", [ADA, BO, CY, DI])
async def test_everybody_is_known_by_their_token(office: Office, who: str) -> None:
    me = await desk(office, who).whoami()
    assert (me.id, me.role) == (who, ROLES[who])


async def test_what_was_logged_is_read_back(bo: Hoursmith) -> None:
    made = await bo.create(draft(Work(await design(bo), "hero", ("backend",), billable=True), assignee=BO))
    assert (made.start, made.end, made.assignee) == (TEN, TEN + HOUR, BO)
    again = await bo.entry(made.id)
    assert [again] == await bo.entries(WEDNESDAY, BO)
    assert (again.duration, again.work) == (HOUR, Work(await design(bo), "hero #backend", billable=True))


async def test_a_day_has_the_same_sum_here_and_there_whatever_made_it(ada: Hoursmith, organisation: Any) -> None:
    lengths = (0.25, 7.5, 3)
    for hours in lengths:
        await ada.create(draft(hours=hours))
    organisation.record(
        user_id=ADA,
        project_id="pr_ops",
        day=TEN.date(),
        seconds=1800,
        started=TEN,
        stopped=TEN + HOUR,
    )
    organisation.record(user_id=ADA, project_id="pr_ops", day=TEN.date(), seconds=0, started=TEN)  # still runs
    found = await ada.entries(WEDNESDAY, ADA)
    assert total(found) == timedelta(hours=sum(lengths) + 0.5)
    assert all(entry.start in WEDNESDAY for entry in found)


async def test_two_hundred_and_fifty_entries_are_two_pages(ada: Hoursmith, organisation: Any) -> None:
    for number in range(250):
        day = TEN.date() - timedelta(days=number // 10)
        organisation.record(user_id=ADA, project_id="pr_ops", day=day, seconds=600)
    window = days(TEN.date() - timedelta(days=30), TEN.date(), BERLIN)
    assert len({entry.id for entry in await ada.entries(window, ADA)}) == 250
    assert [request.path for request in organisation.requests].count("/time-entries") == 2


async def test_late_in_new_york_is_still_that_day(office: Office, organisation: Any) -> None:
    zone = ZoneInfo("America/New_York")
    cy, late = desk(office, CY, zone), datetime(2026, 11, 19, 3, 30, tzinfo=UTC)
    made = await cy.create(draft(start=late, assignee=CY))
    assert organisation.entries[made.id].day == TEN.date()
    assert [entry.id for entry in await cy.entries(days(TEN.date(), TEN.date(), zone), CY)] == [made.id]


async def test_a_change_of_everything_is_read_back(ada: Hoursmith) -> None:
    made = await ada.create(draft(Work(await design(ada), "hero", billable=True)))
    other = await ada.find_task("pr_ops")
    after = replace(made, work=Work(other), start=TEN - 48 * HOUR, end=TEN - 46 * HOUR)
    assert await ada.update(made, after) == after
    again = await ada.entry(made.id)
    assert (again.work, again.duration, again.start.date()) == (Work(other), 2 * HOUR, after.start.date())


@pytest.mark.parametrize("deleted", ["entry", "nothing"])
async def test_what_was_deleted_is_gone(ada: Hoursmith, organisation: Any, deleted: str) -> None:
    organisation.choices.deleted = deleted
    made = await ada.create(draft())
    await ada.delete(made)
    assert await ada.entries(WEDNESDAY, ADA) == []
    with pytest.raises(EntryNotFound):
        await ada.entry(made.id)
    with pytest.raises(EntryNotFound):
        await ada.delete(made)


async def test_an_admin_logs_for_somebody_else_and_a_member_leaves_no_trace(
    ada: Hoursmith, bo: Hoursmith, organisation: Any
) -> None:
    made = await ada.create(draft(assignee=BO))
    assert organisation.entries[made.id].user_id == BO
    assert [entry.id for entry in await ada.entries(WEDNESDAY, BO)] == [made.id]
    assert await ada.entries(WEDNESDAY, ADA) == []
    with pytest.raises(AccessDenied, match="Only Owners and Admins"):
        await bo.create(draft(assignee=CY))
    assert list(organisation.entries) == [made.id]


async def test_a_member_is_shown_nobody_elses_time(ada: Hoursmith, bo: Hoursmith) -> None:
    made = await ada.create(draft())
    assert await bo.entries(WEDNESDAY, ADA) == []
    with pytest.raises(EntryNotFound):
        await bo.entry(made.id)


async def test_the_shared_token_logs_for_everybody(office: Office, url: str, watch: Watch, organisation: Any) -> None:
    shared = Secret(sandbox.TOKENS["Di"])
    connections = Connections(office.http, watch, {"hoursmith": Site(url, shared, "or_acme")})
    for user_id in (BO, DI):
        account = Account("T1", "U1", "hoursmith", "or_acme", user_id, ROLES[user_id], AssigneePermission.SELF)
        made = await (await connections.provider(account)).create(draft(assignee=user_id))
        assert organisation.entries[made.id].user_id == user_id


async def test_members_find_what_they_are_on(ada: Hoursmith, bo: Hoursmith) -> None:
    assert [task.name for task in await bo.search("")] == [
        "Backend",
        "Website",
        "Design",
        "Fix login",
        "Fix logout",
        "Landing page hero",
        "Search is slow",
        "Website relaunch",
    ]
    assert [task.name for task in await ada.search("website/de")] == ["Design", "Dark mode"]
    with pytest.raises(TaskNotFound):
        await bo.create(draft(Work(Task("pr_ops", "Ops")), assignee=BO))


async def test_an_archived_project_is_refused_at_the_right_field(ada: Hoursmith) -> None:
    with pytest.raises(Refused, match="is archived") as caught:
        await ada.create(draft(Work(Task("pr_old-site", "Old site"))))
    assert caught.value.field == "task"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset", "committed": True},
        {"kind": "reset", "committed": False},
        {"kind": "error", "committed": True},
        {"kind": "error", "status": 503},
        {"kind": "hang", "committed": True},
        {"kind": "empty"},
        {"kind": "garbage"},
    ],
    ids=lambda fault: "-".join(map(str, fault.values())),
)
async def test_the_same_operation_sent_again_after_no_answer_makes_one_entry(
    ada: Hoursmith, organisation: Any, fault: dict[str, Any]
) -> None:
    organisation.faults.add(times=1, method="POST", **fault)
    with pytest.raises(NoAnswer):
        await ada.create(draft(), operation_id="a1b2")
    organisation.faults.clear()
    made = await ada.create(draft(), operation_id="a1b2")
    assert list(organisation.entries) == [made.id]


async def test_a_hand_over_that_broke_off_is_finished_by_the_same_operation(ada: Hoursmith, organisation: Any) -> None:
    organisation.faults.add("error", times=1, method="PATCH")
    with pytest.raises(NoAnswer, match="not handed over"):
        await ada.create(draft(assignee=BO), operation_id="a1b2")
    made = await ada.create(draft(assignee=BO), operation_id="a1b2")
    assert [(entry.id, entry.user_id) for entry in organisation.entries.values()] == [(made.id, BO)]


async def test_one_operation_with_two_contents_makes_one_entry_and_is_looked_up(
    ada: Hoursmith, organisation: Any
) -> None:
    made = await ada.create(draft(), operation_id="a1b2")
    with pytest.raises(KeySpent, match="may or may not"):
        await ada.create(draft(hours=2), operation_id="a1b2")
    assert len(organisation.entries) == 1
    (found,) = await ada.made_from(draft(), operation_id="a1b2", since=FRIDAY)
    assert found.id == made.id
    assert await ada.made_from(draft(hours=2), operation_id="a1b2", since=FRIDAY) == []


async def test_what_was_handed_over_and_comes_again_is_one_entry_as_its_owner_left_it(
    ada: Hoursmith, bo: Hoursmith, organisation: Any
) -> None:
    meant = draft(assignee=BO)
    first = await ada.create(meant, operation_id="a1b2")
    theirs = await bo.entry(first.id)
    await bo.update(theirs, replace(theirs, end=theirs.end + HOUR))
    second = await ada.create(meant, operation_id="a1b2")
    assert (second.id, second.assignee) == (first.id, BO)
    (kept,) = organisation.entries.values()
    assert (kept.user_id, kept.seconds) == (BO, 7200)


async def test_what_broke_off_before_it_was_handed_over_is_handed_over_when_it_comes_again(
    ada: Hoursmith, organisation: Any
) -> None:
    meant = draft(assignee=BO)
    organisation.faults.add("error", method="PATCH")
    with pytest.raises(NoAnswer, match="not handed over yet"):
        await ada.create(meant, operation_id="a1b2")
    organisation.faults.clear()
    with pytest.raises(Refused, match="Hand it over in Hoursmith"):
        await ada.made_from(meant, operation_id="a1b2", since=FRIDAY)
    await ada.create(meant, operation_id="a1b2")
    assert [one.user_id for one in organisation.entries.values()] == [BO]


async def test_plans_tokens_and_limits_are_said_in_words(ada: Hoursmith, organisation: Any, watch: Watch) -> None:
    organisation.rate_limit = 1
    await ada.delete(await make_directly(organisation))
    with pytest.raises(TooManyRequests, match="60 seconds") as caught:
        await ada.create(draft())
    assert caught.value.until == watch.at + timedelta(seconds=60)
    watch.pass_time(seconds=61)
    organisation.rate_limit, organisation.plan = None, "free"
    with pytest.raises(PlanTooSmall, match="Studio"):
        await ada.create(draft())
    organisation.plan = "studio"
    organisation.revoke(sandbox.TOKENS["Ada"])
    with pytest.raises(SignInExpired):
        await ada.create(draft())


async def make_directly(organisation: Any) -> TimeEntry:
    made = organisation.record(user_id=ADA, project_id="pr_ops", day=TEN.date(), seconds=60)
    return TimeEntry(made.id, Work(WEBSITE), TEN, TEN + HOUR, ADA)


async def test_the_seeded_week_adds_up(ada: Hoursmith, organisation: Any, watch: Watch) -> None:
    organisation.reset()
    for user_id in (ADA, BO, CY):
        mine = [entry for entry in organisation.entries.values() if entry.user_id == user_id]
        week = days(watch.at.date() - timedelta(days=7), watch.at.date(), BERLIN)
        found = await ada.entries(week, user_id)
        assert total(found) == timedelta(seconds=sum(entry.seconds for entry in mine))
        assert {entry.id: entry.start.astimezone(BERLIN).date() for entry in found} == {e.id: e.day for e in mine}


async def test_no_failure_is_anything_but_ours(ada: Hoursmith, organisation: Any) -> None:
    for kind in ("reset", "error", "limited", "dead_token", "garbage"):
        organisation.faults.add(kind)
        for call in (ada.whoami(), ada.search("x"), ada.entries(WEDNESDAY, ADA), ada.create(draft())):
            with pytest.raises(ProviderError):
                await call
        organisation.faults.clear()
        ada.calls.gate.shut = None
