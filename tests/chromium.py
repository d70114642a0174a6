"""Debian's Chromium, for the tests that look at pages as a person does."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def need_chromium() -> None:
    """Skips with a sentence where there is none, but never where REQUIRE_BROWSER says that there must be."""
    if CHROMIUM.exists():
        return
    assert not os.environ.get("REQUIRE_BROWSER"), "REQUIRE_BROWSER is set, but there is no /usr/bin/chromium"
    pytest.skip("there is no Chromium here: apt-get install chromium lets the browser tests run")


@asynccontextmanager
async def opened(url: str, *, width: int = 1280, height: int = 800, has_clock: bool = False) -> AsyncIterator[Page]:
    """A page that fails the test when its own script does; with `has_clock` its time goes on when it is told to."""
    need_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(
            viewport={"width": width, "height": height}, locale="en-GB", timezone_id="Europe/Berlin"
        )
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        if has_clock:
            await page.clock.install()
        await page.goto(url)
        try:
            yield page
        finally:
            await browser.close()
        assert not errors
