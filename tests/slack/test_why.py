"""What `why` says of a day's decision, before and after it was made, on a stage where reminders are really sent."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.core.reminder import Decision, Kind, Presence, Reminder, Rule
from app.core.reminder import Stage as Progress
from app.slack import messages
from app.slack.call import Call
from tests.stage import Stage, raised

TEAM, ADA = "T0SANDBOX", "U0ADA"
QUARTER_TO_FIVE = datetime(2026, 3, 4, 15, 45, tzinfo=UTC)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with raised(provider="clockify") as raised_stage:
        yield raised_stage


async def at(stage: Stage, clock: str) -> None:
    """It is that time in Berlin, and what is due is done."""
    hour, minute = map(int, clock.split(":"))
    now = stage.clock.now()
    stage.clock.passes(seconds=(now.replace(hour=hour - 1, minute=minute, second=0) - now).total_seconds())
    reminding = stage.app.reminding
    await reminding.plan()
    await reminding.read_due()
    await reminding.send_due()


async def told(stage: Stage, line: str = "/timer why", name: str = "Ada") -> str:
    *_, said = await (await stage.person(name)).types(line)
    return str(said).splitlines()[0]


async def test_who_was_asked_is_told_when_and_for_what(stage: Stage) -> None:
    await (await stage.person("Ada")).types("/timer log 8-9:30 fix login")
    await at(stage, "16:45")
    assert await told(stage) == "🔔  I asked you at 16:45: 6 h 30 were missing."
    stage.clock.passes(hours=24)
    assert await told(stage, "/timer why yesterday") == "🔔  I asked you on Wed 4 Mar at 16:45: 6 h 30 were missing."


async def test_who_has_logged_enough_is_told_that_this_kept_it_silent(stage: Stage) -> None:
    await (await stage.person("Ada")).types("/timer remind target 1h")
    await (await stage.person("Ada")).types("/timer log 8-9:15 fix login")
    await at(stage, "16:50")
    assert await told(stage) == "🔕  I kept silent at 16:45: the hours of the day were there (1 h 15)."


async def test_what_runs_until_then_counts(stage: Stage) -> None:
    await (await stage.person("Ada")).types("/timer start fix login")
    assert await told(stage) == (
        "🔔  I'll look at 16:45. As it stands I would ask: 1 h 32 would still be missing,"
        " counting the running timer until then."
    )


@pytest.mark.parametrize(
    ("label", "said"),
    [("Looks right", "you said that the day is right as it is"), ("Not today", "you said not today")],
)
async def test_what_they_answered_is_the_rule_from_then_on(stage: Stage, label: str, said: str) -> None:
    await at(stage, "16:45")
    await (await stage.person("Ada")).clicks(label)
    assert await told(stage) == f"✅  I don't ask about today any more: {said}."


async def test_who_was_asked_and_then_logged_it_is_told_both(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await at(stage, "16:45")
    stage.clock.passes(minutes=5)
    await ada.types("/timer log 8-16:00 fix login")
    await ada.clicks("Same as Tue")  # the message sees that the day is complete
    assert await told(stage) == "🔔  I asked you at 16:45; since then the day is complete (8 h)."
    stage.clock.passes(hours=24)
    said = "🔔  I asked you on Wed 4 Mar at 16:45; since then the day is complete (8 h)."
    assert await told(stage, "/timer why yesterday") == said


async def test_who_was_to_be_asked_again_and_logged_it_before_is_told_both(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await at(stage, "16:45")
    await ada.clicks("Later")
    await ada.types("/timer log 8-16:00 fix login")
    await ada.clicks("Show the day")
    assert await told(stage) == "🔔  I asked you about today; since then the day is complete (8 h)."


async def test_later_than_the_day_is_said_with_the_hour_of_the_question(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await at(stage, "16:45")
    stage.clock.passes(hours=6, minutes=30)
    await ada.clicks("Later")
    assert await told(stage) == "🔔  I asked you at 16:45; you said later, but the day is over by then."


async def test_what_was_decided_ahead_is_still_to_come(stage: Stage) -> None:
    await at(stage, "12:00")
    today, now = date(2026, 3, 4), stage.clock.now()
    await stage.app.store.reminders.close(TEAM, ADA, Kind.DAY, today, Decision(Rule.HOLIDAY, "Founders’ Day"), now)
    assert await told(stage) == "🔕  I won't ask at 16:45: it is Founders’ Day in the holiday calendar."


async def test_later_is_said_with_its_hour(stage: Stage) -> None:
    await at(stage, "16:45")
    await (await stage.person("Ada")).clicks("Later")
    assert await told(stage) == "🔔  I'll look at 17:45. As it stands I would ask: 8 h would still be missing."


async def test_an_hour_that_has_just_come_is_about_to_be_looked_at(stage: Stage) -> None:
    stage.clock.passes(hours=6, minutes=30)
    assert await told(stage) == "🔔  I'm about to look. As it stands I would ask: 8 h would still be missing."
    stage.clock.passes(hours=2)
    assert await told(stage) == (
        "🔕  No message was planned about today: its hour was over when you connected or changed it, or this app didn't run."
    )


async def test_an_hour_that_was_over_when_it_was_named_is_tomorrows(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await at(stage, "16:30")
    [said] = await ada.types("/timer remind 16:00")
    assert "Next: Thu 5 Mar, 16:00" in str(said)
    not_planned = "🔕  No message was planned about today: its hour was over when you connected or changed it, or this app didn't run."
    assert await told(stage) == not_planned
    await at(stage, "16:31")
    assert await told(stage) == not_planned
    stage.clock.passes(hours=23, minutes=29)
    await at(stage, "16:01")
    assert await told(stage) == "🔔  I asked you at 16:00: 8 h were missing."


async def test_a_status_and_paused_notifications_are_named(stage: Stage) -> None:
    reminders, now = stage.app.store.reminders, stage.clock.now()
    away = Presence(status_emoji=":palm_tree:", status_text="Vacationing <!channel>")
    await reminders.keep_profiles(TEAM, {ADA: away}, now)
    assert await told(stage) == "🔕  I won't ask about today: Slack shows you as 🌴 Vacationing <!channel>."
    until = QUARTER_TO_FIVE + timedelta(minutes=45)
    await reminders.keep_profiles(TEAM, {ADA: Presence()}, now)
    await reminders.keep_quiet(TEAM, {ADA: Presence(quiet_from=QUARTER_TO_FIVE, quiet_until=until)}, now)
    assert await told(stage) == (
        "⌛  I'll look at 17:30 instead of 16:45: your notifications in Slack are paused until then."
    )
    all_evening = Presence(quiet_from=QUARTER_TO_FIVE, quiet_until=until + timedelta(hours=5))
    await reminders.keep_quiet(TEAM, {ADA: all_evening}, now)
    assert await told(stage) == "🔕  I won't ask about today: your notifications in Slack are paused."


async def test_what_kept_it_silent_is_told_as_over_and_without_advice_that_comes_too_late(stage: Stage) -> None:
    asked = await call(stage)
    hour = asked.now - timedelta(hours=1)
    kept = Reminder(
        TEAM, ADA, Kind.DAY, date(2026, 3, 4), hour, hour, stage=Progress.SILENT, rule=Rule.QUIET, settled_at=hour
    )
    said = messages.why_settled(asked, kept, Rule.QUIET)
    assert said.text.endswith(": your notifications in Slack were paused.")
    moved = messages.why_expected(asked, Decision(Rule.QUIET, until=QUARTER_TO_FIVE), QUARTER_TO_FIVE)
    assert "I'll look at 16:45: your notifications in Slack are paused until then." in moved.text


async def call(stage: Stage) -> Call:
    person = await stage.app.store.person(TEAM, ADA)
    assert person
    return Call(stage.app.front.services, person, "op")


async def test_a_holiday_is_named(tmp_path: Path) -> None:
    file = tmp_path / "days.ics"
    event = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260304\nSUMMARY:Founders’ Day\nEND:VEVENT"
    file.write_text(f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n")
    async with raised(provider="clockify", holidays=f"Europe/Berlin={file}") as stage:
        [said] = await (await stage.person("Ada")).types("/timer why")
        assert str(said).splitlines()[:2] == [
            "🔕  I won't ask about today: it is Founders’ Day in the holiday calendar.",
            "The calendar is kept by whoever runs this app.",
        ]
        [said] = await (await stage.person("Ada")).types("/timer remind 17:30")
        assert "Next: Thu 5 Mar, 17:30" in said
        await at(stage, "17:45")
        assert await told(stage) == "🔕  I kept silent at 17:30: it is Founders’ Day in the holiday calendar."


@pytest.mark.parametrize("rule", Rule)
async def test_every_rule_has_its_words(stage: Stage, rule: Rule) -> None:
    await told(stage)
    asked = await call(stage)
    kept = Reminder(
        TEAM,
        ADA,
        Kind.DAY,
        date(2026, 3, 4),
        asked.now,
        asked.now,
        stage=Progress.SILENT,
        rule=rule,
        about="the detail",
        settled_at=asked.now,
    )
    for said in (
        messages.why_settled(asked, kept, rule),
        messages.why_expected(asked, Decision(rule, "the detail"), QUARTER_TO_FIVE),
    ):
        assert len(said.text.split(":")[-1]) > 10
        assert "{" not in said.text
