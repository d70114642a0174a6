"""Every page of stories is played, and what people read is compared with it word for word."""

import re
from pathlib import Path

import pytest

from app.slack.commands import COMMANDS
from tests.stories import steps  # noqa: F401  fills the player's table of sentences
from tests.stories.player import Story, fits, play, stories

PAGES = sorted(Path(__file__).parent.glob("*.md"))
STORIES = [(page.name, story) for page in PAGES for story in stories(page)]


@pytest.mark.parametrize(("page", "story"), STORIES, ids=[f"{page[:-3]}: {story.title}" for page, story in STORIES])
async def test_the_story_is_true(page: str, story: Story) -> None:
    await play(story, page=page)


@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_has_stories(word: str) -> None:
    mine = [story for page, story in STORIES if page == f"{word}.md"]
    typed = [step.sentence for story in mine for step in story.steps]
    assert len(mine) >= 2, f"{word}.md tells of right uses and of wrong ones"
    assert any(re.search(rf"types `/timer {word}\b", sentence) for sentence in typed)


def test_a_line_that_is_no_step_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "odd.md"
    page.write_text("# Odd\n\n## One\n\nAda types `/timer stop`\n")
    with pytest.raises(ValueError, match=r"odd\.md:5"):
        stories(page)


def test_an_ellipsis_stands_for_the_rest_of_a_line_and_for_lines() -> None:
    assert fits(["Backend …", "…", "[Stop]"], ["Backend  ·  #backend", "one", "two", "[Stop]"])
    assert not fits(["Backend …"], ["Frontend"])
    assert not fits(["one"], ["one", "two"])
