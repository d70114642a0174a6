"""The page on which people see that an entry has really arrived, and make Clockify misbehave."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from chromium import opened
from clockify_desk import Direct, at, served
from playwright.async_api import Page, expect

from app.sandbox.clockify import PEOPLE, PROJECTS
from app.sandbox.clockify.times import read_moment


@pytest.fixture
async def page(app) -> AsyncIterator[Page]:
    async with served(app) as url, opened(url, has_clock=True) as page:
        yield page


async def test_the_page_shows_days_timers_and_moods(page, workspace, bo: Direct):
    today = page.get_by_role("article", name="Friday, 20 November 2026")
    await expect(today.get_by_role("row", name="09:10–10:05 55 min Ada Backend Fix login")).to_be_visible()
    start = read_moment(at("13:30"))
    workspace.record(user_id=PEOPLE["Bo"], start=start, end=None, project_id=PROJECTS["Hooli"], description="Tour")
    await page.clock.fast_forward(2000)
    await expect(page.get_by_role("article", name="Bo's timer")).to_contain_text("Hooli Tour")

    normal, down, locked = [page.get_by_role("button", name=name) for name in ("Normal", "Down", "Locked")]
    await expect(normal).to_have_attribute("aria-pressed", "true")
    await down.click()
    await expect(down).to_have_attribute("aria-pressed", "true")
    assert (await bo("GET", "/user")).status == 503
    await locked.click()
    await expect(
        page.get_by_text("What has been recorded so far is locked, though not for owners and admins.")
    ).to_be_visible()
    assert (await bo("GET", "/user")).status == 200
    assert workspace.is_locked
    await normal.click()
    await expect(normal).to_have_attribute("aria-pressed", "true")
    assert not workspace.is_locked


async def test_the_page_knows_a_mood_that_no_button_asks_for(control, workspace):
    workspace.faults.add("dead_token")
    record = (await control("GET", "/record")).json
    assert (record["mood"], record["entries"][0]["task"]["id"]) == ("other", "Backend")
