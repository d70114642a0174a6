"""The sub-commands as they are registered: what help, the manifest and the grammar derive from."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.phrases import line, pinned, read
from app.manifest import manifest
from app.slack.call import Command
from app.slack.commands import COMMANDS, WORDS
from tests.slack.wire import Wire, words

NOW, BERLIN = datetime(2026, 3, 4, 17, 17, tzinfo=UTC), ZoneInfo("Europe/Berlin")
EXAMPLES = [(name, example) for name, command in COMMANDS.items() for example in command.examples]

each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.word.name)


def test_a_word_means_one_thing() -> None:
    every = [name for word in WORDS for name in (word.name, *word.aliases)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_can_be_typed(name: str, example: str) -> None:
    assert read(example, WORDS, now=NOW, zone=BERLIN).word == name


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_prints_as_a_line_that_reads_back(name: str, example: str) -> None:
    meant = pinned(read(example, WORDS, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN)
    assert pinned(read(line(meant, BERLIN), WORDS, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN) == meant


@each_command
def test_usage_and_examples_begin_with_the_word(command: Command) -> None:
    assert command.usage.split()[0] == command.word.name
    assert command.examples
    assert all(example.split()[0] in (command.word.name, *command.word.aliases) for example in command.examples)
    assert command.summary.endswith(".")


def test_the_manifest_hints_at_exactly_these_words_in_this_order() -> None:
    [command] = manifest()["features"]["slash_commands"]
    assert command["usage_hint"].split(" | ") == list(COMMANDS)


async def test_help_mentions_every_command(wire: Wire) -> None:
    shown = words((await wire.command("help")).json())
    assert all(f"/timer {name}`  {command.summary}" in shown for name, command in COMMANDS.items())


@each_command
async def test_help_on_a_word_shows_its_usage_and_examples(wire: Wire, command: Command) -> None:
    shown = words((await wire.command(f"help {command.word.name}")).json()).replace("&gt;", ">")
    assert f"/timer {command.usage}" in shown
    assert all(f"/timer {example}" in shown for example in command.examples)
