"""The panels of the page's bar in a real browser: the clock is set, and a person says how it is with them."""

import re
from datetime import UTC, datetime

import pytest
from chromium import opened
from playwright.async_api import expect


@pytest.fixture
async def page(desk):
    desk.world.settable.set(datetime(2026, 3, 4, 9, 17, tzinfo=UTC))  # 10:17 in Berlin, a Wednesday
    async with opened(desk.world.base_url, width=400) as page:
        yield page


def _clock(page):
    return page.get_by_role("button", name=re.compile(r"^\w{3} \d+ \w{3} \d\d:\d\d$|^\d\d:\d\d$"))


async def _steps(page, name):
    await _clock(page).click()
    await page.get_by_role("dialog", name="Set the clock").get_by_role("button", name=name).click()


async def test_the_clock_is_set_by_steps_and_by_hand(desk, page):
    await expect(_clock(page)).to_have_text(re.compile("10:17$"))
    await _steps(page, "+1 h")
    await expect(_clock(page)).to_have_text(re.compile("11:17$"))
    await _steps(page, "End of day")
    await expect(_clock(page)).to_have_text(re.compile("16:45$"))
    await _steps(page, "Tomorrow 9:00")
    assert desk.world.clock().isoformat().startswith("2026-03-05T08:00")
    await _clock(page).click()
    await page.get_by_label("Date").fill("2026-03-06")
    await page.get_by_label("Time").fill("16:50")
    await page.keyboard.press("Enter")
    await expect(_clock(page)).to_have_text(re.compile("16:50$"))
    await expect(_clock(page)).to_be_focused()
    await _clock(page).click()
    await expect(page.get_by_role("button", name="End of day")).to_contain_text("Mon 9 Mar")
    await page.keyboard.press("Escape")
    await _steps(page, "Back to now")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert not desk.world.settable.is_set


async def test_what_is_half_typed_and_the_days_of_messages_survive_the_clock(desk, page):
    composer = page.get_by_role("combobox", name="Message #general")
    await composer.fill("/timer say hello")
    await composer.press("Enter")
    await expect(page.get_by_role("article", name="Timer, 10:17 AM")).to_be_visible()
    await composer.fill("half a thought")
    await _steps(page, "Tomorrow 9:00")
    await expect(page.get_by_text("Yesterday", exact=True)).to_be_visible()
    await expect(composer).to_have_value("half a thought")


async def test_a_person_sets_a_status_pauses_and_travels(desk, page):
    await page.get_by_role("button", name="You are").or_(page.get_by_role("button", name="Ada")).first.click()
    await page.get_by_role("menuitem", name="My status").click()
    panel = page.get_by_role("dialog", name="My status and time zone")
    await panel.get_by_role("button", name="Out sick").click()
    await expect(panel.get_by_label("How long")).to_have_value("midnight")
    await panel.get_by_label("How long").select_option("Until I clear it")
    await panel.get_by_role("button", name="Until tomorrow").click()
    await expect(panel).to_contain_text("10:17 in Berlin · 🤒 Out sick · quiet until Thu 09:00")
    await panel.get_by_label("Time zone").select_option("Tokyo")
    await expect(panel).to_contain_text("18:17 in Tokyo")
    ada = desk.world.person("Ada")
    assert (ada.status_emoji, ada.status_expiration, ada.timezone) == (":face_with_thermometer:", 0, "Asia/Tokyo")
    assert ada.snoozed_until == datetime(2026, 3, 5, 8, tzinfo=UTC)
    await panel.get_by_role("button", name="Out sick").click()
    await panel.get_by_role("button", name="Resume").click()
    await panel.get_by_role("button", name="Deactivate").click()
    await expect(page.get_by_text("Ada’s account is deactivated.")).to_be_visible()
    await panel.get_by_role("button", name="Activate").click()
    await expect(page.get_by_role("combobox", name="Message #general")).to_be_visible()
