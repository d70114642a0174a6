"""Time on one task, the older way."""

from __future__ import annotations

from clickup_desk import ADA, BO, TIME

PATH = "/task/86c7mc19h/time"


async def test_an_interval_is_total_time_or_start_and_end(ada, bo, workspace, noon):
    for body in ({"start": noon, "end": noon + 60_000, "time": 60_000}, {"time": 5_000}):
        assert (await ada("POST", PATH, body)).json.keys() == {"id"}
    seen_by_bo = {person["user"]["id"]: person for person in (await bo("GET", PATH)).data}
    with_range, alone = seen_by_bo[ADA]["intervals"][-2:]
    assert (with_range["start"], with_range["time"]) == (str(noon), "60000")
    assert (alone["start"], alone["end"], alone["time"]) == (None, None, "5000")
    assert isinstance(seen_by_bo[ADA]["time"], int)
    assert workspace.complaints == []


async def test_intervals_and_entries_are_the_same_store(ada, noon):
    created = (await ada("POST", PATH, {"start": noon, "end": noon + 60_000})).json["id"]
    (entry,) = (await ada("GET", TIME, start_date=noon - 1, end_date=noon + 1)).data
    assert entry["id"] == created


async def test_the_documents_example_ends_before_it_starts_and_leaves_its_total(ada, workspace):
    created = (await ada("POST", PATH, {"start": 1567780450202, "end": 1508369194377, "time": 8640000})).json["id"]
    assert (workspace.entries[created].start, workspace.entries[created].duration) == (None, 8640000)


async def test_intervals_are_changed_and_deleted_by_their_owner(ada, bo, workspace, noon):
    created = (await ada("POST", PATH, {"start": noon, "end": noon + 60_000})).json["id"]
    assert (await bo("DELETE", f"{PATH}/{created}")).status == 403
    assert (await ada("PUT", f"{PATH}/{created}", {"start": noon, "end": noon + 120_000})).json == {}
    assert workspace.entries[created].duration == 120_000
    assert (await ada("DELETE", f"{PATH}/{created}")).json == {}
    assert (await ada("DELETE", f"{PATH}/{created}")).status == 404
    assert BO not in [entry.user_id for entry in workspace.entries.values() if entry.task_id == "86c7mc19h"]
