"""What a workspace wants of every entry is asked for, and what it does not take is not offered."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.stage import Stage, raised

FORCED = {
    "forceProjects": ("a project on every entry", "Task"),
    "forceTags": ("at least one tag", "Tags"),
    "forceDescription": ("a description", "Description"),
}


@pytest.fixture
async def clockify() -> AsyncIterator[Stage]:
    async with raised(provider="clockify") as stage:
        yield stage


@pytest.fixture
async def hoursmith() -> AsyncIterator[Stage]:
    async with raised(provider="hoursmith") as stage:
        yield stage


def rules(stage: Stage, **settings: Any) -> None:
    """As they were set a while ago: what was read before is not fresh any more."""
    stage.workspace.settings.update(settings)
    stage.clock.passes(minutes=11)


async def test_a_timer_that_lacks_what_is_wanted_asks_for_it_and_stops_when_it_was_told_to(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.clock.passes(minutes=30)
    rules(clockify, forceProjects=True)
    await bo.types("/timer stop")
    form = await bo.waits_for("Before it stops")
    assert "call with Hooli runs on: This Clockify workspace wants a project on every entry." in form
    assert "it stops at 10:58" in form
    clockify.clock.passes(minutes=5)
    await bo.picks("Task", "Fix login", typing="fix login")
    assert await bo.submits() == {}
    told = await bo.waits_for("Stopped after")
    assert "Stopped after 41 min  ·  Wed 4 Mar, 10:17–10:58" in told
    assert "call with Hooli" in told
    (running,) = [entry for entry in clockify.workspace.entries.values() if entry.description == "call with Hooli"]
    assert clockify.workspace.projects[running.project_id].name == "Backend"


async def test_the_moment_of_stopping_counts_however_late_the_form_is_opened(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.clock.passes(minutes=30)
    rules(clockify, forceProjects=True)
    (said,) = await bo.types("stop", channel="Timer")
    assert "call with Hooli runs on: This Clockify workspace wants a project on every entry." in said
    assert "Fill it in, and it stops at 10:58." in said
    clockify.clock.passes(minutes=45)
    await bo.clicks("Open the form")
    assert "it stops at 10:58" in await bo.waits_for("Before it stops")
    await bo.picks("Task", "Fix login", typing="fix login")
    assert await bo.submits() == {}
    assert "10:17–10:58" in await bo.waits_for("Stopped after")


async def test_a_start_over_a_timer_that_lacks_something_asks_for_that_first(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.clock.passes(minutes=30)
    rules(clockify, forceProjects=True)
    await bo.types("/timer start Fix logout")
    assert "call with Hooli runs on: This Clockify workspace wants a project" in await bo.waits_for("Before it stops")


async def test_what_a_member_may_not_call_billable_does_not_keep_their_timer_from_stopping(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.clock.passes(minutes=30)
    rules(clockify, forceProjects=True, onlyAdminsCanChangeBillableStatus=True)
    await bo.types("/timer stop")
    await bo.waits_for("Before it stops")
    await bo.picks("Task", "Fix login", typing="fix login")
    assert await bo.submits() == {}
    assert "Stopped after 41 min" in await bo.waits_for("Stopped after")


@pytest.mark.parametrize("setting", FORCED)
async def test_the_form_wants_what_the_workspace_wants(clockify: Stage, setting: str) -> None:
    rules(clockify, **{setting: True})
    bo = await clockify.person("Bo")
    await bo.types("/timer log")
    await bo.waits_for("Log time")
    await bo.fills("Duration", "30m")
    label = FORCED[setting][1]
    errors = await bo.submits()
    assert label in errors, f"{label} is not marked as wanted: {errors}"


async def test_where_only_timers_are_taken_there_is_no_form(clockify: Stage) -> None:
    rules(clockify, timeTrackingMode="STOPWATCH_ONLY")
    bo = await clockify.person("Bo")
    for line in ("/timer log", "/timer log 1h Fix login", "/timer start at 9:30 Fix login"):
        (said,) = await bo.types(line)
        assert "takes time from timers only, so nothing can be added later." in said
        assert bo.modal is None
    (started,) = await bo.types("/timer start : call with Hooli")
    assert "Running since" in started
    (stopped,) = await bo.types("/timer stop")
    assert "[Edit] [Delete]" in stopped
    assert "[Undo]" not in stopped


async def test_an_admin_may_log_where_members_may_only_run_timers(clockify: Stage) -> None:
    rules(clockify, timeTrackingMode="STOPWATCH_ONLY")
    ada = await clockify.person("Ada")
    (said,) = await ada.types("/timer log 1h yesterday : call with Hooli")
    assert "Logged: Tue 3 Mar, 09:00–10:00 = 1 h" in said


async def test_what_is_locked_is_said_before_anything_is_sent(clockify: Stage) -> None:
    rules(clockify, lockTimeEntries="2026-03-02T00:00:00Z")
    bo = await clockify.person("Bo")
    (said,) = await bo.types("/timer log 1h last fri : call with Hooli")
    assert "has locked everything before 2 Mar 2026, 01:00. Ask an admin of the workspace to open it." in said
    assert clockify.writes() == []


async def test_what_only_admins_may_call_billable_is_not_in_a_members_form(clockify: Stage) -> None:
    rules(clockify, onlyAdminsCanChangeBillableStatus=True)
    bo, ada = await clockify.person("Bo"), await clockify.person("Ada")
    await bo.types("/timer log")
    assert "Billing" not in await bo.waits_for("Log time")
    await ada.types("/timer log")
    assert "Billing" in await ada.waits_for("Log time")
    (said,) = await bo.types("/timer start Fix login billable")
    assert "doesn't let you say what is billable" in said


async def test_what_nobody_called_billable_is_as_the_project_says(clockify: Stage) -> None:
    ada = await clockify.person("Ada")
    await ada.types("/timer log 30m Hooli home page: first draft")
    await ada.types("/timer log 30m yesterday Hooli home page: second draft unbillable")
    billable = {entry.description: entry.billable for entry in clockify.workspace.entries.values()}
    assert (billable["first draft"], billable["second draft"]) == (True, False)


async def test_hoursmith_has_no_tags_and_says_so_in_one_sentence(hoursmith: Stage) -> None:
    ada = await hoursmith.person("Ada")
    for line in ("/timer tag +design", "/timer tags"):
        (said,) = await ada.types(line)
        assert "Hoursmith has no tags." in said
    await ada.types("/timer log")
    form = await ada.waits_for("Log time")
    assert "Tags" not in form
    assert "From" not in form


async def test_a_question_where_hoursmith_wants_a_project(hoursmith: Stage) -> None:
    ada = await hoursmith.person("Ada")
    (asked,) = await ada.types("/timer start talking to the auditors")
    assert "Which project is “talking to the auditors” for? Hoursmith wants one with every entry." in asked
    assert "just the text" not in asked
    label = next(button for button in asked.text.rsplit("\n", 1)[-1].strip("[]").split("] ["))
    (started,) = await ada.clicks(label)
    assert "talking to the auditors" in started
    assert "Kept here and saved to Hoursmith as one entry when it stops." in started


async def test_an_entry_of_hoursmiths_keeps_its_day_and_its_length_and_claims_no_more(hoursmith: Stage) -> None:
    ada = await hoursmith.person("Ada")
    (said,) = await ada.types("/timer log 1h30m yesterday Fix login")
    assert "Logged: Tue 3 Mar = 1 h 30" in said
    (undone,) = await ada.clicks("Undo")
    assert "is gone again" in undone


async def test_a_timer_whose_task_is_gone_asks_for_another_and_stops(hoursmith: Stage) -> None:
    ada = await hoursmith.person("Ada")
    await ada.types("/timer start Fix logout: words")
    hoursmith.clock.passes(minutes=20)
    gone = next(task for task in hoursmith.workspace.tasks.values() if task.name == "Fix logout")
    del hoursmith.workspace.tasks[gone.id]
    await ada.types("/timer stop")
    assert "Fix logout runs on" in await ada.waits_for("Before it stops")
    await ada.picks("Task", "Fix login", typing="fix login")
    assert await ada.submits() == {}
    assert "Stopped after 20 min" in await ada.waits_for("Stopped after")


async def test_an_edit_does_not_put_back_what_was_changed_elsewhere_meanwhile(clockify: Stage) -> None:
    ada = await clockify.person("Ada")
    await ada.types("/timer log 1h yesterday Fix login: old words")
    await ada.clicks("Edit")
    await ada.waits_for("Duration")
    (entry,) = [one for one in clockify.workspace.entries.values() if one.description == "old words"]
    entry.description = "newer words"
    await ada.fills("Date", "2026-03-02")
    errors = await ada.submits()
    assert errors == {}
    assert "It was changed elsewhere while this form was open." in await ada.waits_for("changed elsewhere")
    assert entry.description == "newer words"


async def test_a_form_is_saved_when_its_task_cannot_be_looked_up_yet(hoursmith: Stage) -> None:
    ada = await hoursmith.person("Ada")
    await ada.types("/timer log")
    await ada.waits_for("Log time")
    await ada.picks("Task", "Fix logout", typing="fix logout")
    await ada.fills("Duration", "20m")
    hoursmith.clock.passes(minutes=20)
    hoursmith.workspace.faults.add("error", method="GET", status=503)
    assert await ada.submits() == {}
    await ada.waits_for("Saved. Hoursmith isn't answering")
    hoursmith.workspace.faults.clear()
    hoursmith.clock.passes(minutes=1)
    await hoursmith.app.settler.settle_due()
    assert "Fix logout" in await ada.waits_for("Logged")
