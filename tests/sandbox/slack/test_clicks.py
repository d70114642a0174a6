"""Buttons, menus, shortcuts and the Home tab."""


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
    [chosen] = await ada.clicks("Delete", beside="Fix login")
    assert str(chosen) == "You chose delete."


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
    await bo.types("Please fix the login <now>", within=0)
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
