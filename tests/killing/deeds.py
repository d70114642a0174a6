"""What somebody did in Slack while the app was being killed, and the judgement on what became of it.

Each deed has a mark that is nobody else's: a word of the description or, for task time, the task. The app reads it for
nothing but the entry itself, so counting marks at the back end says what really happened.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from app.core.durations import format_duration
from tests.killing.cast import Player

Json = dict[str, Any]
Kind = Literal["log", "form", "timer"]

_KEPT = re.compile(r"\bLogged\b|\bStopped\b|\bStarted\b|\bRunning since\b|\bIt ran\b")
_UNDONE = re.compile(r"\bUndone\b|\bDropped\b|\bLet go\b")
_REFUSED = re.compile(r":warning:|⚠")
_OPEN = re.compile(r"may or may not|I'll (send|look)|on its way")  # there is more to come
_LOOK = re.compile(r"I can't (see|tell)")  # the end of it is the person's to find out, and they are asked to


@dataclass(frozen=True, slots=True)
class Step:
    """One delivery: Slack's status for it, None when nobody answered, and what the answer said."""

    name: str
    status: int | None
    said: str
    line: str = ""
    number: int | None = None

    @property
    def is_accepted(self) -> bool:
        return self.status == 200


@dataclass(slots=True)
class Deed:
    player: Player
    kind: Kind
    mark: str
    minutes: int
    steps: list[Step] = field(default_factory=list)

    @property
    def length(self) -> str:
        return format_duration(timedelta(minutes=self.minutes))

    def add(self, name: str, answer: Json) -> Step:
        step = Step(name, answer["status"], answer["said"], answer.get("line", ""), answer.get("number"))
        self.steps.append(step)
        return step

    def accepted(self, *names: str) -> bool:
        return any(step.is_accepted for step in self.steps if step.name in names)

    @property
    def is_accepted(self) -> bool:
        return self.accepted("log", "submit", "start")

    def words(self, told: Json, *names: str) -> list[str]:
        """Everything the person was told about it: in answers, where it began, and elsewhere by name.

        What a stop is answered is about whatever ran, so it counts by name as well.
        """
        answers = [
            words
            for step in self.steps
            if step.name in names
            for words in (step.said, *told["posted"].get(step.line, ()))
            if step.name != "stop" or self.is_named_in(words)
        ]
        elsewhere = [words for words in told["people"][self.player.name] if self.is_named_in(words)]
        return [words for words in (*answers, *elsewhere) if words]

    def is_named_in(self, words: str) -> bool:
        return bool(re.search(rf"\b{self.mark}\b|= \*?{re.escape(self.length)}(?!\d)", words))


@dataclass(frozen=True, slots=True)
class Verdict:
    fault: Literal["lost", "doubled", "untold"]
    deed: Deed
    why: str

    def __str__(self) -> str:
        deed = self.deed
        who = f"{deed.player.name} ({deed.player.provider})"
        steps = "".join(f"\n    {step.name}: {step.status} {step.said[:160]!r}" for step in deed.steps)
        return f"{self.fault}: {who} {deed.kind} {deed.mark} {deed.length}: {self.why}{steps}"


def judged(deeds: Sequence[Deed], truth: Iterable[Mapping[str, Any]], told: Json) -> list[Verdict]:
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for entry in truth:
        entries.setdefault(entry["mark"], []).append(entry)
    return [verdict for deed in deeds for verdict in _judged(deed, entries.get(deed.mark, []), told)]


def _judged(deed: Deed, there: Sequence[Mapping[str, Any]], told: Json) -> Iterator[Verdict]:
    heard = deed.words(told, "log", "form", "submit", "start", "stop")
    said, undone = " | ".join(heard), " | ".join(deed.words(told, "undo"))
    kept = any(_KEPT.search(words) and deed.is_named_in(words) for words in heard)
    is_undone = bool(_UNDONE.search(undone))
    began = deed.words(told, "log", "form", "submit", "start")  # that nothing runs is no refusal of a start
    refused = not kept and any(_REFUSED.search(words) and not _OPEN.search(words) for words in began)
    if len(there) > 1:
        yield Verdict("doubled", deed, f"{len(there)} entries; told {said[-700:]!r}")
    elif there:
        yield from _one(deed, there[0], said, undone=undone, kept=kept, refused=refused)
    elif kept and not deed.accepted("undo"):
        yield Verdict("lost", deed, f"told that it is kept, and it is not there: {said[-700:]!r}")
    elif kept and not is_undone and not _REFUSED.search(undone):
        yield Verdict("untold", deed, f"it was undone and not told: {undone[:400]!r}")
    elif deed.is_accepted and not (kept or is_undone or refused or _LOOK.search(said)):
        yield Verdict("lost", deed, f"accepted, not there, and nobody says why: {said[-700:]!r}")


def _one(
    deed: Deed, entry: Mapping[str, Any], said: str, *, undone: str, kept: bool, refused: bool
) -> Iterator[Verdict]:
    if _UNDONE.search(undone):
        yield Verdict("doubled", deed, "told that it is undone, and it is there")
    elif deed.accepted("undo") and not _REFUSED.search(undone):
        yield Verdict("lost", deed, f"the undo was accepted, not done, and nobody says why: {said[-700:]!r}")
    elif entry["runs"]:
        yield Verdict("lost", deed, "it runs on though it was stopped")
    elif deed.kind != "timer" and entry["seconds"] != deed.minutes * 60:
        yield Verdict("lost", deed, f"{entry['seconds']} seconds are there")
    elif _LOOK.search(said):
        return
    elif refused:
        yield Verdict("doubled", deed, f"told that it was not saved, and it is there: {said[-700:]!r}")
    elif deed.is_accepted and not kept:
        yield Verdict("untold", deed, f"it is there, and the person was told: {said[-700:]!r}")
