"""Signing in to ClickUp in a browser: one way there, one way back, for one person."""

import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import httpx
import pytest
from pydantic import SecretStr

from app.core.model import Person as Profile
from tests.person import Person
from tests.stage import Stage, raised

CYS, DIS = "185", "186"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Whoever runs the app has made an OAuth app in ClickUp."""
    async with raised(
        clickup_client_id="SANDBOXCLIENT", clickup_client_secret=SecretStr("sandbox-client-secret")
    ) as stage:
        yield stage


@pytest.fixture
async def cy(stage: Stage) -> Person:
    return await stage.person("Cy")


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(follow_redirects=True) as browser:
        yield browser


async def link_of(stage: Stage, person: Person) -> str:
    """The address behind the form's button."""
    await person.types("/timer connect")
    assert "[Sign in to ClickUp]" in str(person.modal)
    assert "token:" not in str(person.modal)
    view = next(call.arguments["view"] for call in reversed(stage.world.calls) if call.method == "views.open")
    return next(element["url"] for block in view["blocks"] for element in block.get("elements", []) if "url" in element)


async def allows(browser: httpx.AsyncClient, link: str, user: str) -> httpx.Response:
    """Looks at ClickUp's page, and says there who they are."""
    asked = await browser.get(link)
    assert "Let Timer track time for you" in asked.text
    return await browser.get(f"{link}&user={user}")


async def linked(stage: Stage, user: str = "U0CY") -> str:
    account = await stage.app.store.account("T0SANDBOX", user)
    return account.user_id if account else ""


