"""The Web API: who may call, what is refused, and what it tells about people."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.sandbox.slack.team import Someone
from tests.sandbox.slack.peer import plain


async def _error(call) -> str:
    try:
        await call
    except SlackApiError as refused:
        return str(refused.response["error"])
    return ""


async def test_a_forged_token_is_refused(desk):
    forged = AsyncWebClient("xoxb-forged", base_url=desk.client.base_url, session=desk.client.session)
    nobody = AsyncWebClient(base_url=desk.client.base_url, session=desk.client.session)
    assert await _error(forged.auth_test()) == "invalid_auth"
    assert await _error(nobody.auth_test()) == "not_authed"


async def test_a_scope_the_manifest_lacks_is_named(desk):
    with pytest.raises(SlackApiError) as refused:
        await desk.client.users_profile_get(user="U0ADA")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users.profile:read"


async def test_people_have_a_zone_and_an_offset_but_no_mail_without_the_scope(desk):
    cy = (await desk.client.users_info(user="U0CY"))["user"]
    assert cy["tz"] == "America/New_York"
    assert cy["tz_offset"] in (-18000, -14400)
    assert "email" not in cy["profile"]
    assert await _error(desk.client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_lists_come_in_pages(desk):
    first = await desk.client.users_list(limit=3)
    second = await desk.client.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [one["name"] for page in (first, second) for one in page["members"]] == ["ada", "bo", "cy", "timer"]


async def test_get_and_post_form_and_json_are_one(desk):
    url, headers = f"{desk.world.base_url}/api/users.info", {"Authorization": "Bearer xoxb-sandbox"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [
            await (await session.get(url, params={"user": "U0BO"})).json(),
            await (await session.post(url, data={"user": "U0BO"})).json(),
            await (await session.post(url, json={"user": "U0BO"})).json(),
        ]
    assert [answer["user"]["name"] for answer in answers] == ["bo", "bo", "bo"]


async def test_a_person_is_a_channel_and_a_message_can_be_changed_and_deleted(desk, ada):
    posted = await desk.client.chat_postMessage(channel="U0ADA", text="Forgot something?")
    assert [str(seen) for seen in await ada.reads()] == ["Forgot something?"]
    await desk.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="All done.")
    [changed] = await ada.reads()
    assert str(changed) == "All done."
    assert changed.is_edited
    await desk.client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    await ada.reads(within=0)
    assert ada.messages == []


async def test_a_channel_the_app_was_not_invited_to_is_closed_until_it_is(desk, ada):
    assert await _error(desk.client.chat_postMessage(channel="#random", text="Hi")) == "not_in_channel"
    assert await _error(desk.client.chat_postMessage(channel="C0NOWHERE", text="Hi")) == "channel_not_found"
    await ada.types("/invite @timer", channel="random")
    assert await _error(desk.client.chat_postMessage(channel="#random", text="Hi")) == ""


async def test_blocks_without_a_text_are_refused_for_those_who_listen(desk):
    with pytest.warns(UserWarning, match="text"):
        refusal = await _error(
            desk.client.chat_postMessage(channel="U0ADA", blocks=[{"type": "header", "text": plain("Today")}])
        )
    assert refusal == "no_text"
    assert "screen readers" in desk.world.violations[0]


async def test_a_block_over_its_limit_is_refused(desk, ada):
    [reply] = await ada.types("/timer toolong")
    assert str(reply) == "Slack refused: invalid_blocks"
    assert "must be less than 3001 characters [json-pointer:/blocks/0/text/text]" in desk.world.violations[0]


async def test_a_rate_limit_comes_on_demand_with_the_seconds_to_wait(desk):
    desk.world.limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await desk.client.chat_postMessage(channel="U0ADA", text="Hi")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert await _error(desk.client.chat_postMessage(channel="U0ADA", text="Hi")) == ""


async def test_a_trigger_nobody_issued_opens_nothing(desk):
    view = {"type": "modal", "title": plain("Hi"), "blocks": []}
    assert await _error(desk.client.views_open(trigger_id="1.2.3", view=view)) == "invalid_trigger_id"


async def test_two_workspaces_do_not_see_each_other(desk, ada):
    dee = Someone("U0DEE", "Dee", "Dee Park", "dee@other.example", "Asia/Tokyo")
    desk.world.add_team("T0OTHER", "Other Co", people=[dee], bot_token="xoxb-other")
    other = AsyncWebClient("xoxb-other", base_url=desk.client.base_url, session=desk.client.session)
    assert (await other.auth_test())["team_id"] == "T0OTHER"
    assert await _error(other.users_info(user="U0ADA")) == "user_not_found"
    assert await _error(other.chat_postMessage(channel="C0GENERAL", text="Hi")) == "channel_not_found"
    await other.chat_postMessage(channel="#general", text="For Dee only")
    dee_there = await desk.person("Dee")
    assert [str(seen) for seen in dee_there.messages] == ["For Dee only"]
    assert await ada.reads(within=0) == []


async def test_after_an_uninstall_the_token_is_dead_and_the_app_is_told(desk, ada):
    await ada.uninstalls_the_app()
    assert await _error(desk.client.auth_test()) == "token_revoked"
    assert {one.kind for one in desk.world.deliveries} == {"tokens_revoked", "app_uninstalled"}
