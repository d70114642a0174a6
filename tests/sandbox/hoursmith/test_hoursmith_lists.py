"""Lists: pages with cursors, filters, order, and what members are shown."""

from __future__ import annotations

import pytest
from hoursmith_desk import ADA, BO, CY, ENTRIES, ENTRY


async def all_pages(person, path, **query):
    found, cursor = [], {}
    while True:
        reply = await person("GET", path, **query, **cursor)
        found += reply.ids
        if reply.json["pagination"]["nextCursor"] is None:
            return found
        cursor = {"cursor": reply.json["pagination"]["nextCursor"]}


async def test_pages_follow_each_other_until_the_cursor_is_null(ada, organisation):
    first = await ada("GET", ENTRIES)
    assert (len(first.ids), first.json["pagination"]["limit"]) == (50, 50)
    assert sorted(await all_pages(ada, ENTRIES, limit=7)) == sorted(organisation.entries)
    assert len((await ada("GET", ENTRIES, limit=200)).ids) == len(organisation.entries) > 50


@pytest.mark.parametrize("sort", ["-createdAt", "createdAt", "entryDate", "-durationSeconds", "id", "updatedAt"])
async def test_a_list_has_the_order_that_was_asked_for(ada, sort):
    items = (await ada("GET", ENTRIES, sort=sort, limit=200)).data
    values = [item[sort.removeprefix("-")] for item in items]
    assert values == sorted(values, reverse=sort.startswith("-"))


async def test_a_cursor_belongs_to_its_order(ada):
    cursor = (await ada("GET", ENTRIES, sort="id")).json["pagination"]["nextCursor"]
    assert (await ada("GET", ENTRIES, sort="id", cursor=cursor)).status == 200
    for query in ({"sort": "entryDate", "cursor": cursor}, {"cursor": cursor}, {"cursor": "?"}, {"cursor": "MQ"}):
        assert (await ada("GET", ENTRIES, **query)).refusal == (400, "bad_request")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"sort": "note"}, "sort"),
        ({"billable": "perhaps"}, "billable"),
        ({"entryDateFrom": "soon"}, "entryDateFrom"),
        ({"durationSecondsMin": "long"}, "durationSecondsMin"),
        ({"search": "x" * 201}, "search"),
    ],
)
async def test_a_bad_question_is_told_which_part_of_it_is_bad(ada, query, field):
    reply = await ada("GET", ENTRIES, **query)
    assert (reply.refusal, reply.fields) == ((422, "validation_error"), {field})


async def test_days_are_inclusive_at_both_ends(ada):
    days = {one["entryDate"] for one in (await ada("GET", ENTRIES, limit=200)).data}
    asked = {"entryDateFrom": "2026-11-17", "entryDateTo": "2026-11-18", "limit": 200}
    assert {one["entryDate"] for one in (await ada("GET", ENTRIES, **asked)).data} == {"2026-11-17", "2026-11-18"}
    assert days == {f"2026-11-{day}" for day in (13, 16, 17, 18, 19, 20)}


async def test_filters_are_anded(ada):
    asked = {"userId": BO, "projectId": "pr_website", "billable": "no", "durationSecondsMin": 60, "limit": 200}
    found = (await ada("GET", ENTRIES, **asked, search="hero")).data
    assert found
    for one in found:
        assert (one["userId"], one["projectId"], one["billable"], one["note"]) == (
            BO,
            "pr_website",
            False,
            "Hero image in three sizes",
        )


async def test_members_are_pinned_to_themselves_whatever_they_ask(ada, bo):
    assert {one["userId"] for one in (await bo("GET", ENTRIES, userId=ADA, limit=200)).data} == {BO}
    assert {one["userId"] for one in (await ada("GET", ENTRIES, limit=200)).data} == {ADA, BO, CY}


async def test_members_see_the_projects_they_are_on_and_the_tasks_they_have(ada, bo):
    assert [one["name"] for one in (await bo("GET", "/projects", sort="name")).data] == [
        "Backend",
        "Old site",
        "Website",
    ]
    names = [one["name"] for one in (await bo("GET", "/tasks", sort="name")).data]
    assert names == ["Design", "Fix login", "Fix logout", "Landing page hero", "Search is slow", "Website relaunch"]
    assert len((await ada("GET", "/tasks", limit=200)).data) == 45
    assert (await bo("GET", "/projects/pr_ops")).refusal == (404, "not_found")
    assert (await bo("GET", "/projects/pr_website")).data["name"] == "Website"
    assert (await bo("GET", "/tasks/ta_on-call-rota")).status == 404
    assert (await ada("GET", "/tasks/ta_on-call-rota")).data["projectId"] == "pr_ops"


async def test_members_are_not_told_whose_money_it_is(ada, bo):
    assert "clientId" in (await ada("GET", "/projects/pr_website")).data
    assert "clientId" not in (await bo("GET", "/projects/pr_website")).data


async def test_projects_and_tasks_have_filters_of_their_own(ada):
    assert (await ada("GET", "/projects", status="ARCHIVED")).ids == ["pr_old-site"]
    assert (await ada("GET", "/projects", status="archived")).refusal == (422, "validation_error")
    assert (await ada("GET", "/projects", clientName="init")).ids == ["pr_initech"]
    assert set((await ada("GET", "/tasks", assigneeId=BO, projectId="pr_website")).ids) == {
        "ta_design",
        "ta_landing-page-hero",
        "ta_website-relaunch",
    }
    assert (await ada("GET", "/tasks", status="DONE")).data == []


async def test_what_is_asked_for_and_not_known_is_complained_about(ada, organisation):
    await ada("GET", ENTRIES, running="true")
    assert organisation.complaints == ["GET /time-entries was asked with 'running', which Hoursmith does not know."]


async def test_a_new_entry_can_be_late_in_lists(ada, organisation, watch):
    organisation.faults.add("list_lag", seconds=5)
    made = (await ada("POST", ENTRIES, ENTRY)).data["id"]
    assert made not in (await ada("GET", ENTRIES)).ids
    assert (await ada("GET", f"{ENTRIES}/{made}")).status == 200
    watch.pass_by(seconds=6)
    assert made in (await ada("GET", ENTRIES)).ids