async def test_one_address_at_both_ends_connects_at_once(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    page = await allows(browser, await link_of(stage, cy), CYS)
    assert page.status_code == 200
    assert "You are Cy, guest of Acme Studio in ClickUp. You can close this window" in page.text
    await cy.waits_for("You are Cy, guest of Acme Studio in ClickUp.")
    await cy.closes()
    await cy.types("/timer start WEB-3")
    assert len(stage.entries("Cy")) == 1


async def test_somebody_else_s_sign_in_is_asked_about(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    """Di may have been sent Cy's link."""
    page = await allows(browser, await link_of(stage, cy), DIS)
    assert "You signed in to ClickUp as <b>Di</b> (di@acme.example)" in page.text
    assert "<b>Cy Marsh</b> (cy@acme.example) in Slack" in page.text
    assert "That is not the same address." in page.text
    assert "Close this window, and nothing is connected." in page.text
    assert await linked(stage) == ""
    done = await answers(stage, browser, page)
    assert "You are Di, owner of Acme Studio in ClickUp." in done.text
    assert await linked(stage) == DIS


async def test_a_name_in_slack_is_whatever_somebody_chose(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    """Cy calls themselves Di, and sends Di the link."""
    await stage.app.store.remember_person(Profile("T0SANDBOX", "U0CY", ZoneInfo("Europe/Berlin"), "Di"))
    page = await allows(browser, await link_of(stage, cy), DIS)
    assert "You signed in to ClickUp as <b>Di</b> (di@acme.example)" in page.text
    assert "<b>Di</b> (cy@acme.example) in Slack" in page.text
    assert "That is not the same address." in page.text


async def test_one_address_in_several_workspaces_differs_from_nothing(
    stage: Stage, cy: Person, browser: httpx.AsyncClient
) -> None:
    stage.workspace.others = [("9018000009", "Globex")]
    page = await allows(browser, await link_of(stage, cy), CYS)
    assert "<b>Cy Marsh</b> (cy@acme.example) in Slack" in page.text
    assert "not the same address" not in page.text


async def test_a_profile_without_an_address_says_so(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    stage.world.change_person("Cy", email="")
    page = await allows(browser, await link_of(stage, cy), CYS)
    assert "<b>Cy Marsh</b> (without an e-mail address) in Slack" in page.text
    assert "That is not the same address." in page.text


async def test_an_answer_counts_once(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    page = await allows(browser, await link_of(stage, cy), DIS)
    await answers(stage, browser, page)
    await stage.app.store.disconnect("T0SANDBOX", "U0CY")
    again = await answers(stage, browser, page)
    assert again.status_code == 400
    assert "used already" in again.text
    assert await linked(stage) == ""


async def test_several_workspaces_are_asked_about(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    stage.workspace.others = [("9018000009", "Globex & Sons")]
    page = await allows(browser, await link_of(stage, cy), CYS)
    assert "Globex &amp; Sons" in page.text
    done = await answers(stage, browser, page, "9018000009")
    assert "guest of Globex &amp; Sons" in done.text


@pytest.mark.parametrize("workspace", ["", "1", "9018000001'--"])
async def test_a_workspace_that_was_not_offered_connects_nobody(
    stage: Stage, cy: Person, browser: httpx.AsyncClient, workspace: str
) -> None:
    stage.workspace.others = [("9018000009", "Globex")]
    page = await allows(browser, await link_of(stage, cy), CYS)
    assert (await answers(stage, browser, page, workspace)).status_code == 400
    assert await linked(stage) == ""


@pytest.mark.parametrize("state", ["", "forged", "' or 1=1 --", "x" * 5000])
async def test_a_forged_state_connects_nobody(stage: Stage, browser: httpx.AsyncClient, state: str) -> None:
    page = await browser.get(back(stage), params={"state": state, "code": "anything"})
    assert page.status_code == 400
    assert "Nothing was connected; begin again in Slack." in page.text
    assert [one.path for one in stage.workspace.requests] == []


async def test_a_state_counts_once(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    link = await link_of(stage, cy)
    await allows(browser, link, CYS)
    await stage.app.store.disconnect("T0SANDBOX", "U0CY")
    again = await allows(browser, link, CYS)
    assert again.status_code == 400
    assert await linked(stage) == ""


async def test_a_state_ends_after_ten_minutes(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    link = await link_of(stage, cy)
    stage.clock.passes(minutes=10)
    assert "older than ten minutes" in (await allows(browser, link, CYS)).text
    assert await linked(stage) == ""


async def test_who_says_no_is_not_connected(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    page = await allows(browser, await link_of(stage, cy), "nobody")
    assert "the sign-in was not confirmed" in page.text
    assert await linked(stage) == ""


@pytest.mark.parametrize("fault", ["error", "limited", "reset", "garbage"])
async def test_trouble_on_the_way_back_is_a_page(
    stage: Stage, cy: Person, browser: httpx.AsyncClient, fault: str
) -> None:
    link = await link_of(stage, cy)
    stage.workspace.faults.add(fault, path="/oauth/token")  # type: ignore[arg-type]
    page = await allows(browser, link, CYS)
    assert page.status_code in (400, 503)
    assert "Not connected" in page.text
    assert await linked(stage) == ""


async def test_a_sign_in_for_an_account_that_somebody_has_is_refused(
    stage: Stage, cy: Person, browser: httpx.AsyncClient
) -> None:
    page = await answers(stage, browser, await allows(browser, await link_of(stage, cy), "184"))
    assert page.status_code == 400
    assert "somebody else&#x27;s account here already" in page.text
    assert await linked(stage) == ""


async def test_no_secret_is_in_a_page_the_database_or_what_slack_got(
    stage: Stage, cy: Person, browser: httpx.AsyncClient
) -> None:
    link = await link_of(stage, cy)
    state = parse_qs(urlsplit(link).query)["state"][0]
    page = await allows(browser, link, DIS)
    tokens = [name for name, token in stage.workspace.tokens.items() if token.is_oauth]
    rows = str([dict(row) for row in await stage.app.store.engine.read("select * from visit")])
    assert len(tokens) == 1
    for secret in (*tokens, "sandbox-client-secret"):
        assert secret not in page.text + rows + str(stage.world.calls) + link
    assert state not in rows
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


async def test_a_name_cannot_write_into_the_page(stage: Stage, cy: Person, browser: httpx.AsyncClient) -> None:
    stage.workspace.name = "<script>alert(1)</script>"
    page = await allows(browser, await link_of(stage, cy), DIS)
    assert "<script>" not in page.text


async def test_other_systems_still_ask_for_a_token(stage: Stage, cy: Person) -> None:
    await cy.types("/timer connect")
    await cy.picks("Where do you track time?", "Clockify")
    await cy.waits_for("API key: []")


async def test_clickup_itself_asks_at_its_own_address() -> None:
    from app.core.model import Secret
    from app.providers.clickup_connect import BASE_URL
    from app.providers.clickup_sign_in import ClickUpConsent
    from app.providers.http import Http

    http = Http()
    consent = ClickUpConsent(http, BASE_URL, "ID", Secret("S"), "https://timer.example/oauth/clickup")
    asked = "client_id=ID&redirect_uri=https%3A%2F%2Ftimer.example%2Foauth%2Fclickup&state=s"
    assert consent.page("s") == f"https://app.clickup.com/api?{asked}"
    assert "S" not in repr(consent).replace("Secret", "")
    await http.aclose()


async def answers(
    stage: Stage, browser: httpx.AsyncClient, page: httpx.Response, workspace: str = "9018000001"
) -> httpx.Response:
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket
    return await browser.post(back(stage), data={"ticket": ticket[1], "workspace": workspace})


def back(stage: Stage) -> str:
    return f"{stage.address}/timer/oauth/clickup"
