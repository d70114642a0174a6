"""Plays a story: a Markdown page that reads as a conversation, and is compared with what people really see.

A page is a `#` title, a paragraph about it, and stories under `##` headings. Each story begins on a stage of its own.
Every line of it is one of the sentences in `steps.py`, a `> ` line that somebody reads, an item of a list, or an
_aside_; anything else is refused. `…` stands for the rest of a line and, alone on a line, for any further lines.

It is told in ClickUp's words and played on every back end, see `translation.py`. A line with a mark such as `‹no tags›`
is told only where that holds, and so is a story whose aside begins with “Not where” or “Only where”; `differences.md`
says where that is and why.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from app.settings import ProviderName
from tests.person import Person, Seen
from tests.stage import Stage, raised
from tests.stories.differences import holds, is_told, unmarked
from tests.stories.record import recorded
from tests.stories.translation import TONGUES, Tongue

LIMIT = re.compile(r"_(Not|Only) where there (?:are|is)(?: an?)? ‹([^›]+)›: .+_$")
ZONES = {"Berlin": "Europe/Berlin", "New York": "America/New_York"}
PATIENCE = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of the story, where it stands, and what follows it: quoted lines or a list."""

    line: int
    sentence: str
    quote: list[str]
    items: list[str]


@dataclass(frozen=True, slots=True)
class Story:
    """`limits` are the asides that say where it is not told, and why."""

    title: str
    steps: list[Step]
    limits: list[str] = field(default_factory=list)

    def why_not(self, provider: ProviderName) -> str:
        """The aside that keeps this story from being told there; "" where it is told."""
        return next((aside for aside in self.limits if not allows(aside, provider)), "")


@dataclass(slots=True)
class Play:
    """A story under way: the stage, and what each person has seen of it."""

    stage: Stage
    tongue: Tongue
    modals: dict[str, str | None] = field(default_factory=dict)
    asked: tuple[str, str | None] = ("", None)
    before: dict[str, str] = field(default_factory=dict)

    def curtain_rises(self) -> None:
        """What is recorded from here on is the story's own."""
        if self.tongue.provider == "hoursmith":
            self.stage.workspace.choices.omitted_billable = False  # as elsewhere; log.md tells what the default is like
        self.before = recorded(self.stage)

    async def person(self, name: str) -> Person:
        return await self.stage.person(name)

    async def reads(self, name: str, quote: list[str], seen: list[Seen] | None = None) -> None:
        """Waits until what is new on their screen is what was expected, and fails with what they saw instead."""
        expected = self.tongue.reads(quote)
        person, news = await self.person(name), list(seen or [])
        since = monotonic()
        while True:
            shown = self._shown(name, person.modal, news)
            if fits(expected, shown):
                break
            left = PATIENCE - (monotonic() - since)
            assert left > 0, told(f"{name} reads", expected, shown)
            news += await person.reads(within=min(left, 0.1))
        self.modals[name] = person.modal
        assert all(self._is_private(one, name) for one in news), f"not only {name} sees this:\n{news}"

    def _shown(self, name: str, modal: str | None, news: list[Seen]) -> list[str]:
        opened = [modal] if modal and modal != self.modals.get(name) else []
        latest = {(one.channel, one.ts): one for one in news}
        lines = "\n".join([*opened, *(one.text for one in latest.values())]).splitlines()
        return [self.tongue.heard(line) for line in lines]

    def _is_private(self, message: Seen, name: str) -> bool:
        return message.is_ephemeral or message.channel == f"D{self.stage.world.person(name).id[1:]}"


Deed = Callable[[Play, Step, re.Match[str]], Awaitable[None]]
DEEDS: dict[re.Pattern[str], Deed] = {}


def step(pattern: str) -> Callable[[Deed], Deed]:
    def add(deed: Deed) -> Deed:
        DEEDS[re.compile(pattern)] = deed
        return deed

    return add


