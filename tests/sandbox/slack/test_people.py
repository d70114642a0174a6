"""People as Slack tells of them: who is quiet, who is gone, who changed something, and how many there may be."""

from datetime import UTC, datetime, time, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from app.sandbox.slack.crowd import crowd
from app.sandbox.slack.person_changes import change
from app.sandbox.slack.quiet import QuietHours
from tests.sandbox.slack.peer import MANIFEST

EVENING = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)  # 18:30 in Berlin, 12:30 in New York
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
CURIOUS = {
    **MANIFEST,
    "oauth_config": {"scopes": {"bot": [*SCOPES, "dnd:read"]}},
    "settings": {
        **MANIFEST["settings"],
        "event_subscriptions": {"bot_events": [*EVENTS, "user_change", "dnd_updated_user"]},
    },
}


@pytest.fixture
async def desk(desks):
    return await desks(CURIOUS, clock=lambda: EVENING)


async def _refusal(call) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


def _moments(quiet) -> tuple[datetime, datetime]:
    start, end = (datetime.fromtimestamp(quiet[f"next_dnd_{name}_ts"], UTC) for name in ("start", "end"))
    return start, end


async def test_a_night_to_come_is_a_schedule_and_not_quiet_now(desk):
    ada = (await desk.client.dnd_info(user="U0ADA")).data
    assert ada["dnd_enabled"]
    assert _moments(ada) == (datetime(2026, 3, 4, 21, tzinfo=UTC), datetime(2026, 3, 5, 7, tzinfo=UTC))
    cy = await desk.client.dnd_info(user="U0CY")
    assert _moments(cy) == (datetime(2026, 3, 5, 3, tzinfo=UTC), datetime(2026, 3, 5, 13, tzinfo=UTC))


async def test_a_night_that_began_yesterday_is_still_going_on(desk):
    desk.world.clock = lambda: datetime(2026, 3, 4, 5, tzinfo=UTC)
    ada = await desk.client.dnd_info(user="U0ADA")
    assert _moments(ada) == (datetime(2026, 3, 3, 21, tzinfo=UTC), datetime(2026, 3, 4, 7, tzinfo=UTC))


async def test_a_pause_shows_to_others_only_as_quiet_that_has_begun(desk):
    desk.world.change_person("Ada", snoozed_until=EVENING + timedelta(hours=1))
    ada = (await desk.client.dnd_info(user="U0ADA")).data
    assert _moments(ada) == (EVENING, EVENING + timedelta(hours=1))
    assert not [name for name in ada if name.startswith("snooze")]


async def test_a_pause_that_runs_into_the_night_ends_in_the_morning(desk):
    desk.world.change_person("Ada", snoozed_until=EVENING + timedelta(hours=5))
    assert _moments(await desk.client.dnd_info(user="U0ADA")) == (EVENING, datetime(2026, 3, 5, 7, tzinfo=UTC))


async def test_without_a_schedule_and_a_pause_nothing_is_quiet(desk):
    desk.world.change_person("Ada", quiet_hours=None, snoozed_until=EVENING - timedelta(hours=1))
    ada = (await desk.client.dnd_info(user="U0ADA")).data
    assert (ada["dnd_enabled"], ada["next_dnd_start_ts"], ada["next_dnd_end_ts"]) == (False, 1, 1)


async def test_fifty_people_are_asked_about_at_once_and_no_more(desk):
    desk.world.change_person("Bo", quiet_hours=QuietHours(time(12), time(13)))
    answer = await desk.client.dnd_teamInfo(users=["U0ADA", "U0BO", "U0NOBODY"])
    assert sorted(answer["users"]) == ["U0ADA", "U0BO"]
    assert _moments(answer["users"]["U0BO"])[0] == datetime(2026, 3, 5, 11, tzinfo=UTC)
    everybody = [f"U0{number}" for number in range(51)]
    assert await _refusal(desk.client.dnd_teamInfo(users=everybody)) == "too_many_users"
    assert await _refusal(desk.client.dnd_teamInfo(users=[])) == "no_users_provided"


async def test_a_status_is_gone_when_its_time_is_over(desk):
    expires = int(EVENING.timestamp())
    desk.world.change_person("Ada", status_emoji=":face_with_thermometer:", status_expiration=expires + 60)
    assert (await desk.client.users_info(user="U0ADA"))["user"]["profile"]["status_emoji"] == ":face_with_thermometer:"
    desk.world.clock = lambda: EVENING + timedelta(minutes=1)
    assert (await desk.client.users_info(user="U0ADA"))["user"]["profile"]["status_emoji"] == ""


async def test_what_somebody_changes_is_told_to_the_app_as_the_whole_person(desk):
    await change(desk.slack.state.courier, "Ada", timezone="Asia/Tokyo", status_emoji=":palm_tree:")
    [told] = desk.world.deliveries
    assert told.payload["event"]["type"] == "user_change"
    assert told.payload["event"]["user"] == (await desk.client.users_info(user="U0ADA"))["user"]
    assert told.payload["event"]["user"]["tz"] == "Asia/Tokyo"


async def test_a_pause_is_told_to_the_app_without_the_person(desk):
    await change(desk.slack.state.courier, "Ada", snoozed_until=EVENING + timedelta(hours=1))
    [told] = desk.world.deliveries
    assert (told.payload["event"]["type"], told.payload["event"]["user"]) == ("dnd_updated_user", "U0ADA")
    assert _moments(told.payload["event"]["dnd_status"]) == (EVENING, EVENING + timedelta(hours=1))


async def test_what_stays_as_it_was_is_not_told(desk):
    await change(desk.slack.state.courier, "Ada", timezone="Europe/Berlin", snoozed_until=None)
    assert desk.world.deliveries == []


async def test_with_somebody_who_is_deactivated_no_conversation_begins(desk):
    await change(desk.slack.state.courier, "Bo", is_deleted=True)
    gone = (await desk.client.users_info(user="U0BO"))["user"]
    assert gone["deleted"]
    assert "tz" not in gone
    assert await _refusal(desk.client.chat_postMessage(channel="U0BO", text="Hi")) == "channel_not_found"
    assert await _refusal(desk.client.conversations_open(users=["U0BO"])) == "user_disabled"


async def test_a_conversation_that_had_begun_takes_messages_that_nobody_reads(desk):
    await desk.client.chat_postMessage(channel="U0BO", text="Before")
    desk.world.change_person("Bo", is_deleted=True)
    assert (await desk.client.chat_postMessage(channel="U0BO", text="After"))["ok"]


async def test_the_app_cannot_write_to_itself(desk):
    assert await _refusal(desk.client.chat_postMessage(channel="U0TIMER", text="Hi")) == "cannot_dm_bot"


async def test_ten_thousand_people_are_listed_a_thousand_at_a_time(desk):
    desk.world.invite_all(crowd(9_996, ["Europe/Berlin", "Asia/Tokyo"]))
    assert await _refusal(desk.client.users_list()) == "limit_required"
    seen, cursor, calls = [], "", 0
    while cursor or not calls:
        page = await desk.client.users_list(limit=5_000, cursor=cursor)
        seen += [one["id"] for one in page["members"]]
        cursor, calls = page["response_metadata"]["next_cursor"], calls + 1
    assert (len(seen), len(set(seen)), calls) == (10_000, 10_000, 10)
    assert await _refusal(desk.client.users_list(limit=10, cursor="made up")) == "invalid_cursor"
    assert (await desk.client.chat_postMessage(channel="U0CROWD009996", text="Hi"))["channel"] == "D0CROWD009996"
