"""The legend of marks such as ‹no tags›: where each holds, read from the page that explains them to people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.model import Capabilities
from app.demo_backends import SERVICES
from app.settings import ProviderName

PROVIDERS: tuple[ProviderName, ...] = tuple(SERVICES)
PAGE = Path(__file__).with_name("differences.md")
MARK = re.compile(r" ‹([^›]+)›(?=\.?$)")

CHECKS: Mapping[str, Callable[[Capabilities], bool]] = {
    "no timers": lambda can: not can.native_timer,
    "no tags": lambda can: not can.tags,
    "no words": lambda can: not can.description,
    "no billing": lambda can: not can.billable,
    "no billing by project": lambda can: not can.billable_by_default,
    "no clock times": lambda can: not can.clock_times,
    "no loose time": lambda can: can.task_required or can.project_required,
    "no time for others": lambda can: not can.assignees,
}  # the other reasons are about what there is to find, and no capability


@dataclass(frozen=True, slots=True)
class Difference:
    mark: str
    providers: frozenset[str]
    why: str


def _legend() -> dict[str, Difference]:
    rows = [line.strip("| \n").split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| no ")]
    return {mark: Difference(mark, frozenset(where.split(", ")), why) for mark, where, why in rows}


LEGEND = _legend()


def holds(marks: str, provider: ProviderName) -> bool:
    """Raises ValueError for a mark that the legend does not explain."""
    return all(_holds(mark, provider) for mark in marks.split(", "))


def _holds(mark: str, provider: ProviderName) -> bool:
    if mark in LEGEND:
        return provider in LEGEND[mark].providers
    if f"no {mark}" in LEGEND:
        return provider not in LEGEND[f"no {mark}"].providers
    raise ValueError(f"differences.md does not explain ‹{mark}›")


def marks_of(line: str) -> str:
    """What stands between the angles at the end of a line; "" where nothing does."""
    found = MARK.search(line)
    return found[1] if found else ""


def unmarked(line: str) -> str:
    return MARK.sub("", line)


def is_told(line: str, provider: ProviderName) -> bool:
    marks = marks_of(line)
    return not marks or holds(marks, provider)
