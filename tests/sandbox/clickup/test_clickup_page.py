"""The page on which people see that an entry has really arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from chromium import opened
from clickup_desk import BO, served
from playwright.async_api import Page, expect


@pytest.fixture
async def page(app) -> AsyncIterator[Page]:
    async with served(app) as url, opened(url, has_clock=True) as page:
        yield page


async def test_the_page_shows_days_and_timers_lives_and_takes_text_as_text(page, workspace):
    today = page.get_by_role("article", name="Friday, 20 November 2026")
    await expect(today.get_by_role("row", name="09:10–10:05 55 min Ada DEV-12 Fix login")).to_be_visible()
    await expect(page.get_by_text("No timer is running.")).to_be_visible()
    hour = 3_600_000
    workspace.record(user_id=BO, start=workspace.now - hour, duration=None, description="<b>Bold</b> plan")
    await page.clock.fast_forward(2000)
    await expect(page.get_by_role("article", name="Bo's timer")).to_contain_text("<b>Bold</b> plan")
    await page.get_by_role("button", name="Di").click()
    await expect(page.get_by_text("Nothing has been recorded yet.")).to_be_visible()


async def test_the_page_and_its_files_are_served(control):
    record = await control("GET", "/record")
    assert {person["name"] for person in record.json["people"]} == {"Ada", "Bo", "Cy", "Di"}
    assert record.json["entries"][0]["task"] == {"id": "DEV-12", "name": "Fix login"}
