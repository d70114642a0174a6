"""An event loop that stands still is seen, with the place where it does."""

import asyncio
import logging
import time

import pytest

from app.loop_watch import watched_loop


def hold_everything_up(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


async def test_a_stall_is_logged_once_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "app.loop_watch"):
        async with watched_loop(tolerated=0.2):
            await asyncio.sleep(0)
            hold_everything_up(1.2)
    [record] = caplog.records
    assert "has stood still for more than 0.2 s" in record.getMessage()
    assert "hold_everything_up" in record.getMessage()


async def test_a_loop_that_only_waits_is_left_in_peace(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "app.loop_watch"):
        async with watched_loop(tolerated=5):
            await asyncio.sleep(0.3)
    assert caplog.records == []
