"""Which task somebody means: found for sure, asked about, or plain text, never guessed."""

from dataclasses import replace

import pytest

from app.core.errors import SeveralTasks, TaskNotFound
from app.core.model import Capabilities, Task, Work

from .fakes import ADA, BO, CAFE, FIX_LOGIN, HERO, HERO_VIDEO, Desk
from .reading import understood


async def work(desk: Desk, line: str) -> Work:
    return await desk.worklist.work(desk.caller(), understood(line))


@pytest.mark.parametrize(
    ("line", "task", "description"),
    [
        ("start 86c7mc19h pairing", replace(FIX_LOGIN, id="86c7mc19h"), "pairing"),
        ("start DEV-12 pairing with Bo", FIX_LOGIN, "pairing with Bo"),
        ("start <https://app.clickup.com/t/86c1> pairing", FIX_LOGIN, "pairing"),
        ("start id:86c1", FIX_LOGIN, ""),
        ("start fix login", FIX_LOGIN, ""),
        ("start FIX  Login", FIX_LOGIN, ""),
        ("start login", FIX_LOGIN, ""),
        ("start login website", FIX_LOGIN, ""),
        ("start Website/login", FIX_LOGIN, ""),
        ("start hero section", HERO, ""),
        ("start video", HERO_VIDEO, ""),
        ("start cafe menu", CAFE, ""),
        ("start CAFÉ", CAFE, ""),
        ("start Cafe\u0301", CAFE, ""),
        ("start fix login: pairing with Bo", FIX_LOGIN, "pairing with Bo"),
        ("start dev-12", FIX_LOGIN, ""),
        ("start dev-12 pairing", FIX_LOGIN, "pairing"),
        ("start dev-12: pairing", FIX_LOGIN, "pairing"),
        ("start write the minutes", None, "write the minutes"),
        ("start minutes: of the meeting", None, "minutes: of the meeting"),
        ("start minutes:", None, "minutes"),
        ("start : fix login", None, "fix login"),
        ("start utf-8 bug", None, "utf-8 bug"),
        ("start ogin", None, "ogin"),
        ("start", None, ""),
    ],
)
async def test_a_line_names_its_task_or_becomes_the_description(
    desk: Desk, line: str, task: Task | None, description: str
) -> None:
    desk.service.tasks.append(replace(FIX_LOGIN, id="86c7mc19h", name="Other", custom_id="", url=""))
    found = await work(desk, line)
    assert (found.task.id if found.task else None, found.description) == (task.id if task else None, description)


async def test_a_name_that_fits_several_tasks_is_asked_about(desk: Desk) -> None:
    with pytest.raises(SeveralTasks) as asked:
        await work(desk, "start hero")
    assert asked.value.sentence == "“hero” fits 2 tasks. Which one is it?"
    assert asked.value.tasks == (HERO, HERO_VIDEO)


async def test_at_most_five_tasks_are_offered(desk: Desk) -> None:
    desk.service.tasks += [Task(f"t{number}", f"Hero {number}") for number in range(9)]
    with pytest.raises(SeveralTasks, match="fits 11 tasks") as asked:
        await work(desk, "start hero")
    assert len(asked.value.tasks) == 5


async def test_two_tasks_of_the_same_name_are_asked_about(desk: Desk) -> None:
    desk.service.tasks.append(replace(FIX_LOGIN, id="86c9", custom_id="DEV-99"))
    with pytest.raises(SeveralTasks):
        await work(desk, "start fix login")


async def test_a_custom_id_is_not_another_that_begins_like_it(desk: Desk) -> None:
    desk.service.tasks.append(Task("86c9", "Other", "DEV-123"))
    assert (await work(desk, "start dev-12")).task == FIX_LOGIN


async def test_an_id_that_does_not_exist_is_never_taken_for_text(desk: Desk) -> None:
    with pytest.raises(TaskNotFound, match="There is no task DEV-99 that you can see in ClickUp"):
        await work(desk, "start DEV-99 fix login")


async def test_without_a_task_it_asks_where_the_provider_needs_one(desk: Desk) -> None:
    caller = desk.caller(capabilities=Capabilities(native_timer=True, task_required=True))
    with pytest.raises(SeveralTasks, match="Which task is “write the minutes” for\\? ClickUp wants one") as asked:
        await desk.worklist.work(caller, understood("start write the minutes"))
    assert (asked.value.is_required, asked.value.text) == (True, "write the minutes")
    assert asked.value.tasks == (FIX_LOGIN, HERO, HERO_VIDEO, CAFE)


@pytest.mark.parametrize("named", ["86c1", "DEV-12", "https://app.clickup.com/t/86c1", "id:86c1"])
async def test_a_task_that_was_used_lately_costs_no_call(desk: Desk, named: str) -> None:
    await desk.worklist.remember(desk.caller(), Work(FIX_LOGIN))
    assert await desk.worklist.task(desk.caller(), named) == FIX_LOGIN
    assert desk.service.calls == []


async def test_what_somebody_else_used_lately_is_not_known(desk: Desk) -> None:
    await desk.worklist.remember(desk.caller(BO), Work(FIX_LOGIN))
    await desk.worklist.task(desk.caller(ADA), "DEV-12")
    assert desk.service.calls == ["find_task"]


async def test_tags_and_billable_come_along(desk: Desk) -> None:
    assert await work(desk, "start DEV-12 #backend billable") == Work(FIX_LOGIN, "", ("backend",), billable=True)


async def test_suggestions_begin_with_what_was_used_lately(desk: Desk) -> None:
    await desk.worklist.remember(desk.caller(), Work(HERO_VIDEO))
    assert (await desk.worklist.suggestions(desk.caller(), ""))[0] == HERO_VIDEO
    assert await desk.worklist.suggestions(desk.caller(), "hero") == [HERO_VIDEO, HERO]
    assert (await desk.worklist.suggestions(desk.caller(), "DEV-12")).count(FIX_LOGIN) == 1
