"""README says what is so."""

import re
from pathlib import Path

from app.core.permissions import Deed, Footing, Reach, reach
from app.slack.commands import COMMANDS
from app.slack.pace import AT_ONCE, EVERY_SECOND

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_every_command_has_its_row() -> None:
    for command in COMMANDS.values():
        usage = command.usage.replace("|", "\\|")
        assert f"| `/timer {usage}` | {command.summary} |" in README


def test_every_file_of_the_core_stands_in_the_map() -> None:
    app = Path(__file__).parents[1] / "app"
    code_map = README.partition("## The code")[2]
    for folder in ("core", "storage"):
        for path in (app / folder).glob("[a-z]*.py"):
            assert path.stem in code_map, f"{folder}/{path.name} is missing from README's map of the code"


def test_who_may_do_what_is_what_the_code_says() -> None:
    for footing in Footing:
        own = [deed for deed in Deed if reach(footing, deed) is not Reach.NOBODY]
        others = [deed for deed in Deed if reach(footing, deed) is Reach.ANYBODY]
        row = f"| {footing} | {', '.join(own) or 'nothing'} | {', '.join(others) or 'nothing'} |"
        assert row in README
    rows = README.partition("### Whose time")[2].partition("*Somebody else*")[0].count("\n| ")
    assert rows == len(Footing) + 1


def test_how_much_one_person_may_do_is_what_the_code_says() -> None:
    assert (AT_ONCE, EVERY_SECOND) == (60, 1)
    assert "One person may do sixty things at once and one a second" in README


def test_every_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parents[1] / picture).is_file(), picture
