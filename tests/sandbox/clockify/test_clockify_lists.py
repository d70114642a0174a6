"""The list of a person's time entries, whose window is not what it looks like."""

from __future__ import annotations

import pytest
from clockify_desk import ENTRIES, FRIDAY, TIME, at, entry, no

from app.sandbox.clockify import PROJECTS, TAGS


@pytest.fixture
def at_once(workspace):
    """Lists with a window show new entries at once."""
    workspace.window_lag = 0


async def texts(person, name: str, **query: str) -> list[str]:
    return [item["description"] for item in (await person("GET", ENTRIES[name], **query)).json]


async def test_a_new_entry_is_missing_from_windows_for_45_seconds_and_from_nothing_else(bo, watch):
    await bo("POST", TIME, entry(description="Fresh"))
    window = {"start": at("00:00"), "end": at("23:00")}
    for query in ({}, {"description": "Fresh"}, {"project": PROJECTS["Backend"]}):
        assert "Fresh" in await texts(bo, "Bo", **query)
    for query in (window, {"start": window["start"]}, {"end": window["end"]}, window | {"description": "Fresh"}):
        assert "Fresh" not in await texts(bo, "Bo", **query)
    watch.pass_by(seconds=44)
    assert "Fresh" not in await texts(bo, "Bo", **window)
    watch.pass_by(seconds=1)
    assert "Fresh" in await texts(bo, "Bo", **window)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("name", "hours"), [("Bo", 1), ("Cy", -5)])
async def test_a_window_is_read_as_the_wall_clock_of_the_account(person, name: str, hours: int):
    """In Berlin 12:00Z means noon in Berlin, an hour earlier; in New York noon there, five hours later."""
    asks = person(name)
    noon_there = f"{12 - hours:02}:00"
    await asks("POST", TIME, entry(start=at(noon_there), end=at("23:00"), description="Noon there"))
    assert await texts(asks, name, start=at("12:00"), end=at("12:00")) == ["Noon there"]
    assert await texts(asks, name, start=at("12:01"), end=at("23:00")) == []
    assert "Noon there" not in await texts(asks, name, end=at("11:59"))


@pytest.mark.usefixtures("at_once")
async def test_the_wall_clock_is_that_of_whoever_asks(ada, cy):
    await cy("POST", TIME, entry(start=at("11:00"), end=at("11:30"), description="Early"))
    assert await texts(ada, "Cy", start=at("12:00"), end=at("12:00")) == ["Early"]


async def test_a_bound_that_is_no_time_is_refused_as_a_parameter(bo):
    for start in ("2026-11-20", at("12:00").replace("Z", ".000Z")):
        assert no(await bo("GET", ENTRIES["Bo"], start=start)) == (400, 3000)


async def test_the_newest_comes_first_and_pages_say_which_is_the_last(bo, workspace):
    await bo("POST", TIME, entry(start=at("14:00"), end=at("14:03"), description="Newest"))
    first = await bo("GET", ENTRIES["Bo"], **{"page-size": "2"})
    assert first.json[0]["description"] == "Newest"
    assert first.headers["last-page"] == "false"
    whole = await bo("GET", ENTRIES["Bo"])
    starts = [item["timeInterval"]["start"] for item in whole.json]
    assert starts == sorted(starts, reverse=True)
    assert whole.headers["last-page"] == "true"
    second = await bo("GET", ENTRIES["Bo"], page="2", **{"page-size": "2"})
    assert first.json + second.json == whole.json[:4]
    assert workspace.complaints == []


async def test_a_list_item_has_fifteen_fields_and_does_not_say_when_it_was_made(bo):
    item = (await bo("GET", ENTRIES["Bo"])).json[0]
    assert len(item) == 15
    assert {"hourlyRate", "costRate", "kioskId", "customFieldValues"} <= item.keys()
    assert not [name for name in item if "created" in name.lower()]


async def test_hydrated_items_carry_whole_objects(bo, workspace):
    task = next(task for task in workspace.tasks.values() if task.name == "Fix login")
    await bo("POST", TIME, entry(start=at("14:00"), end=at("14:02"), taskId=task.id, tagIds=[TAGS["backend"]]))
    item = (await bo("GET", ENTRIES["Bo"], hydrated="true")).json[0]
    assert (item["project"]["name"], item["task"]["name"]) == ("Backend", "Fix login")
    assert [tag["name"] for tag in item["tags"]] == ["backend"]
    assert item["user"]["name"] == "Bo"


async def test_entries_are_filtered_by_text_project_tag_and_completeness(bo):
    assert await texts(bo, "Bo", description="stand") == ["Stand-up"] * len(await texts(bo, "Bo", description="Stand"))
    on_website = (await bo("GET", ENTRIES["Bo"], project=PROJECTS["Website"])).json
    assert {item["projectId"] for item in on_website} == {PROJECTS["Website"]}
    meetings = (await bo("GET", ENTRIES["Bo"], tags=TAGS["meeting"])).json
    assert {tag for item in meetings for tag in item["tagIds"]} == {TAGS["meeting"]}
    complete = (await bo("GET", ENTRIES["Bo"], **{"project-required": "true"})).json
    assert all(item["projectId"] for item in complete)


async def test_members_list_their_own_and_admins_everybodys(ada, bo, cy, workspace):
    assert (await ada("GET", ENTRIES["Bo"])).json
    assert no(await cy("GET", ENTRIES["Bo"])) == (403, 501)
    workspace.configure(onlyAdminsSeeAllTimeEntries=False)
    assert (await cy("GET", ENTRIES["Bo"])).status == 200


async def test_the_diary_is_a_believable_week_for_ada_and_bo_the_same_every_time(workspace):
    def diary():
        return [(one.id, one.user_id, one.start, one.description) for one in workspace.entries.values()]

    before = diary()
    workspace.reset()
    assert diary() == before
    assert {workspace.users[one.user_id].name for one in workspace.entries.values()} == {"Ada", "Bo"}
    assert all(one.end and one.end <= FRIDAY for one in workspace.entries.values())
    assert all(1_200 <= one.elapsed(FRIDAY).total_seconds() <= 9_000 for one in workspace.entries.values())
    assert len({one.start.date() for one in workspace.entries.values()}) == 6
