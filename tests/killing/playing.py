"""How the people act: a line, a form, a timer, a second thought, and the same delivery coming twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from tests.killing.cast import CAST, Player
from tests.killing.deeds import Deed, Kind, Step
from tests.killing.lives import House, Json, Outside

_DAYS = ("yesterday", "2 days ago", "3 days ago")
_SHORTEST, _LENGTHS = 61, 1320  # minutes; a length that is named is never part of another's name
_ONCE_MORE = "Do it once more"


@dataclass(slots=True)
class Hand:
    """One person's hands: everything they do goes through here, one thing at a time. `up` waits until somebody answers."""

    outside: Outside
    player: Player
    up: Callable[[], Awaitable[object]]
    marks: "count[int]"
    chance: Random = field(default_factory=Random)
    deeds: list[Deed] = field(default_factory=list)
    latest: int = 0

    @property
    def has_lengths_left(self) -> bool:
        """After that one deed's length would be taken for an earlier one's."""
        return self.latest < _LENGTHS - 2 * len(CAST)

    def begin(self, kind: Kind) -> Deed:
        """Its mark is nobody else's, and its length none of this person's other deeds'."""
        number = self.latest = next(number for number in self.marks if (_SHORTEST + number) % 60)
        mark = f"w{number:04}" if self.player.task else f"GEN-{100 + number}"
        self.deeds.append(Deed(self.player, kind, mark, _SHORTEST + number % _LENGTHS))
        return self.deeds[-1]

    def what(self, deed: Deed) -> str:
        return f"{self.player.task}: {deed.mark}" if self.player.task else deed.mark

    async def logs(self, deed: Deed) -> Step:
        return await self.types(deed, "log", f"log {deed.minutes}m {self.chance.choice(_DAYS)} {self.what(deed)}")

    async def opens_form(self, deed: Deed) -> None:
        await self.types(deed, "form", f"log {self.chance.choice(_DAYS)} {self.what(deed)}")
        await self.outside.pull("filled", person=self.player.name)

    async def submits_form(self, deed: Deed) -> Step:
        await self.up()
        edits = {"duration": {"duration": {"value": f"{deed.minutes}m"}}}
        return deed.add("submit", await self.outside.pull("submit", person=self.player.name, edits=edits))

    async def starts(self, deed: Deed, when: str = "") -> Step:
        return await self.types(deed, "start", f"start {when} {self.what(deed)}")

    async def stops(self, deed: Deed) -> Step:
        """Also where it is asked whether the same line was meant twice."""
        step = await self.types(deed, "stop", "stop")
        if _ONCE_MORE not in step.said:
            return step
        return deed.add("stop", await self.presses(_ONCE_MORE, _ONCE_MORE))

    async def stops_for_good(self, deed: Deed) -> None:
        """Until Slack got its answer in time: on a busy machine it may take more than one go."""
        for _ in range(5):
            if (await self.stops(deed)).is_accepted:
                return

    async def undoes(self, deed: Deed) -> Step:
        return deed.add("undo", await self.presses("Undo", deed.mark))

    async def again(self, deed: Deed, *, times: int = 1) -> None:
        """The last delivery of this deed once more; what it is answered counts as told."""
        last = deed.steps[-1]
        if last.number is not None:
            await self.up()
            deed.add(last.name, await self.outside.pull("again", number=last.number, times=times) | {"line": last.line})

    async def types(self, deed: Deed, step: str, line: str) -> Step:
        await self.up()
        answer = await self.outside.pull("type", person=self.player.name, text=f"/timer {line}")
        return deed.add(step, answer)

    async def drops(self, deed: Deed) -> Step:
        return deed.add("undo", await self.presses("Drop", deed.mark))

    async def presses(self, label: str, beside: str) -> Json:
        await self.up()
        return await self.outside.pull("press", person=self.player.name, beside=beside, label=label)


async def at_rest(house: House, running: Sequence[tuple[Hand, Deed]], patience: float) -> bool:
    """Everybody stops what runs, and once more what a start that was settled since left running."""
    for _ in range(2):
        for hand, deed in running:
            await hand.stops_for_good(deed)
        if not await house.settled(patience):
            return False
    return True


@dataclass(slots=True)
class Crowd:
    hands: list[Hand]

    @property
    def deeds(self) -> list[Deed]:
        return [deed for hand in self.hands for deed in hand.deeds]

    def of(self, name: str) -> Hand:
        return next(hand for hand in self.hands if hand.player.name == name)


def crowd(outside: Outside, up: Callable[[], Awaitable[object]], seed: int, marks: "count[int]") -> Crowd:
    return Crowd([Hand(outside, player, up, marks, Random(f"{seed} {player.name}")) for player in CAST])


async def busy(hand: Hand, until: asyncio.Event) -> None:
    """Does one thing after another, as chance has it."""
    while not until.is_set() and hand.has_lengths_left:
        await asyncio.sleep(hand.chance.uniform(0, 0.15))
        do = hand.chance.choices((_line, _form, _timer), (5, 3, 3))[0]
        await do(hand)


async def _line(hand: Hand) -> None:
    deed = hand.begin("log")
    await hand.logs(deed)
    await _maybe_again(hand, deed)
    await _maybe_undone(hand, deed)


async def _form(hand: Hand) -> None:
    deed = hand.begin("form")
    await hand.opens_form(deed)
    await hand.submits_form(deed)
    await _maybe_again(hand, deed)


async def _timer(hand: Hand) -> None:
    deed = hand.begin("timer")
    await hand.starts(deed, hand.chance.choice(("", "", "20m ago")))
    await _maybe_again(hand, deed)
    await asyncio.sleep(hand.chance.uniform(0, 0.3))
    await hand.stops(deed)
    await _maybe_again(hand, deed)


async def _maybe_again(hand: Hand, deed: Deed) -> None:
    if hand.chance.random() < 0.25:
        await hand.again(deed, times=hand.chance.choice((1, 2)))


async def _maybe_undone(hand: Hand, deed: Deed) -> None:
    if deed.accepted("log") and hand.chance.random() < 0.3:
        await hand.undoes(deed)
        await _maybe_again(hand, deed)
