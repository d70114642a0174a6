"""Every page of stories is played, and what people read is compared with it word for word."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.settings import ProviderName
from app.slack.commands import COMMANDS
from tests.stage import raised
from tests.stories import differences, steps  # noqa: F401  fills the player's table of sentences
from tests.stories.differences import CHECKS, LEGEND, PROVIDERS, is_told, marks_of
from tests.stories.player import Story, allows, fits, play, stories

PAGES = sorted(page for page in Path(__file__).parent.glob("*.md") if page != differences.PAGE)
STORIES = [(page.name, story) for page in PAGES for story in stories(page)]
PLAYS = [(provider, page, story) for page, story in STORIES for provider in PROVIDERS]


@pytest.mark.parametrize(
    ("provider", "page", "story"), PLAYS, ids=[f"{page[:-3]}: {story.title} · {where}" for where, page, story in PLAYS]
)
async def test_the_story_is_true(provider: ProviderName, page: str, story: Story) -> None:
    if why := story.why_not(provider):
        pytest.skip(why)
    await play(story, page=page, provider=provider)


@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_has_stories(word: str) -> None:
    mine = [story for page, story in STORIES if page == f"{word}.md"]
    typed = [step.sentence for story in mine for step in story.steps]
    assert len(mine) >= 2, f"{word}.md tells of right uses and of wrong ones"
    assert any(re.search(rf"types `/timer {word}\b", sentence) for sentence in typed)


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_legend_says_what_is_so(provider: ProviderName) -> None:
    async with raised(provider=provider) as stage:
        account = await stage.app.store.account("T0SANDBOX", "U0ADA")
        assert account
        adapter = await stage.app.connections.provider(account, ZoneInfo("Europe/Berlin"))
        await adapter.learn()
        found = await adapter.search("fix login")
    for mark, is_so in CHECKS.items():
        assert (provider in LEGEND[mark].providers) is is_so(adapter.capabilities), mark
    assert (provider in LEGEND["no ids"].providers) is not any(task.custom_id for task in found)


def test_every_reason_is_used_and_names_real_providers() -> None:
    pages = "\n".join(page.read_text() for page in PAGES)
    used = {mark for marks in re.findall("‹([^›]+)›", pages) for mark in marks.split(", ")}
    for mark, difference in LEGEND.items():
        assert {mark, mark.removeprefix("no ")} & used, f"nothing is told of ‹{mark}›"
        assert set() < difference.providers < set(PROVIDERS), f"‹{mark}› holds nowhere, everywhere or in no such place"


def test_every_story_is_told_somewhere_and_every_mark_matters() -> None:
    assert [fault for page, story in STORIES for fault in _idle(page, story)] == []


def _idle(page: str, story: Story) -> Iterator[str]:
    """Asides and marks that change nothing, and what is never told."""
    where = [provider for provider in PROVIDERS if not story.why_not(provider)]
    if not where:
        yield f"{page}: told nowhere: {story.title}"
    for limit in story.limits:
        if all(allows(limit, provider) for provider in PROVIDERS):
            yield f"{page}: limits nothing: {limit}"
    for line in (line for step in story.steps for line in (step.sentence, *step.quote, *step.items)):
        told = [provider for provider in where if is_told(line, provider)]
        marks = marks_of(line)
        is_idle = marks and told == where and not any(f"‹{marks}›" in limit for limit in story.limits)
        if not told or is_idle:
            yield f"{page}: {story.title}: {'told' if told else 'never told'} wherever the story is: {line}"


def test_a_line_that_is_no_step_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "odd.md"
    page.write_text("# Odd\n\n## One\n\nAda types `/timer stop`\n")
    with pytest.raises(ValueError, match=r"odd\.md:5"):
        stories(page)


def test_an_ellipsis_stands_for_the_rest_of_a_line_and_for_lines() -> None:
    assert fits(["Backend …", "…", "[Stop]"], ["Backend  ·  #backend", "one", "two", "[Stop]"])
    assert not fits(["Backend …"], ["Frontend"])
    assert not fits(["one"], ["one", "two"])


def test_a_mark_that_nobody_explained_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "odd.md"
    page.write_text("# Odd\n\n## One\n\n**Ada** types `/timer stop` ‹no mood›\n")
    with pytest.raises(ValueError, match=r"does not explain ‹no mood›"):
        stories(page)
    page.write_text("# Odd\n\n## One\n\n_Not with ‹no tags›, sorry._\n")
    with pytest.raises(ValueError, match=r"odd\.md:5"):
        stories(page)
