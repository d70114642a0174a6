"""The buttons below a timer that may have been forgotten, on a stage where everything works."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.model import Work
from app.core.reminder import Kind, Reminder, Rule
from app.core.reminder import Stage as Progress
from app.core.timer_reminders import told
from app.slack import messages
from app.slack.call import Call
from tests.person import Person
from tests.slack.wire import Wire, words
from tests.stage import Stage, raised

TODAY = date(2026, 3, 4)


@pytest.fixture
async def clockify() -> AsyncIterator[Stage]:
    async with raised(provider="clockify") as stage:
        yield stage


async def asked(stage: Stage, name: str = "Ada") -> Person:
    """They are asked about what runs, as they are when its time has come."""
    services, user = stage.app.front.services, f"U0{name.upper()}"
    person = await services.store.person("T0SANDBOX", user)
    assert person
    call = Call(services, person, "asking")
    caller = await call.caller()
    timer = await services.tracker.current(caller)
    assert timer
    now = stage.clock.now()
    reminder = Reminder("T0SANDBOX", user, Kind.TIMER, TODAY, now, now)
    said = messages.timer_forgotten(call, caller, TODAY, told(reminder, timer, person, now))
    assert await stage.app.front.outgoing.say(user, said)
    return await stage.person(name)


async def kept(stage: Stage) -> Reminder:
    found = await stage.app.store.reminders.reminder("T0SANDBOX", "U0ADA", Kind.TIMER, TODAY)
    assert found
    return found


async def started(stage: Stage, line: str = "/timer start DEV-12") -> None:
    """At 10:17, and it is 18:30 by now."""
    await (await stage.person("Ada")).types(line)
    stage.clock.passes(hours=8, minutes=13)


async def test_the_question_says_since_when_and_what_each_button_makes_of_it(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    [said] = await ada.reads()
    assert str(said).splitlines() == [
        "⏱️  Still on Fix login (DEV-12)?",
        "It has run since 10:17: 8 h 13",
        "[Still working] [Stopped at 18:00  ·  7 h 43] [Stopped at …]",
    ]


async def test_who_is_still_working_is_asked_again_two_hours_later(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    [said] = await ada.clicks("Still working")
    assert said.is_edited
    assert str(said).splitlines() == [
        "▶️  Fix login (DEV-12) runs on, since 10:17.",
        "Good. I'll ask again at 20:30.",
        "[Stop]",
    ]
    reminder = await kept(stage)
    assert (reminder.stage, reminder.due_at - stage.clock.now()) == (Progress.PLANNED, timedelta(hours=2))
    assert [entry.is_running for entry in stage.entries()] == [True]


async def test_what_is_trimmed_is_said_before_and_after(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    stage.clock.passes(hours=2)
    await ada.clicks("Stopped at 18:00  ·  7 h 43", confirm=False)
    assert ada.asked == (
        "Stopped at 18:00?\n"
        "Fix login (DEV-12) is logged until 18:00: 7 h 43. What it has run since is left out: 30 min when I asked.\n"
        "[Not yet] [Stop it there]"
    )
    assert [entry.is_running for entry in stage.entries()] == [True]
    [said] = await ada.clicks("Stopped at 18:00  ·  7 h 43")
    assert str(said).splitlines() == [
        "✅  Fix login (DEV-12)",
        "Stopped after 7 h 43  ·  Wed 4 Mar, 10:17–18:00",
        "2 h 30 after that is not logged.",
        "Today: 7 h 43 of 8 h, 17 min to go",
        "[Undo] [Edit] [Delete]",
    ]
    assert (await kept(stage)).rule is Rule.STOPPED


async def test_what_was_trimmed_runs_on_when_it_is_undone(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.clicks("Stopped at 18:00  ·  7 h 43")
    said = str((await ada.clicks("Undo"))[0])
    assert "Runs again, since 10:17." in said
    assert said.splitlines()[-1] == "[Still working] [Stopped at 18:00  ·  7 h 43] [Stopped at …]"
    await ada.clicks("Stopped at 18:00  ·  7 h 43")
    [entry] = stage.entries()
    assert str(datetime.fromtimestamp((entry.end or 0) // 1000, UTC)) == "2026-03-04 17:00:00+00:00"


@pytest.mark.parametrize("label", ["Still working", "Stopped at 18:00  ·  7 h 43"])
async def test_a_late_click_says_that_the_timer_does_not_run_any_more(stage: Stage, label: str) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.types("/timer stop")
    before = stage.writes()
    [said] = await ada.clicks(label)
    assert "running" in said
    assert stage.writes() == before


@pytest.mark.parametrize("label", ["Still working", "Stopped at 18:00  ·  7 h 43"])
async def test_a_late_click_leaves_another_timer_alone(stage: Stage, label: str) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.types("/timer start OPS-5")
    before = stage.writes()
    [said] = await ada.clicks(label)
    assert "That timer isn't running any more, but another one is. Nothing was changed." in said
    assert stage.writes() == before


async def test_a_double_click_is_one_stop(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await asyncio.gather(*(ada.clicks("Stopped at 18:00  ·  7 h 43") for _ in range(2)))
    [entry] = stage.entries()
    assert not entry.is_running


async def test_what_started_after_their_usual_end_has_no_end_that_could_be_proposed(stage: Stage) -> None:
    ada = await stage.person("Ada")
    stage.clock.passes(hours=10)
    await ada.types("/timer start DEV-12")
    stage.clock.passes(hours=10, minutes=43)
    ada = await asked(stage)
    [said] = await ada.reads()
    assert str(said).splitlines() == [
        "⏱️  Still on Fix login (DEV-12)?",
        "It has run since Wed 4 Mar, 20:17: 10 h 43",
        "[Still working] [Stopped at …]",
    ]


async def test_after_a_day_nothing_is_saved_before_they_say_when_it_ended(stage: Stage) -> None:
    await started(stage)
    stage.clock.passes(days=1)
    ada = await asked(stage)
    [said] = await ada.reads()
    assert str(said).splitlines() == [
        "⏱️  When did you stop Fix login (DEV-12)?",
        "It has run since Wed 4 Mar, 10:17: 32 h 13",
        "That is longer than a day, so nothing is saved before you say.",
        "[Stopped at Wed 4 Mar, 18:00  ·  7 h 43] [Stopped at …] [Drop]",
    ]


async def test_who_says_after_a_day_that_they_still_work_is_asked_when_they_stopped(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    stage.clock.passes(days=1)
    [said] = await ada.clicks("Still working")
    assert "When did you stop Fix login (DEV-12)?" in said
    assert "[Still working]" not in said


async def test_another_end_is_asked_for_with_what_was_proposed(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.clicks("Stopped at …")
    form = await ada.waits_for("[Stop it there]")
    assert form.splitlines() == [
        "When did you stop?",
        "Fix login (DEV-12) has run since 10:17: 8 h 13",
        "Day: [2026-03-04]",
        "Time: [18:00]",
        "[Cancel] [Stop it there]",
    ]
    await ada.fills("Time", "16:30")
    assert await ada.submits() == {}
    said = await ada.waits_for("Stopped after")
    assert said.splitlines() == [
        "✅  Fix login (DEV-12)",
        "Stopped after 6 h 13  ·  Wed 4 Mar, 10:17–16:30",
        "2 h after that is not logged.",
        "Today: 6 h 13 of 8 h, 1 h 47 to go",
        "[Undo] [Edit] [Delete]",
    ]
    assert (await kept(stage)).rule is Rule.STOPPED


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        (
            "2026-03-04",
            "10:00",
            {"Time": "Fix login was started on Wed 4 Mar at 10:17. Say a later end, or cancel it."},
        ),
        ("2026-03-03", "17:00", {"Day": "Fix login was started on Wed 4 Mar at 10:17. Say a later end, or cancel it."}),
        ("2026-03-04", "19:00", {"Time": "That is still to come. A timer stops now or earlier."}),
        ("2026-03-05", "08:00", {"Day": "That day is still to come."}),
    ],
)
async def test_an_end_that_cannot_be_is_said_at_its_field(
    stage: Stage, day: str, time: str, sentence: dict[str, str]
) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.clicks("Stopped at …")
    await ada.waits_for("[Stop it there]")
    await ada.fills("Day", day)
    await ada.fills("Time", time)
    assert await ada.submits() == sentence
    assert [entry.is_running for entry in stage.entries()] == [True]


async def test_an_end_more_than_a_day_after_the_start_is_said_at_its_field(stage: Stage) -> None:
    await started(stage)
    stage.clock.passes(days=2)
    ada = await asked(stage)
    await ada.clicks("Stopped at …")
    await ada.waits_for("[Stop it there]")
    await ada.fills("Day", "2026-03-05")
    errors = await ada.submits()
    assert "longer than a day. Say when it really ended" in errors["Time"]


async def test_an_end_that_the_clocks_showed_twice_is_asked_about(stage: Stage) -> None:
    stage.clock.moment = datetime(2026, 10, 24, 21, tzinfo=UTC)  # 23:00 in Berlin, and the clocks go back that night
    ada = await stage.person("Ada")
    await ada.types("/timer start DEV-12")
    stage.clock.passes(hours=10)
    ada = await asked(stage)
    await ada.clicks("Stopped at …")
    await ada.waits_for("[Stop it there]")
    await ada.fills("Day", "2026-10-25")
    await ada.fills("Time", "02:30")
    errors = await ada.submits()
    second = "/timer stop 2026-10-25 at 02:30 CET"
    assert errors["Time"] == (
        "The clocks went back, so 02:30 came twice. Close this and type /timer stop 2026-10-25 at 02:30 CEST, "
        f"or {second}."
    )
    await ada.closes()
    [said] = await ada.types(second)
    assert "Stopped after 4 h 30" in said


async def test_the_form_says_when_the_timer_does_not_run_any_more(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.types("/timer stop")
    await ada.clicks("Stopped at …")
    form = await ada.waits_for("isn't running any more")
    assert "[Stop it there]" not in form


async def test_a_form_that_was_open_while_another_timer_started_stops_nothing(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.clicks("Stopped at …")
    await ada.waits_for("[Stop it there]")
    stage.clock.passes(minutes=5)
    services = stage.app.front.services
    person = await services.store.person("T0SANDBOX", "U0ADA")
    assert person
    await services.tracker.start(await Call(services, person, "another").caller(), Work(None, "call with Hooli"))
    before = stage.writes()
    await ada.submits()
    assert "That timer isn't running any more, but another one is. Nothing was changed." in (ada.modal or "")
    assert stage.writes() == before


async def test_where_the_system_is_away_the_end_is_saved_and_sent_later(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    stage.workspace.faults.add("reset", method="*")
    [said] = await ada.clicks("Stopped at 18:00  ·  7 h 43")
    assert "Saved. ClickUp isn't answering; I'll send it and tell you." in said
    stage.workspace.faults.clear()
    stage.clock.passes(minutes=10)
    await stage.app.settler.settle_due()
    [entry] = stage.entries()
    assert entry.end == datetime(2026, 3, 4, 17, tzinfo=UTC).timestamp() * 1000


async def why(stage: Stage) -> str:
    """The line about a timer."""
    said = str((await (await stage.person("Ada")).types("/timer why"))[-1])
    return next((line for line in said.splitlines() if line.startswith("⏱️")), "")


async def comes(stage: Stage) -> None:
    """What is due by now; a Slack workspace takes one message a second."""
    for _ in range(4):
        await stage.app.reminding.plan()
        await stage.app.reminding.read_due()
        await stage.app.reminding.send_due()
        stage.clock.passes(seconds=2)


async def test_why_tells_of_the_timer_as_well(stage: Stage) -> None:
    ada = await stage.person("Ada")
    assert await why(stage) == ""
    await ada.types("/timer start DEV-12")
    await comes(stage)
    end = "Your usual end: /timer remind ends 18:30."
    assert await why(stage) == f"⏱️  I'll ask at 18:30 about your timer, if it still runs. {end}"
    stage.clock.passes(hours=8, minutes=13)
    await comes(stage)
    assert await why(stage) == f"⏱️  I asked at 18:30 about a timer that ran past its time. {end}"
    await ada.clicks("Still working")
    said = "You said you're still working. I'll ask again at 20:30 about your timer, if it still runs."
    assert await why(stage) == f"⏱️  {said} {end}"
    stage.clock.passes(hours=2)
    await comes(stage)
    await ada.clicks("Stopped at 18:30  ·  8 h 13")
    assert await why(stage) == f"⏱️  You said when your timer ended. {end}"


async def test_why_tells_of_a_timer_that_was_stopped_in_time(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer start DEV-12")
    await comes(stage)
    await ada.types("/timer stop")
    stage.clock.passes(hours=8, minutes=13)
    await comes(stage)
    assert "I kept silent at 18:30 about a timer: it had been stopped by then." in await why(stage)


async def test_while_it_cannot_be_looked_up_what_runs_the_question_stays(stage: Stage) -> None:
    await started(stage)
    ada = await asked(stage)
    await ada.reads()
    stage.workspace.faults.add("reset", method="*")
    [said] = await ada.clicks("Still working")
    assert said.is_ephemeral
    assert "[" not in said
    stage.workspace.faults.clear()
    stage.clock.passes(minutes=2)
    [said] = await ada.clicks("Still working")
    assert "I'll ask again at 20:32." in said
    assert said.is_edited


async def test_a_button_that_nobody_made_changes_nothing(wire: Wire, stage: Stage) -> None:
    await started(stage)
    before = stage.writes()
    for value in ("", "-", "2026-03-04", "2026-13-04 - x", "2026-03-04 2026-03-04T18:00 x", "2026-03-04 never x"):
        await wire.click("stopped_at", value)
        await wire.front.drain(2)
        assert "That button is too old." in words(wire.told[-1])
    assert stage.writes() == before


async def test_where_only_timers_are_taken_it_is_said_that_there_is_no_way_back(clockify: Stage) -> None:
    clockify.workspace.settings["timeTrackingMode"] = "STOPWATCH_ONLY"
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.clock.passes(hours=8, minutes=13)
    await asked(clockify, "Bo")
    await bo.clicks("Stopped at 18:00  ·  7 h 43", confirm=False)
    assert "Clockify doesn't take that back." in (bo.asked or "")
    [said] = await bo.clicks("Stopped at 18:00  ·  7 h 43")
    assert "10:17–18:00" in said
    assert "[Undo]" not in said


async def test_what_the_workspace_wants_of_an_entry_is_asked_in_the_same_form(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.workspace.settings["forceProjects"] = True
    clockify.clock.passes(hours=8, minutes=13)
    await asked(clockify, "Bo")
    await bo.clicks("Stopped at …")
    assert "Task" in await bo.waits_for("[Stop it there]")
    await bo.picks("Task", "Fix login", typing="fix login")
    await bo.fills("Time", "17:00")
    assert await bo.submits() == {}
    assert "Stopped after 6 h 43  ·  Wed 4 Mar, 10:17–17:00" in await bo.waits_for("Stopped after")


async def test_the_button_asks_for_what_the_workspace_wants_and_keeps_its_time(clockify: Stage) -> None:
    bo = await clockify.person("Bo")
    await bo.types("/timer start : call with Hooli")
    clockify.workspace.settings["forceProjects"] = True
    clockify.clock.passes(hours=8, minutes=13)
    await asked(clockify, "Bo")
    await bo.clicks("Stopped at 18:00  ·  7 h 43")
    assert "it stops at 18:00" in await bo.waits_for("Before it stops")
    await bo.picks("Task", "Fix login", typing="fix login")
    assert await bo.submits() == {}
    assert "10:17–18:00" in await bo.waits_for("Stopped after")
