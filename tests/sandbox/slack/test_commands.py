"""Slash commands: what is typed, what arrives, and what a person sees of the answer."""


async def test_an_ack_with_a_body_is_the_reply_that_only_the_person_sees(desk, ada):
    bo = await desk.person("Bo")
    [reply] = await ada.types("/timer say hello")
    assert str(reply) == "You said: hello"
    assert reply.is_ephemeral
    assert reply.author == "Timer"
    assert await bo.reads(within=0) == []
    assert desk.world.violations == []


async def test_a_shared_answer_shows_everybody_the_command_too(desk, ada):
    bo = await desk.person("Bo")
    await ada.types("/timer share 2h today")
    assert [str(seen) for seen in await bo.reads()] == ["/timer share 2h today", "Shared: 2h today"]


async def test_blocks_read_as_a_person_reads_them(desk, ada):
    [reply] = await ada.types("/timer start DEV-12")
    assert str(reply).splitlines() == [
        "Timer running: Fix login for @Bo [⋯: Edit, Delete]",
        "Started: 11:17 AM",
        "Tags: backend",
        "ClickUp · DEV-12 ⏱️",
        "[Stop] [Discard]",
    ]


async def test_a_late_answer_comes_through_the_response_url(desk, ada):
    [reply] = await ada.types("/timer later")
    assert str(reply) == "Here it is, later."
    assert reply.is_ephemeral


async def test_a_response_url_takes_five_answers(desk, ada):
    await ada.types("/timer six")
    await ada.waits_for("The sixth got 404")
    assert [str(seen) for seen in ada.messages][-2:] == ["Answer 5", "The sixth got 404"]
    assert "used_url" in desk.world.violations[0]


async def test_mentions_channels_links_and_specials_arrive_escaped(desk, ada):
    await ada.types("/timer say a < b & @Bo in #general see https://example.com/x?a=1&b=2.")
    text = desk.world.deliveries[-1].payload["text"]
    assert text == ("say a &lt; b &amp; <@U0BO> in <#C0GENERAL|general> see <https://example.com/x?a=1&amp;b=2>.")


async def test_the_composer_curls_quotes_and_joins_dashes_unless_told_not_to(desks):
    desk = await desks()
    ada = await desk.person("Ada")
    [reply] = await ada.types("""/timer say it's "done" -- really""")
    assert str(reply) == "You said: it’s “done” — really"
    plain_desk = await desks(smart_punctuation=False)
    ada = await plain_desk.person("Ada")
    [reply] = await ada.types("""/timer say it's "done" -- really""")
    assert str(reply) == """You said: it's "done" -- really"""


async def test_an_app_that_is_late_earns_an_operation_timeout(desks):
    desk = await desks(pace=0.1)
    ada = await desk.person("Ada")
    [reply] = await ada.types("/timer sleep")
    assert str(reply) == '/timer failed with the error "operation_timeout"'
    assert desk.world.deliveries[-1].status is None


async def test_an_app_that_fails_earns_a_dispatch_failed(desk, ada):
    [reply] = await ada.types("/timer fail")
    assert str(reply) == '/timer failed with the error "dispatch_failed"'


async def test_a_command_nobody_declared_is_answered_by_slack(desk, ada):
    [reply] = await ada.types("/tmier start")
    assert "/tmier is not a valid command" in reply
    assert desk.world.deliveries == []


async def test_an_ack_with_a_block_that_messages_do_not_take_is_refused(desk, ada):
    [reply] = await ada.types("/timer badack")
    assert "invalid_command_response" in reply
    assert "the block alert is not supported on the message surface" in desk.world.violations[0]
