"""The clock that can be set: everything in the sandbox goes by it, in both directions."""

from datetime import UTC, datetime, timedelta

import pytest

from app.sandbox.slack.clock import SandboxClock

SLACK = timedelta(seconds=20)  # a test may be slow


def _about(moment: datetime) -> object:
    return pytest.approx(moment.timestamp(), abs=SLACK.total_seconds())


def test_it_shows_real_time_until_it_is_set_and_runs_on_from_there():
    clock, there = SandboxClock(), datetime(2026, 3, 4, 15, 44, tzinfo=UTC)
    assert clock.now().timestamp() == _about(datetime.now(UTC))
    clock.set(there)
    assert there <= clock.now() <= clock.now()
    assert (clock.is_set, clock.now().timestamp()) == (True, _about(there))
    clock.set_back()
    assert (clock.is_set, clock.now().timestamp()) == (False, _about(datetime.now(UTC)))


async def test_a_person_sets_it_by_their_own_wall_clock(desk, ada):
    await ada.sets_the_clock(local="2026-03-04T16:44")
    assert desk.world.clock().timestamp() == _about(datetime(2026, 3, 4, 15, 44, tzinfo=UTC))
    cy = await desk.person("Cy")
    await cy.sets_the_clock(local="2026-03-04T16:44")
    assert desk.world.clock().timestamp() == _about(datetime(2026, 3, 4, 21, 44, tzinfo=UTC))
    await cy.sets_the_clock(seconds=3600)
    assert desk.world.clock().timestamp() == _about(datetime(2026, 3, 4, 22, 44, tzinfo=UTC))
    await cy.sets_the_clock()
    assert desk.world.clock().timestamp() == _about(datetime.now(UTC))


async def test_what_is_no_time_is_refused(desk, ada):
    with pytest.raises(AssertionError, match="noon"):
        await ada.sets_the_clock(local="noon")
    assert not desk.world.settable.is_set


async def test_messages_carry_its_time_and_stay_in_the_order_in_which_they_came(desk, ada):
    await ada.sets_the_clock(local="2026-03-05T09:00")
    await ada.types("/timer say tomorrow")
    await ada.sets_the_clock(local="2026-03-04T09:00")
    await ada.types("/timer say today")
    assert [str(seen) for seen in ada.messages] == ["You said: tomorrow", "You said: today"]
    sent = [datetime.fromtimestamp(float(seen.ts), UTC).day for seen in ada.messages]
    assert sent == [5, 4]


async def test_no_two_messages_have_the_same_time_on_a_clock_that_stands_still(desks):
    desk = await desks(clock=lambda: datetime(2026, 3, 4, 9, 17, tzinfo=UTC))
    ada = await desk.person("Ada")
    for number in range(3):
        await ada.types(f"/timer say {number}")
    assert len({seen.ts for seen in ada.messages}) == 3


async def test_requests_are_signed_with_real_time_whatever_the_clock_says(desk, ada):
    await ada.sets_the_clock(local="2031-01-01T09:00")
    [reply] = await ada.types("/timer say hello")
    assert str(reply) == "You said: hello"


async def test_a_clock_from_elsewhere_is_not_set_here(desks):
    desk = await desks(clock=lambda: datetime(2026, 3, 4, 9, 17, tzinfo=UTC))
    ada = await desk.person("Ada")
    with pytest.raises(AssertionError, match="comes from elsewhere"):
        await ada.sets_the_clock(seconds=3600)


async def test_a_pause_and_a_status_end_by_it(desk, ada):
    await ada.sets_the_clock(local="2026-03-04T10:00")
    await ada.sets_status(":spiral_calendar_pad:", "In a meeting", until="hour")
    await ada.pauses_notifications("hour")
    assert (await _standing(desk))["status_until"] == _about(datetime(2026, 3, 4, 10, tzinfo=UTC))
    await ada.sets_the_clock(local="2026-03-04T11:01")
    standing = await _standing(desk)
    assert (standing["status"], standing["paused_until"]) == ("", 0)


async def test_until_tomorrow_is_nine_oclock_where_the_person_is(desk, ada):
    await ada.travels_to("Asia/Tokyo")
    await ada.sets_the_clock(local="2026-03-04T20:00")
    await ada.pauses_notifications("morning")
    assert (await _standing(desk))["paused_until"] == datetime(2026, 3, 5, 0, tzinfo=UTC).timestamp()


async def _standing(desk):
    async with desk.client.session.get(f"{desk.world.base_url}/client/world", params={"person": "Ada"}) as answer:
        return next(one for one in (await answer.json())["people"] if one["name"] == "Ada")