def stories(page: Path) -> list[Story]:
    """Raises ValueError, naming the line that is none of the story's."""
    found: list[Story] = []
    for number, line in enumerate(page.read_text().splitlines(), start=1):
        if line.startswith("## "):
            found.append(Story(line[3:], []))
        elif found and LIMIT.match(line):
            found[-1].limits.append(line)
        elif found and line.strip() and not re.fullmatch(r"_[^‹›]+_", line):
            _add(found[-1].steps, number, line, page.name)
    for one in (one for story in found for one in story.steps):
        one.quote[:] = _unbroken(one, page.name)
        _explained(one.sentence, *one.quote, *one.items)
    return found


def _explained(*lines: str) -> None:
    for line in lines:
        is_told(line, "clickup")


def _unbroken(one: Step, page: str) -> list[str]:
    """Markdown flows lines together; a backslash at the end keeps them apart."""
    if any(line.endswith("\\") != (place < len(one.quote)) for place, line in enumerate(one.quote, start=1)):
        raise ValueError(f"{page}:{one.line} every quoted line but the last ends with a backslash")
    return [line.removesuffix("\\").rstrip() for line in one.quote]


def _add(steps: list[Step], number: int, line: str, page: str) -> None:
    if line.startswith("> ") and steps:
        steps[-1].quote.append(line[2:])
    elif line.startswith("- ") and steps:
        steps[-1].items.append(line[2:])
    elif any(pattern.fullmatch(unmarked(line)) for pattern in DEEDS):
        steps.append(Step(number, line, [], []))
    else:
        raise ValueError(f"{page}:{number} is no step of a story: {line}")


async def play(story: Story, *, page: str, provider: ProviderName) -> None:
    """Raises AssertionError with the page's line."""
    async with raised(provider=provider) as stage:
        played = Play(stage, TONGUES[provider])
        played.curtain_rises()
        for one in story.steps:
            if is_told(one.sentence, provider):
                await _perform(played, one, page)
        await _bow(stage)


async def _perform(played: Play, one: Step, page: str) -> None:
    sentence = played.tongue.sentence(unmarked(one.sentence))
    items = [played.tongue.shown(unmarked(item)) for item in one.items if is_told(item, played.tongue.provider)]
    deed, found = next((d, m) for pattern, d in DEEDS.items() if (m := pattern.fullmatch(sentence)))
    try:
        await deed(played, Step(one.line, sentence, one.quote, items), found)
    except AssertionError as error:
        raise AssertionError(f"{page}:{one.line}  {sentence}\n{error}") from None


def allows(aside: str, provider: ProviderName) -> bool:
    """Whether a story with this aside is told there."""
    found = LIMIT.match(aside)
    assert found
    return holds(found[2], provider) is (found[1] == "Only")


async def _bow(stage: Stage) -> None:
    """What holds at the end of every story, whatever it was about."""
    await stage.app.front.drain(5)
    for name, person in stage.people.items():
        left = await person.reads(within=0)
        assert not left, f"{name} was told more than the story says:\n" + "\n".join(one.text for one in left)
    assert stage.world.violations == []
    assert stage.workspace.complaints == []
    late = [one.kind for one in stage.world.deliveries if one.status != 200 or one.seconds > 2.5]
    assert not late, f"answered late or with trouble: {late}"


def fits(expected: list[str], shown: list[str]) -> bool:
    if not expected:
        return not shown
    first, *rest = expected
    if first == "…":
        return any(fits(rest, shown[at:]) for at in range(len(shown) + 1))
    return bool(shown) and _line_fits(first, shown[0]) and fits(rest, shown[1:])


def _line_fits(expected: str, shown: str) -> bool:
    if expected.endswith(" …") and not shown.endswith(" …"):
        return shown.startswith(expected[:-1])
    return expected == shown.rstrip()


def told(what: str, expected: list[str], shown: list[str]) -> str:
    lines: Iterator[str] = (f"  > {line}" for line in (*expected, "-- but really --", *shown))
    return "\n".join([what, *lines])


def read_time(text: str, place: str) -> datetime:
    """`Wed 4 Mar 2026, 10:17`; the weekday must be right."""
    local = datetime.strptime(text, "%a %d %b %Y, %H:%M")
    assert f"{local:%a}" == text[:3], f"{text} is a {local:%A}"
    return local.replace(tzinfo=ZoneInfo(ZONES[place]))


def length(number: str, unit: str) -> timedelta:
    return timedelta(**{f"{unit.removesuffix('s')}s": float(number)})
