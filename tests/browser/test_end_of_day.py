"""The clock in the page's bar is moved, and the end of Ada's day arrives as a message whose buttons all work."""

from datetime import UTC, datetime
from pathlib import Path

from chromium import opened
from playwright.async_api import Locator, Page, expect
from serving import free_socket, serving

from app.demo import stage
from app.main import beside, working
from app.sandbox.slack.clock import SandboxClock

SOON = 20_000  # milliseconds: the worker looks every few seconds


async def test_the_end_of_the_day_comes_when_the_clock_says_so(tmp_path: Path) -> None:
    clock, (bound, address) = SandboxClock(), free_socket()
    clock.set(datetime(2026, 3, 4, 9, 17, tzinfo=UTC))  # a Wednesday
    async with (
        stage(address, tmp_path, clock) as staged,
        serving(staged.site, bound),
        beside(working(staged.app)),
        opened(address) as page,
    ):
        await sidebar(page).click()
        await is_asked_later_and_logs_the_rest(page)
        await says_that_it_looks_right(page)
        await wants_no_question_today(page)
        await expect(page.get_by_role("article", name="Timer")).to_have_count(4)
        assert (staged.world.violations, staged.workspace.complaints) == ([], [])


async def is_asked_later_and_logs_the_rest(page: Page) -> None:
    day = await the_end_of(page, "2026-03-04", "Wed 4 Mar: 0 min of 8 h")
    await day.get_by_role("button", name="Later").click()
    await expect(day).to_contain_text("I'll ask about Wed 4 Mar again at 17:46")
    await moves_the_clock(page, "+1 h")
    again = await newest(page, "Wed 4 Mar: 0 min of 8 h")
    await again.get_by_role("button", name="Log the rest").click()
    await page.get_by_role("dialog", name="Log time").get_by_role("button", name="Log time").click()
    await expect(again).to_contain_text("Wed 4 Mar is complete: 8 h")


async def says_that_it_looks_right(page: Page) -> None:
    day = await the_end_of(page, "2026-03-05", "Thu 5 Mar: 0 min of 8 h")
    await day.get_by_role("button", name="Looks right").click()
    await expect(day).to_contain_text("Thu 5 Mar is right as it is")


async def wants_no_question_today(page: Page) -> None:
    day = await the_end_of(page, "2026-03-06", "Fri 6 Mar: 0 min of 8 h")
    await expect(day.get_by_role("button", name="Same as Wed")).to_be_visible()
    await day.get_by_role("button", name="Not today").click()
    await expect(day.get_by_role("button", name="Not today")).to_have_count(0)


async def the_end_of(page: Page, date: str, title: str) -> Locator:
    await page.locator("#bar .clock").click()
    panel = page.get_by_role("dialog", name="Set the clock")
    await panel.get_by_label("Date").fill(date)
    await panel.get_by_label("Time").fill("16:46")
    await panel.get_by_role("button", name="Set").click()
    return await newest(page, title)


async def moves_the_clock(page: Page, step: str) -> None:
    await page.locator("#bar .clock").click()
    await page.get_by_role("dialog", name="Set the clock").get_by_role("button", name=step).click()


async def newest(page: Page, title: str) -> Locator:
    """The message as it stands now, so that it is the same one after a click has rewritten it."""
    asked = page.get_by_role("article", name="Timer").filter(has_text=title)
    await expect(asked.last).to_be_visible(timeout=SOON)
    at = await page.get_by_role("article", name="Timer").count() - 1
    return page.get_by_role("article", name="Timer").nth(at)


def sidebar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Channels and apps").get_by_role("button", name="Timer")
