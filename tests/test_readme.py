"""README says what is so."""

import re
from pathlib import Path

from app.slack.commands import COMMANDS

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


def test_every_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parents[1] / picture).is_file(), picture
