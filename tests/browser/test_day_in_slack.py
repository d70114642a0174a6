"""A person's day in the page: what the README promises to somebody who has just cloned the repository.

With PICTURES=1 the pictures that README shows are taken anew.
"""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chromium import opened
from playwright.async_api import Locator, Page, expect
from serving import free_socket, serving

from app.demo import Demo, stage
from app.settings import ProviderName

PICTURES = Path(__file__).parent / "pictures"


class Clock:
    """It stands still unless it is told to go on."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 4, 9, 17, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def go_on(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)


@asynccontextmanager
async def demo(folder: Path, clock: Clock, provider: ProviderName = "clickup") -> AsyncIterator[tuple[str, Demo]]:
    bound, address = free_socket()
    async with stage(address, folder, clock, provider=provider) as staged, serving(staged.site, bound):
        yield address, staged


async def says(page: Page, line: str) -> Locator:
    """Types it as a person does and returns the answer."""
    answers = page.get_by_role("article", name="Timer")
    before = await answers.count()
    composer = page.get_by_role("combobox", name="Message #general")
    await composer.fill(line)
    await composer.press("Enter")
    await expect(answers).to_have_count(before + 1)
    return answers.last


async def become(page: Page, name: str) -> None:
    """What was said to somebody else alone is gone from the page then."""
    await page.get_by_role("button", name="You are").click()
    await page.get_by_role("menuitemradio", name=name).or_(page.get_by_role("menuitem", name=name)).first.click()
    await expect(page.get_by_role("button", name=f"You are {name}")).to_be_visible()
    await expect(page.get_by_role("article", name="Timer")).to_have_count(0)


async def picture(page: Page, name: str) -> None:
    if os.environ.get("PICTURES"):
        await page.screenshot(path=PICTURES / f"{name}.png")


async def test_a_person_starts_stops_logs_and_asks_for_help(tmp_path: Path) -> None:
    clock = Clock()
    async with demo(tmp_path, clock) as (address, staged), opened(address) as page:
        await expect(await says(page, "/timer start DEV-12 #backend")).to_contain_text("Fix login (DEV-12)")
        clock.go_on(25)
        await expect(await says(page, "/timer status")).to_contain_text("Running for 25 min")
        await expect(await says(page, "/timer start fix log")).to_contain_text("fits 3 tasks")
        await picture(page, "channel")
        await page.get_by_role("button", name="Stop").last.click()
        await expect(page.get_by_text("Stopped after 25 min")).to_be_visible()

        await logs_through_the_form(page)
        await expect(await says(page, "/timer yesterday")).to_contain_text("pairing on the session bug")
        await expect(await says(page, "/timer help")).to_contain_text("What you can type")

        await become(page, "Bo")
        refusal = await says(page, "/timer log 1h for @Ada DEV-12")
        await expect(refusal).to_contain_text(
            "Only owners and admins can track time for somebody else, and you are a member"
        )
        await become(page, "Cy")
        await expect(await says(page, "/timer start DEV-12")).to_contain_text("You aren't connected to ClickUp yet")

        await page.goto(f"{address}/clickup/")
        await expect(page.get_by_text("pairing on the session bug")).to_be_visible()
        await picture(page, "record")
        assert (staged.world.violations, staged.workspace.complaints) == ([], [])


async def logs_through_the_form(page: Page) -> None:
    composer = page.get_by_role("combobox", name="Message #general")
    await composer.fill("/timer log yesterday")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="Log time")
    await form.get_by_role("combobox", name="Task").press_sequentially("search")
    await form.get_by_role("option", name="Search is slow").click()
    await form.get_by_label("Duration").fill("45")
    await form.get_by_label("Description").fill("pairing on the session bug")
    await form.get_by_role("button", name="Log time").click()
    await expect(form.get_by_text("Is 45 minutes or hours? Write 45m or 45h.")).to_be_visible()
    await picture(page, "form")
    await form.get_by_label("Duration").fill("1h30m")
    await form.get_by_role("button", name="Log time").click()
    await expect(form).to_be_hidden()
    await expect(page.get_by_text("Logged: Tue 3 Mar, 09:00–10:30 = 1 h 30")).to_be_visible()


@pytest.mark.parametrize(
    ("provider", "task", "row"),
    [
        ("clickup", "DEV-12", "09:00–10:30 1 h 30 min Ada DEV-12 Fix login"),
        ("clickup_legacy", "DEV-12", "09:00–10:30 1 h 30 min Ada DEV-12 Fix login"),
        ("clockify", "Fix login", "09:00–10:30 1 h 30 min Ada Backend Fix login"),
        ("hoursmith", "Fix login", "– 1 h 30 min Ada Backend Fix login"),
    ],
    ids=["clickup", "clickup_legacy", "clockify", "hoursmith"],
)
async def test_time_logged_in_slack_stands_in_the_back_ends_own_record(
    tmp_path: Path, provider: ProviderName, task: str, row: str
) -> None:
    """And what the back end is made to do there, is told here."""
    async with demo(tmp_path, Clock(), provider) as (address, staged), opened(address) as page:
        label = staged.backend.label
        await expect(await says(page, f"/timer log 1h30m yesterday {task}")).to_contain_text("= 1 h 30")
        async with page.expect_popup() as opening:
            await page.get_by_role("link", name=f"{label}'s record").click()
        record = await opening.value
        yesterday = record.get_by_role("article", name="Tuesday, 3 March 2026")
        await expect(yesterday.get_by_role("row", name=row)).to_be_visible()
        await record.get_by_role("button", name="Down").click()
        await expect(record.get_by_text("Every call gets a page that says 503.")).to_be_visible()
        await expect(await says(page, "/timer yesterday")).to_contain_text(f"{label} answered with an error (503)")
        await record.get_by_role("button", name="Normal").click()
        await expect(record.get_by_text("Answers at once.")).to_be_visible()
        await expect(await says(page, "/timer yesterday")).to_contain_text("Fix login")
        assert (staged.world.violations, staged.workspace.complaints) == ([], [])


async def test_everything_can_be_reached_in_a_narrow_window(tmp_path: Path) -> None:
    async with demo(tmp_path, Clock()) as (address, staged), opened(address, width=420) as page:
        answer = await says(page, "/timer yesterday")
        await expect(answer.get_by_role("button", name="Log time")).to_be_in_viewport()
        await answer.get_by_role("button", name="Log time").click()
        form = page.get_by_role("dialog", name="Log time")
        await expect(form.get_by_role("button", name="Log time")).to_be_in_viewport()
        assert staged.world.violations == []


async def test_time_is_logged_from_the_menus_and_work_is_resumed_with_a_button(tmp_path: Path) -> None:
    async with demo(tmp_path, Clock()) as (address, staged), opened(address) as page:
        composer = page.get_by_role("combobox", name="Message #general")
        await composer.fill("the login is broken again, see DEV-12")
        await composer.press("Enter")
        message = page.get_by_role("article", name="Ada")
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Track this message").click()
        form = page.get_by_role("dialog", name="Log time")
        await expect(form.get_by_label("Description")).to_have_value(
            re.compile("again, see DEV-12\nhttps://.+/archives/C")
        )
        await form.get_by_label("Duration").fill("20m")
        await form.get_by_role("button", name="Log time").click()
        await expect(page.get_by_text("Logged: Wed 4 Mar, 09:57–10:17 = 20 min")).to_be_visible()

        await page.get_by_role("button", name="Shortcuts").click()
        await page.get_by_role("menuitem", name="Log time").click()
        await expect(form.get_by_label("Duration")).to_be_visible()
        await form.get_by_role("button", name="Cancel").click()

        latest = await says(page, "/timer last")
        await latest.get_by_role("button", name="Resume").first.click()
        await expect(page.get_by_text("Running since 10:17")).to_be_visible()
        assert (staged.world.violations, staged.workspace.complaints) == ([], [])
