"""The buttons of the message at the end of the day: it is rewritten after each of them until the day is complete."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from app.core.reminder import Rule
from app.core.reminder import Stage as Step
from app.slack.day_clicks import DAY_CLICKS
from tests.person import Person
from tests.slack.ringing import reminder, rung
from tests.slack.wire import wired, words
from tests.stage import Stage, raised

WEDNESDAY = date(2026, 3, 4)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Tuesday has 5 h 32 in four entries, and today nothing yet."""
    async with raised() as stage:
        stage.clock.moment = datetime(2026, 3, 4, 15, 45, tzinfo=UTC)  # 16:45 in Berlin
        yield stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    return await stage.person("Ada")


async def logs(person: Person, *lines: str) -> None:
    for line in lines:
        await person.types(f"/timer log {line}")


async def clicks(person: Person, label: str) -> str:
    """The message as it was rewritten."""
    (said,) = await person.clicks(label)
    assert said.is_edited
    return str(said)


def first(said: object) -> str:
    return str(said).splitlines()[0]


# the message


async def test_what_is_missing_comes_first_and_then_the_day_with_its_holes(stage: Stage, ada: Person) -> None:
    await logs(ada, "9-10:30 DEV-12", "11-12:00 : call with Hooli")
    await ada.types("/timer start at 15:00 DEV-13")
    assert str(await rung(stage)).splitlines() == [
        "Wed 4 Mar: 4 h 15 of 8 h",
        "⌛  3 h 45 missing.",
        "[Log 12:00–15:00] [Same as Tue] [Looks right] [Later] [Not today]",
        "09:00–10:30   Fix login (DEV-12)   1 h 30",
        "10:30–11:00   nothing   30 min",
        "11:00–12:00   call with Hooli   1 h",
        "12:00–15:00   nothing   3 h",
        "15:00–now   Fix logout (DEV-13)   1 h 45  ⏱️",
        "/timer why says why I ask, /timer remind changes when.",
    ]


async def test_what_was_read_a_while_ago_says_so(stage: Stage, ada: Person) -> None:
    said = await rung(stage, minutes_ago=13)
    assert "As of 16:32." in said


async def test_a_day_that_is_complete_asks_for_nothing(stage: Stage, ada: Person) -> None:
    await logs(ada, "8-16:00 DEV-12")
    assert str(await rung(stage)) == "✅  Wed 4 Mar is complete: 8 h"


# logging the rest


async def test_the_form_is_filled_with_the_hole_that_is_there_by_now(stage: Stage, ada: Person) -> None:
    await logs(ada, "8-12:00 DEV-12")
    assert "[Log the rest: 4 h]" in await rung(stage)
    await logs(ada, "13-16:00 DEV-13")
    await ada.reads()
    await ada.clicks("Log the rest: 4 h")
    form = await ada.waits_for("From")
    assert "From (optional): [12:00]" in form
    assert "To (optional): [13:00]" in form
    assert "Date: [2026-03-04]" in form


async def test_submitting_it_completes_the_day_and_undo_opens_it_again(stage: Stage, ada: Person) -> None:
    await logs(ada, "8-12:00 DEV-12", "13-16:00 DEV-13")
    await rung(stage)
    await ada.clicks("Log 12:00–13:00" if "Log 12:00" in ada.screen else "Log the rest: 1 h")
    await ada.waits_for("Description")
    await ada.fills("Description", "lunch with Hooli")
    await ada.submits()
    said = await ada.waits_for("is complete")
    assert said.splitlines() == [
        "✅  Wed 4 Mar is complete: 8 h",
        "✅  Logged lunch with Hooli, Wed 4 Mar, 12:00–13:00 = 1 h. [Undo]",
    ]
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert (known.rule, known.stage) == (Rule.COMPLETE, Step.SILENT)
    assert (await clicks(ada, "Undo")).splitlines()[:3] == [
        "Wed 4 Mar: 7 h of 8 h",
        "↩️  Undone: One entry is gone again.",
        "⌛  1 h missing.",
    ]
    assert len(stage.entries()) == 2


