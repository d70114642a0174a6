"""Buttons, menus, shortcuts, the Home tab, and what may be answered to a click."""

from datetime import UTC, datetime, timedelta

import pytest

from app.sandbox.slack.answers import use_response_url


async def test_a_button_replaces_its_message(desk, ada):
    await ada.types("/timer start DEV-12")
    [stopped] = await ada.clicks("Stop")
    assert str(stopped) == "Stopped DEV-12."
    assert stopped.is_ephemeral
    assert len(ada.messages) == 1
    assert desk.world.violations == []


async def test_the_message_is_left_out_when_only_one_person_saw_it(desk, ada):
    await ada.types("/timer start DEV-12")
    await ada.clicks("Stop")
    payload = desk.world.deliveries[-1].payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_an_overflow_menu_says_what_was_chosen(ada):
    await ada.types("/timer start DEV-12")
    [chosen] = await ada.clicks("Edit", beside="Fix login")
    assert str(chosen) == "You chose edit."


async def test_an_answer_may_take_its_message_away(desk, ada):
    await ada.types("/timer start DEV-12")
    assert await ada.clicks("Delete") == []
    assert ada.messages == []
    assert desk.world.violations == []


async def test_an_ephemeral_message_never_becomes_public(desk, ada):
    bo = await desk.person("Bo")
    await ada.types("/timer start DEV-12")
    url = next(reversed(desk.world.response_urls.values()))
    [shown] = desk.world.teams["T0SANDBOX"].channels["C0GENERAL"].messages.values()
    url.original_ts = shown.ts
    body = {"text": "For all", "response_type": "in_channel", "replace_original": True}
    assert use_response_url(desk.world, url, body) == ""
    assert desk.world.violations == ["response_url: an ephemeral message can never become in_channel."]
    assert await bo.reads(within=0) == []


async def test_after_a_click_an_answer_says_whether_it_replaces(desk, ada):
    await ada.types("/timer start DEV-12")
    await ada.clicks("Stop")
    url = next(reversed(desk.world.response_urls.values()))
    use_response_url(desk.world, url, {"text": "Neither said nor unsaid"})
    assert "say replace_original true or false" in desk.world.violations[0]


async def test_a_response_url_lives_for_thirty_minutes(desks):
    times = [datetime(2026, 3, 4, 9, 17, tzinfo=UTC)]
    desk = await desks(clock=lambda: times[-1])
    ada = await desk.person("Ada")
    await ada.types("/timer start DEV-12")
    url = next(iter(desk.world.response_urls.values()))
    times.append(times[0] + timedelta(minutes=31))
    assert use_response_url(desk.world, url, {"text": "Too late"}) == "used_url"


async def test_a_confirmation_can_be_declined(desk, ada):
    await ada.types("/timer start DEV-12")
    assert await ada.clicks("Discard", confirm=False) == []
    assert ada.asked == "Discard?\nThe time is lost.\n[Cancel] [Discard]"
    assert len(desk.world.deliveries) == 1
    [stopped] = await ada.clicks("Discard")
    assert str(stopped) == "Stopped None."


async def test_a_global_shortcut_opens_a_modal_and_carries_no_channel(desk, ada):
    await ada.uses_shortcut("Log time")
    assert ada.modal.startswith("Log time\n")
    payload = desk.world.deliveries[-1].payload
    assert "channel" not in payload
    assert "response_url" not in payload


async def test_a_message_shortcut_carries_the_message(desk, ada):
    bo = await desk.person("Bo")
    await bo.types("Please fix the login <now>")
    [asked] = await ada.reads()
    [tracking] = await ada.uses_message_shortcut("Track this message", asked)
    assert str(tracking) == "Tracking “Please fix the login <now>”"
    assert tracking.is_ephemeral


async def test_home_is_published_when_it_is_opened(desk, ada):
    assert await ada.opens_home() == "Today\n[Stop]"
    assert desk.world.deliveries[-1].kind == "app_home_opened"


async def test_a_line_in_the_apps_dm_reaches_it_as_an_event(desk, ada):
    [reply] = await ada.types("hello", channel="timer")
    assert str(reply) == "You wrote: hello"
    assert desk.world.deliveries[-1].payload["event"]["channel_type"] == "im"


async def test_people_only_see_their_own_dm(desk, ada):
    bo = await desk.person("Bo")
    await ada.types("hello", channel="timer")
    assert await bo.reads(within=0) == []


async def test_a_message_shortcut_never_replaces_or_deletes_what_somebody_said(desk, ada):
    bo = await desk.person("Bo")
    await bo.types("Fix login is broken again", within=0)
    [asked] = await ada.reads()
    await ada.uses_message_shortcut("Track this message", asked)
    url = next(reversed(desk.world.response_urls.values()))
    use_response_url(desk.world, url, {"text": "Mine now", "replace_original": True})
    use_response_url(desk.world, url, {"delete_original": True})
    assert "response_url: an app can replace its own messages only." in desk.world.violations
    assert desk.world.teams["T0SANDBOX"].channels["C0GENERAL"].messages[asked.ts].text == "Fix login is broken again"


async def test_a_message_shortcut_in_a_thread_says_which_thread(desk, ada):
    channel = desk.world.teams["T0SANDBOX"].channels["C0GENERAL"]
    first = desk.world.post(channel, "U0BO", "Who can look at it?")
    desk.world.post(channel, "U0CY", "I can", thread_ts=first.ts)
    reply = (await ada.reads())[-1]
    await ada.uses_message_shortcut("Track this message", reply)
    assert desk.world.deliveries[-1].payload["message"]["thread_ts"] == first.ts


async def test_a_shortcut_is_used_where_it_belongs(desk, ada):
    await ada.types("hello", within=0)
    [said] = ada.messages
    with pytest.raises(AssertionError, match="finds no message shortcut 'Log time'"):
        await ada.uses_message_shortcut("Log time", said)
    with pytest.raises(AssertionError, match="no global shortcut track"):
        await ada._do("shortcut", callback_id="track")
