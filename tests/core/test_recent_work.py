"""The latest different pieces of work: which there are, in which order, and what a number means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import Ambiguous, EntryNotFound
from app.core.model import Task, TimeEntry, Timer, Work
from app.core.recent_work import RecentWork, different

from .fakes import ADA, BO, FIX_LOGIN, HERO, HOUR, TEN, Desk, is_about

LOGIN, SECTION, CALL = Work(FIX_LOGIN), Work(HERO, "hero"), Work(None, "call with the bank")


def recent(desk: Desk) -> RecentWork:
    return RecentWork(desk.tracker, desk.logbook)


def entry(work: Work, hours_ago: float, name: str = "") -> TimeEntry:
    start = TEN - hours_ago * HOUR
    return TimeEntry(name or f"e{hours_ago}", work, start, start + HOUR / 2, ADA.user_id)


async def logged(desk: Desk, work: Work, hours_ago: float) -> None:
    start = TEN - hours_ago * HOUR
    await desk.logbook.log(desk.caller(), work, start, start + HOUR / 2, ADA)


async def test_each_piece_once_and_the_newest_first(desk: Desk) -> None:
    for work, hours_ago in ((LOGIN, 30), (CALL, 5), (SECTION, 3), (LOGIN, 1)):
        await logged(desk, work, hours_ago)
    pieces = await recent(desk).pieces(desk.caller())
    assert [piece.work for piece in pieces] == [LOGIN, SECTION, CALL]
    assert is_about(pieces[0].start, TEN - HOUR)


async def test_what_runs_comes_first_and_counts_once(desk: Desk) -> None:
    await logged(desk, LOGIN, 2)
    await logged(desk, CALL, 1)
    await desk.tracker.start(desk.caller(), LOGIN)
    pieces = await recent(desk).pieces(desk.caller())
    assert [(type(piece), piece.work) for piece in pieces] == [(Timer, LOGIN), (TimeEntry, CALL)]


async def test_a_timer_that_the_app_keeps_counts_too(desk: Desk) -> None:
    await logged(desk, CALL, 1)
    await desk.tracker.start(desk.holding(), LOGIN)
    assert [piece.work for piece in await recent(desk).pieces(desk.holding())] == [LOGIN, CALL]


async def test_a_number_means_the_place_in_the_list(desk: Desk) -> None:
    for work, hours_ago in ((LOGIN, 5), (CALL, 3), (SECTION, 1)):
        await logged(desk, work, hours_ago)
    pieces = await recent(desk).pieces(desk.caller())
    assert [await recent(desk).piece(desk.caller(), number) for number in (1, 2, 3)] == pieces


@pytest.mark.parametrize(
    "other",
    [
        replace(LOGIN, task=HERO),
        replace(LOGIN, task=None),
        replace(LOGIN, description="pairing"),
        replace(LOGIN, tags=("backend",)),
        replace(LOGIN, billable=True),
    ],
)
def test_another_task_description_tag_or_billing_makes_it_another_piece(other: Work) -> None:
    assert len(different([entry(LOGIN, 2), entry(other, 1)])) == 2


@pytest.mark.parametrize(
    "same",
    [
        replace(LOGIN, task=Task(FIX_LOGIN.id, "Fix login (renamed)")),
        replace(LOGIN, tags=("web", "backend")),
        replace(LOGIN, description="pairing  with\nBo"),
        replace(LOGIN, billable=None),
    ],
)
def test_a_new_name_the_order_of_tags_and_spaces_make_no_difference(same: Work) -> None:
    work = Work(FIX_LOGIN, "pairing with Bo" if same.description else "", ("backend", "web") if same.tags else ())
    assert [piece.work for piece in different([entry(work, 2), entry(same, 1)])] == [same]


def test_of_two_that_end_together_the_one_that_the_provider_names_later_is_newer() -> None:
    both = [entry(LOGIN, 1, "e1"), entry(CALL, 1, "e2")]
    assert [piece.id for piece in different(both)] == ["e2", "e1"]


async def test_only_fourteen_days_and_nine_pieces_are_counted(desk: Desk) -> None:
    await logged(desk, replace(CALL, description="too long ago"), 24 * 14)
    await logged(desk, LOGIN, 24 * 13)
    assert [piece.work for piece in await recent(desk).pieces(desk.caller())] == [LOGIN]
    for number in range(12):
        await logged(desk, replace(CALL, description=f"call {number}"), 13 - number)
    names = [piece.work.description for piece in await recent(desk).pieces(desk.caller())]
    assert names == [f"call {number}" for number in range(11, 2, -1)]


async def test_what_others_did_is_not_there(desk: Desk) -> None:
    await logged(desk, LOGIN, 2)
    assert await recent(desk).pieces(desk.caller(BO)) == []


async def test_the_list_costs_one_read_of_entries(desk: Desk) -> None:
    await recent(desk).pieces(desk.caller())
    assert desk.service.calls == ["current", "entries"]


async def test_without_anything_it_says_so(desk: Desk) -> None:
    desk.clock.forward(timedelta(days=1))
    with pytest.raises(EntryNotFound, match="nothing in the last 14 days"):
        await recent(desk).piece(desk.caller(), 1)


async def test_beyond_the_last_it_says_how_many_there_are(desk: Desk) -> None:
    await logged(desk, LOGIN, 2)
    with pytest.raises(Ambiguous, match="There is no number 2: I count one piece of work"):
        await recent(desk).piece(desk.caller(), 2)
