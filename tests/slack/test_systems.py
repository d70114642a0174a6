"""Behind `connect` stands a system's name, however it is put; a token is seen, and nothing else is taken for one."""

from dataclasses import replace

import pytest

from app.providers import SERVICES
from app.slack import token_guard
from app.slack.call import Services
from app.slack.systems import system_in
from tests.stage import Stage


@pytest.fixture
async def services(stage: Stage) -> Services:
    """With a fifth system, of which nothing is known but that it is in the registry."""
    ours = stage.app.front.services
    sign_ins = ours.connecting.sign_ins
    fifth = SERVICES | {"toy": replace(SERVICES["clockify"], label="Sundial 2000 Pro")}
    reach = replace(sign_ins.reach, services=fifth)  # type: ignore[attr-defined]
    connecting = replace(ours.connecting, connections=reach, sign_ins=replace(sign_ins, reach=reach))  # type: ignore[type-var]
    return replace(ours, connecting=connecting)


@pytest.mark.parametrize(
    ("said", "provider"),
    [
        ("clickup", "clickup"),
        ("to ClickUp", "clickup"),
        ("ClickUp task time", "clickup_legacy"),
        ("me to clickup task time, please", "clickup_legacy"),
        ("clickup_legacy", "clickup_legacy"),
        ("with Hoursmith.", "hoursmith"),
        ("“Clockify”", "clockify"),
        ("toy", "toy"),
        ("to sundial 2000 pro", "toy"),
        ("clickupish", ""),
        ("", ""),
        ("jira", ""),
    ],
)
async def test_a_system_is_read_wherever_its_name_stands(services: Services, said: str, provider: str) -> None:
    assert system_in(services.connecting, said) == provider


@pytest.mark.parametrize(
    "said",
    [
        "connect",
        "connect to clickup",
        "connect clickup_legacy",
        "connect my clockify account please",
        "connect to Sundial 2000 Pro",
        "connect jira",
        "connect Donaudampfschiff",
        "connect DEV-12",
        "connect 2026-03-04",
        "start c2VjcmV0c2VjcmV0",
    ],
)
async def test_nothing_readable_is_taken_for_a_token(services: Services, said: str) -> None:
    assert token_guard.refusal(said, services, is_message=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "connect c2VjcmV0",
        "connect to clockify c2VjcmV0",
        "connect clockify c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
        "login abcdefghijklmnopqrstuvwxyz",
        "connect sundial_live_3f9a2b",
        "connect with pk_185_CY00000000000000000000000000000",
    ],
)
async def test_what_nobody_could_read_is(services: Services, said: str) -> None:
    refused = token_guard.refusal(said, services, is_message=False)
    assert refused
    assert said.split()[-1] not in str(refused)
