"""What Slack itself refuses: an answer waits, goes elsewhere once or goes out plain, and is never sent for ever."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import replace

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app.slack import messages
from app.slack.blocks import modal, section
from app.slack.outgoing import Body, Outgoing
from app.slack.slack_client import slack_client
from tests.serving import free_socket, serving
from tests.slack.wire import Wire, words
from tests.stage import Stage

REPLY = messages.refused("Nothing was saved. Try again.")
GONE = ("channel_not_found", "not_in_channel", "is_archived", "restricted_action", "user_disabled", "cannot_dm_bot")


@pytest.fixture
def outgoing(stage: Stage) -> Outgoing:
    """Its response URLs are all used up."""

    async def post(url: str, body: Body) -> int:
        return 404

    return replace(stage.app.front.outgoing, post=post)


def said(stage: Stage) -> list[tuple[str, str]]:
    """Messages that Slack was asked to take: to whom, and what it said to that."""
    return [(one.arguments["channel"], one.error) for one in stage.world.calls if one.method == "chat.postMessage"]


async def test_a_limit_is_waited_for_as_long_as_slack_says_and_nothing_is_dropped(stage: Stage) -> None:
    stage.world.limit("chat.postMessage", retry_after=1, times=2)
    began = time.monotonic()
    outgoing = stage.app.front.outgoing
    assert all(await asyncio.gather(*(outgoing.say("U0ADA", REPLY) for _ in range(3))))
    assert time.monotonic() - began >= 1
    assert sorted(error for _, error in said(stage)) == ["", "", "", "ratelimited", "ratelimited"]


async def test_a_limit_on_one_method_holds_up_no_other(stage: Stage) -> None:
    stage.world.limit("chat.postMessage", retry_after=1)
    outgoing = stage.app.front.outgoing
    ended: list[str] = []

    async def note(name: str, work: Awaitable[object]) -> None:
        await work
        ended.append(name)

    await asyncio.gather(
        note("limited", outgoing.say("U0ADA", REPLY)), note("other", outgoing.slack.users_info(user="U0ADA"))
    )
    assert ended == ["other", "limited"]


@pytest.mark.parametrize("code", GONE)
async def test_an_answer_that_its_place_does_not_take_is_told_by_direct_message_once(
    wire: Wire, stage: Stage, outgoing: Outgoing, code: str
) -> None:
    front = replace(wire.front, outgoing=outgoing)
    stage.world.fail("chat.postMessage", code)
    stage.workspace.faults.add("slow", seconds=2.3)
    acked: list[object] = []

    async def ack(**answer: object) -> None:
        acked.append(answer)

    body = {
        "team_id": "T0SANDBOX",
        "user_id": "U0ADA",
        "text": "status",
        "trigger_id": "1.1",
        "response_url": "https://x",
    }
    await front.command(ack, body)
    await front.drain(5)
    assert "slow to answer" in str(acked)
    assert said(stage) == [("U0ADA", code)]


async def test_blocks_that_slack_does_not_take_go_out_once_as_plain_words(stage: Stage) -> None:
    stage.world.fail("chat.postMessage", "invalid_blocks")
    assert await stage.app.front.outgoing.say("U0ADA", REPLY)
    first, second = (one.arguments for one in stage.world.calls if one.method == "chat.postMessage")
    assert first["text"] == second["text"] == "Nothing was saved. Try again."
    assert "blocks" not in second or second["blocks"] in ("[]", [])


async def test_blocks_that_slack_never_takes_are_not_sent_for_ever(stage: Stage) -> None:
    stage.world.fail("chat.postMessage", "invalid_blocks", times=5)
    assert not await stage.app.front.outgoing.say("U0ADA", REPLY)
    assert len(said(stage)) == 2


async def test_an_answer_whose_blocks_are_refused_at_its_own_address_goes_out_there_as_plain_words(
    stage: Stage,
) -> None:
    posted: list[Body] = []

    async def post(url: str, body: Body) -> int:
        posted.append(body)
        return 400 if body["blocks"] else 200

    outgoing = replace(stage.app.front.outgoing, post=post)
    assert await outgoing.respond("https://hooks.slack.example/1", REPLY, replaces=True)
    assert [len(body["blocks"]) for body in posted] == [1, 0]
    assert "Nothing was saved" in words(posted[1])


async def test_a_form_that_changed_meanwhile_is_left_as_the_person_sees_it(wire: Wire, stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer log")
    outgoing, shown = stage.app.front.outgoing, ada.modal
    stage.world.fail("views.update", "hash_conflict")
    view = modal("Log time", "log_time", [section("An older view.")])
    assert not await outgoing.update({"id": "V1", "hash": "1.stale"}, view)
    assert [one.method for one in stage.world.calls].count("views.update") == 1
    assert ada.modal == shown


async def test_slacks_token_follows_no_redirect_to_another_host() -> None:
    seen: list[str] = []

    async def elsewhere(request: Request) -> Response:
        seen.append(request.headers.get("authorization", ""))
        return JSONResponse({"ok": True})

    (there, away), (here, url) = free_socket(), free_socket()

    async def moved(request: Request) -> Response:
        return RedirectResponse(f"{away.replace('127.0.0.1', 'localhost')}/api/chat.postMessage", 307)

    other = Starlette(routes=[Route("/api/chat.postMessage", elsewhere, methods=["POST"])])
    slack = Starlette(routes=[Route("/api/chat.postMessage", moved, methods=["POST"])])
    async with serving(other, there), serving(slack, here), aiohttp.ClientSession() as session:
        client = slack_client("xoxb-sandbox", f"{url}/api/", session)
        await Outgoing(client, _nowhere).say("U0ADA", REPLY)
    assert not any(seen)


async def _nowhere(url: str, body: Body) -> int:
    return 404
