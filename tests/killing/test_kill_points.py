"""Killed at every step between accepting and settling, on every system: nothing is lost, and nothing is there twice."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from tests.killing.deeds import Deed, Kind, judged
from tests.killing.lives import House, Mother, Outside, outside_and_mother
from tests.killing.playing import Crowd, Hand, at_rest, crowd
from tests.stage import MEMORY

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.kills,
]  # they wait more than they work: eight at once

EVERYWHERE = ("Ada", "Di", "Eve", "Gus")  # ClickUp, task time, Clockify, Hoursmith
NATIVE, HELD = ("Ada", "Eve"), ("Ada", "Di", "Gus")
WRITING = ("act.claimed", "operation.begun", "write.before", "write.after", "operation.settled")
_marks = count()

Do = Callable[[Hand, Deed], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Trial:
    """`before` goes well; the app dies in `do`."""

    kind: Kind
    people: tuple[str, ...]
    before: Do
    do: Do


async def _nothing(hand: Hand, deed: Deed) -> None:
    return None


def _starting(when: str) -> Do:
    return lambda hand, deed: hand.starts(deed, when)


TRIALS = {
    "log by command": Trial("log", EVERYWHERE, _nothing, Hand.logs),
    "log by form": Trial("form", EVERYWHERE, Hand.opens_form, Hand.submits_form),
    "stop of a held timer": Trial("timer", HELD, _starting("20m ago"), Hand.stops),
    "stop of a native timer": Trial("timer", NATIVE, _starting(""), Hand.stops),
    "drop of a held timer": Trial("timer", HELD, _starting("20m ago"), Hand.drops),
    "start of a held timer": Trial("timer", HELD, _nothing, _starting("20m ago")),
    "start of a native timer": Trial("timer", NATIVE, _nothing, _starting("")),
    "undo of a log": Trial("log", EVERYWHERE, Hand.logs, Hand.undoes),
}
POINTS = {
    "log by command": WRITING,
    "log by form": WRITING,
    "stop of a held timer": WRITING,
    "drop of a held timer": ("act.claimed", "hold.released"),
    "stop of a native timer": WRITING,
    "start of a held timer": ("act.claimed", "hold.kept"),
    "start of a native timer": WRITING,
    "undo of a log": WRITING,
}
SETTLING = (
    ("write.after", "settle.claimed"),
    ("write.after", "settle.looked_up"),
    ("write.before", "settle.looked_up"),
    ("write.before", "settle.resent"),
)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def around() -> AsyncIterator[tuple[Outside, Mother]]:
    async with outside_and_mother() as both:
        yield both


@pytest_asyncio.fixture(loop_scope="module")
async def house(around: tuple[Outside, Mother]) -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory(prefix="timer-killing-", dir=MEMORY) as folder:
        house = House(*around, Path(folder))
        await house.furnish()
        yield house


@pytest.fixture
def people(house: House) -> Crowd:
    async def up() -> None:
        return None

    return crowd(house.outside, up, 0, _marks)


@pytest.mark.parametrize(("name", "point"), [(name, point) for name, points in POINTS.items() for point in points])
async def test_it_is_killed_while_it_writes(house: House, people: Crowd, name: str, point: str) -> None:
    deeds = await _killed(house, people, TRIALS[name], point)
    await _comes_out_right(house, people, deeds)


@pytest.mark.parametrize(("first", "point"), SETTLING)
@pytest.mark.parametrize("name", ["log by command", "stop of a held timer", "undo of a log"])
async def test_it_is_killed_again_while_it_settles(
    house: House, people: Crowd, name: str, first: str, point: str
) -> None:
    deeds = await _killed(house, people, TRIALS[name], first)
    await _killed_settling(house, f"{point}:1")
    await _comes_out_right(house, people, deeds)


async def _killed(house: House, people: Crowd, trial: Trial, point: str) -> list[Deed]:
    hands = [people.of(name) for name in trial.people]
    deeds = [hand.begin(trial.kind) for hand in hands]
    async with house.living():
        for hand, deed in zip(hands, deeds, strict=True):
            await trial.before(hand, deed)
    for hand, deed in zip(hands, deeds, strict=True):
        async with house.living(f"{point}:1") as life:
            await trial.do(hand, deed)
            await life.death()  # else this point is none of this deed's, and the trial says nothing
    return deeds


async def _killed_settling(house: House, crash_at: str) -> None:
    """Once for everything that comes by there, which one life may take up together with others."""
    deaths = 0
    for _ in range(len(EVERYWHERE)):
        async with house.living(crash_at) as life:
            deaths += await house.died_before_it_settled(life, house.quarantine + 15)
    assert deaths, f"nothing came by {crash_at}"


async def _comes_out_right(house: House, people: Crowd, deeds: list[Deed]) -> None:
    async with house.living():
        running = [(people.of(deed.player.name), deed) for deed in deeds if deed.kind == "timer"]
        assert await at_rest(house, running, house.quarantine + 20), "something is still pending"
        truth, told = await house.outside.pull("truth"), await house.outside.pull("told")
    found = judged(deeds, truth["entries"], told)
    assert not found, "\n".join(map(str, found))
