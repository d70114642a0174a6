"""People look at what is kept about them, take it away, and delete it; nobody sees or deletes anybody else's."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.model import Draft, Work
from app.core.operations import Create, Operation, State
from app.slack import ids
from tests.person import Person
from tests.slack.wire import wired, words
from tests.stage import MORNING, Stage

TEAM = "T0SANDBOX"


@pytest.fixture
async def bo(stage: Stage) -> Person:
    return await stage.person("Bo")


def waiting(name: str, user: str = "U0BO", *, description: str = "Fix login", team: str = TEAM) -> Operation:
    draft = Draft(Work(description=description), MORNING - timedelta(hours=1), MORNING, "184")
    return Operation(name, team, user, "clickup", "9018000001", Create(draft), MORNING)


async def has_done(stage: Stage, *operations: Operation) -> None:
    for operation in operations:
        await stage.app.store.note(replace(operation, state=State.DONE))


def table_in(shown: object) -> list[dict[str, str]]:
    lines = str(shown).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith('"start"'))
    end = next(at for at, line in enumerate(lines) if at > first and line.startswith("["))
    return list(csv.DictReader(io.StringIO("\n".join(lines[first:end]))))


async def test_what_somebody_did_is_a_table_to_copy_in_their_own_time(bo: Person) -> None:
    await bo.types("/timer log 9-10 DEV-12: =pairing with <!channel> `code` #backend")
    await bo.types("/timer data")
    [row] = table_in((await bo.clicks("Show it"))[0])
    assert row["start"] == "2026-03-04T09:00:00+01:00"
    assert (row["seconds"], row["task"], row["tags"]) == ("3600", "Fix login", "backend")
    assert row["description"].startswith("'=pairing with")
    assert "`code`" in row["description"]


async def test_a_long_history_comes_page_by_page_and_nothing_twice(stage: Stage, bo: Person) -> None:
    many = [replace(waiting(f"op{n:03}"), accepted_at=MORNING + timedelta(minutes=n)) for n in range(130)]
    await has_done(stage, *many)
    await bo.types("/timer data")
    [page] = await bo.clicks("Show it")
    seen = [row["at"] for row in table_in(page)]
    while "[Older]" in str(page):
        [page] = await bo.clicks("Older")
        seen += [row["at"] for row in table_in(page)]
    assert len(seen) == len(set(seen)) == 130
    assert seen == sorted(seen, reverse=True)


async def test_even_the_longest_entries_fit_into_what_slack_takes(stage: Stage, bo: Person) -> None:
    await has_done(stage, *(waiting(f"op{n}", description='"' * 3000) for n in range(3)))
    await bo.types("/timer data")
    [page] = await bo.clicks("Show it")
    assert len(table_in(page)) == 1
    assert "[Older]" in str(page)
    assert stage.world.violations == []


async def test_nobody_sees_what_somebody_else_did_with_a_page_of_theirs(stage: Stage) -> None:
    await has_done(stage, waiting("of Ada", "U0ADA", description="salary talk"), waiting("of Eve", team="T2"))
    async with wired(stage) as wire:
        for value in ("of Ada", "of Eve", "-", "' or 1=1 --"):
            await wire.click(ids.SHOW_DATA, value, user="U0BO", message=value)
        await wire.front.drain(5)
        said = words(wire.told)
    assert "salary" not in said
    assert "There is nothing older." in said


async def test_what_has_not_ended_is_shown_before_it_is_deleted(stage: Stage, bo: Person) -> None:
    await stage.app.store.begin(waiting("op1"), until=MORNING)
    await bo.types("/timer data")
    [asked] = await bo.clicks("Delete my data")
    assert "These have not ended and may never arrive:" in asked
    assert "•  Fix login" in asked
    await bo.clicks("Delete all of it")
    assert await stage.app.store.operation("op1") is None
    assert await stage.app.store.account(TEAM, "U0BO") is None
    assert await stage.app.store.account(TEAM, "U0ADA")


async def test_what_came_after_the_question_is_asked_about_anew(stage: Stage, bo: Person) -> None:
    await bo.types("/timer data")
    await bo.clicks("Delete my data")
    await stage.app.store.begin(waiting("op1"), until=MORNING)
    [asked] = await bo.clicks("Delete all of it")
    assert "These have not ended and may never arrive:" in asked
    assert await stage.app.store.operation("op1")
    assert await stage.app.store.account(TEAM, "U0BO")


async def test_a_timer_that_was_started_after_the_question_stops_the_click(stage: Stage, bo: Person) -> None:
    await bo.types("/timer data")
    await bo.clicks("Delete my data")
    await bo.types("/timer start DEV-12")
    [said] = await bo.clicks("Delete all of it")
    assert "would run on unseen" in said
    assert await stage.app.store.account(TEAM, "U0BO")


async def test_whoever_may_log_their_own_time_only_cannot_delete_that_rule(stage: Stage, bo: Person) -> None:
    account = await stage.app.store.account(TEAM, "U0BO")
    assert account
    await stage.app.store.link(account, is_ordered=True)
    await bo.types("/timer data")
    await bo.clicks("Delete my data")
    await bo.clicks("Delete all of it")
    assert await stage.app.store.is_narrowed(TEAM, "U0BO", "clickup")
