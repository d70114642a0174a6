"""Slack's limits on posting, where a test asks for them."""

import pytest
from slack_sdk.errors import SlackApiError

from app.sandbox.slack.posting_pace import PostingPace


class Seconds:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_second_message_within_a_second_is_refused_with_the_seconds_to_wait(desk):
    desk.world.posting_pace = PostingPace()
    await desk.client.chat_postMessage(channel="U0ADA", text="First")
    with pytest.raises(SlackApiError) as refused:
        await desk.client.chat_postMessage(channel="U0ADA", text="Second")
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "1")
    assert desk.world.calls[-1].error == "ratelimited"
    assert [one.is_taken for one in desk.world.posting_pace.postings] == [True, False]


def test_whoever_waits_as_long_as_told_is_served_again():
    seconds = Seconds()
    pace = PostingPace(seconds=seconds)
    assert (pace.wait("T1", "D1"), pace.wait("T1", "D1")) == (0, 1)
    seconds.now = 0.5
    assert pace.wait("T1", "D2") == 1
    seconds.now = 1.5
    assert (pace.wait("T1", "D1"), pace.wait("T1", "D2")) == (0, 0)
    assert pace.taken("T1") == [0.0, 1.5, 1.5]


def test_a_flood_closes_its_workspace_and_no_other():
    seconds = Seconds()
    pace = PostingPace(a_minute=3, seconds=seconds)
    assert [pace.wait("T1", f"D{number}") for number in range(4)] == [0, 0, 0, 60]
    assert pace.wait("T2", "D9") == 0
    seconds.now = 60
    assert pace.wait("T1", "D5") == 0


def test_a_short_burst_into_one_channel_may_be_allowed():
    pace = PostingPace(burst=3, seconds=Seconds())
    assert [pace.wait("T1", "D1") for _ in range(4)] == [0, 0, 0, 1]
