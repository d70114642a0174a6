"""Looking back in Clockify costs few of the thirty requests an hour, and takes nothing for what it isn't."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import NotReached, TooManyRequests
from app.core.model import Draft, TimeEntry, Work
from app.providers.clockify import Clockify
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BO,
    ELEVEN,
    ENTRY,
    NOON,
    OTHER_ENTRY,
    TEN,
    WORK,
    hydrated,
    running,
    times,
)
from providers.clockify_server import BOS, LAST, MINE, MORE, say_yes
from providers.conftest import Watch

DRAFT = Draft(WORK, TEN, ELEVEN, ADA)
SECOND = timedelta(seconds=1)


@pytest.fixture
def server(clockify_server: Server) -> Server:
    say_yes(clockify_server)
    return clockify_server


async def look_back(clockify: Clockify, draft: Draft, sent: timedelta = timedelta(seconds=90)) -> list[TimeEntry]:
    return await clockify.made_from(draft, operation_id="a1b2", since=clockify.timers.clock.now() - sent)


async def test_one_look_at_the_latest_answers_for_everything_that_is_unsure(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    later = Draft(WORK, ELEVEN, NOON, ADA)
    server.answers("GET", MINE, Said([hydrated(id=OTHER_ENTRY, **times(ELEVEN, NOON)), hydrated()], headers=LAST))
    assert [one.id for one in await look_back(clockify, DRAFT)] == [ENTRY]
    watch.pass_time(seconds=9)
    assert [one.id for one in await look_back(clockify, later)] == [OTHER_ENTRY]
    assert await look_back(clockify, replace(later, work=Work())) == []
    (asked,) = server.requests
    assert asked.asked == {"page": "1", "page-size": "200", "hydrated": "true"}


async def test_a_look_is_not_believed_for_long_nor_after_the_next_write(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    await look_back(clockify, DRAFT)
    watch.pass_time(seconds=11)
    await look_back(clockify, DRAFT)
    assert len(server.requests) == 2
    await clockify.create(DRAFT)
    await look_back(clockify, DRAFT)
    assert len(server.sent("GET", MINE)) == 3
    watch.pass_time(seconds=2)
    await look_back(clockify, DRAFT, sent=timedelta(seconds=10))  # a tenth of the wait is as old as it may be
    assert len(server.sent("GET", MINE)) == 4


async def test_what_is_older_than_the_latest_is_looked_for_around_its_own_time(
    clockify: Clockify, server: Server
) -> None:
    newest = hydrated(id=OTHER_ENTRY, **times(ELEVEN, NOON))
    server.answers("GET", MINE, Said([newest], headers=MORE), Said([hydrated()], headers=LAST))
    assert [one.id for one in await look_back(clockify, DRAFT)] == [ENTRY]
    _, around = server.requests
    assert (around.asked["start"], around.asked["end"]) == ("2026-03-03T10:00:00Z", "2026-03-05T11:00:00Z")


async def test_what_is_somebodys_is_looked_for_with_them(clockify: Clockify, server: Server) -> None:
    server.answers("GET", BOS, Said([hydrated(userId=BO)], headers=LAST))
    assert [one.assignee for one in await look_back(clockify, replace(DRAFT, assignee=BO))] == [BO]
    assert len(server.sent("GET", BOS)) == len(server.requests) == 1


async def test_brackets_and_spaces_are_as_clockify_writes_them(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([hydrated(description="a ‹b›  c")], headers=LAST))
    meant = replace(DRAFT, work=replace(WORK, description=" a <b>\nc"))
    assert [one.id for one in await look_back(clockify, meant)] == [ENTRY]


@pytest.mark.parametrize("span", [(TEN + SECOND, ELEVEN), (TEN, ELEVEN + SECOND), (TEN - SECOND, ELEVEN - SECOND)])
async def test_a_second_off_is_another_entry(clockify: Clockify, server: Server, span: tuple[object, object]) -> None:
    server.answers("GET", MINE, Said([hydrated(**times(*span))], headers=LAST))
    assert await look_back(clockify, DRAFT) == []


async def test_twins_come_with_the_oldest_first(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([hydrated(id="b2"), hydrated(id="b1"), hydrated(id="a9")], headers=LAST))
    assert [one.id for one in await look_back(clockify, DRAFT)] == ["a9", "b1", "b2"]


@pytest.mark.parametrize(
    "said",
    [
        Said({}),
        Said({"message": "moved"}),
        Said([{"id": ENTRY, "timeInterval": {"start": 1772618400000, "end": 1772622000000}}]),
        Said([{"id": ENTRY}]),
    ],
)
async def test_a_list_of_which_nothing_can_be_read_is_no_empty_list(
    clockify: Clockify, server: Server, said: Said
) -> None:
    server.answers("GET", MINE, said)
    with pytest.raises(NotReached, match="unreadable"):
        await look_back(clockify, DRAFT)


async def test_what_runs_is_no_trouble(clockify: Clockify, server: Server) -> None:
    server.answers("GET", MINE, Said([running()], headers=LAST))
    assert await look_back(clockify, DRAFT) == []


async def test_while_no_request_is_left_it_is_said_when_there_will_be(
    clockify: Clockify, server: Server, watch: Watch
) -> None:
    server.answers("GET", MINE, Said({}, 429, {"Retry-After": "600"}))
    for _ in range(2):
        with pytest.raises(TooManyRequests) as caught:
            await look_back(clockify, DRAFT)
        assert caught.value.until == watch.at + timedelta(seconds=600)
    assert len(server.requests) == 1
