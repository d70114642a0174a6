"""The page in a real browser: what the driver can do, a person can do with the mouse and the keyboard."""

import pytest
from chromium import opened
from playwright.async_api import expect


@pytest.fixture
async def page(desk):
    async with opened(desk.world.base_url) as page:
        yield page


async def test_what_the_driver_does_a_person_can_do_in_the_browser(desk, page):
    await _use_shortcuts(desk, page)
    await _talk(desk, page)
    assert desk.world.violations == []


async def _use_shortcuts(desk, page):
    bo = await desk.person("Bo")
    await bo.types("Please fix the login")
    await page.get_by_role("article", name="Bo").hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Track this message").click()
    await expect(page.get_by_text("Tracking “Please fix the login”")).to_be_visible()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Log time").click()
    await expect(page.get_by_role("dialog", name="Log time").get_by_label("What")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def _talk(desk, page):
    composer = page.get_by_role("combobox", name="Message #general")
    await composer.fill("/ti")
    await expect(page.get_by_role("option", name="/timer")).to_contain_text("start [task] | stop | log 1h [task]")
    await composer.press("Tab")
    await composer.press_sequentially("say <img src=x> *hello*")
    await composer.press("Enter")
    answer = page.get_by_role("article", name="Timer").last
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("You said: <img src=x> hello")
    assert await answer.locator("img").count() == 0

    await composer.fill("/timer start DEV-12")
    await composer.press("Enter")
    await page.get_by_role("button", name="Discard").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Stop").click()
    await expect(page.get_by_text("Stopped DEV-12.")).to_be_visible()

    await composer.fill("/timer form")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="Log time")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await form.get_by_label("What").fill("pairing")
    await form.get_by_role("combobox", name="Task").press_sequentially("ship")
    await form.get_by_role("option", name="Ship invoices").click()
    await form.get_by_label("Billable").check()
    await form.get_by_role("button", name="More fields").click()
    await form.get_by_label("Note").fill("all typed things are still here")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()

    sidebar = page.get_by_role("navigation", name="Channels and apps")
    await sidebar.get_by_role("button", name="Timer").click()
    await expect(page.get_by_text("Logged pairing on Ship invoices ['billable']")).to_be_visible()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("heading", name="Today")).to_be_visible()

    await page.get_by_role("button", name="You are Ada").click()
    await page.get_by_role("menuitem", name="Bo").click()
    await sidebar.get_by_role("button", name="general").click()
    await expect(page.get_by_role("log")).not_to_contain_text("Stopped DEV-12.")
