"""The page on which people see that an entry has really arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from chromium import opened
from hoursmith_desk import BO
from playwright.async_api import Page, expect

from tests.serving import free_socket, serving


@pytest.fixture
async def page(app) -> AsyncIterator[Page]:
    bound, url = free_socket()
    async with serving(app, bound), opened(url, has_clock=True) as page:
        yield page


async def test_a_day_and_a_length_are_shown_without_a_time_of_day(page, organisation, watch):
    organisation.record(
        user_id=BO, project_id="pr_website", day=watch.now.date(), seconds=5400, note="<b>Bold</b> plan"
    )
    await page.clock.fast_forward(2000)
    today = page.get_by_role("article", name="Friday, 20 November 2026")
    await expect(today.get_by_role("row", name="– 1 h 30 min Bo Website")).to_contain_text("<b>Bold</b> plan")
    await expect(today.get_by_role("row", name="09:10–10:05 55 min Ada Backend Fix login")).to_be_visible()
    await expect(page.get_by_role("heading", name="What Hoursmith has recorded")).to_be_visible()
