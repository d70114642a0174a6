"""The end of the day arrives as a direct message, from the clock to Slack; and where it should not, nothing does."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.reminder import Kind, Rule
from app.core.reminder import Stage as Progress
from app.core.reminder_ports import Seen
from app.sandbox.slack.person_changes import change
from app.slack.news_of_people import NewsOfPeople
from tests.stage import Stage

TODAY = date(2026, 3, 4)
DUE = datetime(2026, 3, 4, 15, 45, tzinfo=UTC)  # 16:45 in Berlin
HOUR = timedelta(hours=1)


async def at(stage: Stage, moment: datetime) -> None:
    """It is that late now, and the worker has looked."""
    stage.clock.moment = moment
    for _ in range(2):
        await stage.app.reminding.plan()
        await stage.app.reminding.read_due()
        await stage.app.reminding.send_due()


def posted(stage: Stage, user: str = "U0ADA") -> list[str]:
    """The texts of the app's messages to somebody."""
    said = [call.arguments for call in stage.world.calls if call.method == "chat.postMessage"]
    return [str(one["text"]) for one in said if one["channel"] == user]


async def rule(stage: Stage, user: str = "U0ADA") -> Rule | None:
    found = await stage.app.store.reminders.reminder("T0SANDBOX", user, Kind.DAY, TODAY)
    return found.rule if found else None


async def changes(stage: Stage, name: str, **what: object) -> None:
    """Somebody changes something about themselves, and Slack tells the app."""
    slack = stage.demo.site.routes[-1].app
    await change(slack.state.courier, name, **what)
    await stage.app.front.drain(5)


async def test_at_their_hour_ada_hears_what_is_missing(stage: Stage):
    ada = await stage.person("Ada")
    await ada.types("/timer log 3:00-8:30 DEV-12")
    await at(stage, DUE - timedelta(seconds=1))
    assert posted(stage) == []
    await at(stage, DUE)
    assert "2 h 30" in await ada.waits_for("missing")
    await at(stage, DUE + HOUR)
    assert len(posted(stage)) == 1


async def test_it_is_kept_where_the_message_stands(stage: Stage):
    await at(stage, DUE)
    kept = await stage.app.store.reminders.reminder("T0SANDBOX", "U0ADA", Kind.DAY, TODAY)
    assert kept.stage is Progress.SENT
    channel, ts = kept.message
    assert stage.world.teams["T0SANDBOX"].channels[channel].messages[ts]


async def test_who_is_not_connected_hears_nothing(stage: Stage):
    await at(stage, DUE)
    assert posted(stage, "U0CY") == []


async def test_who_has_logged_the_day_hears_nothing(stage: Stage):
    await (await stage.person("Ada")).types("/timer log 8h DEV-12")
    await at(stage, DUE)
    assert posted(stage) == []
    assert await rule(stage) is Rule.COMPLETE


async def test_who_goes_on_vacation_is_left_alone_from_that_moment(stage: Stage):
    await at(stage, DUE - 5 * HOUR)
    stage.world.change_person("Ada", status_emoji=":palm_tree:", status_text="Vacationing")
    await at(stage, DUE)
    assert posted(stage) == []
    assert await rule(stage) is Rule.AWAY


async def test_what_people_change_is_heard_at_once(stage: Stage):
    store = stage.app.store
    await changes(stage, "Ada", timezone="Asia/Tokyo", status_emoji=":face_with_thermometer:")
    assert (await store.reminders.presence("T0SANDBOX", "U0ADA")).status_emoji == ":face_with_thermometer:"
    assert (await store.person("T0SANDBOX", "U0ADA")).zone == ZoneInfo("Asia/Tokyo")
    await changes(stage, "Ada", timezone="Europe/Berlin", snoozed_until=DUE + HOUR)
    known = await store.reminders.presence("T0SANDBOX", "U0ADA")
    assert (known.quiet_until, known.status_emoji) == (DUE + HOUR, ":face_with_thermometer:")


