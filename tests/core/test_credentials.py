"""What looks like a token, and what only looks a little like one."""

import pytest

from app.core.credentials import belongs_elsewhere, typed_in, usual_beginning

CLOCKIFY = "NzEyMGY0ZDMtYzU0Yy00YTU5LWE1ZTMtN2Y0ZDRjYTk3MTBh"
TOKENS = {
    "pk_183_ADA000000000000000000000000000": "ClickUp",
    "12345678_" + "0f" * 32: "ClickUp",
    "hsk_live_a1b2c3d4e5f6_abcdefghijklmnopqrstuvwxyz012345": "Hoursmith",
    "hsk_test_a1b2c3": "Hoursmith",
    "xoxb-1234567890-abcdefgh": "Slack",
    "xapp-1-A012345-abcdef": "Slack",
    CLOCKIFY: "Clockify",
}


@pytest.mark.parametrize(("token", "service"), TOKENS.items())
@pytest.mark.parametrize("line", ["{}", "start {}", "connect `{}`", "log 1h : my key is {}, don't tell"])
def test_a_token_is_seen_wherever_it_stands(line: str, token: str, service: str) -> None:
    kind = typed_in(line.format(token))
    assert kind
    assert kind.service == service
    assert kind.revoke


@pytest.mark.parametrize(
    "line",
    [
        "start pk_",
        "start rename pk_ to key_",
        "start pk_users index",
        "log 1h DEV-12 hsk_live_ prefix in the documents",
        "start xoxb- tokens expire",
        "log 30m : commit 9927854d1c7f4b3e2a1908f7e6d5c4b3a2918070",
        "log 30m : deploy of 0123456789012345678901234567890123456789abcdef01",
        "start https://app.clickup.com/t/90180000/NzEyMGY0ZDMtYzU0Yy00YTU5LWE1ZTMtN2Y0ZDRjYTk3MTBh",
        "start Donaudampfschifffahrtsgesellschaftskapitaenspatent2",
        "start connect the printer",
    ],
)
def test_a_task_that_sounds_like_one_is_a_task(line: str) -> None:
    assert typed_in(line) is None


def test_a_long_word_is_looked_through_quickly() -> None:
    assert typed_in("a," * 20_000 + "A1" * 20_000) is None


def test_a_token_of_another_service_is_told_from_one_that_is_only_misspelt() -> None:
    assert belongs_elsewhere(CLOCKIFY, "clockify") is None
    assert belongs_elsewhere("pk_183_ADA00000000", "clickup_legacy") is None
    assert belongs_elsewhere("pk_183_ADA00000000", "clockify")
    assert belongs_elsewhere("who knows", "clickup") is None
    assert usual_beginning("who knows", "clickup") == "pk_"
    assert usual_beginning("who knows", "clockify") == ""
