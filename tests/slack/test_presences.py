"""What Slack says of people is asked for in as few calls as possible, and read as Slack means it."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import NotReached
from app.core.reminder import Presence
from app.sandbox.slack.crowd import crowd
from app.slack.presences import SlackPresences
from app.slack.profiles import presence_of, with_quiet
from tests.stage import MORNING, Stage

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def presences(stage: Stage) -> SlackPresences:
    return SlackPresences(AsyncWebClient("xoxb-sandbox", f"{stage.address}/api/", retry_handlers=[]))


def called(stage: Stage) -> Counter[str]:
    return Counter(call.method for call in stage.world.calls)


async def test_somebody_is_read_as_slack_shows_them_and_a_stranger_is_nobody(stage: Stage, presences: SlackPresences):
    stage.world.change_person("Ada", status_emoji=":palm_tree:", status_text="Vacationing")
    found = await presences.profile("T0SANDBOX", "U0ADA")
    assert found
    assert (found.status_emoji, found.zone) == (":palm_tree:", BERLIN)
    assert await presences.profile("T0SANDBOX", "U0NOBODY") is None


async def test_everybody_is_read_a_thousand_at_a_time(stage: Stage, presences: SlackPresences):
    stage.world.invite_all(crowd(1200))
    page, cursor = await presences.listed("T0SANDBOX", "")
    rest, end = await presences.listed("T0SANDBOX", cursor)
    assert {one.id for one in crowd(1200)} <= page.keys() | rest.keys()
    assert (len(page), end) == (1000, "")


async def test_pauses_are_asked_for_together(stage: Stage, presences: SlackPresences):
    stage.world.invite_all(crowd(50))
    wanted = [one.id for one in crowd(50)]
    stage.world.change_person(wanted[7], snoozed_until=MORNING.replace(hour=20))
    found = await presences.quiet("T0SANDBOX", wanted)
    assert set(found) == set(wanted)
    until = found[wanted[7]].quiet_until
    assert until
    assert until > MORNING
    assert called(stage) == {"dnd.teamInfo": 1}


async def test_without_the_scope_nobody_is_known_to_want_quiet_and_it_is_asked_for_once(
    stage: Stage, presences: SlackPresences, caplog: pytest.LogCaptureFixture
):
    stage.world.fail("dnd.teamInfo", "missing_scope")
    for _ in range(2):
        assert (await presences.quiet("T0SANDBOX", ["U0ADA"]))["U0ADA"].quiet_until is None
    assert called(stage)["dnd.teamInfo"] == 1
    assert caplog.text.count("lacks the scope dnd:read") == 1


async def test_a_slack_that_fails_says_nothing_of_anybody(stage: Stage, presences: SlackPresences):
    stage.world.fail("dnd.teamInfo", "internal_error")
    with pytest.raises(NotReached, match="internal_error"):
        await presences.quiet("T0SANDBOX", ["U0ADA"])


def test_who_is_deactivated_is_gone_and_has_no_zone():
    assert presence_of({"id": "U1", "deleted": True, "profile": {}}) == Presence(is_gone=True)


def test_a_zone_that_this_machine_does_not_know_changes_nothing():
    assert presence_of({"id": "U1", "tz": "Mars/Olympus"}).zone is None


def test_a_pause_of_ones_own_and_one_by_schedule_are_told_apart():
    at = datetime(2026, 3, 4, 20, tzinfo=UTC)
    snoozing = {"snooze_enabled": True, "snooze_endtime": at.timestamp(), "dnd_enabled": False}
    assert with_quiet(Presence(), snoozing) == Presence(quiet_until=at)
    never = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    assert with_quiet(Presence(quiet_until=at), never) == Presence()