async def test_who_was_deactivated_is_not_written_to(stage: Stage):
    await at(stage, DUE - HOUR)
    await changes(stage, "Ada", is_deleted=True)
    await at(stage, DUE)
    assert posted(stage) == []
    assert await rule(stage) is Rule.GONE


async def test_who_goes_on_vacation_between_the_reading_and_the_message_is_left_alone(stage: Stage):
    stage.clock.moment = DUE - timedelta(seconds=1)
    await stage.app.reminding.plan()
    await stage.app.reminding.read_due()
    await changes(stage, "Ada", status_emoji=":palm_tree:")
    await at(stage, DUE)
    assert posted(stage) == []
    assert await rule(stage) is Rule.AWAY


async def test_of_strangers_nothing_is_kept(stage: Stage):
    await changes(stage, "Cy", status_emoji=":palm_tree:")
    assert await stage.app.store.reminders.seen("T0SANDBOX", "U0CY") == Seen()


async def test_a_status_and_a_pause_told_at_once_are_both_known(stage: Stage):
    news, until = NewsOfPeople(stage.app.store, stage.clock), DUE + HOUR
    profile = {"status_emoji": ":palm_tree:", "status_text": "Vacation", "status_expiration": 0}
    quiet = {"snooze_enabled": True, "snooze_endtime": until.timestamp()}
    await asyncio.gather(
        news.user_change("T0SANDBOX", {"user": {"id": "U0ADA", "tz": "Europe/Berlin", "profile": profile}}),
        news.dnd_updated("T0SANDBOX", {"user": "U0ADA", "dnd_status": quiet}),
    )
    known = await stage.app.store.reminders.presence("T0SANDBOX", "U0ADA")
    assert (known.status_emoji, known.quiet_until) == (":palm_tree:", until)


async def test_who_has_paused_notifications_is_asked_when_that_ends(stage: Stage):
    stage.world.change_person("Ada", snoozed_until=DUE + HOUR)
    await at(stage, DUE)
    assert posted(stage) == []
    await at(stage, DUE + HOUR)
    assert len(posted(stage)) == 1


async def test_without_the_scope_for_pauses_everything_else_goes_on(stage: Stage):
    stage.world.fail("dnd.teamInfo", "missing_scope", times=99)
    stage.world.change_person("Bo", status_emoji=":palm_tree:")
    await at(stage, DUE)
    assert len(posted(stage)) == 1
    assert await rule(stage, "U0BO") is Rule.AWAY


async def test_when_slack_asks_to_wait_it_comes_once_and_later(stage: Stage):
    stage.world.limit("chat.postMessage", retry_after=20)
    await at(stage, DUE)
    await at(stage, DUE + timedelta(seconds=19))
    assert [call.error for call in stage.world.calls if call.method == "chat.postMessage"] == ["ratelimited"]
    await at(stage, DUE + timedelta(seconds=20))
    await at(stage, DUE + timedelta(seconds=22))
    assert await rule(stage) is Rule.MISSING
    assert await rule(stage, "U0BO") is Rule.MISSING


async def test_who_slack_does_not_deliver_to_is_not_tried_again(stage: Stage):
    stage.world.fail("chat.postMessage", "cannot_dm_bot")
    await at(stage, DUE)
    await at(stage, DUE + timedelta(seconds=2))
    assert {await rule(stage), await rule(stage, "U0BO")} == {Rule.UNTOLD, Rule.MISSING}
    await at(stage, DUE + HOUR)
    assert len(posted(stage) + posted(stage, "U0BO")) == 2


async def test_a_message_that_slack_does_not_understand_comes_in_plain_words(stage: Stage):
    stage.world.fail("chat.postMessage", "invalid_blocks")
    await at(stage, DUE)
    assert "missing" in (await (await stage.person("Ada")).waits_for("missing"))
