"""Resume buttons and numbers start the same work, once, and say what stands in the way."""

import pytest

from app.settings import ProviderName
from tests.person import Person
from tests.slack.wire import Wire, words
from tests.stage import Stage, raised


async def test_a_double_click_on_resume_starts_one_timer(wire: Wire, stage: Stage) -> None:
    await wire.command("log 8-9 DEV-12 #backend")
    entry = stage.entries()[-1].id
    for _ in range(2):
        await wire.click("resume", entry)
    await wire.front.drain(2)
    assert stage.writes().count("POST /team/9018000001/time_entries/start") == 1
    assert "Running since 10:17" in words(wire.told)


@pytest.mark.parametrize("line", ["resume", "last"])
async def test_a_provider_that_is_limiting_us_is_named(stage: Stage, ada: Person, line: str) -> None:
    stage.workspace.faults.add("limited")
    [said] = await ada.types(f"/timer {line}")
    assert "takes no more requests" in said


async def test_a_task_that_is_gone_is_refused_in_a_sentence(stage: Stage, ada: Person) -> None:
    await ada.types("/timer log 8-9 DEV-12")
    stage.workspace.faults.add("dead_token", method="POST")  # ClickUp answers 401 for a task that is not there
    [said] = await ada.types("/timer resume")
    assert "ClickUp has no such task" in said
    assert not any(entry.is_running for entry in stage.entries())


@pytest.mark.parametrize("provider", ["clickup", "clickup_legacy", "clockify", "hoursmith"])
async def test_the_latest_work_is_resumed_by_number_and_by_button_on_every_system(provider: ProviderName) -> None:
    async with raised(provider=provider) as stage:
        ada = await stage.person("Ada")
        [latest] = await ada.types("/timer last")
        [started] = await ada.clicks("Resume")
        assert "Running since 10:17" in started
        await ada.types("/timer cancel")
        await ada.clicks("Drop it")
        [again] = await ada.types("/timer resume")
        assert "Running since 10:17" in again
        assert started.text.splitlines()[0].removeprefix("▶️  ") in latest


async def test_a_long_description_with_quotes_and_lines_is_resumed_as_it_is(stage: Stage, ada: Person) -> None:
    text = 'say "hi" <@U0BO> & #12: call mum at 9:30 ' + "ä" * 2500
    await ada.types("/timer log")
    await ada.fills("Duration", "20m")
    await ada.fills("Description", text)
    await ada.submits()
    await ada.waits_for("Logged")
    await ada.types("/timer last")
    [said] = await ada.clicks("Resume")
    assert "Running since" in said
    assert [entry.description for entry in stage.entries() if entry.is_running] == [text]
