"""The message about a day in a wide window and in a narrow one: nothing is cut off, and every button does what it says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser.test_day_in_slack import picture, says
from chromium import opened
from playwright.async_api import Locator, Page, expect
from serving import free_socket, serving

from app.demo import Demo, stage
from app.main import beside, working
from app.sandbox.slack.clock import SandboxClock

SOON = 20_000.0  # ms, on a busy machine


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[tuple[str, Demo]]:
    """As `python -m app demo` runs it, on Wed 4 Mar 2026 at 10:17."""
    bound, address = free_socket()
    clock = SandboxClock()
    clock.set(datetime(2026, 3, 4, 9, 17, tzinfo=UTC))
    async with (
        stage(address, folder, clock) as staged,
        serving(staged.site, bound),
        beside(working(staged.app)),
    ):
        yield address, staged


async def set_clock(page: Page, time: str) -> None:
    await page.locator("#bar .clock").click()
    panel = page.get_by_role("dialog", name="Set the clock")
    await panel.get_by_label("Time").fill(time)
    await panel.get_by_role("button", name="Set", exact=True).click()


async def press(message: Locator, name: str, then: str) -> None:
    await message.get_by_role("button", name=name, exact=True).click()
    await expect(message).to_contain_text(then, timeout=SOON)


@pytest.mark.parametrize("width", [1280, 400])
async def test_everything_can_be_done_from_the_message(tmp_path: Path, width: int) -> None:
    async with demo(tmp_path) as (address, staged), opened(address, width=width) as page:
        await says(page, "/timer log 7:45-9:15 DEV-12")
        await says(page, "/timer log 9:30-10:15 : call with Hooli")
        await set_clock(page, "14:30")
        await says(page, "/timer start DEV-13")
        await set_clock(page, "16:45")
        await _open_app(page)
        day = page.get_by_role("article", name="Timer").last
        await expect(day).to_contain_text("Wed 4 Mar: 4 h 30 of 8 h", timeout=SOON)
        await expect(day.get_by_role("button", name="Log the rest: 3 h 30")).to_be_in_viewport()
        if width > 1000:
            await picture(page, "day")

        await press(day, "Same as Tue", "That logs")
        await press(day, "Back", "missing")
        await press(day, "Same as Tue", "That logs")
        await press(day, "Log these", "Logged 2 entries")
        await press(day, "Undo", "2 entries are gone again")
        await press(day, "Later", "again at 17:4")
        await press(day, "Show the day", "missing")
        await press(day, "Not today", "I won't ask about Wed 4 Mar")
        await press(day, "Show the day", "missing")
        await press(day, "Looks right", "is right as it is")
        await press(day, "Show the day", "missing")
        await _logs_the_rest(page, day)
        assert (staged.world.violations, staged.workspace.complaints) == ([], [])


async def _open_app(page: Page) -> None:
    """In a narrow window the sidebar is behind a button."""
    app = page.get_by_role("button", name="Timer").or_(page.get_by_role("link", name="Timer")).first
    if not await app.is_visible():
        await page.get_by_role("button", name="Channels").or_(page.get_by_role("button", name="Menu")).first.click()
    await app.click()


async def _logs_the_rest(page: Page, day: Locator) -> None:
    await day.get_by_role("button", name="Log the rest").click()
    form = page.get_by_role("dialog", name="Log time")
    await expect(form.get_by_label("From")).to_have_value("10:15")
    await form.get_by_label("Description").fill("the rest of it")
    await form.get_by_role("button", name="Log time").click()
    await expect(day).to_contain_text("Wed 4 Mar is complete: 8 h", timeout=SOON)
    await expect(day.get_by_role("button", name="Undo")).to_be_in_viewport()