async def test_the_same_button_works_again_after_the_message_was_rewritten(stage: Stage, ada: Person) -> None:
    await rung(stage)
    for _ in range(2):
        await ada.clicks("Log the rest: 8 h")
        await ada.waits_for("Description")
        await ada.closes()
    await clicks(ada, "Same as Tue")
    await clicks(ada, "Back")
    assert "Wed 4 Mar, same as Tue 3 Mar?" in await clicks(ada, "Same as Tue")


async def test_a_form_that_is_slow_to_open_is_offered_and_the_message_stays(stage: Stage, ada: Person) -> None:
    await rung(stage)
    stage.workspace.faults.add("hang", method="GET")
    await ada.clicks("Log the rest: 8 h")
    assert "ClickUp didn't say in time what is there already." in await ada.waits_for("Duration", within=8)
    assert "Wed 4 Mar: 0 min of 8 h" in ada.screen


# the same as the day before


async def test_the_first_click_shows_what_would_be_logged_and_writes_nothing(stage: Stage, ada: Person) -> None:
    await rung(stage)
    said = await clicks(ada, "Same as Tue")
    assert first(said) == "Wed 4 Mar, same as Tue 3 Mar?"
    assert "09:08–10:58   Fix logout (DEV-13)   1 h 50\nReviewed Bo's change  ·  #review" in said
    assert said.endswith("That logs 5 h 32. Wed 4 Mar has 5 h 32 then, of 8 h.\n[Log these] [Back]")
    assert stage.writes() == []


