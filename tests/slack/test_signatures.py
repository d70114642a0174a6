"""Only Slack is listened to, and only for five minutes."""

import asyncio
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web import MOST_BYTES
from tests.slack.wire import FORM, Wire, signature
from tests.stage import Stage

LINE = urlencode({
    "command": "/timer", "text": "log 1h yesterday DEV-12", "team_id": "T0SANDBOX", "user_id": "U0ADA",
    "response_url": "https://hooks.slack.example/1", "trigger_id": "1.1", "api_app_id": "A0SANDBOX",
}).encode()  # fmt: skip


@pytest.fixture
async def unmoved(stage: Stage, wire: Wire) -> AsyncIterator[Wire]:
    """Afterwards nothing has happened anywhere."""
    yield wire
    await wire.front.drain(1)
    assert stage.workspace.requests == []
    assert wire.told == []
    assert await stage.app.store.pending("T0SANDBOX", "U0ADA") == []


async def post(wire: Wire, raw: bytes, headers: dict[str, str]) -> httpx.Response:
    return await wire.client.post("/slack/events", content=raw, headers={"Content-Type": FORM, **headers})


async def test_what_slack_signed_is_done(wire: Wire, stage: Stage) -> None:
    answer = await post(wire, LINE, signature(LINE))
    assert "Logged: Tue 3 Mar" in answer.text


async def test_another_secret_is_refused(unmoved: Wire) -> None:
    answer = await post(unmoved, LINE, signature(LINE, secret="guessed"))
    assert answer.status_code == 401


@pytest.mark.parametrize("missing", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
async def test_a_missing_header_is_refused(unmoved: Wire, missing: str) -> None:
    headers = signature(LINE)
    del headers[missing]
    assert (await post(unmoved, LINE, headers)).status_code == 401


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_six_minutes_off_is_refused(unmoved: Wire, minutes: int) -> None:
    answer = await post(unmoved, LINE, signature(LINE, at=time.time() + minutes * 60))
    assert answer.status_code == 401


@pytest.mark.parametrize(("seconds", "told"), [(-400, "400 s"), (400, "-400 s")])
async def test_a_delivery_refused_for_its_time_names_the_difference(
    unmoved: Wire, caplog: pytest.LogCaptureFixture, seconds: int, told: str
) -> None:
    """Played back, or this machine's clock is wrong: whoever runs the app can tell. A forgery says nothing of the sort."""
    at = time.time() + seconds
    await post(unmoved, LINE, signature(LINE, at=at, secret="guessed"))
    assert caplog.records == []
    await post(unmoved, LINE, signature(LINE, at=at))
    [record] = caplog.records
    assert (
        record.getMessage()
        .split(" it is ")[1]
        .startswith((told, told.replace("400", "401"), told.replace("400", "399")))
    )


async def test_a_recorded_request_played_back_later_is_refused(wire: Wire, stage: Stage) -> None:
    recorded = signature(LINE, at=time.time() - 301)
    assert (await post(wire, LINE, recorded)).status_code == 401
    assert stage.workspace.requests == []


async def test_a_recorded_request_played_back_at_once_changes_nothing_more(wire: Wire, stage: Stage) -> None:
    headers = signature(LINE)
    first = await post(wire, LINE, headers)
    again = await asyncio.gather(*(post(wire, LINE, headers) for _ in range(3)))
    assert stage.writes() == ["POST /team/9018000001/time_entries"]
    assert {answer.text for answer in again} == {first.text}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(LINE) - 1), flip=st.integers(1, 255))
async def test_a_flipped_byte_in_the_body_is_refused(unmoved: Wire, at: int, flip: int) -> None:
    changed = LINE[:at] + bytes([LINE[at] ^ flip]) + LINE[at + 1 :]
    assert (await post(unmoved, changed, signature(LINE))).status_code in (400, 401)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 66), letter=st.sampled_from("0123456789abcdefv="))
async def test_a_changed_letter_in_the_signature_is_refused(unmoved: Wire, at: int, letter: str) -> None:
    headers = signature(LINE)
    signed = headers["X-Slack-Signature"]
    forged = signed[:at] + (letter if letter != signed[at] else "x") + signed[at + 1 :]
    assert (await post(unmoved, LINE, {**headers, "X-Slack-Signature": forged})).status_code == 401


async def test_more_than_slack_ever_sends_is_refused_unread(unmoved: Wire) -> None:
    huge = b"text=" + b"x" * MOST_BYTES
    assert (await post(unmoved, huge, signature(huge))).status_code == 413


async def test_a_body_that_never_ends_is_refused_once_it_is_too_long(unmoved: Wire) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_BYTES // 1000 + 1):
            yield b"x" * 1000

    headers = {"Content-Type": FORM, **signature(LINE)}
    answer = await unmoved.client.post("/slack/events", content=endless(), headers=headers)
    assert answer.status_code == 413
