"""How long the bell waits where Slack says so in a way that its documents don't know."""

from datetime import timedelta

import pytest

from app.slack.bell import LONGEST_WAIT, USUAL_WAIT, _wait


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ("30", timedelta(seconds=30)),
        (["7"], timedelta(seconds=7)),
        ("99999999999999999", LONGEST_WAIT),
        ("Wed, 21 Oct 2027 07:28:00 GMT", USUAL_WAIT),
        ("", USUAL_WAIT),
        ([], USUAL_WAIT),
    ],
)
def test_it_waits_as_long_as_slack_says_an_hour_at_most(told: object, waits: timedelta) -> None:
    assert _wait({"Retry-After": told}) == waits