async def test_the_second_logs_it_and_one_undo_takes_all_of_it_back(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    said = await clicks(ada, "Log these")
    assert said.splitlines()[:3] == [
        "Wed 4 Mar: 5 h 32 of 8 h",
        "✅  Logged 4 entries, 5 h 32. [Undo]",
        "⌛  2 h 28 missing.",
    ]
    assert "[Same as Tue]" not in said
    assert len(stage.entries()) == 4
    assert first(await clicks(ada, "Undo")) == "Wed 4 Mar: 0 min of 8 h"
    assert stage.entries() == []


async def test_what_was_taken_back_may_be_logged_again(stage: Stage, ada: Person) -> None:
    await rung(stage)
    for label in ("Same as Tue", "Log these", "Undo", "Same as Tue", "Log these"):
        said = await clicks(ada, label)
    assert first(said) == "Wed 4 Mar: 5 h 32 of 8 h"
    assert len(stage.entries()) == 4


async def test_what_overlaps_is_left_out_and_named(stage: Stage, ada: Person) -> None:
    await logs(ada, "9-10:50 DEV-12")
    await rung(stage)
    said = await clicks(ada, "Same as Tue")
    assert "Left out, for there is something already: Fix logout (DEV-13) 09:08–10:58." in said
    assert "That logs 3 h 42. Wed 4 Mar has 5 h 32 then" in said
    assert "Logged 3 entries" in await clicks(ada, "Log these")
    assert len(stage.entries()) == 4


async def test_it_never_goes_over_the_target_without_saying_so(stage: Stage, ada: Person) -> None:
    await logs(ada, "0-7:00 DEV-12")
    await rung(stage)
    assert "12 h 32 then, 4 h 32 over the 8 h that you mean to work." in await clicks(ada, "Same as Tue")


async def test_a_day_that_is_complete_by_now_gets_nothing_more(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    await logs(ada, "0-8:00 DEV-12")
    await ada.reads()
    said = await clicks(ada, "Log these")
    assert said == "✅  Wed 4 Mar is complete: 8 h\nIt was complete already, so nothing was logged."
    assert len(stage.entries()) == 1


async def test_only_what_was_shown_is_logged(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    await logs(ada, "9-10:50 DEV-12")
    await ada.reads()
    said = await clicks(ada, "Log these")
    assert "Your day has changed meanwhile. This is what would be logged now; nothing was yet." in said
    assert len(stage.entries()) == 1
    assert "Logged 3 entries" in await clicks(ada, "Log these")


async def test_two_clicks_at_once_log_it_once(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    await asyncio.gather(ada.clicks("Log these"), ada.clicks("Log these"))
    assert "Logged 4 entries" in await ada.waits_for("Logged")
    assert len(stage.entries()) == 4


async def test_two_messages_about_one_day_log_it_once(stage: Stage, ada: Person) -> None:
    """As after “Later”: each has the button, and the day is read again."""
    await rung(stage)
    await clicks(ada, "Same as Tue")
    await clicks(ada, "Log these")
    await rung(stage)
    assert "[Same as Tue]" not in ada.screen.splitlines()[-1]
    assert len(stage.entries()) == 4


# while the service fails


async def test_what_is_kept_here_counts_and_is_shown_as_still_to_be_sent(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    stage.workspace.faults.add("error", method="POST", status=502)
    said = await clicks(ada, "Log these")
    assert first(said) == "Wed 4 Mar: 5 h 32 of 8 h"
    assert "📥  Not sure yet: Fix logout (DEV-13), Wed 4 Mar, 09:08–10:58 = 1 h 50." in said
    assert "I'll look whether it arrived and tell you" in said
    assert "📥  Kept here: Hooli home page (WEB-9)" in said
    assert said.count("📥  to be sent") == 4
    stage.workspace.faults.clear()
    for _ in range(3):
        stage.clock.passes(minutes=2)
        await stage.app.settler.settle_due()
    assert len(stage.entries()) == 4
    await ada.reads()
    assert first(await rung(stage)) == "Wed 4 Mar: 5 h 32 of 8 h"
    assert "to be sent" not in str(ada.messages[-1])


async def test_what_was_put_off_is_taken_back_before_it_is_sent(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    stage.workspace.faults.add("limited", method="POST")
    said = await clicks(ada, "Log these")
    assert "Saved. ClickUp takes no more requests just now" in said
    stage.workspace.faults.clear()
    stage.clock.passes(minutes=1)
    assert "↩️  Undone: 4 entries are gone again." in await clicks(ada, "Undo")
    stage.clock.passes(minutes=2)
    await stage.app.settler.settle_due()
    assert stage.entries() == []


async def test_an_undo_is_told_also_where_the_day_cant_be_read_afterwards(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await clicks(ada, "Same as Tue")
    await clicks(ada, "Log these")
    stage.workspace.faults.add("error", method="GET", path="*/time_entries", status=502)
    said = await clicks(ada, "Undo")
    assert said.splitlines() == ["Wed 4 Mar", "↩️  Undone: 4 entries are gone again.", "[Show the day]"]
    stage.workspace.faults.clear()
    assert first(await clicks(ada, "Show the day")) == "Wed 4 Mar: 0 min of 8 h"


async def test_a_day_that_cant_be_read_stays_as_it_is_and_says_why_beneath(stage: Stage, ada: Person) -> None:
    await rung(stage)
    stage.workspace.faults.add("error", status=502)
    (said,) = await ada.clicks("Same as Tue")
    assert not said.is_edited
    assert "ClickUp answered with an error (502)" in said
    assert "[" not in said
    stage.workspace.faults.clear()
    assert "same as Tue 3 Mar?" in await clicks(ada, "Same as Tue")


async def test_answers_count_also_while_the_day_cant_be_read(stage: Stage, ada: Person) -> None:
    await rung(stage)
    stage.workspace.faults.add("error", status=502)
    assert await clicks(ada, "Looks right") == "✅  Wed 4 Mar is right as it is\n[Show the day]"
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert known.rule is Rule.SAID_RIGHT


async def test_a_workspace_that_takes_time_from_timers_only_says_so_and_offers_no_form() -> None:
    async with raised(provider="clockify") as stage:
        stage.workspace.settings.update(timeTrackingMode="STOPWATCH_ONLY")
        stage.clock.passes(hours=6, minutes=28)
        said = await rung(stage, "Bo")
        assert "takes time from timers only, so nothing can be added later." in said
        assert "[Looks right] [Later] [Not today]" in said
        assert "[Log" not in said


async def test_what_lacks_something_that_is_required_is_named_and_the_rest_is_logged() -> None:
    async with raised(provider="clockify") as stage:
        ada = await stage.person("Ada")
        stage.clock.passes(hours=6, minutes=28)
        await rung(stage)
        await clicks(ada, "Same as Tue")
        stage.workspace.settings.update(forceTags=True)
        said = await clicks(ada, "Log these")
        assert "✅  Logged 3 entries, 4 h 52. [Undo]" in said
        assert "⚠️  Not logged: Hooli home page, Wed 4 Mar, 10:58–11:38 = 40 min." in said
        assert "wants at least one tag" in said


# answers without time


async def test_a_day_that_looks_right_is_closed_and_can_be_opened_again(stage: Stage, ada: Person) -> None:
    await logs(ada, "9-14:30 DEV-12")
    await rung(stage)
    assert await clicks(ada, "Looks right") == "✅  Wed 4 Mar is right as it is: 5 h 30\n[Show the day]"
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert (known.rule, known.stage) == (Rule.SAID_RIGHT, Step.SILENT)
    assert first(await clicks(ada, "Show the day")) == "Wed 4 Mar: 5 h 30 of 8 h"


async def test_not_today_is_quiet(stage: Stage, ada: Person) -> None:
    await rung(stage)
    assert await clicks(ada, "Not today") == "🔕  I won't ask about Wed 4 Mar any more.\n[Show the day]"
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert (known.rule, known.stage) == (Rule.NOT_TODAY, Step.SILENT)


async def test_later_is_in_an_hour(stage: Stage, ada: Person) -> None:
    await rung(stage)
    assert await clicks(ada, "Later") == "⏰  I'll ask about Wed 4 Mar again at 17:45.\n[Show the day]"
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert (known.rule, known.stage) == (Rule.PUT_OFF, Step.PLANNED)
    assert f"{known.due_at:%H:%M}" == "16:45"  # UTC


async def test_later_near_midnight_says_that_the_day_is_over(stage: Stage, ada: Person) -> None:
    stage.clock.passes(hours=6, minutes=30)  # 23:15
    await rung(stage)
    said = await clicks(ada, "Later")
    assert "Wed 4 Mar is over by then, so I won't ask again. You can still log it here." in said
    known = await reminder(stage, WEDNESDAY)
    assert known
    assert known.stage is Step.SILENT


# late, and by others


async def test_a_late_click_is_about_the_day_of_the_message(stage: Stage, ada: Person) -> None:
    await logs(ada, "9-12:00 DEV-12")
    await rung(stage)
    stage.clock.passes(hours=16)  # Thu, 08:45
    await ada.clicks("Log the rest: 5 h" if "Log the rest" in ada.screen else "Log 12:00–16:45")
    form = await ada.waits_for("From")
    assert "Date: [2026-03-04]" in form
    assert "From (optional): [12:00]" in form
    assert "To (optional): [17:00]" in form
    await ada.closes()
    said = await clicks(ada, "Same as Tue")
    assert first(said) == "Wed 4 Mar, same as Tue 3 Mar?"
    await clicks(ada, "Log these")
    assert {date.fromtimestamp(entry.start / 1000) for entry in stage.entries()} == {WEDNESDAY}
    assert "[Later]" not in ada.screen


async def test_a_click_after_two_weeks_says_what_to_type(stage: Stage, ada: Person) -> None:
    await rung(stage)
    stage.clock.passes(days=15)
    (said,) = await ada.clicks("Looks right")
    assert "That message is about Wed 4 Mar, more than two weeks ago. Type /timer edit Wed 4 Mar" in said


@pytest.mark.parametrize("value", ["2026-03-05 x", "9999-12-31 x", "yesterday", "-"])
async def test_a_button_that_names_no_day_of_theirs_does_nothing(stage: Stage, value: str) -> None:
    async with wired(stage) as wire:
        for name in DAY_CLICKS:
            await wire.click(name, value, message=f"{name}.1")
        await wire.front.drain(5)
        assert len(wire.told) == len(DAY_CLICKS)
        for told in wire.told:
            assert re.search("still to come for you|can't tell which day", words(told))
            assert told["replace_original"] is False
    assert stage.writes() == []


# what runs


async def test_where_something_runs_the_rest_is_placed_before_the_day_and_the_times_are_shown(
    stage: Stage, ada: Person
) -> None:
    await ada.types("/timer start at 9:12 DEV-12")
    await rung(stage)
    await ada.clicks("Log the rest: 27 min")
    form = await ada.waits_for("From")
    assert "From (optional): [08:45]" in form
    assert "To (optional): [09:12]" in form


async def test_what_overlaps_what_runs_is_said_to(stage: Stage, ada: Person) -> None:
    await ada.types("/timer start at 9:12 DEV-12")
    await rung(stage)
    await ada.clicks("Log the rest: 27 min")
    await ada.waits_for("From")
    await ada.fills("From", "09:00")
    await ada.fills("To", "09:27")
    await ada.submits()
    said = await ada.waits_for("is complete")
    assert "It overlaps Fix login (DEV-12) 09:12–16:45. If that wasn't meant, undo it." in said


async def test_several_that_are_overlapped_stand_one_a_line(stage: Stage, ada: Person) -> None:
    await logs(ada, "9-10:00 DEV-12", "10-11:00 : call with Hooli, and lunch")
    await rung(stage)
    await ada.clicks("Log the rest: 6 h" if "Log the rest: 6 h" in ada.screen else "Log 11:00–16:45")
    await ada.waits_for("From")
    await ada.fills("From", "09:30")
    await ada.fills("To", "10:30")
    await ada.submits()
    said = await ada.waits_for("It overlaps")
    assert said.splitlines()[2:6] == [
        "⚠️  It overlaps what is there already:",
        "• Fix login (DEV-12) 09:00–10:00",
        "• call with Hooli, and lunch 10:00–11:00",
        "If that wasn't meant, undo it.",
    ]


async def test_a_timer_that_ran_on_over_night_is_told_in_the_message_about_yesterday(stage: Stage, ada: Person) -> None:
    await logs(ada, "8-10 DEV-13")
    await ada.types("/timer start at 14:00 DEV-12")
    await rung(stage)
    stage.clock.passes(hours=16, minutes=25)  # 09:10 next morning
    said = await clicks(ada, "Later")
    assert said.splitlines()[0] == "Wed 4 Mar: 2 h of 8 h"
    assert "Wed 4 Mar, 14:00–…   Fix login (DEV-12)   still running, not counted yet" in said
    assert (await ada.types("/timer status"))[0]
    assert "Today: 0 min of 8 h" in str(ada.messages[-1])


async def test_an_empty_day_is_filled_with_times_that_can_be_seen(stage: Stage, ada: Person) -> None:
    await rung(stage)
    await ada.clicks("Log the rest: 8 h")
    form = await ada.waits_for("From")
    assert "From (optional): [08:45]" in form
    assert "To (optional): [16:45]" in form


async def test_the_form_says_what_is_missing_by_now(stage: Stage, ada: Person) -> None:
    await logs(ada, "8-12:00 DEV-12")
    await rung(stage)
    await logs(ada, "13-16:00 DEV-13")
    await ada.clicks("Log the rest: 4 h")
    assert "Missing by now: 1 h." in await ada.waits_for("From")
