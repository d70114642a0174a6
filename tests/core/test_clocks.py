"""A clock that is wrong is named: times would be logged wrong, and Slack's signatures refused."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from app.core.clocks import Clocks, difference

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Wed, 04 Mar 2026 12:00:00 GMT", ""),
        ("Wed, 04 Mar 2026 12:02:00 GMT", ""),
        ("Wed, 04 Mar 2026 11:58:00 GMT", ""),
        ("Wed, 04 Mar 2026 12:02:01 GMT", "This machine's clock is 121 s behind api.example's. Set it by NTP."),
        ("Wed, 04 Mar 2026 11:50:00 GMT", "This machine's clock is 600 s ahead of api.example's. Set it by NTP."),
        ("Wed, 04 Mar 2026 12:00:00 -0000", ""),
        ("", ""),
        ("yesterday", ""),
    ],
)
def test_two_minutes_are_tolerated_and_more_is_told(date: str, told: str) -> None:
    assert difference("api.example", date, NOON) == told


def test_it_is_logged_once_an_hour_for_each_host(caplog: pytest.LogCaptureFixture) -> None:
    clocks, early = Clocks(), "Wed, 04 Mar 2026 11:00:00 GMT"
    with caplog.at_level(logging.WARNING):
        assert clocks.compare("one.example", early, NOON)
        assert clocks.compare("one.example", early, NOON + timedelta(minutes=59))
        clocks.compare("two.example", early, NOON)
        clocks.compare("one.example", early, NOON + timedelta(hours=1))
        clocks.compare("one.example", "", NOON)
    assert [record.getMessage().split()[8] for record in caplog.records] == [
        "one.example's.",
        "two.example's.",
        "one.example's.",
    ]
