"""How things reach the app: signed over HTTP, in envelopes over Socket Mode, and again when it did not answer."""

import asyncio

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.sandbox.slack.events import verify_url
from tests.sandbox.slack.peer import new_peer


async def _until(holds):
    async with asyncio.timeout(3):
        while not holds():  # noqa: ASYNC110 - deliveries only grow, they ring no bell
            await asyncio.sleep(0.01)


async def test_a_wrong_signing_secret_is_noticed_by_the_app(desk, ada):
    desk.world.signing_secret = "not the one the app knows"
    [reply] = await ada.types("/timer say hello")
    assert str(reply) == '/timer failed with the error "dispatch_failed"'
    assert desk.world.deliveries[-1].status == 401


async def test_a_request_url_is_verified_with_a_challenge(desk):
    assert await verify_url(desk.slack.state.courier)


async def test_an_event_that_is_not_answered_comes_again_with_its_number_and_reason(desks):
    heard = []

    async def deaf_at_first(request):
        heard.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        return PlainTextResponse("", 500 if len(heard) < 3 else 200)

    desk = await desks(pace=0.01)
    desk.world.request_url = f"{desk.world.base_url}/deaf"
    desk.slack.router.routes.append(Route("/deaf", deaf_at_first, methods=["POST"]))
    ada = await desk.person("Ada")
    await ada.types("hello", channel="timer", within=0)
    await _until(lambda: len(desk.world.deliveries) == 3)
    assert heard == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({one.payload["event_id"] for one in desk.world.deliveries}) == 1


async def test_nobody_listening_is_a_dispatch_failed(desks):
    desk = await desks(request_url="http://127.0.0.1:9/slack/events")
    ada = await desk.person("Ada")
    [reply] = await ada.types("/timer say hello")
    assert str(reply) == '/timer failed with the error "dispatch_failed"'


async def test_a_socket_address_opens_once(desks):
    desk = await desks(request_url=None)
    asking = AsyncWebClient("xapp-sandbox", base_url=desk.client.base_url, session=desk.client.session)
    address = (await asking.apps_connections_open(app_token="xapp-sandbox"))["url"]
    async with desk.client.session.ws_connect(address) as socket:
        assert (await socket.receive_json())["type"] == "hello"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await desk.client.session.ws_connect(address)


async def test_socket_mode_carries_the_same_conversation(desks):
    desk = await desks(request_url=None)
    ada = await desk.person("Ada")
    [unheard] = await ada.types("/timer say hello")
    assert "dispatch_failed" in unheard

    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-sandbox", base_url=desk.client.base_url, session=session)
        handler = AsyncSocketModeHandler(new_peer(client), "xapp-sandbox", ping_interval=1)
        handler.client.web_client = client
        await handler.connect_async()
        try:
            await desk.slack.state.courier.sockets.wait_for_connection()
            [reply] = await ada.types("/timer say hello")
            assert str(reply) == "You said: hello"
            await ada.types("/timer form")
            assert await ada.suggestions("Task", "log") == ["Fix login", "Fix logout"]
            await ada.fills("What", "pairing")
            assert await ada.submits() == {}
            await ada.waits_for("Logged pairing")
            await desk.slack.state.courier.sockets.refresh()
            async with asyncio.timeout(4):
                await desk.slack.state.courier.sockets.wait_for_connection()
            [reply] = await ada.types("/timer say again")
            assert str(reply) == "You said: again"
        finally:
            await handler.close_async()
    assert desk.world.violations == []


async def test_an_app_may_ask_not_to_be_told_again(desks):
    async def unwilling(request):
        return PlainTextResponse("", 500, {"X-Slack-No-Retry": "1"})

    desk = await desks(pace=0.3)
    desk.world.request_url = f"{desk.world.base_url}/unwilling"
    desk.slack.router.routes.append(Route("/unwilling", unwilling, methods=["POST"]))
    ada = await desk.person("Ada")
    await ada.types("hello", channel="timer", within=0.05)
    assert len(desk.world.deliveries) == 1
