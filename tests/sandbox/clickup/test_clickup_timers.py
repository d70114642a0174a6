"""Start, stop and current: one timer per person, and it is always the token's own."""

from __future__ import annotations

from clickup_desk import ADA, BO, TIME

FIX_LOGIN = "86c7mc19h"


async def test_a_started_timer_has_a_negative_duration_and_no_end(ada, workspace):
    entry = (await ada("POST", f"{TIME}/start", {"tid": FIX_LOGIN, "tags": [{"name": "backend"}]})).data
    assert entry["start"] == workspace.now
    assert -1000 < entry["duration"] < 0
    assert isinstance(entry["at"], int)
    assert not {"end", "source"} & entry.keys()
    assert workspace.complaints == []


async def test_a_stopped_timer_has_its_start_as_a_string_and_its_end_as_a_number(ada, watch, workspace):
    started = (await ada("POST", f"{TIME}/start", {"tid": FIX_LOGIN})).data
    watch.pass_by(minutes=90)
    entry = (await ada("POST", f"{TIME}/stop")).data
    assert entry["id"] == started["id"]
    assert (entry["start"], entry["end"]) == (str(started["start"]), workspace.now)
    assert entry["duration"] == 90 * 60_000
    assert (entry["source"], entry["approval_id"]) == ("api_automatic", None)


async def test_starting_stops_what_ran_before_without_a_word(ada, watch, workspace):
    first = (await ada("POST", f"{TIME}/start", {"tid": FIX_LOGIN})).data["id"]
    watch.pass_by(minutes=5)
    second = (await ada("POST", f"{TIME}/start", {"description": "Something else"})).data["id"]
    assert workspace.entries[first].duration == 5 * 60_000
    assert (await ada("GET", f"{TIME}/current")).data["id"] == second


async def test_nothing_running_is_null_and_can_be_an_empty_object_or_list(ada, workspace):
    for choice, data in (("null", None), ("object", {}), ("list", [])):
        workspace.choices.nothing_running = choice
        assert (await ada("GET", f"{TIME}/current")).data == data


async def test_stopping_nothing_is_null_or_refused_as_chosen(ada, workspace):
    assert (await ada("POST", f"{TIME}/stop")).data is None
    workspace.choices.stop_with_nothing = "refused"
    assert (await ada("POST", f"{TIME}/stop")).status == 400


async def test_starting_cannot_be_backdated(ada, workspace):
    entry = (await ada("POST", f"{TIME}/start", {"start": workspace.now - 60_000})).data
    assert entry["start"] == workspace.now
    assert workspace.complaints[0].endswith("was sent 'start', which ClickUp does not know.")


async def test_a_running_timer_is_listed_with_a_negative_duration_that_is_minus_the_elapsed_time(ada, watch, workspace):
    await ada("POST", f"{TIME}/start", {})
    watch.pass_by(minutes=10)
    running = [entry for entry in (await ada("GET", TIME)).data if int(entry["duration"]) < 0]
    assert [entry["duration"] for entry in running] == [str(-10 * 60_000)]
    assert "end" not in running[0]
    assert (await ada("GET", f"{TIME}/current")).data["end"] == "0"


async def test_current_takes_an_assignee_from_admins_with_a_personal_token_only(ada, bo, oauth):
    await bo("POST", f"{TIME}/start", {"tid": FIX_LOGIN})
    assert (await ada("GET", f"{TIME}/current", assignee=BO)).data["user"]["id"] == BO
    assert (await bo("GET", f"{TIME}/current", assignee=ADA)).refusal == (403, "TIMEENTRY_059")
    assert (await oauth("GET", f"{TIME}/current", assignee=ADA)).refusal == (403, "TEAMM_002")
    assert (await oauth("GET", f"{TIME}/current")).data is None
